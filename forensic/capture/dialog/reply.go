package dialog

import (
	"strconv"
	"strings"
)

// readReply takes the next complete reply of SMTP from the server's octets
// (RFC 5321 4.2.1): lines of one code, of which all but the last have a hyphen
// behind it.
func (h *half) readReply(final bool) (r *Reply, n int) {
	buf := h.buf
	for n < len(buf) {
		i := indexLF(buf[n:])
		if i < 0 {
			if !final || r != nil || len(buf)-n < 3 {
				return nil, 0
			}
			i = len(buf) - n - 1 // the last line of a stream that was cut
		}
		line := trimEOL(buf[n : n+i+1])
		code, rest, more := splitReply(line)
		if r == nil {
			r = &Reply{Code: code}
		}
		if code == 0 { // no reply line: text that belongs to what came before it, or noise
			r.Lines = append(r.Lines, string(line))
			n += i + 1
			if len(r.Lines) == 1 || len(r.Lines) > maxReplyLines {
				break
			}
			continue
		}
		if r.Code == 0 {
			r.Code = code
		}
		if code != r.Code { // a new reply: the old one was never ended
			break
		}
		if len(r.Lines) == 0 {
			r.Enhanced = enhancedCode(code, rest)
		}
		if len(r.Lines) < maxReplyLines {
			r.Lines = append(r.Lines, rest)
		}
		n += i + 1
		if !more {
			break
		}
		if n == len(buf) && !final {
			return nil, 0
		}
	}
	if r == nil {
		return nil, 0
	}
	r.Place = h.at(n)
	r.Last = h.markAt(h.from + int64(n) - 1)
	return r, n
}

const maxReplyLines = 1000

// splitReply takes a reply line apart. code is 0 when it is none.
func splitReply(line []byte) (code int, text string, more bool) {
	if len(line) < 3 {
		return 0, "", false
	}
	for _, c := range line[:3] {
		if c < '0' || c > '9' {
			return 0, "", false
		}
		code = code*10 + int(c-'0')
	}
	if code < 100 || code > 699 {
		return 0, "", false
	}
	switch {
	case len(line) == 3:
		return code, "", false
	case line[3] == ' ' || line[3] == '\t':
		return code, string(line[4:]), false
	case line[3] == '-':
		return code, string(line[4:]), true
	}
	return 0, "", false
}

// enhancedCode is the code of RFC 2034 4 at the beginning of a reply's text.
func enhancedCode(code int, text string) string {
	word, _, _ := strings.Cut(text, " ")
	class, rest, ok := strings.Cut(word, ".")
	subject, detail, ok2 := strings.Cut(rest, ".")
	if !ok || !ok2 || class != strconv.Itoa(code/100) || !digits(subject) || !digits(detail) {
		return ""
	}
	return word
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 3
}
