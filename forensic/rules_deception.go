package forensic

import (
	"strings"
	"unicode"

	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

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
