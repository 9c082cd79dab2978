package route

import (
	"strconv"
	"strings"
)

// digitSet is a set of ASCII characters.
type digitSet [2]uint64

func setOf(chars string) (s digitSet) {
	for i := 0; i < len(chars); i++ {
		s[chars[i]>>6] |= 1 << (chars[i] & 63)
	}
	return s
}

func (s *digitSet) has(c byte) bool { return c < 128 && s[c>>6]&(1<<(c&63)) != 0 }

// all reports whether text is not empty and consists of the set alone.
func (s *digitSet) all(text string) bool {
	for i := 0; i < len(text); i++ {
		if !s.has(text[i]) {
			return false
		}
	}
	return text != ""
}

const (
	decimals = "0123456789"
	lower    = "abcdefghijklmnopqrstuvwxyz"
	upper    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	base52   = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
)

var (
	decimalSet = setOf(decimals)
	hexSet     = setOf(decimals + "ABCDEF")
	anyHexSet  = setOf(decimals + "ABCDEFabcdef")
	base32Set  = setOf(decimals + "abcdefghijklmnopqrstuv")
	base52Set  = setOf(base52)
	base62Set  = setOf(decimals + lower + upper)
	upperSet   = setOf(upper)
	queueSet   = setOf(decimals + upper + "abcdefghijklmnopqrstuvwx") // sendmail's 60
	gmailSet   = setOf(decimals + lower + ".-_")
)

// isDomino: the wall clock to the hundredth as sixteen digits, then ':' (since
// release 8 '-') and the number of the process. So are all of nine real ones.
func isDomino(id string) bool {
	return len(id) > 17 && decimalSet.all(id[:16]) && (id[16] == ':' || id[16] == '-') && decimalSet.all(id[17:])
}

// isMDaemon: "md50207311817.msg". Releases before 8 write none.
func isMDaemon(id string) bool {
	digits, ok := strings.CutPrefix(id, "md")
	if ok {
		digits, ok = strings.CutSuffix(digits, ".msg")
	}
	return ok && decimalSet.all(digits)
}

// isPostfixShort: the microsecond of the arrival as five hexadecimal digits or
// more, then the number of the queue file.
func isPostfixShort(id string) bool { return len(id) >= 6 && len(id) <= 17 && hexSet.all(id) }

// postfixMicros reports whether a short queue id begins with a microsecond: of
// 11,237 real ones 11,219 do.
func postfixMicros(id string) bool {
	v, err := strconv.ParseUint(id[:5], 16, 32)
	return err == nil && v < 1_000_000
}

// isPostfixLong: Postfix 2.9 with enable_long_queue_ids writes seconds and
// microseconds to the base 52, 'z', and the file's number.
func isPostfixLong(id string) bool {
	i := strings.LastIndexByte(id, 'z')
	if i < 10 || i+1 >= len(id) || len(id) > 32 || !base52Set.all(id) {
		return false
	}
	micros := 0
	for _, c := range []byte(id[i-4 : i]) {
		micros = micros*52 + strings.IndexByte(base52, c)
	}
	return micros < 1_000_000
}

// isSendmail10: sendmail 8.10 and later: year, month, day, hour, minute and
// second as one character each, a sequence number of one or two, the process.
func isSendmail10(id string) bool {
	if len(id) < 12 || len(id) > 17 || !queueSet.all(id[:6]) {
		return false
	}
	if strings.IndexByte(decimals+"AB", id[1]) < 0 || id[2] < '1' || id[2] > 'V' || id[3] > 'N' || id[3] > '9' && id[3] < 'A' || id[2] > '9' && id[2] < 'A' {
		return false
	}
	tail := id[6:]
	n := len(tail)
	for n > 0 && decimalSet.has(tail[n-1]) {
		n--
	}
	return n <= 2 && len(tail)-n >= 4 && queueSet.has(tail[0])
}

// isSendmail9: sendmail 8.9 and earlier: a letter of the hour, two of the
// sequence, the process. 8.6 and before had two letters only.
func isSendmail9(id string) bool {
	if len(id) < 7 || len(id) > 11 || !upperSet.all(id[:2]) {
		return false
	}
	return decimalSet.all(id[3:]) && (upperSet.has(id[2]) || decimalSet.has(id[2]))
}

// eximForm: two forms of Exim's identifiers: 6-6-2 characters of base 62, from
// 4.97 on 6-11-4. 0 for none, else the length of the middle part.
func eximForm(id string) int {
	a, rest, ok := strings.Cut(id, "-")
	b, c, ok2 := strings.Cut(rest, "-")
	if !ok || !ok2 || len(a) != 6 || !base62Set.all(a) || !base62Set.all(b) || !base62Set.all(c) {
		return 0
	}
	switch {
	case (len(b) == 6 || len(b) == 7) && len(c) == 2: // 7: seen at T-Online
		return 6
	case len(b) == 11 && len(c) == 4:
		return 11
	}
	return 0
}

// isBuild: Exchange writes its version: four numbers.
func isBuild(id string) bool {
	parts := 0
	for part := range strings.SplitSeq(id, ".") {
		if parts++; !decimalSet.all(part) || len(part) > 5 {
			return false
		}
	}
	return parts == 4
}

// isGmail: letters of one case, digits and dots.
func isGmail(id string) bool {
	return len(id) >= 6 && gmailSet.all(id) && strings.ContainsAny(id, decimals)
}

// isGmailOnly reports whether an identifier ends in the way that Google's alone
// do: in the time of acceptance, in seconds since 1970 with milliseconds or as
// a date. These have the number of the process's request before them.
func isGmailOnly(id string) bool {
	if !isGmail(id) {
		return false
	}
	if i := strings.LastIndexByte(id, '.'); i > 0 && len(id)-i == 14 && decimalSet.all(id[i+1:]) && id[i+1] == '1' {
		return beforeDot(id[:i])
	}
	// .NN.YYYY.MM.DD.HH.MM.SS
	if len(id) < 24 {
		return false
	}
	tail := id[len(id)-20:]
	for i := 0; i < len(tail); i++ {
		if dot := i == 0 || i == 5 || i == 8 || i == 11 || i == 14 || i == 17; dot != (tail[i] == '.') || !dot && !decimalSet.has(tail[i]) {
			return false
		}
	}
	return beforeDot(id[:len(id)-20])
}

// beforeDot reports whether s ends in a dot and one to three digits.
func beforeDot(s string) bool {
	i := strings.LastIndexByte(s, '.')
	return i > 0 && len(s)-i <= 4 && decimalSet.all(s[i+1:])
}

func isPowerMTA(id string) bool { return len(id) == 12 && id[0] == 'h' && base32Set.all(id[1:]) }

// isMomentum: "54/B5-00512-362F5776".
func isMomentum(id string) bool {
	if len(id) < 17 || id[2] != '/' || id[5] != '-' || !hexSet.all(id[:2]) || !hexSet.all(id[3:5]) {
		return false
	}
	n := len(id) - 9
	return id[n] == '-' && hexSet.all(id[n+1:]) && decimalSet.all(id[6:n])
}
