package capture

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/netip"
	"sync"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/packet"
	"github.com/emlcheck/emlcheck/forensic/capture/stream"
)

// follower reads a capture and hands its connections on in order.
type follower struct {
	ctx     context.Context
	c       *Capture
	opt     *Options
	yield   func(*Connection, error) bool
	secrets *dialog.Secrets
	slots   chan struct{} // one for each message that is analysed
	saved   []target      // what messages are compared with
	// open are the connections that were not yielded yet, from index next on.
	open    []*session
	next    int
	stopped bool
	// offering are the servers that have offered STARTTLS so far.
	offering map[string]bool
	// full are connections that have said so much that they are cut.
	full []*stream.Conn

	mu     sync.Mutex
	failed error
}

// session is a connection on its way.
type session struct {
	// number counts them, from 0.
	number int
	conn   *stream.Conn
	script *scriptSession
	dialog *dialog.Dialog
	done   bool
	wait   sync.WaitGroup
	// messages are what became of the bodies, by transaction.
	messages map[int]*examined
}

// examined is a message that was analysed.
type examined struct {
	report   *forensic.Report
	compared []finding
	bcc      []string
	matches  []Match
}

func newFollower(ctx context.Context, c *Capture, yield func(*Connection, error) bool) *follower {
	f := &follower{ctx: ctx, c: c, opt: c.opt, yield: yield, offering: map[string]bool{}}
	f.slots = make(chan struct{}, f.opt.workers())
	for i := range f.opt.Saved {
		f.saved = append(f.saved, newTarget(&f.opt.Saved[i]))
	}
	f.secrets = f.opt.Secrets
	if f.secrets == nil {
		f.secrets = dialog.NewSecrets()
	}
	f.secrets.Reveal = f.opt.RevealSecrets
	return f
}

// followPackets goes through the segments of a capture.
func (f *follower) followPackets() error {
	if _, err := f.c.src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	r, err := packet.NewReader(withContext{f.ctx, f.c.src}, nil)
	if err != nil {
		return err
	}
	table := f.table()
	var s packet.Segment
	for err = r.Next(&s); err == nil; err = r.Next(&s) {
		if !f.feed(table, &s) {
			return nil
		}
	}
	if table.Flush(); err != io.EOF {
		return err
	}
	return nil
}

// feed takes the next segment. It reports whether there is a reason to go on.
func (f *follower) feed(table *stream.Table, s *packet.Segment) bool {
	table.Add(s)
	for len(f.open) > maxWaiting && !f.open[0].done {
		table.Cut(f.open[0].conn) // what has ended behind it cannot be handed on before it
	}
	for _, c := range f.full {
		table.Cut(c)
	}
	f.full = f.full[:0]
	return !f.stopped && f.failure() == nil
}

// maxWaiting is how many connections are held until those before them have ended.
const maxWaiting = 1 << 14

// table follows the connections of a capture.
func (f *follower) table() *stream.Table {
	return stream.New(stream.Options{
		Open: f.begin, Closed: f.end,
		Server:       func(port uint16) bool { return f.protocolOf(port) != "" },
		ServerSpeaks: soundsLikeServer, ClientSpeaks: soundsLikeClient,
	})
}

// protocolOf is the protocol that a server's port speaks; "" for none that is
// known (RFC 6409, 8314, 2033; 26, 1025, 2525, 10024 to 10026 and 26000 by custom).
func (f *follower) protocolOf(port uint16) dialog.Protocol {
	if p, ok := f.opt.Ports[port]; ok {
		return p
	}
	switch port {
	case 25, 587, 2525, 1025, 10024, 10025, 10026, 26, 26000:
		return dialog.SMTP
	case 465, 993, 995:
		return dialog.TLS
	case 24:
		return dialog.LMTP
	case 110:
		return dialog.POP3
	case 143:
		return dialog.IMAP
	}
	return ""
}

// soundsLikeServer recognises the server's end of a connection that was joined in the middle, by the
// first octets of a segment.
func soundsLikeServer(b []byte) bool {
	if bytes.HasPrefix(b, []byte("+OK")) || bytes.HasPrefix(b, []byte("-ERR")) || bytes.HasPrefix(b, []byte("* ")) {
		return true
	}
	return len(b) > 4 && b[0] >= '2' && b[0] <= '5' && b[1] >= '0' && b[1] <= '5' && b[2] >= '0' && b[2] <= '9' && (b[3] == ' ' || b[3] == '-')
}

