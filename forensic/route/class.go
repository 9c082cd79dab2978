package route

import (
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// classify sets the class of every hop.
func (t *tracer) classify() {
	for i := range t.r.Hops {
		t.r.Hops[i].Class = t.class(i)
	}
}

// class asks for what a line says of itself, the most special first.
func (t *tracer) class(i int) Class {
	h := &t.r.Hops[i]
	switch r := &h.Received; {
	case isRetrieval(r):
		return Retrieval
	case isList(r):
		return List
	case r.Protocol.Name == "MAPI":
		return t.mapiClass(i)
	case isStore(h):
		return Store
	case isFilterProduct(r):
		return Filter
	case isLocal(r) || r.Authenticated:
		return t.entryClass(i)
	case isSelf(h):
		return t.loopClass(i)
	}
	return MTA
}

// isRetrieval: POP3 and IMAP hand out, they never take in.
func isRetrieval(r *headers.Received) bool {
	switch r.Product {
	case "fetchmail", "getmail", "mpop":
		return true
	}
	return hasPrefixFold(r.With, "POP") || hasPrefixFold(r.With, "IMAP")
}

// listPrograms begin what list managers write in the place of a protocol or of
// themselves: "with ECARTIS (v1.0.0; list bind-users)", "(LISTSERV-TCP/IP …)".
var listPrograms = [...]string{"ecartis", "listar", "mailman", "listserv", "sympa", "majordomo", "ezmlm", "lyris", "listproc", "smartlist"}

var listLetters = setOf("elms")

func isList(r *headers.Received) bool {
	if r.Product == "Ecartis" {
		return true
	}
	return beginsAs(r.With, &listLetters, listPrograms[:]) || beginsAs(r.Software, &listLetters, listPrograms[:]) || beginsAs(r.Via, &listLetters, listPrograms[:])
}

// beginsAs reports whether s begins as one of the programs, which have five
// letters at least and of which the first is one of letters.
func beginsAs(s string, letters *digitSet, programs []string) bool {
	if len(s) < 5 || !letters.has(s[0]|0x20) {
		return false
	}
	for _, p := range programs {
		if p[1]|0x20 == s[1]|0x20 && hasPrefixFold(s, p) {
			return true
		}
	}
	return false
}

// listAccounts are the local accounts of list managers.
var listAccounts = [...]string{"majordom", "mdom", "list", "mailman", "listserv", "lists", "ecartis", "listar", "sympa", "ezmlm", "majordomo", "owner-", "slist", "listmaster"}

func isListAccount(s string) bool {
	if i := strings.IndexByte(s, '@'); i >= 0 {
		s = s[:i]
	}
	for _, a := range listAccounts {
		if strings.EqualFold(s, a) || a[len(a)-1] == '-' && hasPrefixFold(s, a) {
			return true
		}
	}
	return false
}

// mapiClass: Exchange 5.5 also writes "with Internet Mail Service" when it
// hands on what it took in from elsewhere, and a mailbox rule resubmits.
func (t *tracer) mapiClass(i int) Class {
	switch r := &t.r.Hops[i].Received; {
	case hasPrefixFold(r.With, "MailboxResubmission"):
		return Resent
	case i > 0 && r.Product == "Microsoft Exchange":
		return MTA
	}
	return MAPI
}

// isStore: LMTP delivers into a mailbox (RFC 2033), and so do the hosts of
// Exchange Online among each other by HTTPS.
func isStore(h *Hop) bool {
	if strings.Contains(h.Protocol.Name, "LMTP") {
		return h.Product != "amavis" && !h.by().localhost
	}
	return strings.EqualFold(h.With, "HTTPS") && h.by().family == microsoft && !h.Authenticated
}

// filterPrograms begin what content filters write in these places.
var filterPrograms = [...]string{"spampd", "MailScanner", "avcheck", "DSPAM", "clamsmtp", "amavis", "qmail-scanner"}

var filterLetters = setOf("smadcq")

func isFilterProduct(r *headers.Received) bool {
	switch r.Product {
	case "amavis", "qmail-scanner":
		return true
	}
	return beginsAs(r.With, &filterLetters, filterPrograms[:]) || beginsAs(r.Software, &filterLetters, filterPrograms[:]) || beginsAs(r.Via, &filterLetters, filterPrograms[:])
}

// isLocal reports whether the message came in by other means than a transfer
// between hosts: a program of the host's own, a web page.
func isLocal(r *headers.Received) bool {
	switch {
	case r.Submitter != "", r.Protocol.Local, hasPrefixFold(r.From, "mail pickup service"):
		return true
	case r.Product == "sendmail" && r.From == "" && strings.HasSuffix(r.Software, "/Submit"):
		return true
	case isQmailQueue(r):
		return !strings.Contains(r.Raw, "invoked from network")
	}
	return hasPrefixFold(r.Via, "HTTP")
}

// isSelf reports whether the client was the stamping host itself.
func isSelf(h *Hop) bool {
	if h.by().localhost || reachOf(h.IP) == reachLoopback {
		return true
	}
	return !h.IP.IsValid() && (h.rdns().localhost || h.helo().localhost || isLocalhost(h.From))
}

// entryClass tells an entry into mail transport from a re-injection: a local
// program that hands on what came from elsewhere.
func (t *tracer) entryClass(i int) Class {
	r := &t.r.Hops[i].Received
	switch {
	case i == 0, r.Authenticated, r.Protocol.Name == "HTTP":
		return Submission
	case isListAccount(r.Submitter):
		return List
	case isQmailQueue(r) && t.besideDelivery(i, "mailing list"):
		return List // ezmlm
	}
	return Resent
}

// besideDelivery reports whether a Delivered-To of the given kind stands next
// to the line of a hop, as qmail's local delivery writes it.
func (t *tracer) besideDelivery(i int, kind string) bool {
	fields := t.block.Fields
	for k := t.r.Hops[i].Field + 1; k < min(t.r.Hops[i].Field+3, len(fields)); k++ {
		if f := fields[k]; f.Is("Delivered-To") && strings.Contains(string(f.Raw()), kind) {
			return true
		}
	}
	return false
}

// loopClass: a client on the host itself is a content filter that gives the
// message back, unless there was nobody to take it from.
func (t *tracer) loopClass(i int) Class {
	if i == 0 {
		return Submission
	}
	return Filter
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && equalFold(s[:len(prefix)], prefix)
}
