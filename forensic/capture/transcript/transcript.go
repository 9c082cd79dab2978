// Package transcript answers: who said which line in a saved session log?
//
// Logs of many programs are read, terminals as well as mail servers. What the
// octets mean is another room's question; here they are only given to the end that sent
// them, each with the place in the file it was read from.
package transcript

import (
	"bytes"
	"errors"
	"net/netip"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// ErrUnknown is returned for a text that is no transcript of a known kind.
var ErrUnknown = errors.New("transcript: not a session transcript of a known kind")

// Dialect is the kind of a transcript.
type Dialect string

// The dialects.
const (
	Telnet     Dialect = "telnet"      // a terminal with telnet or nc, or a stream saved as text
	OpenSSL    Dialect = "openssl"     // openssl s_client
	Swaks      Dialect = "swaks"       // swaks
	TShark     Dialect = "tshark"      // tshark -z follow,tcp,ascii
	Curl       Dialect = "curl"        // curl -v
	Smtplib    Dialect = "smtplib"     // Python's smtplib with set_debuglevel
	Postfix    Dialect = "postfix"     // smtpd -v
	Exim       Dialect = "exim"        // exim -d
	Sendmail   Dialect = "sendmail"    // sendmail -v
	Exchange   Dialect = "exchange"    // protocol logs of Exchange
	Prefixed   Dialect = "prefixed"    // C: and S:, as in RFCs, and their kin
	HexDump    Dialect = "hexdump"     // frames as hexadecimal numbers
	PacketList Dialect = "packet-list" // the list of Wireshark, as text
)

// Line is what one end said.
type Line struct {
	// Side is who said it.
	Side dialog.Side
	// Data are the octets with their line end: CRLF where the transcript does
	// not show which it was.
	Data []byte
	// Time is in UTC; zero when the transcript states none, or none with a date and zone.
	Time time.Time
	// Offset and Len are where it stands in the file, Number is the line of the file, from 1.
	Offset int64
	Len    int
	Number int
}

// Session is one dialogue.
type Session struct {
	// Client and Server are its ends.
	Client, Server End
	// Lines are what was said, in order.
	Lines []Line
	// LineEndsAssumed is true when the transcript does not show line ends.
	LineEndsAssumed bool
	// MessagesElided is true when the program does not print the octets of messages; a dot
	// stands for their end.
	MessagesElided bool
	// Protocol is what the dialect says of it; "" for nothing.
	Protocol dialog.Protocol
}

// End is an end of a session, as far as the transcript tells it.
type End struct {
	// Name is its name or address as written, "" when it is not stated.
	Name string
	// Addr is its address; the zero value when it is not stated.
	Addr netip.Addr
	// Port is 0 when it is not stated.
	Port uint16
}

// Frame is the octets of a packet from a hex dump.
type Frame struct {
	// Octets are the frame's bytes.
	Octets []byte
	// Offset is where its text begins.
	Offset int64
	// Number counts the frames from 1.
	Number int
}

// Report is what a file holds.
type Report struct {
	// Dialect is the program that wrote it.
	Dialect Dialect
	// Sessions are the sessions in it.
	Sessions []Session
	// Frames are those of a hex dump, which the caller takes apart.
	Frames []Frame
	// PassedOver counts the lines, empty ones left out, that neither end said: those of the program
	// that wrote the text, and what was not understood.
	PassedOver int
	// Unread is where the text goes on that was not read: it has more lines than are read. -1 when
	// there is none.
	Unread int64
	// LongLines counts lines of over 1 MiB, of which no more was read.
	LongLines int
}

// raw is a line of the file, without its line end.
type raw struct {
	text   []byte
	offset int64
	number int
}

func (r *raw) String() string { return string(r.text) }

const (
	// maxLines is how many lines of a text are read, maxLine how much of each.
	maxLines = 1 << 20
	maxLine  = 1 << 20
)

// split cuts the file into lines. unread is where it goes on with lines that are too many, -1 when it
// does not; long counts the lines that were cut.
func split(data []byte) (lines []raw, unread int64, long int) {
	lines = make([]raw, 0, min(bytes.Count(data, []byte("\n"))+1, maxLines))
	for at, n := 0, 1; at < len(data); n++ {
		if n > maxLines {
			return lines, int64(at), long
		}
		end := bytes.IndexByte(data[at:], '\n')
		next := len(data)
		if end >= 0 {
			next = at + end + 1
		}
		text := bytes.TrimRight(data[at:next], "\r\n")
		if len(text) > maxLine {
			text = text[:maxLine]
			long++
		}
		lines = append(lines, raw{text, int64(at), n})
		at = next
	}
	return lines, -1, long
}

// add gives text to a side. It stands at the end of the raw line.
func (s *Session) add(side dialog.Side, r *raw, text []byte, at time.Time) {
	data := make([]byte, 0, len(text)+2)
	data = append(append(data, text...), '\r', '\n')
	skipped := len(r.text) - len(text)
	if skipped < 0 || !bytes.HasSuffix(r.text, text) {
		skipped = 0
	}
	s.Lines = append(s.Lines, Line{
		Side: side, Data: data, Time: at, Offset: r.offset + int64(skipped), Len: len(r.text) - skipped, Number: r.number,
	})
}

// parseEnd takes "host[1.2.3.4]:25", "1.2.3.4:25", "[::1]:25" or a name apart.
func parseEnd(text string) (e End) {
	e.Name = strings.TrimSpace(text)
	if ap, err := netip.ParseAddrPort(e.Name); err == nil {
		return End{ap.Addr().String(), ap.Addr(), ap.Port()}
	}
	host, rest, bracket := strings.Cut(e.Name, "[")
	if inside, after, ok := strings.Cut(rest, "]"); bracket && ok {
		if a, err := netip.ParseAddr(strings.TrimPrefix(inside, "IPv6:")); err == nil {
			e.Addr = a
		}
		e.Name, e.Port = host, portOf(strings.TrimPrefix(after, ":"))
		return e
	}
	if a, err := netip.ParseAddr(e.Name); err == nil {
		e.Addr = a
	} else if i := strings.LastIndexByte(e.Name, ':'); i > 0 && portOf(e.Name[i+1:]) > 0 {
		e.Name, e.Port = e.Name[:i], portOf(e.Name[i+1:])
	}
	return e
}

func portOf(s string) (n uint16) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || n > 6552 {
			return 0
		}
		n = n*10 + uint16(s[i]-'0')
	}
	return n
}
