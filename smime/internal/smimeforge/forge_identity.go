package smimeforge

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// This file answers one question: who does the message say wrote it, and does the certificate say the same?

// identities makes the cases id-*.
func (f *forge) identities() error {
	f.idNames()
	f.idFields()
	f.idAddresses()
	f.idDisplay()
	f.idCertificates()
	return nil
}

// idCase is a message signed by a certificate with given names, under given From lines.
type idCase struct {
	name, want, why string
	from            []string // From lines; nil: the honest one
	more            []string // further header lines
	sans            [][]byte // nil: the honest one
	subject         []byte
	also, flags     []string
}

func (f *forge) addID(t idCase) *Case {
	c := f.alice
	if t.sans != nil || t.subject != nil {
		c = f.person(func(c *cert) {
			c.sans = t.sans
			if t.subject != nil {
				c.subject = t.subject
			}
		})
	}
	l := f.letter()
	if t.from != nil {
		l.from = t.from
	}
	l.more = t.more
	part := f.part()
	return f.add(t.name, t.want, t.why, l.with(clearSigned(part, f.cmsBy(c, part).der()))).also(t.also...).flag(t.flags...)
}

func (f *forge) addIDs(list []idCase) {
	for _, t := range list {
		f.addID(t)
	}
}

const idClause = "RFC 8550 3: an address of the certificate must match From or Sender"

// idNames: where in the certificate the address stands.
func (f *forge) idNames() {
	me, other := f.addr(), "other@"+f.host
	none := [][]byte{}
	f.addIDs([]idCase{
		{name: "id-match-san", want: Valid, why: idClause},
		{name: "id-second-san", want: Valid, why: idClause + "; any of several", sans: [][]byte{sanMail(other), context(2,
			[]byte(f.host)), sanMail(me)}},
		{name: "id-subject-email", want: Valid, why: "RFC 8550 3: emailAddress of the subject must be recognized", sans: none,
			subject: name(f.full, nameMail(me))},
		{name: "id-subject-email-utf8", want: Valid, why: "RFC 8550 3: emailAddress of the subject, here as UTF8String", sans: none,
			subject: name(f.full, rdn(pkcs9Arc+"1", utf8s(me)))},
		{name: "id-subject-email-second", want: Valid, why: "RFC 8550 3: emailAddress may come twice", sans: none,
			subject: name(f.full, nameMail(other), nameMail(me))},
		{name: "id-san-other-subject-match", want: Mismatch,
			why: "RFC 8550 3 prefers subjectAltName; the legacy subject names another address than it", also: []string{Valid},
			sans: [][]byte{sanMail(other)}, subject: name(f.full, nameMail(me))},
		{name: "id-san-match-subject-other", want: Valid, why: "RFC 8550 3: subjectAltName matches", sans: [][]byte{sanMail(me)},
			subject: name(f.full, nameMail(other))},
		{name: "id-subject-email-other", want: Mismatch, why: idClause, sans: none, subject: name(f.full, nameMail(other))},
		{name: "id-no-address", want: Valid,
			why:  "RFC 8550 3: certificates without an address must be accepted; nothing binds the author, so it may be refused",
			sans: none, subject: name(f.full), also: []string{Mismatch}, flags: []string{"no-address-in-certificate"}},
		{name: "id-cn-is-address", want: Mismatch,
			why: "RFC 8550 3 names subjectAltName and emailAddress only; a common name is no address", sans: none,
			subject: name(me), also: []string{Valid}, flags: []string{"no-address-in-certificate"}},
		{name: "id-cn-is-address-other-san", want: Mismatch,
			why: "RFC 8550 3: a common name is no address, and the real one differs", sans: [][]byte{sanMail(other)},
			subject: name(me)},
		{name: "id-dns-san-only", want: Mismatch, why: "RFC 5280 4.2.1.6: a dNSName is no mail address", sans: [][]byte{context(2,
			[]byte(f.host))},
			subject: name(f.full), also: []string{Valid}, flags: []string{"no-address-in-certificate"}},
		{name: "id-uri-san", want: Mismatch, why: "RFC 5280 4.2.1.6: a mailto URI is no rfc822Name", sans: [][]byte{context(6,
			[]byte("mailto:"+me)), sanMail(other)}},
		{name: "id-san-wildcard", want: Mismatch, why: "RFC 5280 4.2.1.6: an rfc822Name is one mailbox, no pattern",
			sans: [][]byte{sanMail("*@" + f.host)}},
		{name: "id-san-domain-only", want: Mismatch, why: "RFC 5280 4.2.1.6: an rfc822Name has a local part",
			sans: [][]byte{sanMail(f.host), sanMail("@" + f.host)}},
		{name: "id-san-nul", want: Mismatch, why: "RFC 5280 7.5: octets after a NUL belong to the name",
			sans: [][]byte{sanMail(me + "\x00.evil.example")}, flags: []string{"nul-in-name"}},
		{name: "id-san-angle", want: Mismatch, why: "RFC 5280 4.2.1.6: a name with angle brackets is no Mailbox",
			sans: [][]byte{sanMail("x <" + me + ">")}},
		{name: "id-san-list", want: Mismatch, why: "RFC 5280 4.2.1.6: one rfc822Name is one mailbox, no list",
			sans: [][]byte{sanMail(other + ", " + me)}},
	})
}

