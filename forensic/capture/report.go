package capture

import (
	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// Connection is one TCP connection, or one session of a transcript.
type Connection struct {
	// Schema is always [Schema].
	Schema string `json:"schema"`
	// Tool names the program that made the report.
	Tool report.Tool `json:"tool"`
	// Capture is the file it was read from.
	Capture File `json:"capture"`
	// Conn counts the connections from 0, in the order of first packets.
	Conn int `json:"conn"`
	// Client is the address of who opened the connection.
	Client report.Stated `json:"client"`
	// ClientPort is the client's port; 0 in a transcript.
	ClientPort uint16 `json:"client_port"`
	// Server is the address of who was called.
	Server report.Stated `json:"server"`
	// ServerPort is the server's port; 0 in a transcript.
	ServerPort uint16 `json:"server_port"`
	// Protocol is what was spoken.
	Protocol dialog.Protocol `json:"protocol"`
	// Tunnel is what the connection ran through; nil for nothing.
	Tunnel report.Stated `json:"tunnel"`
	// Proxied is the client's address that a proxy states.
	Proxied report.Stated `json:"proxied"`
	// Target is the name that an HTTP proxy was asked for.
	Target report.Stated `json:"target"`
	// Started is when the first segment was captured; nil without times.
	Started report.Stated `json:"started"`
	// Ended is when the last segment was captured; nil without times.
	Ended report.Stated `json:"ended"`
	// Ending is "open", "closed" or "reset"; Closer is who ended it.
	Ending dialog.Ending `json:"ending"`
	// Closer is "client" or "server"; nil when it was not seen.
	Closer report.Stated `json:"closer"`
	// Standing is where the dialogue stood at its end.
	Standing dialog.Stage `json:"standing"`
	// Packets counts segments.
	Packets int64 `json:"packets"`
	// FirstPacket is the number of the first frame, or line of a transcript.
	FirstPacket int64 `json:"first_packet"`
	// LastPacket is the number of the last one.
	LastPacket int64 `json:"last_packet"`
	// Streams are what was captured of each end.
	Streams Streams `json:"streams"`
	// BannerCode is the code of the server's greeting; nil when it was not seen.
	BannerCode *int `json:"banner_code"`
	// Banner is the text of the greeting.
	Banner report.Stated `json:"banner"`
	// HELO is the name that the client gave itself last; nil without one.
	HELO *string `json:"helo"`
	// HELOVerb is "HELO", "EHLO" or "LHLO".
	HELOVerb report.Stated `json:"helo_verb"`
	// Extensions are the service extensions that the server offered, as written.
	Extensions []string `json:"extensions"`
	// Fallback is true when EHLO was refused and HELO followed (RFC 5321 3.2).
	Fallback bool `json:"esmtp_fallback"`
	// Auth are the attempts to log in.
	Auth []Auth `json:"auth"`
	// StartTLS says how far STARTTLS came (RFC 3207).
	StartTLS dialog.StartTLS `json:"starttls"`
	// TLS is what can be read of the handshake; nil without one.
	TLS *TLS `json:"tls"`
	// Commands are the commands in order, each with its reply.
	Commands []Command `json:"commands"`
	// Replies are the codes of the server's complete replies, in order.
	Replies []int `json:"replies"`
	// Verbs are those of the commands, in order.
	Verbs []string `json:"verbs"`
	// Transactions are the messages, and the attempts to send one.
	Transactions []Transaction `json:"transactions"`
	// Findings are those of the connection as a whole.
	Findings []Finding `json:"findings"`
}

// File is the capture or transcript.
type File struct {
	// Path is the name the capture was given under.
	Path report.Raw `json:"path"`
	// SHA256 is the digest of the file as stored.
	SHA256 string `json:"sha256"`
	// Size is the number of its bytes.
	Size int64 `json:"size"`
	// Format is "pcap", "pcapng" or "transcript"; Dialect is that of a transcript.
	Format string `json:"format"`
	// Compression is "gzip"; nil for none.
	Compression report.Stated `json:"compression"`
	// Dialect is the program that wrote the transcript.
	Dialect report.Stated `json:"dialect"`
	// Link names the kinds of link, with commas between them.
	Link report.Stated `json:"link"`
	// Packets is the number of frames read.
	Packets int64 `json:"packets"`
	// Truncated is true when the file is not whole; Note tells where and how.
	Truncated bool `json:"truncated"`
	// Note says where and how it is not whole, and the like.
	Note report.Stated `json:"note"`
	// Frames are what a network capture says of itself; nil for a transcript.
	Frames *Frames `json:"frames"`
	// PassedOver counts the lines of a transcript that neither end said: those of the program that
	// wrote it, and what was not understood. Empty lines do not count.
	PassedOver int `json:"lines_passed_over"`
	// LineEndsAssumed is true for a transcript that does not show line ends: digests of
	// messages assume CRLF.
	LineEndsAssumed bool `json:"line_ends_assumed"`
}

// Frames are what a network capture says of itself.
type Frames struct {
	// First and Last are the smallest and largest time of a frame; nil without one.
	First report.Stated `json:"first"`
	Last  report.Stated `json:"last"`
	// Backwards counts frames with an earlier time than the one before.
	Backwards int64 `json:"backwards"`
	// Segments counts those that hold TCP.
	Segments int64 `json:"tcp_segments"`
	// Skipped counts the others, by reason.
	Skipped []Skipped `json:"skipped"`
	// Snapped counts frames that are shorter in the file than they were on the wire.
	Snapped int64 `json:"snapped"`
	// Fragments counts fragments of IP.
	Fragments int64 `json:"fragments"`
	// Unfinished counts datagrams whose other fragments were not captured.
	Unfinished int64 `json:"unfinished"`
	// FragmentConflicts are frames with a fragment that says something else than an earlier one
	// about the same octets; at most 100.
	FragmentConflicts []int64 `json:"fragment_conflicts"`
	// Interfaces are those that pcapng names, at most 1,000.
	Interfaces []Interface `json:"interfaces"`
	// Comments are what somebody wrote into a pcapng file, at most 1,000.
	Comments []Comment `json:"comments"`
}

// Skipped is how many frames hold no TCP segment for a reason.
type Skipped struct {
	// Reason says why.
	Reason string `json:"reason"`
	// Count is how many frames.
	Count int64 `json:"count"`
}

// Interface is where frames were captured, as pcapng states it.
type Interface struct {
	// Name is the name of the device; nil when it is not stated.
	Name report.Stated `json:"name"`
	// Description is what the device is.
	Description report.Stated `json:"description"`
	// Filter is the capture filter: what it left out is in no file.
	Filter report.Stated `json:"filter"`
	// OS is the system that captured.
	OS report.Stated `json:"os"`
	// Link is the kind of link.
	Link string `json:"link"`
	// SnapLength is how many octets of a frame were kept; 0 for all.
	SnapLength int64 `json:"snap_length"`
}

// Comment is what somebody wrote into a pcapng file.
type Comment struct {
	// Packet is the number of the frame it is about; nil for the file or an interface.
	Packet *int64 `json:"packet"`
	// Text is what was written.
	Text string `json:"text"`
}

// Streams are what was captured of both ends.
type Streams struct {
	// Client is what the client sent.
	Client Stream `json:"client"`
	// Server is what the server sent.
	Server Stream `json:"server"`
}

// Stream is what was captured of one end.
type Stream struct {
	// Octets counts octets in order, holes left out.
	Octets int64 `json:"octets"`
	// Segments counts packets.
	Segments int64 `json:"segments"`
	// Repeated counts octets that came again unchanged.
	Repeated int64 `json:"repeated"`
	// Early counts segments before which something was missing when they came.
	Early int64 `json:"early"`
	// Foreign counts segments whose sequence numbers do not belong to the stream.
	Foreign int64 `json:"foreign"`
	// AfterReset counts octets that were sent behind an RST.
	AfterReset int64 `json:"after_reset"`
	// Snapped counts octets that the snap length of the capture cut off.
	Snapped int64 `json:"snapped"`
	// Uncompared counts octets that came again when the first copy was no longer at hand.
	Uncompared int64 `json:"uncompared"`
	// Unread counts octets in which nothing was recognised.
	Unread int64 `json:"unread"`
	// Gaps are [position, length] of what was not captured.
	Gaps [][2]int64 `json:"gaps"`
	// MidStream is true when its beginning was not captured.
	MidStream bool `json:"mid_stream"`
}

// Auth is an attempt to prove an identity.
type Auth struct {
	// Mechanism is the SASL mechanism (RFC 4954), or the login command of the protocol.
	Mechanism string `json:"mechanism"`
	// User is the name that was given; nil when it was not seen.
	User *string `json:"user"`
	// OK is true when the server accepted it.
	OK bool `json:"ok"`
}

// TLS is what can be read of the beginning of TLS.
type TLS struct {
	// ServerName is the name that the client asked for (RFC 6066 3).
	ServerName report.Stated `json:"server_name"`
	// Version is what the server chose; nil when it was not seen.
	Version report.Stated `json:"version"`
	// Names are the names in the server's certificate, where it was sent in the clear.
	Names []string `json:"certificate_names"`
}

// Place says where something stands: in the stream of an end, and in the capture.
type Place struct {
	// Side is "client" or "server".
	Side string `json:"side"`
	// Offset is where it begins in the end's stream of octets.
	Offset int64 `json:"offset"`
	// Length is the number of octets.
	Length int64 `json:"length"`
	// Packet is the number of the frame, or of the line of a transcript; null when not known.
	Packet *int64 `json:"packet"`
	// FileOffset is where the first octet stands in the file, or in what gzip held of it; null when
	// nowhere as it is.
	FileOffset *int64 `json:"file_offset"`
}

// Command is one command and what was answered to it.
type Command struct {
	// Time is when its end was captured.
	Time report.Stated `json:"time"`
	// Verb is the command's word, in upper case.
	Verb string `json:"verb"`
	// Tag is the tag of an IMAP command.
	Tag report.Stated `json:"tag"`
	// Argument is what follows the verb; secrets are numbered.
	Argument string `json:"argument"`
	// Reply is the final reply; nil when none was seen.
	Reply *Reply `json:"reply"`
	// Then is what went on within the command: challenges and answers, the end of a message.
	Then []Exchange `json:"then"`
	// Tx is the index of the transaction; null for none.
	Tx *int `json:"tx"`
	// Stage is where the dialogue stood behind it.
	Stage dialog.Stage `json:"stage"`
	// Place is where the line stands.
	Place Place `json:"place"`
}

// Exchange is a line within a command and the replies to it.
type Exchange struct {
	// Time is when the line's end was captured.
	Time report.Stated `json:"time"`
	// Text is what was said, decoded where it was base64; secrets are numbered.
	Text report.Stated `json:"text"`
	// EndOfData is true for the end of a message instead of a line.
	EndOfData bool `json:"end_of_data"`
	// Replies are the replies to it.
	Replies []Reply `json:"replies"`
	// Place is where the line stands.
	Place Place `json:"place"`
}

// Reply is a server's reply.
type Reply struct {
	// Code is null in protocols that have none; Status is their word.
	Code *int `json:"code"`
	// Status is "+OK", "-ERR", "OK", "NO" or "BAD".
	Status report.Stated `json:"status"`
	// Enhanced is the enhanced status code (RFC 3463).
	Enhanced report.Stated `json:"enhanced"`
	// Text is the text of all its lines.
	Text string `json:"text"`
	// Meaning says in words what the code means as an answer to this command.
	Meaning string `json:"meaning"`
	// Time is when its end was captured.
	Time report.Stated `json:"time"`
	// Place is where it stands.
	Place Place `json:"place"`
}

// Transaction is one message on its way, or the attempt to send one.
type Transaction struct {
	// Tx counts the transactions of the connection from 0.
	Tx int `json:"tx"`
	// HELO is the name that the client gave itself before it; nil without one.
	HELO *string `json:"helo"`
	// HELOVerb is the command that gave it.
	HELOVerb report.Stated `json:"helo_verb"`
	// Auth is the proof of identity in force; nil without one.
	Auth *Auth `json:"auth"`
	// MailFrom is null when it was not seen, "" for the null sender.
	MailFrom *string `json:"mail_from"`
	// Route is the source route of the reverse path (RFC 5321 C), without the mailbox.
	Route report.Stated `json:"mail_route"`
	// MailParams are the parameters of MAIL, names in upper case.
	MailParams map[string]string `json:"mail_params"`
	// Rcpt are the recipients, refused ones too.
	Rcpt []Recipient `json:"rcpt"`
	// Mode is the command that carried the message: "DATA", "BDAT", "RETR", "TOP", "FETCH" or
	// "APPEND".
	Mode report.Stated `json:"mode"`
	// Status is how it ended.
	Status dialog.Status `json:"status"`
	// FinalCode is the code of the reply to the message; nil without one.
	FinalCode *int `json:"final_code"`
	// Size counts octets with holes; null when nothing was sent.
	Size *int64 `json:"size"`
	// SHA256 is null unless the message is complete.
	SHA256 report.Stated `json:"sha256"`
	// Complete is true when every octet and the end were captured.
	Complete bool `json:"complete"`
	// Gaps are [offset, length] in the message with zeros in its holes.
	Gaps [][2]int64 `json:"gaps"`
	// SHA256Present is the digest of the captured octets put together.
	SHA256Present report.Stated `json:"sha256_present"`
	// SHA256Zero is the digest with zeros in the holes.
	SHA256Zero report.Stated `json:"sha256_zero"`
	// Bcc are accepted recipients that no To or Cc field names.
	Bcc []string `json:"bcc"`
	// Times are when its parts were captured.
	Times Times `json:"times"`
	// Mailbox, UID, Flags and InternalDate are what IMAP and POP3 state.
	Mailbox report.Stated `json:"mailbox"`
	// UID is what IMAP states.
	UID report.Stated `json:"uid"`
	// Flags are what IMAP states.
	Flags report.Stated `json:"flags"`
	// InternalDate is what IMAP states.
	InternalDate report.Stated `json:"internal_date"`
	// FalseEnds are sequences in the message that some servers take for its end.
	FalseEnds []FalseEnd `json:"false_ends"`
	// Findings are those of this message.
	Findings []Finding `json:"findings"`
	// Matches are the saved messages that this one was compared with and has something in common with.
	Matches []Match `json:"matches"`
	// Message is the report on the message; nil without one.
	Message *forensic.Report `json:"message"`
}

// Recipient is one RCPT command.
type Recipient struct {
	// Address is the forward path.
	Address string `json:"address"`
	// Code is the code of the reply to RCPT; nil when none was seen.
	Code *int `json:"code"`
	// Params are the parameters of RCPT, names in upper case.
	Params map[string]string `json:"params"`
	// FinalCode is the code of this recipient's reply to the message (LMTP, RFC 2033 4.2).
	FinalCode *int `json:"final_code"`
}

// Times are when the parts of a transaction were captured.
type Times struct {
	// Mail is when MAIL was sent.
	Mail report.Stated `json:"mail"`
	// Data is when the first octet of the message was sent.
	Data report.Stated `json:"data"`
	// End is when its end was sent.
	End report.Stated `json:"end"`
	// Final is when the server's reply to it was sent.
	Final report.Stated `json:"final"`
}

// FalseEnd is a sequence that some servers take for the end of a message. Read so,
// there are more messages than one.
type FalseEnd struct {
	// Offset is where its dot stands in the message.
	Offset int64 `json:"offset"`
	// Sequence names the line ends around the dot: "LF.LF" and the like.
	Sequence string `json:"sequence"`
	// Embedded is true when commands stand behind it.
	Embedded bool `json:"embedded"`
	// MailFrom is the reverse path of the commands behind it; nil without one.
	MailFrom *string `json:"mail_from"`
	// RcptTo are the forward paths of the commands behind it.
	RcptTo []string `json:"rcpt_to"`
	// Taken is true when the server answered as if the message had ended there.
	Taken bool `json:"taken"`
	// Place is where the dot stands in the stream.
	Place Place `json:"place"`
}

// Finding is one judgement. Places are where it stands in the streams, Spans where in
// the message.
type Finding struct {
	// ID is stable, dotted and lower case; [Explain] tells more about it.
	ID string `json:"id"`
	// Severity says how grave it is if it is what it looks like.
	Severity forensic.Severity `json:"severity"`
	// Confidence says how sure the finding is of its own statement.
	Confidence report.Confidence `json:"confidence"`
	// Title is the rule's own.
	Title string `json:"title"`
	// Detail says what it is here.
	Detail string `json:"detail"`
	// Places are where it stands in the streams.
	Places []Place `json:"places"`
	// Spans are [start, end) in the message.
	Spans [][2]int64 `json:"spans"`
	// References are clauses of RFCs, and other documents.
	References []string `json:"references"`
	// Innocent says how the same can come about without ill intent.
	Innocent string `json:"innocent"`
}
