package forensic

import (
	"strconv"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/headers"
)

// shown is a decoded text that a reader shows as a name.
type shown struct {
	what string
	text string
	span headers.Span
}

// names lists the texts that the rules about invisible characters look at.
func (j *judging) names() []shown {
	var out []shown
	m := &j.report.Message
	lists := [...]struct {
		field string
		list  []Address
	}{{"From", m.From}, {"Reply-To", m.ReplyTo}}
	for _, l := range lists {
		for _, a := range l.list {
			out = append(out, shown{l.field, string(a.Name), a.Span})
		}
	}
	if m.Sender != nil {
		out = append(out, shown{"Sender", string(m.Sender.Name), m.Sender.Span})
	}
	if m.Subject != nil {
		out = append(out, shown{"Subject", *m.Subject, *m.SubjectSpan})
	}
	for i := range j.report.Parts {
		p := &j.report.Parts[i]
		for _, n := range p.Filenames {
			out = append(out, shown{"part " + p.Path + " " + n.Source, n.Value, n.Span})
		}
	}
	return out
}

// scanNames makes a hit of each name in which a character is found. grade says
// what one character at an offset is: "" for nothing.
func (j *judging) scanNames(grade func(s string, at int, r rune) Severity) []hit {
	var hits []hit
	for _, n := range j.names() {
		var worst Severity
		count := 0
		for i, r := range n.text {
			if g := grade(n.text, i, r); g != "" {
				count++
				if worst == "" || g.Rank() > worst.Rank() {
					worst = g
				}
			}
		}
		if count > 0 {
			h := at(n.span, n.what+" is "+quote(n.text)+" with "+strconv.Itoa(count)+" of these characters")
			h.severity = worst
			hits = append(hits, h)
		}
	}
	return hits
}

func checkBidi(j *judging) []hit {
	return j.scanNames(func(_ string, _ int, r rune) Severity {
		switch {
		case r == 0x202D || r == 0x202E:
			return High
		case r == 0x200E || r == 0x200F || r == 0x061C || 0x202A <= r && r <= 0x202C || 0x2066 <= r && r <= 0x2069:
			return Info
		}
		return ""
	})
}

func checkControl(j *judging) []hit {
	return j.scanNames(func(_ string, _ int, r rune) Severity {
		if r < ' ' && r != '\t' || 0x7F <= r && r < 0xA0 {
			return Medium
		}
		return ""
	})
}

func checkZeroWidth(j *judging) []hit {
	return j.scanNames(func(s string, at int, r rune) Severity {
		switch {
		case !isInvisible(r):
			return ""
		case amidASCII(s, at, utf8.RuneLen(r)):
			return Low
		case r == 0x200C || r == 0x200D:
			return "" // joiners: part of the writing of many scripts and of emoji
		}
		return Info
	})
}

// isInvisible: characters without width or ink that are not white space, among
// them fillers and the tag characters.
func isInvisible(r rune) bool {
	switch r {
	case 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064,
		0x2800, 0x3164, 0xFEFF, 0xFFA0:
		return true
	}
	return 0xE0000 <= r && r <= 0xE007F
}

// amidASCII reports whether ASCII letters or digits stand on both sides.
func amidASCII(s string, at, size int) bool {
	return at > 0 && at+size < len(s) && isASCIIWord(s[at-1]) && isASCIIWord(s[at+size])
}

func isASCIIWord(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