// idFields: which header fields name the author.
func (f *forge) idFields() {
	me, evil := f.addr(), "boss@evil.example"
	honest := f.letter().from[0]
	f.addIDs([]idCase{
		{name: "id-from-differs", want: Mismatch, why: idClause, from: []string{"From: Boss <" + evil + ">"}},
		{name: "id-sender-matches", want: Mismatch, why: "RFC 8550 3 lets Sender match; the author that is shown is another",
			from: []string{"From: Boss <" + evil + ">"},
			more: []string{"Sender: " + me}, also: []string{Valid}, flags: []string{"sender-differs"}},
		{name: "id-sender-differs", want: Valid, why: "RFC 8550 3: From matches; Sender is another",
			more: []string{"Sender: " + evil}, flags: []string{"sender-differs"}, also: []string{Mismatch}},
		{name: "id-two-from-evil-first", want: Mismatch,
			why: "RFC 5322 3.6: one From; readers that show the first one show a stranger", also: []string{Malformed},
			from: []string{"From: Boss <" + evil + ">", honest}, flags: []string{"duplicate-from"}},
		{name: "id-two-from-evil-last", want: Mismatch,
			why: "RFC 5322 3.6: one From; readers that show the last one show a stranger", also: []string{Malformed},
			from: []string{honest, "From: Boss <" + evil + ">"}, flags: []string{"duplicate-from"}},
		{name: "id-two-from-case", want: Mismatch,
			why: "RFC 5322 1.2.2: field names are not case-sensitive, so this is a second From", also: []string{Malformed},
			from: []string{"FROM: Boss <" + evil + ">", honest}, flags: []string{"duplicate-from"}},
		{name: "id-from-space-colon", want: Mismatch,
			why: "RFC 5322 4.5: obsolete syntax lets a space before the colon, so this is a second From", also: []string{Malformed,
				Valid},
			from: []string{honest, "From : Boss <" + evil + ">"}},
		{name: "id-two-authors", want: Mismatch, why: "RFC 5322 3.6.2: two authors; only one of them is bound",
			also: []string{Valid, Partial},
			from: []string{honest + ", Boss <" + evil + ">"}, flags: []string{"several-authors"}},
		{name: "id-two-authors-evil-first", want: Mismatch, why: "RFC 5322 3.6.2: two authors; the one shown first is not bound",
			also: []string{Partial, Valid},
			from: []string{"From: Boss <" + evil + ">, " + me}, flags: []string{"several-authors"}},
		{name: "id-group", want: Valid, why: "RFC 6854 2: a group in From; its only member matches",
			from: []string{"From: Staff: " + me + ";"}, also: []string{Mismatch}},
		{name: "id-group-empty", want: Mismatch, why: "RFC 6854 2: a group without members names nobody",
			from: []string{"From: " + me + ":;"}},
		{name: "id-from-empty", want: Mismatch, why: "RFC 8550 3: there is no address to match", from: []string{"From: "},
			also: []string{Malformed}},
		{name: "id-from-missing", want: Mismatch, why: "RFC 8550 3: there is no address to match", from: []string{},
			also: []string{Malformed}},
		{name: "id-from-angle-empty", want: Mismatch, why: "RFC 8550 3: there is no address to match",
			from: []string{"From: " + f.full + " <>"}, also: []string{Malformed}},
		{name: "id-reply-to", want: Valid, why: "RFC 8550 3 does not look at Reply-To", more: []string{"Reply-To: " + evil},
			flags: []string{"reply-to-differs"}},
		{name: "id-resent-from", want: Valid, why: "RFC 5322 3.6.6: who sent it again is not the author",
			more: []string{"Resent-From: " + evil,
				"Resent-Date: " + f.date.Format("Mon, 2 Jan 2006 15:04:05 -0700")}, flags: []string{"resent"}},
	})
}

