package dialog

import (
	"strconv"
	"strings"
)

// askedRange is a range of a message's octets that an open command asks for: <from.count> (RFC 9051
// 6.4.5).
type askedRange struct {
	step       *Step
	from, upTo int64
}

// maxAsked bounds how many of them are held; a client has few on their way.
const maxAsked = 1024

// ask takes note of the range that a command asks for.
func (m *imap) ask(s *Step) {
	_, rest, ok := strings.Cut(s.Argument, "[]<")
	if !ok || len(m.asked) >= maxAsked {
		return
	}
	rest, _, _ = strings.Cut(rest, ">")
	from, count, ok := strings.Cut(rest, ".")
	a, err1 := strconv.ParseInt(from, 10, 48)
	b, err2 := strconv.ParseInt(count, 10, 48)
	if ok && err1 == nil && err2 == nil {
		m.asked = append(m.asked, askedRange{s, a, a + b})
	}
}

// join is the transaction that a range of a message goes into: the one before, if the
// range goes on where that ended.
func (m *imap) join(number string, from int64) *Transaction {
	p := m.partial
	if p != nil && p.UID == number && p.Body.size == from && from > 0 {
		return p
	}
	m.endPartial(false)
	p = m.message("FETCH", Incomplete)
	p.UID = number
	m.partial = p
	if from > 0 {
		p.Body.gap(from)
	}
	return p
}

// endRange closes a message in ranges once it has its size, or the server gave less than
// was asked for.
func (m *imap) endRange(number string) {
	got := m.partial.Body.size
	over := got >= m.sizes[number]
	if _, known := m.sizes[number]; !known {
		over = got < m.upTo()
	}
	if over {
		m.endPartial(len(m.partial.Body.gaps) == 0)
	}
}

// upTo is up to which octet the command asked for that the last range answers: commands are answered
// in order (RFC 9051 5.5). -1 for a command that was not captured.
func (m *imap) upTo() int64 {
	for _, a := range m.asked {
		if a.from == m.begun {
			return a.upTo
		}
	}
	return -1
}

// endPartial closes a message that was put together from ranges.
func (m *imap) endPartial(whole bool) {
	p := m.partial
	if p == nil {
		return
	}
	m.partial = nil
	p.Body.terminated = whole
	if whole {
		p.Status = Retrieved
	}
	m.d.close(p)
}
