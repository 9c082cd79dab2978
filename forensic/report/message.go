package report

import "github.com/emlcheck/emlcheck/headers"

// Envelope is the transport envelope: as it was recorded in passing where the message
// was put together from a capture or transcript, else as far as header fields repeat it.
type Envelope struct {
	ClientIP Stated   `json:"client_ip"`
	HELO     Stated   `json:"helo"`
	MailFrom *string  `json:"mail_from"`
	RcptTo   []string `json:"rcpt_to"`
	// Source names the fields, or the record, it was taken from.
	Source string `json:"source"`
}

// Author says who could have written a fact.
type Author string

// The authors of facts. Where no trust boundary is known, everything a
// receiving host may have written is "relay": claimed by a host.
const (
	AuthorSender   Author = "sender"
	AuthorRelay    Author = "relay"
	AuthorReceiver Author = "receiver"
	AuthorBound    Author = "bound"
)

// Message is who, whom, when and what.
type Message struct {
	From        []Address `json:"from"`
	Sender      *Address  `json:"sender"`
	ReplyTo     []Address `json:"reply_to"`
	To          []Address `json:"to"`
	Cc          []Address `json:"cc"`
	Bcc         []Address `json:"bcc"`
	ReturnPath  *Address  `json:"return_path"`
	DeliveredTo []Address `json:"delivered_to"`
	// Subject is decoded; nil when there is no Subject field.
	Subject     *string       `json:"subject"`
	SubjectSpan *headers.Span `json:"subject_span"`
	// MessageID is the text between the angle brackets.
	MessageID     Stated        `json:"message_id"`
	MessageIDSpan *headers.Span `json:"message_id_span"`
	InReplyTo     []string      `json:"in_reply_to"`
	References    []string      `json:"references"`
	// Date is the Date field; nil when there is none.
	Date *Time `json:"date"`
	// UserAgent is the User-Agent field, else X-Mailer.
	UserAgent     Stated        `json:"user_agent"`
	UserAgentSpan *headers.Span `json:"user_agent_span"`
	// Fingerprints are marks that sender's software leaves and that link
	// messages of one account, installation or campaign.
	Fingerprints []Fingerprint `json:"fingerprints"`
	// Repeated lists every copy of a field that may stand only once but
	// stands more often (RFC 5322 3.6).
	Repeated []Repeated `json:"repeated"`
}

// Address is one mailbox of an address field.
type Address struct {
	Name    Stated       `json:"name"`
	Address Stated       `json:"address"`
	Group   Stated       `json:"group"`
	Raw     Raw          `json:"raw"`
	Span    headers.Span `json:"span"`
	Author  Author       `json:"author"`
}

// Fingerprint is a mark that carries no time but may link messages.
type Fingerprint struct {
	// Kind is stable: "gmail.account", "outlook.lan-address" …
	Kind string `json:"kind"`
	// Value is what messages of the same origin share.
	Value Raw          `json:"value"`
	Span  headers.Span `json:"span"`
	// Detail says what the value is.
	Detail string `json:"detail"`
}

// Repeated holds the copies of one field, top one first.
type Repeated struct {
	Name   string   `json:"name"`
	Values []Copied `json:"values"`
}

// Copied is one of several copies of a field.
type Copied struct {
	Text string       `json:"text"`
	Span headers.Span `json:"span"`
}

// Time is a date-time as written and, where it can be read, as a time.
type Time struct {
	Raw Raw `json:"raw"`
	// Time is RFC 3339 with the offset as written; "" when unreadable.
	Time Stated `json:"time"`
	// PrecisionSeconds is the resolution; nil when unreadable.
	PrecisionSeconds *float64 `json:"precision_seconds"`
	// Zone is "stated", "absent" or "unknown"; "" when unreadable.
	Zone Stated `json:"zone"`
	// Reason says why Time is null.
	Reason Stated       `json:"reason"`
	Span   headers.Span `json:"span"`
}
