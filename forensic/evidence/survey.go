package evidence

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"time"

	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// Survey is what a mailbox as a whole shows: how it is written, what in it
// could be read another way, and what belongs to no message. It holds facts
// only.
type Survey struct {
	// Path is the file's name as given.
	Path string `json:"path"`
	// Member is the name within the archive; nil outside of archives.
	Member *string `json:"member"`
	// Size is the number of bytes, SHA256 the digest of all of them.
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	// LineEndings is "crlf", "lf", "cr", "mixed" or "none".
	LineEndings string `json:"line_endings"`
	// Dialect is "unquoted", "mboxrd", "mboxo", "mboxo or mboxrd", "mboxcl", "mboxcl2",
	// "mboxcl or mboxcl2"; Basis says what shows it.
	Dialect string `json:"dialect"`
	Basis   string `json:"basis"`
	// Counts are the results of different ways to count.
	Counts Counts `json:"counts"`
	// Doubtful are the lines that begin with "From " and about which readers
	// may differ.
	Doubtful List[DoubtfulLine] `json:"doubtful"`
	// Outside are stretches that belong to no message, beyond separators and
	// the blank lines before them.
	Outside List[OutsideBytes] `json:"outside"`
	// Lengths are the Content-Length fields that do not lead to a separator.
	Lengths List[WrongLength] `json:"content_length"`
	// Deleted are messages that a program has marked as deleted but that are
	// still there, because the mailbox was not compacted.
	Deleted List[DeletedMessage] `json:"deleted"`
	// Order says whether From_ dates go forward.
	Order Order `json:"order"`
	// Cut is true when the mailbox ends in the middle of a line.
	Cut bool `json:"cut"`
}

// Counts are the numbers that readers of different rules get. Only Messages is
// what this program examines.
type Counts struct {
	Messages int `json:"messages"`
	// FromLines begin with "From ": what readers that look no closer count.
	FromLines int `json:"from_lines"`
	// BehindBlank are those behind a blank line or on top; Dated those that
	// state an address and a date (RFC 4155).
	BehindBlank int `json:"behind_blank"`
	Dated       int `json:"dated"`
	// GoMbox is how many messages the reader of go-mbox returns; nil when it
	// was not asked for.
	GoMbox *int `json:"go_mbox"`
	// Quoted are lines with ">From ", TwiceQuoted with more than one '>'.
	Quoted      int `json:"quoted"`
	TwiceQuoted int `json:"twice_quoted"`
	// Empty are messages without a byte, Lengths those with one usable
	// Content-Length.
	Empty   int `json:"empty"`
	Lengths int `json:"lengths"`
	// SeparatorBytes are the From_ lines, BlankBytes the blank lines before
	// them: with Outside all bytes that are in no message.
	SeparatorBytes int64 `json:"separator_bytes"`
	BlankBytes     int64 `json:"blank_bytes"`
}

// List holds the first entries of a kind and how many there are.
type List[T any] struct {
	// Total counts all of them.
	Total int `json:"total"`
	// First are the first ones.
	First []T `json:"first"`
}

// listed bounds each list of a survey.
const listed = 1000

func (l *List[T]) add(item T) {
	if l.Total++; len(l.First) < listed {
		l.First = append(l.First, item)
	}
}

// DoubtfulLine is a line that begins with "From ".
type DoubtfulLine struct {
	// Offset is where the line begins.
	Offset int64 `json:"offset"`
	// Index is the message that the line begins, or stands in.
	Index int `json:"index"`
	// Separates says how it was taken here, Reason why.
	Separates bool   `json:"separates"`
	Reason    string `json:"reason"`
	// Line is its text.
	Line string `json:"line"`
}

// OutsideBytes is a stretch that belongs to no message.
type OutsideBytes struct {
	// Offset is where they begin.
	Offset int64 `json:"offset"`
	// Length is how many they are.
	Length int64 `json:"length"`
	// What says what they look like.
	What string `json:"what"`
}

