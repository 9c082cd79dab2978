package dialog

import (
	"strconv"
	"strings"
)

// readReply takes the next complete reply of SMTP from the server's octets
// (RFC 5321 4.2.1): lines of one code, of which all but the last have a hyphen
// behind it. nil when it is not complete yet.
func (h *half) readReply(final bool) (r *Reply, n int) {
	p := &h.reply
	if p.from != h.from || p.n > len(h.buf) {
		*p = partReply{from: h.from}
	}
	for over := false; !over; {
		line, found := h.replyLine(p, final)
		if !found && (p.reply == nil || !final) {
			return nil, 0
		}
		over = !found || p.take(line) || p.n > maxReply
	}
	r, n = p.reply, p.n
	*p = partReply{}
	r.Place = h.at(n)
	r.Last = h.markAt(h.from + int64(n) - 1)
	return r, n
}

// partReply is a reply on its way. What was read of it is not read again.
type partReply struct {
	from     int64 // where it begins in the stream
	n        int   // octets of its whole lines
	searched int   // octets that hold no further line feed
	reply    *Reply
}

const (
	// maxReplyLines is how many lines of a reply are kept, maxReply how many octets it has: what
	// goes on behind them counts as another one.
	maxReplyLines = 1000
	maxReply      = 1 << 20
)

// replyLine is the next line of a reply with its line feed. The last line of a stream may have none, and
// one that is too long is cut.
func (h *half) replyLine(p *partReply, final bool) (line []byte, found bool) {
	p.searched = max(p.searched, p.n)
	line = h.buf[p.n:]
	i := indexLF(h.buf[p.searched:])
	if i >= 0 {
		line = h.buf[p.n : p.searched+i+1]
	} else {
		p.searched = len(h.buf)
	}
	if len(line) > maxLine {
		return line[:maxLine], true
	}
	return line, i >= 0 || final && len(line) >= 3
}

// take adds a line. It reports whether the reply is over.
func (p *partReply) take(whole []byte) (over bool) {
	line := trimEOL(whole)
	code, rest, more := splitReply(line)
	r := p.reply
	if r == nil {
		r = &Reply{Code: code}
		p.reply = r
	}
	switch {
	case code == 0: // no reply line: text that belongs to what came before it, or noise
		r.Lines = append(r.Lines, string(line))
		p.n += len(whole)
		return len(r.Lines) == 1 || len(r.Lines) > maxReplyLines
	case code != r.Code:
		return true // a new reply: the old one was never ended
	}
	if len(r.Lines) == 0 {
		r.Enhanced = enhancedCode(code, rest)
	}
	if len(r.Lines) < maxReplyLines {
		r.Lines = append(r.Lines, rest)
	}
	p.n += len(whole)
	return !more
}

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
