package dialog

import (
	"bytes"
	"compress/flate"
	"io"
	"strconv"
	"strings"
)

// imap follows the Internet Message Access Protocol (RFC 9051, RFC 3501). Both
// ends may send literals, octets of a stated number, in the middle of a line.
type imap struct {
	d    *Dialog
	c, s *half

	// open are the commands without a tagged reply: those of a tag in order.
	open    map[string][]*Step
	greeted bool

	client imapLine
	server imapLine
	mode   imapMode
	sasl   sasl
	mail   string // the mailbox that is open

	fetch   *Transaction // of the response on its way
	partial *Transaction // put together from several responses
	begun   int64        // where the last range began
	asked   []askedRange // ranges that open commands ask for
	sizes   map[string]int64
	// appended are the messages of the APPEND on its way, claimed those of commands that
	// are not answered yet.
	appended []*Transaction
	claimed  []appendOf
	inflate  bool
	packed   [2][]byte
	agreed   agreement
}

type imapMode uint8

const (
	imapCommand imapMode = iota
	imapAnswer           // one line of AUTHENTICATE
	imapLiteral          // waits for the server to ask for a literal
	imapStart            // waits for the reply to STARTTLS or COMPRESS
	imapIdle             // DONE is due
	imapStarted          // TLS may begin
)

// imapLine is a line on its way, with its literals.
type imapLine struct {
	text   []byte // with small literals in quotes
	place  Place
	left   int64 // octets of the literal on its way
	inside bool  // a literal is on its way
	body   *Body // that takes them; nil for others
	tx     *Transaction
	keep   bool // the literal belongs into text
	began  bool
	// sync is a literal that the server has to ask for; size is how long it will be.
	sync bool
	size int64
}

// maxText is how much of a line is kept.
const maxText = 64 << 10

func newIMAP(d *Dialog) *imap {
	return &imap{d: d, c: &d.halves[Client], s: &d.halves[Server], open: map[string][]*Step{}, sizes: map[string]int64{}}
}

func (m *imap) run(final bool) bool {
	if m.inflate {
		return m.gather(final)
	}
	if m.mode == imapStarted {
		return m.readStarted(final)
	}
	moved := m.read(m.s, &m.server, final)
	if m.inflate || m.mode == imapStarted {
		return true
	}
	return m.readClient(final) || moved
}

func (m *imap) readClient(final bool) bool {
	switch m.mode {
	case imapLiteral, imapStart:
		if !final && m.c.held < maxWait && (m.s.started || m.c.held == 0) {
			return false
		}
		if m.mode == imapLiteral {
			m.client.start()
		}
		m.mode = imapCommand
		return true
	}
	if opensTLS(m.c.buf) && !m.client.began {
		m.d.StartTLS = AcceptedTLS
		m.d.machine = newOpaque(m.d, m)
		return true
	}
	return m.read(m.c, &m.client, final)
}

// read goes on in a line or literal of one end.
func (m *imap) read(h *half, l *imapLine, final bool) bool {
	if l.inside {
		return m.readLiteral(h, l)
	}
	line, ok := h.line()
	if !ok {
		return m.noLine(h, l)
	}
	if !l.began {
		l.began = true
		l.place = h.at(len(line))
	}
	text := trimEOL(line)
	if room := maxText - len(l.text); room > 0 {
		l.text = append(l.text, text[:min(len(text), room)]...)
	}
	size, sync, ok := literalSize(text)
	h.skip(len(line))
	l.place.Len = h.from - l.place.At
	if !ok {
		m.whole(h, l)
		return true
	}
	m.beginLiteral(h, l, size, sync)
	return true
}

// noLine is a line that has no end, or a hole.
func (m *imap) noLine(h *half, l *imapLine) bool {
	if h.gap == 0 && len(h.buf) <= maxLine {
		return false
	}
	m.d.Unread[h.side] += int64(len(h.buf))
	h.skip(len(h.buf))
	if h.gap > 0 {
		h.cross()
	}
	*l = imapLine{}
	return true
}