// WrongLength is a Content-Length that does not lead to the next separator.
type WrongLength struct {
	// Index is the message's number from 0.
	Index int `json:"index"`
	// Offset is where the message begins.
	Offset int64 `json:"offset"`
	// Stated is what Content-Length says.
	Stated int64 `json:"stated"`
	// Actual is the length of the body as the separators have it.
	Actual int64 `json:"actual"`
}

// DeletedMessage is one that is marked as deleted.
type DeletedMessage struct {
	// Index is the message's number from 0.
	Index int `json:"index"`
	// Offset is where the message begins.
	Offset int64 `json:"offset"`
	// Field is the field that marks it.
	Field string `json:"field"`
	// Value is what it says.
	Value string `json:"value"`
}

// Order is the order of the times in the From_ lines, in which a program that
// delivers writes them.
type Order struct {
	// Dated is how many separators state a time.
	Dated int `json:"dated"`
	// Earliest is the earliest From_ date as written.
	Earliest string `json:"earliest,omitempty"`
	// Latest is the latest From_ date as written.
	Latest string `json:"latest,omitempty"`
	// Backwards are the separators with an earlier time than the one before.
	Backwards List[Backwards] `json:"backwards"`
}

// Backwards is a step back in the times of From_ lines.
type Backwards struct {
	// Index is the message's number from 0.
	Index int `json:"index"`
	// Offset is where the message begins.
	Offset int64 `json:"offset"`
	// Previous is the date before it.
	Previous string `json:"previous"`
	// Stated is its own, which is earlier.
	Stated string `json:"stated"`
}

// Survey reads the whole mailbox. second lets the reader of go-mbox count, too,
// which takes several times as long. ctx ends it between two pieces. What was
// read before an error is in the result.
func (f *File) Survey(ctx context.Context, second bool) (*Survey, error) {
	s := &surveyor{sum: sha256.New(), file: f}
	if second {
		s.countSecond()
		defer s.second.Close()
	}
	s.out.Path, s.out.Dialect = rawtext.Visible(f.Path), ""
	if f.Member != "" {
		member := rawtext.Visible(f.Member)
		s.out.Member = &member
	}
	err := s.read(ctx)
	s.finish()
	return &s.out, err
}

// surveyor is a survey under way.
type surveyor struct {
	out       Survey
	file      *File
	sum       hash.Hash
	at        int64 // everything before it was looked at
	crlf, lf  int64
	unquoted  int // whole separators inside messages found by their length
	previous  time.Time
	last      string
	low, high time.Time
	lastByte  byte
	second    *io.PipeWriter // nil without the second count
	counted   chan int
}

// countSecond sends all bytes past the other reader as well.
func (s *surveyor) countSecond() {
	r, w := io.Pipe()
	s.second, s.counted = w, make(chan int, 1)
	go func() {
		n := 0
		err := Guard(func() (err error) {
			n, err = CountGoMbox(r)
			return err
		})
		_ = r.CloseWithError(cmp.Or(err, io.ErrClosedPipe)) // a reader that gave up wants no more
		s.counted <- n
	}()
}

func (s *surveyor) read(ctx context.Context) error {
	index := 0
	for p, err := range s.file.Pieces(Range{}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if _, err := p.Split(); err != nil {
			return err
		}
		if err := Guard(func() error { s.piece(p, index); return nil }); err != nil {
			return &PlaceError{Place: s.file.place(), Err: err}
		}
		index += len(p.slots)
		p.Release()
	}
	if s.out.Size == 0 { // no message, and yet there may be blank lines
		s.digest(s.file.data)
		s.outside(s.file.data, 0)
	}
	return s.file.Trouble()
}

func (s *surveyor) piece(p *Piece, index int) {
	for i, slot := range p.slots {
		s.message(p, slot, index+i)
	}
	s.out.Counts.Messages += len(p.slots)
}

