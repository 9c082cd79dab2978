package forensic

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

func checkFromMissing(j *judging) []hit {
	field, ok := j.field("From")
	if !ok {
		return j.absent("From")
	}
	for i := range j.report.Message.From {
		if a := &j.report.Message.From[i]; a.Address != "" {
			return nil
		}
	}
	return []hit{at(field.Span, "From is "+quoteBytes(field.Raw())+" and holds no address")}
}

// readAuthors takes the mailboxes of the first From field and their
// organisational domains: other copies have a rule of their own.
func (j *judging) readAuthors() {
	field, ok := j.field("From")
	if !ok {
		return
	}
	from := j.report.Message.From
	j.authors = from[:0:0]
	for i := range from {
		a := &from[i]
		if a.Address == "" || !field.Span.Contains(a.Span) {
			continue
		}
		if len(j.authors) == i { // so far all of them are: no copy is needed
			j.authors = from[: i+1 : i+1]
		} else {
			j.authors = append(j.authors, *a)
		}
		if org := domain.Org(domain.Of(string(a.Address))); !slices.Contains(j.orgs, org) && len(j.orgs) < maxOrgs {
			j.orgs = append(j.orgs, org)
		}
	}
}

// maxOrgs is the number of organisations that the authors of one message are
// compared by.
const maxOrgs = 100

func checkMultipleAuthors(j *judging) []hit { return j.severalAuthors(true) }

func checkSenderMissing(j *judging) []hit { return j.severalAuthors(false) }

func (j *judging) severalAuthors(withSender bool) []hit {
	authors := j.authors
	if len(authors) < 2 || withSender != (j.report.Message.Sender != nil) {
		return nil
	}
	h := hit{detail: "From names " + strconv.Itoa(len(authors)) + " mailboxes: "}
	for i, a := range authors {
		h.spans = append(h.spans, a.Span)
		if i > 0 && i < maxSpans {
			h.detail += ", "
		}
		if i < maxSpans {
			h.detail += quote(string(a.Address))
		}
	}
	if withSender {
		h.detail += "; Sender is " + quote(string(j.report.Message.Sender.Address))
	}
	return []hit{h}
}

// apart compares the organisational domain of an address with those of the
// authors. It reports false where there is nothing to compare.
func (j *judging) apart(a *report.Address) (detail string, spans []headers.Span, ok bool) {
	host := domain.Of(string(a.Address))
	if len(j.authors) == 0 || host == domain.Of(string(j.authors[0].Address)) {
		return "", nil, false // its organisation is among those of the authors
	}
	org := domain.Org(host)
	if org == "" || slices.Contains(j.orgs, org) || slices.Contains(j.orgs, "") {
		return "", nil, false
	}
	return quote(string(a.Address)) + " belongs to " + quote(org) + ", From " + quote(string(j.authors[0].Address)) +
		" to " + quote(strings.Join(j.orgs, ", ")), []headers.Span{a.Span, j.authors[0].Span}, true
}

func checkReplyTo(j *judging) []hit {
	var hits []hit
	for i := range j.report.Message.ReplyTo {
		a := &j.report.Message.ReplyTo[i]
		detail, spans, ok := j.apart(a)
		if !ok {
			continue
		}
		h := hit{detail: "Reply-To " + detail, spans: spans}
		switch {
		case !isFreemail(domain.Org(domain.Of(string(a.Address)))) || isFreemail(j.orgs[0]):
		case j.fromList:
			h.detail += "; replies go to a public mail provider, and the header has the fields of a list server"
		default:
			h.severity = report.Medium
			h.detail += "; replies go to a public mail provider"
		}
		hits = append(hits, h)
	}
	return hits
}

func checkReturnPath(j *judging) []hit { return j.single("Return-Path", j.report.Message.ReturnPath) }

func checkSender(j *judging) []hit { return j.single("Sender", j.report.Message.Sender) }

func (j *judging) single(field string, a *report.Address) []hit {
	if a == nil {
		return nil
	}
	detail, spans, ok := j.apart(a)
	if !ok {
		return nil
	}
	return []hit{{detail: field + " " + detail, spans: spans}}
}

