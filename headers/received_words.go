package headers

import "strings"

// recvWord is the clause keyword that an atom spells; 0 for none.
type recvWord uint8

const (
	recvFrom recvWord = iota + 1
	recvBy
	recvVia
	recvWith
	recvID
	recvFor
	recvTLS      // RFC 8314 4.3
	recvOver     // stands before "TLS secured channel": Microsoft SMTPSVC
	recvEnvelope // "envelope-from" outside of a comment: Haraka
	recvOther    // a registered or private clause that nothing is read from
)

// recvWordOf knows the clauses of RFC 5321 4.4, those that IANA registered
// later, and the few that widespread software adds.
func recvWordOf(s string) recvWord {
	if len(s) < 2 || len(s) > 4 {
		return recvLongWord(s)
	}
	key := uint32(0)
	for i := 0; i < len(s); i++ {
		key = key<<8 | uint32(s[i]|0x20) // of letters alone this is the lower case
	}
	switch key {
	case 'b'<<8 | 'y':
		return recvBy
	case 'i'<<8 | 'd':
		return recvID
	case 'f'<<16 | 'o'<<8 | 'r':
		return recvFor
	case 'v'<<16 | 'i'<<8 | 'a':
		return recvVia
	case 't'<<16 | 'l'<<8 | 's':
		return recvTLS
	case 'f'<<24 | 'r'<<16 | 'o'<<8 | 'm':
		return recvFrom
	case 'w'<<24 | 'i'<<16 | 't'<<8 | 'h':
		return recvWith
	case 'o'<<24 | 'v'<<16 | 'e'<<8 | 'r':
		return recvOver
	}
	return 0
}

func recvLongWord(s string) recvWord {
	switch len(s) {
	case 5: // RFC 6729
		return recvWordOne(s, "state", recvOther)
	case 6:
		return recvWordOne(s, "pod-id", recvOther) // Yahoo
	case 8: // RFC 6758
		return recvWordOne(s, "priority", recvOther)
	case 13:
		return recvWordOne(s, "envelope-from", recvEnvelope)
	}
	return 0
}

func recvWordOne(s, spelling string, word recvWord) recvWord {
	if s[0]|0x20 != spelling[0] || !equalFold(s, spelling) {
		return 0
	}
	return word
}

// recvEqual compares without regard to ASCII letter case.
func recvEqual(a, b string) bool { return equalFold(a, b) }

// recvPrefix reports whether s begins with prefix in any letter case. A blank
// in prefix stands for any run of blanks and line breaks: relays fold anywhere.
func recvPrefix(s, prefix string) bool {
	if len(s) < len(prefix) || s[0]|0x20 != prefix[0]|0x20 {
		return false
	}
	if equalFold(s[:len(prefix)], prefix) {
		return true
	}
	for {
		word, rest, more := strings.Cut(prefix, " ")
		if len(s) < len(word) || !equalFold(s[:len(word)], word) {
			return false
		}
		if !more {
			return true
		}
		s = s[len(word):]
		trimmed := strings.TrimLeft(s, " \t\r\n")
		if len(trimmed) == len(s) {
			return false
		}
		s, prefix = trimmed, rest
	}
}

// recvStep cuts the next word off the text at rest: what stands up to a blank
// that is no fold inside of a name.
func recvStep(text string, rest Span) (word, after Span) {
	i := rest.Start
	for i < rest.End && recvBlank(text[i]) {
		i++
	}
	start := i
	for {
		for i < rest.End && recvClass[text[i]]&recvIsBlank == 0 {
			i++
		}
		if i == rest.End || i == start || text[i] == ' ' || text[i] == '\t' {
			break
		}
		next := recvFoldInside(text[:rest.End], i)
		if next == 0 {
			break
		}
		if i = next + 1; i < rest.End && recvBlank(text[i]) {
			break // a name of one letter more
		}
	}
	return Span{start, i}, Span{i, rest.End}
}

// recvTrim is the span without the blanks at its ends.
func recvTrim(text string, s Span) Span {
	for s.Start < s.End && recvBlank(text[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && recvBlank(text[s.End-1]) {
		s.End--
	}
	return s
}
