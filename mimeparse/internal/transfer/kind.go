package transfer

import "bytes"

// Kind is a transfer encoding in its canonical spelling. The zero value means
// that none is declared.
type Kind string

// The encodings of RFC 2045 6.1, and uuencode, which no RFC defines but mail
// bears under several names.
const (
	SevenBit        Kind = "7bit"
	EightBit        Kind = "8bit"
	Binary          Kind = "binary"
	Base64          Kind = "base64"
	QuotedPrintable Kind = "quoted-printable"
	UUEncode        Kind = "uuencode"
)

// longestName is more than any known name takes.
const longestName = 24

// Parse reads the value of a Content-Transfer-Encoding field (RFC 2045 6.1)
// as it stands in the header, folds and all. Comments, quotes and letter case
// do not matter. An unknown encoding is returned as written, without the
// blanks around it, and known is false; so is an empty value, as "".
//
// QUIRK: what follows the first word, as in `base64; charset=x`, is passed
// over, and hyphens may be missing or stand as underscores or blanks
// (`8-bit`, `quoted_printable`): mail readers take these all the same.
func Parse(value []byte) (kind Kind, known bool) {
	var word [longestName]byte
	n := 0
	for rest := value; ; {
		token, tail := nextToken(rest)
		if len(token) == 0 {
			break
		}
		if n = squeeze(&word, n, token); n < 0 {
			break
		}
		if k := named(word[:n]); k != "" {
			return k, true
		}
		rest = tail
	}
	return Kind(bytes.Trim(value, " \t\r\n")), false
}

// named maps a name without hyphens, in lower case, to its kind.
func named(word []byte) Kind {
	switch string(word) {
	case "7bit":
		return SevenBit
	case "8bit":
		return EightBit
	case "binary":
		return Binary
	case "base64":
		return Base64
	case "quotedprintable":
		return QuotedPrintable
	case "uuencode", "xuuencode", "uue", "xuue":
		return UUEncode
	}
	return ""
}

// squeeze adds the token to word in lower case, without what may vary in a
// name; -1 when it does not fit.
func squeeze(word *[longestName]byte, n int, token []byte) int {
	for _, c := range token {
		switch {
		case c == '-' || c == '_' || c == '"' || c == '\'':
			continue
		case n == len(word):
			return -1
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		word[n] = c
		n++
	}
	return n
}

// nextToken cuts the next run of bytes that are neither blank nor comment nor
// separator off b. It is empty at the end and in front of a separator.
func nextToken(b []byte) (token, tail []byte) {
	i := skipBlanks(b)
	j := i
	for j < len(b) && !isSpace(b[j]) && b[j] != '(' && b[j] != ';' && b[j] != ',' {
		j++
	}
	return b[i:j], b[j:]
}

// skipBlanks is the length of white space and comments (RFC 5322 3.2.2) at
// the start of b.
func skipBlanks(b []byte) int {
	i := 0
	for i < len(b) {
		switch {
		case isSpace(b[i]):
			i++
		case b[i] == '(':
			i += commentLen(b[i:])
		default:
			return i
		}
	}
	return i
}

// commentLen is the length of the comment that b begins with; an open one
// reaches to the end.
func commentLen(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(b)
}

// isSpace reports whether c is white space or part of a line break.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
