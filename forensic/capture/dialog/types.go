// Package dialog answers: what did the two ends of a mail dialogue say to each
// other, and which messages passed between them?
//
// It follows SMTP, ESMTP and LMTP (RFC 5321, RFC 2033), POP3 (RFC 1939) and
// IMAP (RFC 9051) on two streams of octets that may come in pieces, with holes
// and in any order against each other, and knows nothing of packets: a caller
// feeds octets with a [Mark] that says where they were captured. It states
// facts; what is odd about them is a [Note] without an opinion.
package dialog

import "time"

// Protocol is the language of a dialogue.
type Protocol string

// Protocols.
const (
	SMTP Protocol = "smtp"
	LMTP Protocol = "lmtp"
	POP3 Protocol = "pop3"
	IMAP Protocol = "imap"
	// TLS is a connection that is encrypted from its first octet on.
	TLS Protocol = "tls"
	// Other is none of these, or could not be recognised.
	Other Protocol = "other"
)

// Side is an end of a dialogue.
type Side uint8

// The ends.
const (
	Client Side = iota
	Server
)

// Other is the opposite end.
func (s Side) Other() Side { return 1 - s }

// String is "client" or "server".
func (s Side) String() string {
	if s == Client {
		return "client"
	}
	return "server"
}

// Mark says where and when octets were captured.
type Mark struct {
	// Time is that of the packet or line; zero when it is not known.
	Time time.Time
	// Packet is the number of the frame in the capture, or of the line in a
	// transcript, from 1; 0 when it is not known.
	Packet int64
	// Offset is where the first octet stands in the capture file; -1 when it
	// stands nowhere as it is.
	Offset int64
	// Ack is how many octets of the other end's stream the sender had seen when
	// it sent these (the acknowledgement number of TCP); -1 when not known. It
	// proves what came first whatever the order of the capture is.
	Ack int64
}

// Place is a range of one end's stream of octets, with the mark of its first
// one.
type Place struct {
	Mark
	// At is the position in the stream, from 0; Len is the number of octets.
	At, Len int64
}

// End is the position behind the last octet.
func (p Place) End() int64 { return p.At + p.Len }

// Reply is one complete reply of a server.
type Reply struct {
	Place
	// Last is the mark of its last octet.
	Last Mark
	// Code is the three digits of SMTP; 0 in the other protocols.
	Code int
	// Status is the first word of POP3 ("+OK", "-ERR") and IMAP ("OK", "NO", "BAD", "+").
	Status string
	// Enhanced is the status code of RFC 3463, "2.1.5"; "" without one.
	Enhanced string
	// Lines are the texts of its lines without the code. Secrets are replaced.
	Lines []string
}

// Text is the lines in one.
func (r *Reply) Text() string {
	switch len(r.Lines) {
	case 0:
		return ""
	case 1:
		return r.Lines[0]
	}
	n := 0
	for _, l := range r.Lines {
		n += len(l) + 1
	}
	b := make([]byte, 0, n)
	for i, l := range r.Lines {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, l...)
	}
	return string(b)
}

// Positive reports whether the code is of the second class: done.
func (r *Reply) Positive() bool { return r != nil && r.Code/100 == 2 }

// Step is one command and what was answered to it.
type Step struct {
	Place
	// Verb is the command word in capitals; "" for a line that has none, and
	// for a reply that answers nothing that was captured.
	Verb string
	// Tag is the tag of an IMAP command.
	Tag string
	// Argument is what follows the verb. Secrets are replaced.
	Argument string
	// Reply is nil when none was captured.
	Reply *Reply
	// Then is what went on within the command: the challenges and answers of
	// AUTH, the end of a message.
	Then []Exchange
	// Tx is the index of the transaction it belongs to; -1 for none.
	Tx int
	// Stage is where the dialogue stood behind it.
	Stage Stage
}

// Exchange is a line within a command, and what was answered to it.
type Exchange struct {
	Place
	// Text is what the client said, in words where it was base64; "" for the
	// end of a message. Secrets are replaced.
	Text string
	// EndOfData is set for the octets that ended a message.
	EndOfData bool
	// Replies are those to it: one, or with LMTP one for each recipient.
	Replies []*Reply
}

// Stage is where a dialogue stands.
type Stage string

