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

	mu     sync.Mutex
	failed error
}

// session is a connection on its way.
type session struct {
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
		if table.Add(&s); f.stopped {
			return nil
		}
		for len(f.open) > maxWaiting && !f.open[0].done {
			table.Cut(f.open[0].conn) // what has ended behind it cannot be handed on before it
		}
		if err := f.failure(); err != nil {
			return err
		}
	}
	table.Flush()
	if err != io.EOF {
		return err
	}
	return f.failure()
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
// known (RFC 6409, 8314, 2033; 2525, 10024 to 10026 and 26000 by custom).
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
	s := &session{conn: c}
	f.add(s, f.protocolOf(c.Server.Port()))
	return s.dialog
}

// add puts a session in line.
func (f *follower) add(s *session, port dialog.Protocol) {
	s.dialog = dialog.New(dialog.Options{
		Port: port, Secrets: f.secrets, MaxMessage: f.opt.MaxMessage,
		Discard: !f.opt.needOctets(), Elided: s.script != nil && s.script.MessagesElided,
		Done: func(d *dialog.Dialog, tx *dialog.Transaction) { f.examine(s, tx) },
	})
	f.open = append(f.open, s)
}

// end is called for each connection when it is over.
func (f *follower) end(c *stream.Conn) {
	if at := c.Index - f.next; at >= 0 && at < len(f.open) {
		f.open[at].done = true
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

// finish waits for what is still analysed.
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
	if o := f.opt.Only; o != nil && *o != f.next+f.position(s) {
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
	j := &job{f: f, index: f.next + f.position(s), tx: *tx, octet: tx.Body.Octets(), kept: tx.Body.Kept()}
	if s.conn != nil {
		j.who = s.conn.Client.Addr()
	} else if s.script != nil {
		j.who = s.script.ClientAddr
	}
	return j
}

// position is where a session stands in line.
func (f *follower) position(s *session) int {
	if s.conn != nil {
		return s.conn.Index - f.next
	}
	for i := range f.open {
		if f.open[i] == s {
			return i
		}
	}
	return 0
}
