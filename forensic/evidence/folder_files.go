package evidence

import "strings"

// isHousekeeping reports whether a file of the name is one that a mail program
// or system keeps beside mail, and that never holds messages. Names must fit
// wholly: a message must not be able to hide behind the beginning of one.
func isHousekeeping(name string) bool {
	lower := strings.ToLower(name)
	switch lower {
	case ".ds_store", "thumbs.db", "desktop.ini", // systems
		".mh_sequences", ".xmhcache", ".mh_profile", // MH, Claws Mail
		"maildirfolder", "maildirsize", "subscriptions", ".subscriptions", ".mailboxlist", ".uidvalidity",
		"courierimapuiddb", "courierimapsubscribed", "courierimaphieracl", "courierimapacl", "courierpop3dsizelist",
		"dovecot-uidlist", "dovecot-keywords", "dovecot-acl", "dovecot-acl-list", "dovecot.lda-dupes", ".dovecot.lda-dupes",
		".dovecot.sieve", ".dovecot.svbin", "dovecot.sieve", "dovecot.svbin",
		"msgfilterrules.dat", "popstate.dat": // Thunderbird
		return true
	}
	return strings.HasSuffix(lower, ".msf") || isDovecotIndex(lower)
}

// isDovecotIndex reports whether the name is that of an index of Dovecot, or
// one that it has turned over: "dovecot.index.log.2". The words behind the name
// are known, or numbers.
func isDovecotIndex(name string) bool {
	for _, p := range [...]string{"dovecot.index", "dovecot.list.index", "dovecot.map.index", "dovecot.mailbox.log", "dovecot-uidvalidity"} {
		rest, ok := strings.CutPrefix(name, p)
		if !ok || rest != "" && rest[0] != '.' {
			continue
		}
		for word := range strings.SplitSeq(rest, ".") {
			switch word {
			case "log", "cache", "pvt", "thread", "backup", "tmp", "lock", "newlock":
			default:
				ok = ok && strings.Trim(word, "0123456789abcdef") == ""
			}
		}
		return ok
	}
	return false
}
