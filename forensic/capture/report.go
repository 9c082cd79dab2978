package capture

import (
	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// Connection is one TCP connection, or one session of a transcript.
type Connection struct {
	Schema  string      `json:"schema"`
	Tool    report.Tool `json:"tool"`
	Capture File        `json:"capture"`
	// Conn counts the connections from 0, in the order of first packets.
	Conn       int             `json:"conn"`
	Client     report.Stated   `json:"client"`
	ClientPort uint16          `json:"client_port"`
	Server     report.Stated   `json:"server"`
	ServerPort uint16          `json:"server_port"`
	Protocol   dialog.Protocol `json:"protocol"`
	// Tunnel is what the connection ran through, Proxied the client's address that a proxy
	// states, Target the name an HTTP proxy was asked for.
	Tunnel  report.Stated `json:"tunnel"`
	Proxied report.Stated `json:"proxied"`
	Target  report.Stated `json:"target"`
	Started report.Stated `json:"started"`
	Ended   report.Stated `json:"ended"`
	// Ending is "open", "closed" or "reset"; Closer is who ended it.
	Ending dialog.Ending `json:"ending"`
	Closer report.Stated `json:"closer"`
	// Standing is where the dialogue stood at its end.
	Standing dialog.Stage `json:"standing"`
	// Packets counts segments; FirstPacket and LastPacket are frame numbers, or lines of a
	// transcript.
	Packets     int64 `json:"packets"`
	FirstPacket int64 `json:"first_packet"`
	LastPacket  int64 `json:"last_packet"`
	// Streams are what was captured of each end.
	Streams    Streams         `json:"streams"`
	BannerCode *int            `json:"banner_code"`
	Banner     report.Stated   `json:"banner"`
	HELO       *string         `json:"helo"`
	HELOVerb   report.Stated   `json:"helo_verb"`
	Extensions []string        `json:"extensions"`
	Fallback   bool            `json:"esmtp_fallback"`
	Auth       []Auth          `json:"auth"`
	StartTLS   dialog.StartTLS `json:"starttls"`
	TLS        *TLS            `json:"tls"`
	Commands   []Command       `json:"commands"`
	// Replies are the codes of the server's complete replies, in order.
	Replies []int `json:"replies"`
	// Verbs are those of the commands, in order.
	Verbs        []string      `json:"verbs"`
	Transactions []Transaction `json:"transactions"`
	Findings     []Finding     `json:"findings"`
}

// File is the capture or transcript.
type File struct {
	Path   report.Raw `json:"path"`
	SHA256 string     `json:"sha256"`
	Size   int64      `json:"size"`
	// Format is "pcap", "pcapng" or "transcript"; Dialect is that of a transcript.
	Format      string        `json:"format"`
	Compression report.Stated `json:"compression"`
	Dialect     report.Stated `json:"dialect"`
	// Link names the kinds of link, with commas between them.
	Link    report.Stated `json:"link"`
	Packets int64         `json:"packets"`
	// Truncated is true when the file is not whole; Note tells where and how.
	Truncated bool          `json:"truncated"`
	Note      report.Stated `json:"note"`
	// LineEndsAssumed is true for a transcript that does not show line ends: digests of
	// messages assume CRLF.
	LineEndsAssumed bool `json:"line_ends_assumed"`
}

// Streams are what was captured of both ends.
type Streams struct {
	Client Stream `json:"client"`
	Server Stream `json:"server"`
}

// Stream is what was captured of one end.
type Stream struct {
	Octets int64 `json:"octets"`
	// Segments counts packets, Repeated octets that came again unchanged, Unread octets in
	// which nothing was recognised.
	Segments int64 `json:"segments"`
	Repeated int64 `json:"repeated"`
	Unread   int64 `json:"unread"`
	// Gaps are [position, length] of what was not captured.
	Gaps [][2]int64 `json:"gaps"`
	// MidStream is true when its beginning was not captured.
	MidStream bool `json:"mid_stream"`
}

// Auth is an attempt to prove an identity.
type Auth struct {
	Mechanism string  `json:"mechanism"`
	User      *string `json:"user"`
	OK        bool    `json:"ok"`
}

// TLS is what can be read of the beginning of TLS.
type TLS struct {
	ServerName report.Stated `json:"server_name"`
	Version    report.Stated `json:"version"`
	Names      []string      `json:"certificate_names"`
}

// Place says where something stands: in the stream of an end, and in the capture.
type Place struct {
	Side string `json:"side"`
	// Offset and Length are a range of the end's stream of octets.
	Offset int64 `json:"offset"`
	Length int64 `json:"length"`
	// Packet is the number of the frame, or of the line of a transcript; null when not known.
	Packet *int64 `json:"packet"`
	// FileOffset is where the first octet stands in the file; null when nowhere as it is.
	FileOffset *int64 `json:"file_offset"`
}

// Command is one command and what was answered to it.
type Command struct {
	Time     report.Stated `json:"time"`
	Verb     string        `json:"verb"`
	Tag      report.Stated `json:"tag"`
	Argument string        `json:"argument"`
	Reply    *Reply        `json:"reply"`
	// Then is what went on within the command: challenges and answers, the end of a message.
	Then []Exchange `json:"then"`
	// Tx is the index of the transaction; null for none.
	Tx *int `json:"tx"`
	// Stage is where the dialogue stood behind it.
	Stage dialog.Stage `json:"stage"`
	Place Place        `json:"place"`
}

// Exchange is a line within a command and the replies to it.
type Exchange struct {
	Time      report.Stated `json:"time"`
	Text      report.Stated `json:"text"`
	EndOfData bool          `json:"end_of_data"`
	Replies   []Reply       `json:"replies"`
	Place     Place         `json:"place"`
}

// Reply is a server's reply.
type Reply struct {
	// Code is null in protocols that have none; Status is their word.
	Code     *int          `json:"code"`
	Status   report.Stated `json:"status"`
	Enhanced report.Stated `json:"enhanced"`
	Text     string        `json:"text"`
	// Meaning says in words what the code means as an answer to this command.
	Meaning string        `json:"meaning"`
	Time    report.Stated `json:"time"`
	Place   Place         `json:"place"`
}

// Transaction is one message on its way, or the attempt to send one.
type Transaction struct {
	Tx       int           `json:"tx"`
	HELO     *string       `json:"helo"`
	HELOVerb report.Stated `json:"helo_verb"`
	Auth     *Auth         `json:"auth"`
	// MailFrom is null when it was not seen, "" for the null sender.
	MailFrom   *string           `json:"mail_from"`
	Route      report.Stated     `json:"mail_route"`
	MailParams map[string]string `json:"mail_params"`
	Rcpt       []Recipient       `json:"rcpt"`
	Mode       report.Stated     `json:"mode"`
	Status     dialog.Status     `json:"status"`
	FinalCode  *int              `json:"final_code"`
	// Size counts octets with holes; null when nothing was sent.
	Size *int64 `json:"size"`
	// SHA256 is null unless the message is complete.
	SHA256   report.Stated `json:"sha256"`
	Complete bool          `json:"complete"`
	// Gaps are [offset, length] in the message with zeros in its holes.
	Gaps          [][2]int64    `json:"gaps"`
	SHA256Present report.Stated `json:"sha256_present"`
	SHA256Zero    report.Stated `json:"sha256_zero"`
	// Bcc are accepted recipients that no To or Cc field names.
	Bcc   []string `json:"bcc"`
	Times Times    `json:"times"`
	// Mailbox, UID, Flags and InternalDate are what IMAP and POP3 state.
	Mailbox      report.Stated `json:"mailbox"`
	UID          report.Stated `json:"uid"`
	Flags        report.Stated `json:"flags"`
	InternalDate report.Stated `json:"internal_date"`
	// FalseEnds are sequences in the message that some servers take for its end.
	FalseEnds []FalseEnd `json:"false_ends"`
	Findings  []Finding  `json:"findings"`
	// Matches are the saved messages that this one was compared with and has something in common with.
	Matches []Match          `json:"matches"`
	Message *forensic.Report `json:"message"`
}

// Recipient is one RCPT command.
type Recipient struct {
	Address   string            `json:"address"`
	Code      *int              `json:"code"`
	Params    map[string]string `json:"params"`
	FinalCode *int              `json:"final_code"`
}

// Times are when the parts of a transaction were captured.
type Times struct {
	Mail  report.Stated `json:"mail"`
	Data  report.Stated `json:"data"`
	End   report.Stated `json:"end"`
	Final report.Stated `json:"final"`
}

// FalseEnd is a sequence that some servers take for the end of a message. Read so,
// there are more messages than one.
type FalseEnd struct {
	// Offset is where its dot stands in the message, Sequence names the line ends around
	// the dot.
	Offset   int64  `json:"offset"`
	Sequence string `json:"sequence"`
	// Embedded is true when commands stand behind it; From and To are what they say.
	Embedded bool     `json:"embedded"`
	MailFrom *string  `json:"mail_from"`
	RcptTo   []string `json:"rcpt_to"`
	// Taken is true when the server answered as if the message had ended there.
	Taken bool  `json:"taken"`
	Place Place `json:"place"`
}

// Finding is one judgement. Places are where it stands in the streams, Spans where in
// the message.
type Finding struct {
	ID         string            `json:"id"`
	Severity   forensic.Severity `json:"severity"`
	Confidence report.Confidence `json:"confidence"`
	Title      string            `json:"title"`
	Detail     string            `json:"detail"`
	Places     []Place           `json:"places"`
	Spans      [][2]int64        `json:"spans"`
	References []string          `json:"references"`
	// Innocent says how the same can come about without ill intent.
	Innocent string `json:"innocent"`
}