// soundsLikeClient is the same for the client's end.
func soundsLikeClient(b []byte) bool {
	for _, verb := range [...]string{"EHLO ", "HELO ", "LHLO ", "MAIL FROM:", "RCPT TO:", "AUTH ", "DATA\r\n", "QUIT\r\n", "RSET\r\n", "USER ", "RETR "} {
		if len(b) >= len(verb) && bytes.EqualFold(b[:len(verb)], []byte(verb)) {
			return true
		}
	}
	return false
}

// begin is called for each connection, in order.
func (f *follower) begin(c *stream.Conn) stream.Sink {
	port := f.protocolOf(c.Server.Port())
	if known, ok := c.Hint.(dialog.Protocol); ok {
		port = known
	}
	s := &session{conn: c}
	f.add(s, port)
	return bounded{s.dialog, f, c}
}

// bounded watches how long a dialogue grows.
type bounded struct {
	*dialog.Dialog
	f *follower
	c *stream.Conn
}

func (b bounded) Feed(side dialog.Side, octets []byte, m dialog.Mark) {
	b.Dialog.Feed(side, octets, m)
	if isFull(b.Dialog) {
		b.f.full = append(b.f.full, b.c)
	}
}

// maxCommands is how many commands, or replies, of one connection are held. What follows is another
// connection, but never in the middle of a message unless that takes as many commands again.
const maxCommands = 1 << 15

// isFull reports whether a dialogue has as much as is held of one.
func isFull(d *dialog.Dialog) bool {
	n := max(len(d.Steps), len(d.Replies))
	return n >= maxCommands && !d.Busy() || n >= 2*maxCommands
}

// add puts a session in line.
func (f *follower) add(s *session, port dialog.Protocol) {
	s.dialog = dialog.New(dialog.Options{
		Port: port, Secrets: f.secrets, MaxMessage: f.opt.MaxMessage,
		Discard: !f.opt.needOctets(), Elided: s.script != nil && s.script.MessagesElided,
		Done: func(d *dialog.Dialog, tx *dialog.Transaction) { f.examine(s, tx) },
	})
	s.number = f.next + len(f.open)
	f.open = append(f.open, s)
}

// end is called for each connection when it is over.
func (f *follower) end(c *stream.Conn) {
	s := f.open[c.Index-f.next]
	s.done = true
	if c.Cut {
		c.Hint = s.dialog.Protocol
	}
	f.hand()
}

// hand yields the connections that are done, as far as those before them are.
func (f *follower) hand() {
	n := 0
	for n < len(f.open) && f.open[n].done && !f.stopped {
		s := f.open[n]
		s.wait.Wait()
		if !f.yield(f.report(s), nil) {
			f.stopped = true
		}
		f.open[n] = nil
		n++
		f.next++
	}
	f.open = f.open[n:]
}

// finish waits for what is still analysed: nobody is called back when Connections has returned.
func (f *follower) finish() error {
	for _, s := range f.open {
		s.wait.Wait()
	}
	return f.failure()
}

func (f *follower) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failed = errors.Join(f.failed, err)
}

func (f *follower) failure() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

// examine has a message analysed while the capture is read on. Its octets are
// given up behind it.
func (f *follower) examine(s *session, tx *dialog.Transaction) {
	body := tx.Body
	if body == nil || f.failure() != nil {
		return
	}
	if o := f.opt.Only; o != nil && *o != s.number {
		return
	}
	if f.opt.NoReports && f.opt.Message == nil && !body.Kept() {
		return
	}
	job := f.job(s, tx)
	out := &examined{}
	if s.messages == nil {
		s.messages = map[int]*examined{}
	}
	s.messages[tx.Index] = out
	s.wait.Add(1)
	f.slots <- struct{}{}
	run := func() {
		defer func() { <-f.slots; s.wait.Done() }()
		if err := job.run(out); err != nil {
			f.fail(err)
		}
		body.Drop()
	}
	if f.opt.workers() == 1 {
		run()
		return
	}
	go run()
}

// job is the analysis of one message; it shares nothing that changes.
type job struct {
	f     *follower
	index int
	tx    dialog.Transaction
	who   netip.Addr
	octet []byte
	kept  bool
}

func (f *follower) job(s *session, tx *dialog.Transaction) *job {
	j := &job{f: f, index: s.number, tx: *tx, octet: tx.Body.Octets(), kept: tx.Body.Kept()}
	if s.conn != nil {
		j.who = s.conn.Client.Addr()
	} else if s.script != nil {
		j.who = s.script.Client.Addr
	}
	return j
}