// message takes in one message with what stands before and behind it.
func (s *surveyor) message(p *Piece, m slot, index int) {
	s.top(p, m)
	s.digest(p.data[m.from:m.next])
	s.separator(p, m, index)
	s.candidates(p, m, index)
	s.quoting(p.data[m.start:m.end])
	s.header(p, m, index)
	if m.end == m.start {
		s.out.Counts.Empty++
	}
	s.outside(p.data[m.end:m.next], p.base+int64(m.end))
	s.at = p.base + int64(m.next)
}

// top are the bytes before the first separator.
func (s *surveyor) top(p *Piece, m slot) {
	if s.at == 0 && p.base == 0 && m.from > 0 {
		s.digest(p.data[:m.from])
		s.outside(p.data[:m.from], 0)
	}
}

func (s *surveyor) digest(b []byte) {
	if len(b) == 0 {
		return
	}
	s.sum.Write(b)
	if s.second != nil {
		_, _ = s.second.Write(b) // what it could not read, it does not count
	}
	s.out.Size += int64(len(b))
	s.crlf += int64(bytes.Count(b, []byte("\r\n")))
	s.lf += int64(bytes.Count(b, []byte("\n")))
	s.lastByte = b[len(b)-1]
}

// outside files a stretch between messages: one blank line belongs to the
// separator behind it, everything more is told.
func (s *surveyor) outside(b []byte, at int64) {
	if len(b) == 0 {
		return
	}
	blank := breakLen(b)
	s.out.Counts.BlankBytes += int64(blank)
	if rest := b[blank:]; len(rest) > 0 {
		what := "bytes between messages"
		if len(bytes.Trim(rest, "\r\n")) == 0 {
			what = "more blank lines"
		} else if bytes.HasPrefix(b, byteOrder) {
			what = "byte order mark"
		}
		s.out.Outside.add(OutsideBytes{Offset: at + int64(blank), Length: int64(len(rest)), What: what})
	}
}

// separator takes in the From_ line of a message.
func (s *surveyor) separator(p *Piece, m slot, index int) {
	s.out.Counts.SeparatorBytes += int64(m.start - m.from)
	if m.start == m.from {
		s.doubt(p, m.from, index, true, "the mailbox does not begin with a From_ line: its first message has none")
		return
	}
	s.out.Counts.FromLines++
	line := trimBreak(p.data[m.from+len(fromSpace) : m.start])
	d, dated := separatorDate(line)
	if m.blank {
		s.out.Counts.BehindBlank++
	}
	switch {
	case !m.blank:
		s.doubt(p, m.from, index, true, "no blank line before it, but an address, a date and a header behind it")
	case !dated:
		s.doubt(p, m.from, index, true, "it states no date")
	}
	if dated {
		s.out.Counts.Dated++
		s.order(d.Time, d.Raw, index, p.base+int64(m.from))
	}
}

func (s *surveyor) doubt(p *Piece, at, index int, separates bool, reason string) {
	line := trimBreak(p.data[at:min(lineEnd(p.data, at), at+maxSeparator)])
	s.out.Doubtful.add(DoubtfulLine{Offset: p.base + int64(at), Index: index, Separates: separates, Reason: reason, Line: rawtext.Visible(string(line))})
}

// candidates are the lines of a message that another reader may take for
// separators.
func (s *surveyor) candidates(p *Piece, m slot, index int) {
	for at := m.start; ; at++ {
		if at = nextCandidate(p.data, at, m.end); at < 0 || at < m.start {
			return
		}
		s.out.Counts.FromLines++
		c := judgeLine(p.data, at)
		if c.blank {
			s.out.Counts.BehindBlank++
		}
		if c.dated {
			s.out.Counts.Dated++
		}
		if c.taken() {
			s.unquoted++
		}
		s.doubt(p, at, index, false, c.reason())
	}
}

// reason says why the line is no separator.
func (c candidate) reason() string {
	switch {
	case c.taken():
		return "a whole From_ line, but inside the length that the message states"
	case c.dated:
		return "no blank line before it and no header field behind it"
	case c.alone:
		return "no date, and no header field behind it"
	}
	return "no date"
}