// isFreemail reports whether anybody can have an address at the domain. Only
// large providers are listed: the rule that asks is about contrast.
func isFreemail(org string) bool {
	switch org {
	case "gmail.com", "googlemail.com", "aol.com", "ymail.com", "rocketmail.com", "icloud.com", "me.com", "msn.com", "web.de",
		"t-online.de", "freenet.de", "mail.ru", "bk.ru", "inbox.ru", "list.ru", "proton.me", "protonmail.com", "pm.me",
		"tutanota.com", "tuta.io", "zoho.com", "mail.com", "email.com", "qq.com", "163.com", "126.com", "sina.com", "naver.com",
		"rediffmail.com", "libero.it", "orange.fr", "laposte.net", "free.fr", "wp.pl", "onet.pl", "seznam.cz", "uol.com.br":
		return true
	}
	switch label, _, _ := strings.Cut(org, "."); label {
	case "yahoo", "hotmail", "live", "outlook", "gmx", "yandex":
		return true
	}
	return false
}

// deceptionRules judge what a person is shown.
var deceptionRules = []rule{
	{
		id: "deception.display-name-address", severity: report.High, confidence: report.Sure,
		title:      "The display name holds another address than the mailbox",
		explain:    "Most readers show the display name alone, so that the address in it is taken for the author's. The organisational domains of both are compared, by the public suffix list; encoded words are decoded first, and comments count as names. High in From; medium in Sender and Reply-To; low when a list server's fields stand in the header or the name says \"via\".",
		innocent:   "Mailing lists and calendars that put the author's address into the name because the mailbox must be their own.",
		references: []string{"RFC 5322 3.4", "RFC 7489 12.4"},
		check:      checkDisplayName,
	},
	{
		id: "deception.double-extension", severity: report.High, confidence: report.Sure,
		title:      "A file name hides that the file can be run",
		explain:    "The last extension is one that a system runs, and in front of it stands the extension of a document, a run of ten or more blanks, or behind it dots or blanks that Windows drops. Systems that hide known extensions show the name of a document.",
		innocent:   "Rarely any: archives of programs are named by hand like that in bug reports.",
		references: []string{"RFC 2183 5", "CWE-451"},
		check:      checkDoubleExtension,
	},
}

func checkDisplayName(j *judging) []hit {
	var hits []hit
	for i := range j.memo.lists {
		f := &j.memo.lists[i]
		for k := range f.Addresses {
			if h, ok := j.displayName(f.name, &f.Addresses[k]); ok {
				hits = append(hits, h)
			}
		}
	}
	return hits
}

// displayName looks for an address in the name and in the comments of a.
func (j *judging) displayName(field string, a *headers.Address) (hit, bool) {
	for _, text := range [...]string{a.Name, a.Comment} {
		inner := addressIn(text)
		if inner == "" {
			continue
		}
		own, org := domain.Org(domain.Of(a.Address)), domain.Org(domain.Of(inner))
		if own == "" || org == "" || org == own {
			continue
		}
		h := at(a.Span, field+": the display name "+quote(text)+" holds the address "+quote(inner)+", the mailbox is "+quote(a.Address))
		switch {
		case j.fromList:
			h.severity = report.Low
			h.detail += "; the header has the fields of a list server"
		case strings.Contains(text, " via "):
			h.severity = report.Low
			h.detail += "; the name says \"via\""
		case field != "From":
			h.severity = report.Medium
		}
		return h, true
	}
	return hit{}, false
}

// addressIn finds the first text in s that looks like an address; "" without
// one. Wide and small at signs (Unicode NFKC) count: they look the same.
func addressIn(s string) string {
	if strings.IndexByte(s, '@') < 0 && isASCII(s) {
		return ""
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\uFF20", "@"), "\uFE6B", "@")
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '@')
		if i < 0 {
			return ""
		}
		i += from
		start, end := i, i+1
		for start > from && isAtext(s[start-1]) {
			start--
		}
		for end < len(s) && isHostByte(s[end]) {
			end++
		}
		local, host := s[start:i], s[i+1:end]
		if cut := strings.LastIndexFunc(local, isForeignSign); cut >= 0 {
			local = strings.TrimLeftFunc(local[cut:], isForeignSign)
		}
		if cut := strings.IndexFunc(host, isForeignSign); cut >= 0 {
			host = host[:cut]
		}
		if host = strings.TrimRight(host, ".-"); local != "" && strings.IndexByte(host, '.') > 0 {
			return local + "@" + host
		}
		from = i + 1
	}
}

// isAtext: RFC 5322 3.2.3 with the dot, without the signs that stand around an
// address in running text.
func isAtext(c byte) bool {
	return isHostByte(c) || strings.IndexByte("!#$%&*+/=?^_{|}~", c) >= 0
}

// isForeignSign: quotation marks, dashes and the like of other scripts stand
// around an address and are no part of it.
func isForeignSign(r rune) bool {
	return r >= 0x80 && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
}

// isHostByte: letters, digits, hyphen, dot, and the bytes of other scripts
// (RFC 6532 3.3).
func isHostByte(c byte) bool {
	return c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80
}
