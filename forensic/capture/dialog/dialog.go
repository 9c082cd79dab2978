package dialog

// Options direct how a dialogue is followed. The zero value means the defaults.
type Options struct {
	// Port is what the server's port number says about the protocol; "" for nothing.
	// What is said decides against it.
	Port Protocol
	// Secrets numbers passwords and the like, so that equal ones can be
	// recognised; nil means a registry of the dialogue's own.
	Secrets *Secrets
	// MaxMessage is the size in octets from which on a message is only counted
	// and digested, not kept; 0 means 256 MiB.
	MaxMessage int64
	// Discard keeps no octets of messages; they are counted and digested.
	Discard bool
	// Elided is for a source that does not show messages: what stands between 354 and the final
	// reply says nothing about them.
	Elided bool
	// Done is called once for each message, when nothing more will be added to
	// it or its transaction. The body's octets may be used until it returns; nil means that
	// they are kept.
	Done func(d *Dialog, tx *Transaction)
}

// Ending says how a stream of a capture ended.
type Ending string

// How a dialogue ended.
const (
	// Open: the capture or transcript ends, the connection may not.
	Open Ending = "open"
	// Closed: both ends said that they were done (FIN), or one did.
	Closed Ending = "closed"
	// Broken: the connection was broken off (RST).
	Broken Ending = "reset"
)

// Dialog is one dialogue between a client and a server, as far as it was fed.
type Dialog struct {
	// Protocol is what is spoken, as far as it is known.
	Protocol Protocol
	// Banner is the server's greeting; nil when none was captured.
	Banner *Reply
	// HELO and Verb are how the client named itself last, and with which verb.
	HELO, Verb string
	// Extensions are the lines of the last EHLO's reply behind the first one,
	// or the capabilities of POP3 and IMAP.
	Extensions []string
	// Fallback is true when EHLO was refused and HELO followed (RFC 5321 3.2).
	Fallback bool
	// Auth are the attempts to prove an identity.
	Auth []Auth
	// StartTLS says what became of encryption; Handshake is what is known of it.
	StartTLS  StartTLS
	Handshake *Handshake
	// Steps are the commands, in the order they were sent.
	Steps []*Step
	// Replies are the server's complete replies, in order.
	Replies []*Reply
	// Transactions are the messages, in order.
	Transactions []*Transaction
	// Proxied is the client's address that a proxy states in front of the
	// dialogue (PROXY protocol); Tunnel is the target of an HTTP CONNECT.
	Proxied, Tunnel string
	// Notes are about the dialogue as a whole.
	Notes []Note
	// Stage is where it stands.
	Stage Stage
	// Ending says how it ended.
	Ending Ending
	// Unread counts octets of each end in which nothing was recognised.
	Unread [2]int64

	opt     Options
	halves  [2]half
	machine machine
	secrets secretText
	done    bool
}

// machine follows one protocol.
type machine interface {
	// run goes on as far as the octets at hand allow; final says that there will
	// be no more. It reports whether it got any further.
	run(final bool) bool
	// finish closes what is open.
	finish()
}

// New begins a dialogue.
func New(opt Options) *Dialog {
	d := &Dialog{Protocol: Other, StartTLS: NoTLS, Stage: Connected, Ending: Open, opt: opt}
	if d.opt.Secrets == nil {
		d.opt.Secrets = NewSecrets()
	}
	if d.opt.MaxMessage <= 0 {
		d.opt.MaxMessage = 256 << 20
	}
	d.halves[Server].side = Server
	d.machine = &detector{d: d}
	return d
}

// Begin says that the stream of a side is known from its very first octet on.
func (d *Dialog) Begin(side Side) { d.halves[side].whole = true }

// Feed takes the next octets of one side; they are copied. Octets that were
// captured in one packet should come in one call, but the result is the same
// however they are divided.
func (d *Dialog) Feed(side Side, octets []byte, m Mark) {
	if len(octets) == 0 || d.done {
		return
	}
	d.halves[side].feed(octets, m)
	d.advance(false)
}

// Gap says that the next n octets of a side were not captured.
func (d *Dialog) Gap(side Side, n int64) {
	if n <= 0 || d.done {
		return
	}
	d.halves[side].miss(n)
	d.advance(false)
}

// Busy reports whether a transaction is open or a message on its way.
func (d *Dialog) Busy() bool {
	switch d.Stage {
	case MailOpen, RecipientsOpen, Transferring, Transferred:
		return true
	}
	return false
}

// Finish says that there will be nothing more.
func (d *Dialog) Finish(how Ending) {
	if d.done {
		return
	}
	d.Ending = how
	d.advance(true)
	d.done = true
	d.machine.finish()
	for _, side := range [2]Side{Client, Server} {
		d.Unread[side] += int64(d.halves[side].held)
		d.halves[side] = half{side: side}
	}
}

func (d *Dialog) advance(final bool) {
	for d.machine.run(final) {
	}
}

// note adds a fact about the dialogue.
func (d *Dialog) note(code, detail string, side Side, places ...Place) {
	d.Notes = addNote(d.Notes, Note{code, detail, side, places})
}

func (t *Transaction) note(code, detail string, side Side, places ...Place) {
	t.Notes = addNote(t.Notes, Note{code, detail, side, places})
}

// maxPlaces is how many places are listed of one kind of note; the rest is
// counted in the list's last detail.
const maxPlaces = 20

// addNote puts notes of one code and detail together.
func addNote(notes []Note, n Note) []Note {
	for i := range notes {
		if notes[i].Code == n.Code && notes[i].Side == n.Side && notes[i].Detail == n.Detail {
			if room := maxPlaces - len(notes[i].Places); room > 0 {
				notes[i].Places = append(notes[i].Places, n.Places[:min(room, len(n.Places))]...)
			}
			return notes
		}
	}
	if len(notes) >= 200 { // of different details: nobody reads more
		return notes
	}
	return append(notes, n)
}

// close ends a transaction for whoever waits for it, once.
func (d *Dialog) close(t *Transaction) {
	if t.closed {
		return
	}
	t.closed = true
	if t.Body != nil {
		t.Body.seal()
	}
	if d.opt.Done != nil {
		d.opt.Done(d, t)
	}
}
