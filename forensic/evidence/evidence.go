// Package evidence answers: which messages are in these files, folders and archives, and at which
// offsets?
//
// Each message comes with its provenance: which file, which member of an archive, at which offset,
// behind which separator. Stored bytes are handed out; they are never changed.
//
// [Walk] finds the inputs below paths, [Open] and [Input.Open] open one,
// [File.Messages] yields the messages in it, and [File.Pieces] cuts a large
// mailbox into stretches that can be examined side by side.
package evidence

import (
	"errors"
	"io"
	"runtime/debug"
	"strconv"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// Container is the kind of thing a message was found in.
type Container string

// The containers that this version knows.
const (
	EML     Container = "eml"
	EMLX    Container = "emlx" // Apple Mail: a length, the message, a property list
	Mbox    Container = "mbox"
	Maildir Container = "maildir"
	MH      Container = "mh"
	Nested  Container = "message" // nested in a part of another message
	TNEF    Container = "tnef"    // the content of a TNEF stream
	CMS     Container = "cms"     // the content of an opaque S/MIME part
	// PCAP and Transcript are messages put together from a network capture or from
	// the transcript of a session.
	PCAP       Container = "pcap"
	Transcript Container = "transcript"
)

// Errors of this package, possibly wrapped.
var (
	// ErrTooLarge: the input has more bytes than Options.MaxBytes.
	ErrTooLarge = errors.New("evidence: input larger than the limit")
	// ErrChanged: the file became shorter, or longer, while it was read.
	ErrChanged = errors.New("evidence: file changed while it was read")
	// ErrNotRegular: the path is a directory or device.
	ErrNotRegular = errors.New("evidence: not a regular file")
	// ErrNotMail: a file that a folder or archive holds does not begin like a
	// message or mailbox. It was passed over; see [Skipped].
	ErrNotMail = errors.New("evidence: not mail")
	// ErrLimit: an archive exceeds a limit of [Limits].
	ErrLimit = errors.New("evidence: archive exceeds a limit")
	// ErrArchive: an archive, or a member of it, is damaged.
	ErrArchive = errors.New("evidence: damaged archive")
)

// Options bounds the opening of evidence. nil means defaults.
type Options struct {
	// MaxBytes is the size accepted of a file or of a member of an archive; 0
	// means no limit.
	MaxBytes int64 `json:"max_bytes"`
	// Single takes each input for one message even if it looks like an mbox.
	Single bool `json:"single"`
	// Limits bounds the unpacking of archives.
	Limits Limits `json:"limits"`
	// Stdin is what [Walk] reads for the path "-"; nil means that there is
	// none.
	Stdin io.Reader `json:"-"`
}

// Limits bounds the unpacking of archives and compressed files, which can be
// made to grow without end. The zero value of each field means its default.
type Limits struct {
	// Depth is how many archives may stand in one another; default 4.
	Depth int `json:"depth"`
	// Members is the number of members of one input; default 10 million.
	Members int `json:"members"`
	// Ratio is by how much the members of one input may be larger than it,
	// beyond the first 256 MiB; default 200. A member that exceeds it is given
	// up, those behind it have half as much each time, and behind the eighth
	// the rest is left out.
	Ratio int `json:"ratio"`
}

// Place says where something stands.
type Place struct {
	// Path is the name of the file as the caller wrote it, or the path found
	// below the folder that the caller named.
	Path string
	// Member is the name within the archive at Path, with "!/" between the
	// names where one archive holds another; "" outside of archives.
	Member string
	// Index counts the messages of the container from 0; -1 when the place is
	// the whole input.
	Index int
	// Offset is the first byte, in the member for one of an archive.
	Offset int64
}

// String is FILE!/MEMBER#INDEX@OFFSET, without what is not known.
func (p Place) String() string {
	s := p.Path
	if p.Member != "" {
		s += "!/" + p.Member
	}
	if p.Index < 0 {
		return s
	}
	return s + "#" + strconv.Itoa(p.Index) + "@" + strconv.FormatInt(p.Offset, 10)
}

// PlaceError is an error with the place it belongs to.
type PlaceError struct {
	Place
	// Err is what went wrong there.
	Err error
}

func (e *PlaceError) Error() string { return e.Place.String() + ": " + e.Err.Error() }

// Unwrap returns the error without its place.
func (e *PlaceError) Unwrap() error { return e.Err }

// Skipped reports whether err says no more than that something in a folder or
// archive is not mail, so that nothing is missing from the examination.
func Skipped(err error) bool { return errors.Is(err, ErrNotMail) }

// Message is one message and where it came from. It is a mimeparse.Source.
type Message struct {
	// Place is where the message stands; Offset is its first byte, behind the
	// separator line.
	Place
	// Container says what it was found in.
	Container Container
	// Separator is the mbox From_ line without its line break, if any.
	Separator string
	// Flags are what the container states about the message, in its own
	// letters: "FS" of a Maildir name, the flags of an emlx file; "" for none.
	Flags string
	// Compression is "gzip", "bzip2" or "zstd" when the bytes of the file, or
	// of the member, were stored so: Offset and Next count what comes out. ""
	// for bytes that stand as they are, and for what an archive does itself.
	Compression string
	// Defects are what does not fit between the message and its container.
	// Spans count from the message's first byte.
	Defects []headers.Defect
	// Envelope is what the transport itself stated about the message; nil where
	// only the message is there.
	Envelope *Envelope
	// Scattered is true for bytes that stand nowhere in one piece: Offset says nothing then.
	Scattered bool
	// Next is where a scan goes on behind this message: the offset of the next
	// separator, or the end of the container.
	Next int64

	data   []byte
	mapped bool
	low    int
	quoted state
}

// state is a fact that is worked out when it is asked for.
type state uint8

const (
	unknown state = iota
	yes
	no
)

// Envelope is the transport's own statement about a message, as it was recorded
// in passing: neither the sender's word nor that of a header field.
type Envelope struct {
	// ClientIP is the address the message came from, HELO how that host named itself; ""
	// when not known.
	ClientIP, HELO string
	// MailFrom is the address of MAIL; nil when it was not seen, "" for the null
	// sender. RcptTo are those of RCPT that were not refused.
	MailFrom *string
	RcptTo   []string
	// Source says where it was recorded.
	Source string
}

// NewMessage is a message that the caller holds himself. data must not change while it is used.
func NewMessage(at Place, in Container, data []byte) *Message {
	return &Message{Place: at, Container: in, data: data, quoted: no}
}

// Bytes are the stored bytes of the message.
func (m *Message) Bytes() []byte { return m.data }

// FromQuoted reports whether the message comes from an mbox and has lines that
// were quoted with '>' so that they are not taken for separators. Only lines
// of the body are quoted: a header has none. A writer that leaves other lines
// of the text with "From " as they are does not quote.
func (m *Message) FromQuoted() bool {
	if m.quoted == unknown {
		m.quoted = no
		body := fromquote.Body(m.data)
		if fromquote.Has(m.data, body, len(m.data), m.Release) && !m.hasFromLine(body) {
			m.quoted = yes
		}
	}
	return m.quoted == yes
}

// AppendUnquoted appends the message with the From-quoting of its body undone.
func (m *Message) AppendUnquoted(b []byte) []byte {
	for piece := range m.Unquoted() {
		b = append(b, piece...)
	}
	return b
}

// hasFromLine reports whether a line from the offset on begins with "From ".
func (m *Message) hasFromLine(body int) bool {
	for at, stop := range fromquote.Windows(m.data, body, len(m.data)) {
		if nextCandidate(m.data, at, stop) >= 0 {
			return true
		}
		m.Release(stop)
	}
	return false
}

// Release gives back the memory of [0, upTo) of a mapped file. The bytes can
// be read again afterwards.
func (m *Message) Release(upTo int) {
	if !m.mapped {
		return
	}
	if upTo < m.low {
		m.low = 0 // a new pass has begun
	}
	if upTo-m.low >= releaseStep {
		releasePages(m.data[m.low:upTo])
		m.low = upTo
	}
}

// releaseStep is how much of a mapped message is given back in one go. What
// remains goes with the piece that the message stands in.
const releaseStep = 4 << 20

// Guard runs fn over mapped evidence and turns the fault of a file that
// became shorter meanwhile into ErrChanged. Other panics pass through.
func Guard(fn func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			if _, fault := r.(interface{ Addr() uintptr }); !fault {
				panic(r)
			}
			err = ErrChanged
		}
	}()
	return fn()
}
