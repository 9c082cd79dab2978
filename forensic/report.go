package forensic

import (
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/headers"
)

// Schema is the name of the report's JSON form. Fields may be added to it,
// never renamed or given another meaning.
const Schema = "emlcheck/report/1"

// Report is everything that was read from one message and judged about it.
// Its JSON form is described by report.schema.json beside this file.
type Report struct {
	// Schema is always [Schema].
	Schema string `json:"schema"`
	// Tool names the program that made the report.
	Tool Tool `json:"tool"`
	// Evidence says which bytes were examined.
	Evidence Evidence `json:"evidence"`
	// Envelope is what the message says of its transport envelope; nil when
	// it says nothing.
	Envelope *Envelope `json:"envelope"`
	// Message says who wrote to whom, when and about what.
	Message Message `json:"message"`
	// Route is the way the message says it went.
	Route Route `json:"route"`
	// Clock holds the dated facts of the message.
	Clock Clock `json:"clock"`
	// Parts lists the MIME parts in document order; the first one is the
	// message itself.
	Parts []Part `json:"parts"`
	// Signatures holds what is known of signatures.
	Signatures Signatures `json:"signatures"`
	// Authentication holds the results other hosts wrote into the message.
	Authentication Authentication `json:"authentication"`
	// Content is what the text says; nil until a later version reads it.
	Content *Content `json:"content"`
	// SecondReading is what another parser makes of the bytes; nil unless asked
	// for, and for nested messages.
	SecondReading *SecondReading `json:"second_reading"`
	// Findings is the only place with opinions, gravest first.
	Findings []Finding `json:"findings"`
	// Defects lists what breaks the grammar, by position.
	Defects []Defect `json:"defects"`
	// Settings is every option that can change the result.
	Settings Settings `json:"settings"`
}

// Tool is the program that made a report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Evidence identifies the examined bytes.
type Evidence struct {
	// Path is the name the message was given under, as the caller wrote it.
	Path Raw `json:"path"`
	// Member is the name within the archive at Path, with "!/" between the
	// names of archives in one another; nil outside of archives.
	Member *Raw `json:"member"`
	// Container is "eml", "emlx", "mbox", "maildir", "mh", or for a message
	// found inside another one "message" or "tnef".
	Container evidence.Container `json:"container"`
	// Flags are what the container states about the message, in its own words.
	Flags Stated `json:"flags"`
	// Compression is how the message's file was compressed on disk: "gzip",
	// "bzip2" or "zstd"; offsets and digests are those of what came out.
	Compression Stated `json:"compression"`
	// Index counts the messages of the container from 0.
	Index int `json:"index"`
	// Offset is where the message's first byte stands in the container, or in
	// the member of an archive; for a nested message, in the message around it. nil when it was decoded and
	// therefore stands nowhere as it is.
	Offset *int64 `json:"offset"`
	// Size is the number of bytes.
	Size int64 `json:"size"`
	// Separator is the mbox From_ line above the message, without line break.
	Separator *Raw `json:"separator"`
	// LineEndings is "crlf", "lf", "cr", "mixed", or "none".
	LineEndings string `json:"line_endings"`
	// SHA256 is the digest of the bytes as stored.
	SHA256 string `json:"sha256"`
	// SHA256Unquoted is the digest after mbox From-quoting was undone.
	SHA256Unquoted Stated `json:"sha256_unquoted"`
	// SHA256CRLF is the digest with every line break as CRLF (RFC 5322 2.1):
	// the same for two copies that differ in line ends alone.
	SHA256CRLF Stated `json:"sha256_crlf"`
	// SHA1 and MD5 are for comparison with older records only.
	SHA1 Stated `json:"sha1"`
	MD5  Stated `json:"md5"`
	// Parent says which part of which message holds this one.
	Parent *Parent `json:"parent"`
}

// Parent points from a nested message to the part that holds it.
type Parent struct {
	// Part is the path of that part.
	Part string `json:"part"`
	// SHA256 is the digest of the message the part stands in.
	SHA256 string `json:"sha256"`
}

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

// Route is the way the message says it went, oldest hop first.
type Route struct {
	Hops []Hop `json:"hops"`
	// Origin is where the chain says the message entered mail transport.
	Origin *Origin `json:"origin"`
	// Boundary is the index of the oldest hop the recipient's own system
	// wrote; nil when that is not known. BoundaryBasis says by what it was
	// found.
	Boundary      *int   `json:"boundary"`
	BoundaryBasis Stated `json:"boundary_basis"`
	// ElapsedSeconds is the time from the oldest to the newest dated hop.
	ElapsedSeconds *float64 `json:"elapsed_seconds"`
	Breaks         []Break  `json:"breaks"`
}

// Hop is one Received line.
type Hop struct {
	Index           int          `json:"index"`
	Span            headers.Span `json:"span"`
	Raw             Raw          `json:"raw"`
	From            HopFrom      `json:"from"`
	By              Stated       `json:"by"`
	Via             Stated       `json:"via"`
	With            Stated       `json:"with"`
	ID              Stated       `json:"id"`
	For             Stated       `json:"for"`
	TLS             *HopTLS      `json:"tls"`
	AuthenticatedAs Stated       `json:"authenticated_as"`
	EnvelopeFrom    Stated       `json:"envelope_from"`
	Time            *Time        `json:"time"`
	// DelaySeconds is the time since the next older dated hop.
	DelaySeconds *float64 `json:"delay_seconds"`
	Software     Stated   `json:"software"`
	Author       Author   `json:"author"`
	// Class is the kind of step: "mta", "mapi", "submission", "filter",
	// "store", "retrieval", "list" or "resent".
	Class string `json:"class"`
	// Link says how this hop fits to the next newer one; nil for the newest.
	Link *HopLink `json:"link"`
	// Also holds further trace lines about the same step.
	Also []HopLine `json:"also"`
	// Segment counts the stretches between re-injections, from 0.
	Segment int `json:"segment"`
}