func (s *surveyor) quoting(message []byte) {
	for pos := fromquote.Body(message); ; {
		i := fromquote.Next(message, pos, len(message))
		if i < 0 {
			return
		}
		s.out.Counts.Quoted++
		if message[i+1] == '>' {
			s.out.Counts.TwiceQuoted++
		}
		pos = i + 1
	}
}

// order compares the time of a separator with the one before.
func (s *surveyor) order(at time.Time, text string, index int, offset int64) {
	o := &s.out.Order
	if o.Dated++; o.Dated == 1 || at.Before(s.low) {
		s.low = at
	}
	if o.Dated == 1 || at.After(s.high) {
		s.high = at
	}
	if o.Dated > 1 && at.Before(s.previous) {
		o.Backwards.add(Backwards{Index: index, Offset: offset, Previous: rawtext.Visible(s.last), Stated: rawtext.Visible(text)})
	}
	s.previous, s.last = at, text
}

// header looks for what programs that keep mailboxes note in the header.
func (s *surveyor) header(p *Piece, m slot, index int) {
	message := p.data[m.start:m.end]
	body := fromquote.Body(message)
	if n, ok := contentLength(message[:body]); ok {
		s.out.Counts.Lengths++
		if _, fits := leadsTo(p.data, int64(m.start+body)+n); !fits {
			s.out.Lengths.add(WrongLength{Index: index, Offset: p.base + int64(m.start), Stated: n, Actual: int64(len(message) - body)})
		}
	}
	if field, value, ok := deletedMark(message[:body]); ok {
		s.out.Deleted.add(DeletedMessage{Index: index, Offset: p.base + int64(m.start), Field: field, Value: rawtext.Visible(value)})
	}
}

// finish draws what only the whole shows.
func (s *surveyor) finish() {
	o := &s.out
	o.SHA256 = hex.EncodeToString(s.sum.Sum(nil))
	o.LineEndings = lineEndings(s.crlf, s.lf)
	o.Dialect, o.Basis = s.dialect()
	if o.Order.Dated > 0 {
		o.Order.Earliest, o.Order.Latest = wallTime(s.low), wallTime(s.high)
	}
	if s.second != nil {
		_ = s.second.Close()
		n := <-s.counted
		o.Counts.GoMbox = &n
	}
	o.Cut = o.Size > 0 && s.lastByte != '\n'
	notNull(&o.Doubtful)
	notNull(&o.Outside)
	notNull(&o.Lengths)
	notNull(&o.Deleted)
	notNull(&o.Order.Backwards)
}

func notNull[T any](l *List[T]) {
	if l.First == nil {
		l.First = []T{}
	}
}

// wallTime is without a zone: a From_ line seldom states one.
func wallTime(t time.Time) string { return t.Format("2006-01-02T15:04:05") }

func lineEndings(crlf, lf int64) string {
	switch {
	case lf == 0:
		return "none"
	case crlf == 0:
		return "lf"
	case crlf == lf:
		return "crlf"
	}
	return "mixed"
}

// dialect names the way of writing, as far as anything shows it.
func (s *surveyor) dialect() (name, basis string) {
	c := s.out.Counts
	switch {
	case s.file.byLength && s.unquoted > 0:
		return "mboxcl2", "each message states its length, and whole From_ lines stand unquoted in the text"
	case s.file.byLength && c.Quoted > 0:
		return "mboxcl", "each message states its length, and lines of the text are quoted"
	case s.file.byLength:
		return "mboxcl or mboxcl2", "each message states its length; no line of the text begins with From"
	case s.file.unquoted:
		return "unquoted", "lines of the text begin with From and are not quoted; those with >From were written so"
	case c.TwiceQuoted > 0:
		return "mboxrd", "lines with >>From: a writer of mboxo puts no second mark before a quoted line"
	case c.Quoted > 0:
		return "mboxo or mboxrd", "lines with >From; none is quoted twice, which alone would tell one from the other"
	}
	return "mboxo or mboxrd", "no line of the text is quoted"
}