// literalSize reads "{n}", "{n+}" or "~{n}" at the end of a line (RFC 9051 4.3,
// RFC 7888). sync is true for one that the server has to ask for.
func literalSize(text []byte) (size int64, sync, ok bool) {
	if len(text) < 3 || text[len(text)-1] != '}' {
		return 0, false, false
	}
	i := bytes.LastIndexByte(text, '{')
	if i < 0 {
		return 0, false, false
	}
	number := text[i+1 : len(text)-1]
	sync = true
	if bytes.HasSuffix(number, []byte("+")) || bytes.HasSuffix(number, []byte("-")) {
		sync, number = false, number[:len(number)-1]
	}
	if len(number) == 0 || len(number) > 12 {
		return 0, false, false
	}
	for _, c := range number {
		if c < '0' || c > '9' {
			return 0, false, false
		}
		size = size*10 + int64(c-'0')
	}
	return size, sync, true
}

// start takes the octets of the literal that was announced.
func (l *imapLine) start() {
	l.inside, l.left = true, l.size
	if l.body == nil && l.keep {
		l.text = append(l.text, '"')
	}
}

// quote puts octets of a literal into the line, as they would stand there as a quoted string (RFC
// 9051 9, quoted).
func (l *imapLine) quote(octets []byte) {
	for _, c := range octets {
		if c == '"' || c == '\\' {
			l.text = append(l.text, '\\')
		}
		l.text = append(l.text, c)
	}
}

// beginLiteral decides what a literal is: a message, a part of a line, or neither.
func (m *imap) beginLiteral(h *half, l *imapLine, size int64, sync bool) {
	if i := bytes.LastIndexByte(l.text, '{'); i >= 0 {
		l.text = l.text[:i]
	}
	l.size, l.body, l.tx = size, nil, nil
	l.keep = size <= 4096
	if h.side == Client {
		m.clientLiteral(l)
		if l.sync = sync; sync {
			m.mode = imapLiteral
			return
		}
	} else {
		m.serverLiteral(l)
	}
	l.start()
}

// clientLiteral finds the message of APPEND (RFC 9051 6.3.12).
func (m *imap) clientLiteral(l *imapLine) {
	tag, rest := cutWord(string(l.text[:min(len(l.text), 2048)]))
	verb, arg := cutWord(rest)
	if tag == "" || upper(verb) != "APPEND" || strings.Contains(upper(arg), "CATENATE") {
		return
	}
	box, more := cutString(arg)
	if l.size <= 1024 && box == "" && more == "" {
		return // the mailbox's name
	}
	t := m.message("APPEND", Incomplete)
	t.Mailbox = box
	t.Flags, t.InternalDate = appendOptions(more)
	t.Mail = l.place.Mark
	l.body, l.tx, l.keep = t.Body, t, false
}

func (m *imap) message(mode string, status Status) *Transaction {
	t := &Transaction{Index: len(m.d.Transactions), Mode: mode, Status: status, Body: newBody(m.d.opt)}
	m.d.Transactions = append(m.d.Transactions, t)
	return t
}

// appendOptions reads flags in parentheses and a date in quotes. With several
// messages in one command (RFC 3502) the last ones count.
func appendOptions(s string) (flags, date string) {
	if i := strings.LastIndexByte(s, '('); i >= 0 {
		flags, _, _ = strings.Cut(s[i+1:], ")")
	}
	if fields := strings.Split(s, `"`); len(fields) >= 3 {
		date = fields[len(fields)-2]
	}
	return flags, date
}

// cutString takes an atom or a quoted string off the front (RFC 9051 9, astring).
func cutString(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		return cutWord(s)
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		case '"':
			return b.String(), strings.TrimLeft(s[i+1:], " ")
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}

// serverLiteral finds the octets of a whole message in a FETCH response (RFC 9051
// 7.5.2).
func (m *imap) serverLiteral(l *imapLine) {
	number, ok := fetchNumber(l.text)
	if !ok {
		return
	}
	item := lastItem(l.text)
	name, from, part := wholeItem(item)
	if name == "" {
		return
	}
	if part {
		l.tx, m.begun = m.join(number, from), from
	} else {
		l.tx = m.message("FETCH", Incomplete)
		l.tx.UID = number
	}
	l.tx.Mailbox = m.mail
	m.fetch = l.tx
	l.body, l.keep = l.tx.Body, false
}