// idAddresses: when two addresses are the same.
func (f *forge) idAddresses() {
	me := f.addr()
	at := func(addr string) []string { return []string{"From: " + f.full + " <" + addr + ">"} }
	f.addIDs([]idCase{
		{name: "id-domain-case", want: Valid, why: "RFC 5280 7.5: the host part is compared without regard to case",
			from: at(f.nick + "@" + strings.ToUpper(f.host))},
		{name: "id-local-case", want: Valid,
			why:  "RFC 5280 7.5: the local part is exact, RFC 5321 2.4: yet hosts should not tell cases apart",
			from: at(strings.ToUpper(f.nick) + "@" + f.host), also: []string{Mismatch}},
		{name: "id-plus-tag", want: Mismatch, why: "RFC 5280 7.5: the local part is exact", from: at(f.nick + "+bank@" + f.host)},
		{name: "id-subdomain", want: Mismatch, why: "RFC 5280 7.5: the host part is exact", from: at(f.nick + "@mail." + f.host)},
		{name: "id-superdomain", want: Mismatch, why: "RFC 5280 7.5: the host part is exact",
			sans: [][]byte{sanMail(f.nick + "@mail." + f.host)}},
		{name: "id-suffix", want: Mismatch, why: "RFC 5280 7.5: the host part is exact", from: at(me + ".evil.example")},
		{name: "id-prefix", want: Mismatch, why: "RFC 5280 7.5: the local part is exact", from: at("x" + me)},
		{name: "id-quoted-local", want: Valid, why: "RFC 5322 3.2.4: quotes are not part of the local part",
			from: at("\"" + f.nick + "\"@" + f.host), also: []string{Mismatch}},
		{name: "id-bare-address", want: Valid, why: idClause, from: []string{"From: " + me}},
		{name: "id-comment-form", want: Valid, why: "RFC 5322 3.4: the old form with the name in a comment",
			from: []string{"From: " + me + " (" + f.full + ")"}},
		{name: "id-comment-hides", want: Mismatch, why: "RFC 5322 3.2.2: a comment is no address",
			from: []string{"From: (" + me + ") boss@evil.example"}},
		{name: "id-folded", want: Valid, why: "RFC 5322 2.2.3: folding is no part of the value",
			from: []string{"From: " + f.full + "\r\n <" + me + ">"}},
		{name: "id-route", want: Valid, why: "RFC 5322 4.4: a route is ignored", from: at("@relay.example,@two.example:" + me),
			also: []string{Mismatch, Malformed}},
		{name: "id-trailing-dot", want: Mismatch, why: "RFC 5280 7.5: the host part is exact; a final dot names the same host",
			from: at(me + "."), also: []string{Valid, Malformed}},
		{name: "id-homograph", want: Mismatch, why: "RFC 9598 5: another code point is another mailbox",
			from: at(f.nick + "@ex\u0430mple.com"), flags: []string{"homograph"}},
		{name: "id-homograph-punycode", want: Mismatch, why: "RFC 5280 7.5: another A-label is another host",
			from: at(f.nick + "@xn--exmple-4nf.com")},
		{name: "id-idn-u-label", want: Valid, why: "RFC 5280 7.5: the certificate has the A-label of the same host",
			also: []string{Mismatch},
			from: at(f.nick + "@b\u00fccher.example"), sans: [][]byte{sanMail(f.nick + "@xn--bcher-kva.example")}},
		{name: "id-smtputf8", want: Valid, why: "RFC 9598 3: SmtpUTF8Mailbox in otherName", from: at("j\u00f6rg@" + f.host),
			sans: [][]byte{sanUTF8("j\u00f6rg@" + f.host)}, also: []string{Mismatch}},
		{name: "id-smtputf8-other", want: Mismatch, why: "RFC 9598 5: the local part is exact", from: at("jorg@" + f.host),
			sans: [][]byte{sanUTF8("j\u00f6rg@" + f.host)}},
	})
}

