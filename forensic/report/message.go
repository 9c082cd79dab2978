package report

import "github.com/emlcheck/emlcheck/headers"

// Envelope is the transport envelope: as it was recorded in passing where the message
// was put together from a capture or transcript, else as far as header fields repeat it.
type Envelope struct {
	// ClientIP is the client's address.
	ClientIP Stated `json:"client_ip"`
	// HELO is the name that the client gave itself.
	HELO Stated `json:"helo"`
	// MailFrom is the reverse path; "" for the null sender, nil when not stated.
	MailFrom *string `json:"mail_from"`
	// RcptTo are the forward paths.
	RcptTo []string `json:"rcpt_to"`
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
	// From is who the message says wrote it.
	From []Address `json:"from"`
	// Sender is who sent it for them; nil without a Sender field.
	Sender *Address `json:"sender"`
	// ReplyTo is where answers are asked to go.
	ReplyTo []Address `json:"reply_to"`
	// To is whom it is addressed to.
	To []Address `json:"to"`
	// Cc is who got a copy.
	Cc []Address `json:"cc"`
	// Bcc is what Bcc fields state that are still there.
	Bcc []Address `json:"bcc"`
	// ReturnPath is the envelope's sender as the last host wrote it; nil without the field.
	ReturnPath *Address `json:"return_path"`
	// DeliveredTo is what Delivered-To fields state.
	DeliveredTo []Address `json:"delivered_to"`
	// Subject is decoded; nil when there is no Subject field.
	Subject *string `json:"subject"`
	// SubjectSpan is the field's value.
	SubjectSpan *headers.Span `json:"subject_span"`
	// MessageID is the text between the angle brackets.
	MessageID Stated `json:"message_id"`
	// MessageIDSpan is where the identifier stands, angle brackets included.
	MessageIDSpan *headers.Span `json:"message_id_span"`
	// InReplyTo are the identifiers of what it answers.
	InReplyTo []string `json:"in_reply_to"`
	// References are the identifiers of the thread, oldest first.
	References []string `json:"references"`
	// Date is the Date field; nil when there is none.
	Date *Time `json:"date"`
	// UserAgent is the User-Agent field, else X-Mailer.
	UserAgent Stated `json:"user_agent"`
	// UserAgentSpan is the field's value.
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
	// Name is the display name, decoded; nil without one.
	Name Stated `json:"name"`
	// Address is the addr-spec as text; nil where the field names nobody.
	Address Stated `json:"address"`
	// Group is the name of the group it stands in (RFC 5322 3.4); nil outside of groups.
	Group Stated `json:"group"`
	// Raw is the mailbox as written.
	Raw Raw `json:"raw"`
	// Span is where Raw stands.
	Span headers.Span `json:"span"`
	// Author says who could have written it.
	Author Author `json:"author"`
}

// Fingerprint is a mark that carries no time but may link messages.
type Fingerprint struct {
	// Kind is stable: "gmail.account", "outlook.lan-address" …
	Kind string `json:"kind"`
	// Value is what messages of the same origin share.
	Value Raw `json:"value"`
	// Span is where Value stands.
	Span headers.Span `json:"span"`
	// Detail says what the value is.
	Detail string `json:"detail"`
}

// Repeated holds the copies of one field, top one first.
type Repeated struct {
	// Name is the field's name.
	Name string `json:"name"`
	// Values are all its copies.
	Values []Copied `json:"values"`
}

// Copied is one of several copies of a field.
type Copied struct {
	// Text is the copy's value, decoded.
	Text string `json:"text"`
	// Span is the copy's value as stored.
	Span headers.Span `json:"span"`
}

// Time is a date-time as written and, where it can be read, as a time.
type Time struct {
	// Raw is the text as written.
	Raw Raw `json:"raw"`
	// Time is RFC 3339 with the offset as written; "" when unreadable.
	Time Stated `json:"time"`
	// PrecisionSeconds is the resolution; nil when unreadable.
	PrecisionSeconds *float64 `json:"precision_seconds"`
	// Zone is "stated", "absent" or "unknown"; "" when unreadable.
	Zone Stated `json:"zone"`
	// Reason says why Time is null.
	Reason Stated `json:"reason"`
	// Span is where Raw stands.
	Span headers.Span `json:"span"`
}
