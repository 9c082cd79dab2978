package forensic

import (
	"iter"
	"strconv"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// shown is a decoded text that a reader shows as a name.
type shown struct {
	what string // its field; of a file's name where it stood in the part
	part string // the path of the part; "" for a field
	text string
	span headers.Span
}

// names iterates over the texts that the rules about invisible characters look
// at.
func (j *judging) names() iter.Seq[shown] {
	return func(yield func(shown) bool) {
		m := &j.report.Message
		_ = eachName("From", m.From, yield) && eachName("Reply-To", m.ReplyTo, yield) &&
			(m.Sender == nil || yield(shown{what: "Sender", text: string(m.Sender.Name), span: m.Sender.Span})) &&
			(m.Subject == nil || yield(shown{what: "Subject", text: *m.Subject, span: *m.SubjectSpan})) &&
			j.eachFilename(yield)
	}
}

func eachName(field string, list []report.Address, yield func(shown) bool) bool {
	for i := range list {
		if a := &list[i]; !yield(shown{what: field, text: string(a.Name), span: a.Span}) {
			return false
		}
	}
	return true
}

func (j *judging) eachFilename(yield func(shown) bool) bool {
	for i := range j.report.Parts {
		p := &j.report.Parts[i]
		for k := range p.Filenames {
			if n := &p.Filenames[k]; !yield(shown{n.Source, p.Path, n.Value, n.Span}) {
				return false
			}
		}
	}
	return true
}

func (n *shown) tell() string {
	if n.part == "" {
		return n.what
	}
	return "part " + n.part + " " + n.what
}

// oddity is a set of kinds of characters that a name should not hold.
type oddity uint8

const (
	oddControl oddity = 1 << iota
	oddBidi
	oddInvisible
)

// oddities looks through the names once for what the rules about them look
// for: most names hold none of it.
func (j *judging) oddities() oddity {
	var found oddity
	for n := range j.names() {
		if isPlain(n.text) {
			continue
		}
		for _, r := range n.text {
			found |= oddityOf(r)
		}
	}
	return found
}

// oddityOf is every kind that one of the rules may object to r as.
func oddityOf(r rune) oddity {
	switch {
	case r < 0x7F:
		if r < ' ' {
			return oddControl
		}
	case r < 0xA0:
		return oddControl
	case gradeBidi(r) != "":
		return oddBidi
	case isInvisible(r):
		return oddInvisible
	}
	return 0
}

// scanNames makes a hit of each name in which a character is found. grade says
// what one character at an offset is: "" for nothing. Nothing is looked at when
// no name holds a character of the kind.
func (j *judging) scanNames(kind oddity, grade func(s string, at int, r rune) Severity) []hit {
	if j.odd&kind == 0 {
		return nil
	}
	var hits []hit
	for n := range j.names() {
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
			h := at(n.span, n.tell()+" is "+quote(n.text)+" with "+strconv.Itoa(count)+" of these characters")
			h.severity = worst
			hits = append(hits, h)
		}
	}
	return hits
}

func checkBidi(j *judging) []hit {
	return j.scanNames(oddBidi, func(_ string, _ int, r rune) Severity { return gradeBidi(r) })
}

// gradeBidi grades characters that turn the direction of text; "" for others.
func gradeBidi(r rune) Severity {
	switch {
	case r == 0x202D || r == 0x202E:
		return report.High
	case r == 0x200E || r == 0x200F || r == 0x061C || 0x202A <= r && r <= 0x202C || 0x2066 <= r && r <= 0x2069:
		return report.Info
	}
	return ""
}

func checkControl(j *judging) []hit {
	return j.scanNames(oddControl, func(_ string, _ int, r rune) Severity {
		if r < ' ' && r != '\t' || 0x7F <= r && r < 0xA0 {
			return report.Medium
		}
		return ""
	})
}

func checkZeroWidth(j *judging) []hit {
	return j.scanNames(oddInvisible, func(s string, at int, r rune) Severity {
		switch {
		case !isInvisible(r):
			return ""
		case amidASCII(s, at, utf8.RuneLen(r)):
			return report.Low
		case r == 0x200C || r == 0x200D:
			return "" // joiners: part of the writing of many scripts and of emoji
		}
		return report.Info
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