// Stages.
const (
	// Connected: nothing was said yet.
	Connected Stage = "connected"
	// Greeted: the server has greeted.
	Greeted Stage = "greeted"
	// Refused: the server greeted with a refusal.
	Refused Stage = "refused"
	// Introduced: the client has named itself and the server took it.
	Introduced Stage = "introduced"
	// Authenticating: a proof of identity was asked for and is not yet decided.
	Authenticating Stage = "authenticating"
	// Authenticated: the server took the proof.
	Authenticated Stage = "authenticated"
	// MailOpen: there is a sender and no recipient yet.
	MailOpen Stage = "mail-open"
	// RecipientsOpen: at least one recipient was taken.
	RecipientsOpen Stage = "recipients-open"
	// Transferring: the octets of a message are on their way.
	Transferring Stage = "transferring"
	// Transferred: the message is over and the server has not answered.
	Transferred Stage = "transferred"
	// Encrypted: what follows cannot be read.
	Encrypted Stage = "encrypted"
	// Selected: an IMAP mailbox is open.
	Selected Stage = "selected"
	// Finished: the end was agreed on.
	Finished Stage = "finished"
)

// Auth is one attempt to prove an identity.
type Auth struct {
	// Mechanism is in capitals, as RFC 4422 names it; "USER" and "APOP" of POP3, "LOGIN"
	// of IMAP stand for themselves.
	Mechanism string
	// User is the identity claimed; nil when it was not sent or cannot be read.
	User *string
	// OK is true when the server took it.
	OK bool
	// Answered is false when no reply to it was captured.
	Answered bool
	// Clear is true when the secret itself went over the wire unencrypted.
	Clear bool
	// Step is the index of the command.
	Step int
}

// StartTLS says what became of encryption.
type StartTLS string

// States of encryption.
const (
	NoTLS       StartTLS = "none"
	OfferedTLS  StartTLS = "offered"
	AcceptedTLS StartTLS = "accepted"
	RejectedTLS StartTLS = "rejected"
)

// Handshake is what can be read of the beginning of TLS.
type Handshake struct {
	Place
	// ServerName is the name the client asked for (RFC 6066 3); "" for none.
	ServerName string
	// Version is what the server chose, "TLS 1.2"; "" when not seen.
	Version string
	// Names are the host names in the server's certificate, where it passed in
	// clear (up to TLS 1.2).
	Names []string
}

// Status is what became of a message.
type Status string

// What became of a message.
const (
	Accepted   Status = "accepted"
	Rejected   Status = "rejected"
	Reset      Status = "reset"
	Aborted    Status = "aborted"
	Incomplete Status = "incomplete"
	Retrieved  Status = "retrieved"
	Appended   Status = "appended"
)

// Recipient is one RCPT command of a transaction.
type Recipient struct {
	// Address is as sent, without brackets and source route.
	Address string
	// Route is the source route that stood before it (RFC 5321 appendix C).
	Route string
	// Params are as sent, in order.
	Params []Param
	// Code is the reply's; 0 when none was captured.
	Code int
	// FinalCode is the reply to the message for this recipient in LMTP (RFC 2033 4.2).
	FinalCode int
	// Step is the index of the command.
	Step int
}

// Accepted reports whether the server took the recipient.
func (r *Recipient) Accepted() bool { return r.Code/100 == 2 }

// Param is one parameter of MAIL or RCPT (RFC 5321 4.1.1.11).
type Param struct {
	// Key is in capitals; Value is as sent, "" without one.
	Key, Value string
}

// Transaction is one message on its way, or the attempt to send one.
type Transaction struct {
	// Index counts those of the dialogue from 0.
	Index int
	// HELO and Verb are how the client had named itself, and with which verb.
	HELO, Verb string
	// Auth is the proof of identity in force; nil without one.
	Auth *Auth
	// From is the sender's address as sent, without brackets and source route;
	// nil when it was not seen. "" is the null sender "<>".
	From *string
	// Route is the source route that stood before it.
	Route string
	// Params are those of MAIL.
	Params []Param
	// Recipients are the RCPT commands.
	Recipients []Recipient
	// Mode is how the message travelled: "DATA", "BDAT", "RETR", "TOP",
	// "FETCH", "APPEND"; "" when it did not come to that.
	Mode string
	// Status is what became of it.
	Status Status
	// FinalCode is the code of the reply that decided; 0 when none was captured.
	FinalCode int
	// Mail, Data, End and Final are the times of MAIL, of the message's first
	// octet, of its end, and of the last reply.
	Mail, Data, End, Final Mark
	// Body is the message; nil when none was sent.
	Body *Body
	// Mailbox, UID and Flags are what IMAP and POP3 say of the message.
	Mailbox, UID, Flags, InternalDate string
	// Extra are replies that the server gave beyond the one that was due: it has seen more
	// commands than there are by RFC 5321.
	Extra []*Reply
	// Notes are about this transaction.
	Notes []Note

	closed bool // nothing will be added to it
}

// Note is a fact that a judge may find odd. It carries no opinion.
type Note struct {
	// Code is stable and lower case.
	Code string
	// Detail says in a few words what was found. It never holds secrets.
	Detail string
	// Side is whose octets Places count.
	Side Side
	// Places are where it stands in that stream.
	Places []Place
}