// fetchNumber is the message's number in "* n FETCH (".
func fetchNumber(text []byte) (string, bool) {
	f := bytes.Fields(text[:min(len(text), 256)])
	if len(f) < 3 || string(f[0]) != "*" || !bytes.EqualFold(f[2], []byte("FETCH")) && !bytes.HasPrefix(bytes.ToUpper(f[2]), []byte("FETCH(")) {
		return "", false
	}
	return string(f[1]), true
}

// lastItem is the name of the item whose value comes next.
func lastItem(text []byte) string {
	text = bytes.TrimRight(text, " ~")
	i := len(text)
	depth := 0
	for i > 0 {
		c := text[i-1]
		if c == ']' {
			depth++
		}
		if c == '[' {
			depth--
		}
		if depth == 0 && (c == ' ' || c == '(') {
			break
		}
		i--
	}
	return upper(string(text[i:]))
}

// wholeItem tells the items that hold a whole message, or a range of its octets.
func wholeItem(item string) (name string, from int64, part bool) {
	switch item {
	case "RFC822", "BODY[]", "BINARY[]":
		return item, 0, false
	}
	rest, ok := strings.CutPrefix(item, "BODY[]<")
	if !ok {
		return "", 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(rest, ">"), 10, 64)
	if err != nil || n < 0 {
		return "", 0, false
	}
	return "BODY[]", n, true
}

// readLiteral takes the octets of a literal; they are counted through holes.
func (m *imap) readLiteral(h *half, l *imapLine) bool {
	if n := min(l.left, int64(len(h.buf))); n > 0 {
		switch {
		case l.body != nil:
			if l.tx.Data == (Mark{}) {
				l.tx.Data = h.markAt(h.from)
			}
			l.body.write(h, int(n))
		case l.keep:
			l.quote(h.buf[:n])
		}
		h.skip(int(n))
		l.left -= n
	} else if l.left > 0 {
		if h.gap == 0 {
			return false
		}
		m.literalHole(h, l)
	}
	if l.left == 0 {
		l.inside = false
		if l.tx != nil {
			l.tx.End = h.lastMark()
		}
		m.literalDone(l)
	}
	return true
}

func (m *imap) literalHole(h *half, l *imapLine) {
	n := min(h.gap, l.left)
	if h.gap > n {
		h.gap -= n
		h.from += n
	} else {
		h.cross()
	}
	if l.body != nil {
		l.body.gap(n)
		l.body.upTo = h.from
	}
	l.left -= n
}

// literalDone is the end of a literal's octets.
func (m *imap) literalDone(l *imapLine) {
	t := l.tx
	switch {
	case t == nil && l.keep:
		l.text = append(l.text, '"')
	case t.Mode == "APPEND", t != m.partial:
		t.Body.terminated = true
	}
	l.body, l.tx = nil, nil
	if t != nil && t.Mode == "APPEND" {
		m.appended = append(m.appended, t)
	}
}

// gather keeps compressed octets until there are no more (RFC 4978).
func (m *imap) gather(final bool) bool {
	moved := false
	for side := range m.d.halves {
		h := &m.d.halves[side]
		if room := maxPacked - len(m.packed[side]); room > 0 {
			m.packed[side] = append(m.packed[side], h.buf[:min(len(h.buf), room)]...)
		}
		moved = h.discard() || moved
	}
	if moved || !final {
		return moved
	}
	m.inflate = false
	for side, packed := range m.packed {
		m.packed[side] = nil
		plain, _ := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxUnpacked))
		inner := &half{side: Side(side), whole: true}
		inner.feed(plain, Mark{Offset: -1, Ack: -1})
		m.d.halves[side] = *inner
	}
	return true
}

// maxPacked and maxUnpacked bound what is held of a compressed connection.
const maxPacked, maxUnpacked = 64 << 20, 512 << 20