// HopLink is the fit between the host that stamped a hop and the client that
// the next newer hop names.
type HopLink struct {
	// Fit is "exact", "ip", "rdns", "short-host", "loopback", "organisation",
	// "provider", "none", or "unknown" where one of the lines names no host.
	Fit string `json:"fit"`
	// Score is 1 for the same name or address, 0 for nothing in common.
	Score float64 `json:"score"`
}

// HopLine is one more trace line about a hop.
type HopLine struct {
	Name string       `json:"name"`
	Span headers.Span `json:"span"`
	Raw  Raw          `json:"raw"`
}

// HopFrom is the client of a hop, each role apart.
type HopFrom struct {
	HELO Stated `json:"helo"`
	RDNS Stated `json:"rdns"`
	IP   Stated `json:"ip"`
}

// HopTLS is the encryption of a hop.
type HopTLS struct {
	Version Stated `json:"version"`
	Cipher  Stated `json:"cipher"`
}

// Origin is the client of the oldest hop.
type Origin struct {
	IP   Stated `json:"ip"`
	Host Stated `json:"host"`
	Hop  int    `json:"hop"`
	// Account is who the message was taken in from: an authenticated
	// identity or a local account.
	Account Stated `json:"account"`
	// Corroboration lists what else in the header states the same address, or
	// another one.
	Corroboration []Support `json:"corroboration"`
	// LAN lists addresses of the sender's own network that the message shows.
	LAN []Support `json:"lan"`
}

// Support is a value elsewhere in the header that speaks for or against a
// fact.
type Support struct {
	Field  string       `json:"field"`
	Text   Raw          `json:"text"`
	Span   headers.Span `json:"span"`
	Agrees bool         `json:"agrees"`
}

// Break is a place where two neighbouring hops do not name one another.
type Break struct {
	After  int    `json:"after"`
	Fit    string `json:"fit"`
	Detail string `json:"detail"`
}

// Clock holds every dated fact of the message and what follows from them.
type Clock struct {
	Readings []Reading `json:"readings"`
	// Sent bounds the moment of sending; nil when nothing does.
	Sent *SentInterval `json:"sent"`
	// Zone is the sender's offset from UTC as two clocks together show it,
	// without the Date field's own word; nil when none do.
	Zone *SenderZone `json:"zone"`
	// Skews lists hosts whose clock must have been wrong for the rest to be
	// true.
	Skews          []Skew          `json:"skews"`
	Contradictions []Contradiction `json:"contradictions"`
	// Unweighed is the number of evidence and bounds beyond what can be weighed
	// in one message: 64 readings, of a long chain the hops at its ends.
	Unweighed int `json:"unweighed"`
}

// SenderZone is the sender's offset from UTC, found by comparing a wall clock
// with a clock in UTC.
type SenderZone struct {
	// Offset is "+02:00".
	Offset string `json:"offset"`
	// Local and UTC are the indexes of the two readings.
	Local int `json:"local"`
	UTC   int `json:"utc"`
	// AgreesWithDate is false when the Date field states another offset; nil
	// when it states none.
	AgreesWithDate *bool `json:"agrees_with_date"`
}

// Skew bounds by how much a host's clock was ahead (positive) of the others.
type Skew struct {
	Host            string  `json:"host"`
	EarliestSeconds float64 `json:"earliest_seconds"`
	LatestSeconds   float64 `json:"latest_seconds"`
	// Readings are the indexes of the readings it follows from.
	Readings []int `json:"readings"`
}

// Reading is one dated fact.
type Reading struct {
	Source           string       `json:"source"`
	Software         Stated       `json:"software"`
	Raw              Raw          `json:"raw"`
	Span             headers.Span `json:"span"`
	Event            string       `json:"event"`
	Clock            string       `json:"clock"`
	Time             Stated       `json:"time"`
	PrecisionSeconds float64      `json:"precision_seconds"`
	Rule             string       `json:"rule"`
	Author           Author       `json:"author"`
	// PeriodSeconds is after how long a periodic clock repeats; else nil.
	PeriodSeconds *float64 `json:"period_seconds"`
	// Strength is "evidence"; "bound" for a time that may be copied or coarse;
	// "hint" for text that has the shape of a time and proves nothing.
	Strength string `json:"strength"`
	// Hop is the index of the hop it belongs to; nil for none.
	Hop *int `json:"hop"`
	// Part is the path of the part it stands in.
	Part string `json:"part"`
}

// SentInterval bounds the moment of sending.
type SentInterval struct {
	Earliest Stated   `json:"earliest"`
	Latest   Stated   `json:"latest"`
	Basis    []string `json:"basis"`
	// Corroboration says in words how many independent clocks agree.
	Corroboration Stated `json:"corroboration"`
	// Readings are the indexes of the readings it rests on.
	Readings []int `json:"readings"`
}

// Contradiction names two readings that cannot both be true.
type Contradiction struct {
	A                int     `json:"a"`
	B                int     `json:"b"`
	ToleranceSeconds float64 `json:"tolerance_seconds"`
	GapSeconds       float64 `json:"gap_seconds"`
	Explanation      string  `json:"explanation"`
	// Readings is the smallest set that cannot all be true, A and B included.
	Readings []int `json:"readings"`
	// Doubtful is the index of the one that is to be believed least.
	Doubtful int `json:"doubtful"`
}