// idDisplay: display names that pretend to be the address.
func (f *forge) idDisplay() {
	me, evil := f.addr(), "boss@evil.example"
	mine := [][]byte{sanMail(evil)}
	word := func(s string) string { return "=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?=" }
	f.addIDs([]idCase{
		{name: "id-display-is-address", want: Mismatch, why: idClause + "; a display name is no address",
			from: []string{fmt.Sprintf("From: %q <%s>", me, evil)}, flags: []string{"display-name-is-address"}},
		{name: "id-display-is-address-own-cert", want: Valid,
			why: "RFC 8550 3: the address matches; the display name shows another one", from: []string{fmt.Sprintf("From: %q <%s>",
				me, evil)},
			sans: mine, also: []string{Mismatch}, flags: []string{"display-name-is-address"}},
		{name: "id-display-angle", want: Mismatch, why: idClause + "; a quoted display name is no address",
			from: []string{fmt.Sprintf("From: \"%s <%s>\" <%s>", f.full, me, evil)}, flags: []string{"display-name-is-address"}},
		{name: "id-display-encoded", want: Mismatch, why: idClause + "; an encoded word is a display name",
			from: []string{"From: " + word(f.full+" <"+me+">") + " <" + evil + ">"}, flags: []string{"display-name-is-address"}},
		{name: "id-mailsploit-nul", want: Mismatch,
			why:  "RFC 2047 5: no encoded word in an address; what follows the NUL is the real host",
			from: []string{"From: " + word(me) + "=?utf-8?Q?=00?=@evil.example"}, also: []string{Malformed}},
		{name: "id-mailsploit-line", want: Mismatch,
			why:  "RFC 2047 5: no encoded word in an address; a decoded line break cuts the view",
			from: []string{"From: " + word(me+"\n\x00") + "@evil.example"}, also: []string{Malformed}},
		{name: "id-nul-in-from", want: Mismatch, why: "RFC 5322 2.3: no NUL; what stands before it is not the address",
			from: []string{"From: <" + me + "\x00@evil.example>"},
			also: []string{Malformed}, flags: []string{"nul-in-name"}},
		{name: "id-nul-ends-from", want: Mismatch, why: "RFC 5322 2.3: no NUL; readers end the field there and show what stands before it",
			from: []string{"From: " + evil + "\x00<" + me + ">"},
			also: []string{Malformed}, flags: []string{"nul-in-name"}},
		{name: "id-two-angles", want: Mismatch, why: "RFC 5322 3.4: one angle address; readers differ on which counts",
			from: []string{"From: <" + me + "> <" + evil + ">"}, also: []string{Malformed}},
		{name: "id-two-at", want: Mismatch, why: "RFC 5322 3.4.1: one at sign; readers differ on the host",
			from: []string{"From: <" + me + "@evil.example>"}, also: []string{Malformed}},
		{name: "id-long-padding", want: Mismatch, why: idClause + "; the real address is pushed out of sight",
			from: []string{"From: \"" + me + strings.Repeat(" ", 300) + "\" <" + evil + ">"}},
		{name: "id-display-other-person", want: Valid, why: "RFC 8550 3 compares addresses, not display names",
			from: []string{"From: Bob <" + me + ">"}},
	})
}

// idCertificates: an address that belongs to another certificate than the signer's.
func (f *forge) idCertificates() {
	part := f.part()
	f.addBy("id-other-customer", Mismatch, idClause, f.mallory, nil)
	s := f.cmsBy(f.mallory, part)
	s.certs = append(s.certs, f.alice.der)
	f.addDER("id-other-customer-with-certificate", Mismatch,
		"RFC 8550 3: the signer's certificate counts, not another one in the object", s.der())
	c := f.addSigned("id-opaque-mismatch", Mismatch, idClause, nil)
	l := f.letter()
	l.from = []string{"From: boss@evil.example"}
	c.Message = l.with(opaque("signed-data", f.opaqueSigned()))
}
