package render

import (
	"io"
	"strconv"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// MailboxPrinter prints what mailboxes as a whole show.
type MailboxPrinter struct{ stream stream }

// NewMailbox returns a printer of mailboxes. format and opt are those of
// [New].
func NewMailbox(format string, w io.Writer, opt *Options) (*MailboxPrinter, error) {
	s, err := newStream(format, w, opt)
	return &MailboxPrinter{s}, err
}

// Mailbox prints one mailbox. The error is the writer's own.
func (p *MailboxPrinter) Mailbox(m *forensic.Mailbox) error {
	return p.stream.item(func() any { return m }, func(t *textPrinter) { t.mailbox(m) })
}

// Close ends the output. It does not close the writer.
func (p *MailboxPrinter) Close() error { return p.stream.close() }

// mailbox draws the facts for people.
func (t *textPrinter) mailbox(m *forensic.Mailbox) {
	name := m.Path
	if m.Member != nil {
		name += "!/" + *m.Member
	}
	t.line(t.paint(ansiBold, t.safe(name)) + ": mailbox, " + byteCount(m.Size) + ", " + lineEnds(m.LineEndings))
	t.line("sha256 " + m.SHA256)
	t.blank()
	t.row("Dialect", m.Dialect+": "+m.Basis)
	t.counts(&m.Counts)
	t.order(m)
	t.leftOver(m)
	t.doubtful(m.Doubtful)
	t.lengths(m)
	t.deleted(m.Deleted)
}

// counts draws what readers of different rules count.
func (t *textPrinter) counts(c *evidence.Counts) {
	t.row("Messages", group(int64(c.Messages)))
	if c.Empty > 0 {
		t.row("", plural(c.Empty, "message")+" without a byte")
	}
	t.row("From lines", group(int64(c.FromLines))+" begin with \"From \", "+group(int64(c.BehindBlank))+" of them on top or behind a blank line, "+group(int64(c.Dated))+" with a date")
	if c.GoMbox != nil {
		t.row("", group(int64(*c.GoMbox))+" messages by the rule of go-mbox, which takes every such line")
	}
	t.row("Quoted", plural(c.Quoted, "line")+" with >From, "+group(int64(c.TwiceQuoted))+" of them with more than one >")
}

func (t *textPrinter) order(m *forensic.Mailbox) {
	o := &m.Order
	if o.Dated == 0 {
		t.row("Order", "no From_ line states a time")
		return
	}
	t.row("Order", "From_ lines from "+o.Earliest+" to "+o.Latest+" as written, "+plural(o.Backwards.Total, "step")+" back in time")
	for _, b := range few(o.Backwards.First) {
		t.row("", "#"+strconv.Itoa(b.Index)+" @"+strconv.FormatInt(b.Offset, 10)+" "+t.safe(b.Stated)+", behind "+t.safe(b.Previous))
	}
	t.andMore(o.Backwards.Total, len(few(o.Backwards.First)))
}

// leftOver draws what is in no message.
func (t *textPrinter) leftOver(m *forensic.Mailbox) {
	c := &m.Counts
	t.row("Outside", byteCount(c.SeparatorBytes)+" of From_ lines, "+byteCount(c.BlankBytes)+" of blank lines before them, "+plural(m.Outside.Total, "other piece")+" in no message")
	for _, o := range few(m.Outside.First) {
		t.row("", "@"+strconv.FormatInt(o.Offset, 10)+" "+byteCount(o.Length)+": "+o.What)
	}
	t.andMore(m.Outside.Total, len(few(m.Outside.First)))
	if m.Cut {
		t.row("End", "the mailbox ends in the middle of a line")
	}
}

func (t *textPrinter) doubtful(l evidence.List[evidence.DoubtfulLine]) {
	t.row("Doubtful", plural(l.Total, "line")+" that readers may take in different ways")
	for _, d := range few(l.First) {
		word := "no separator: "
		if d.Separates {
			word = "separator: "
		}
		t.row("", "#"+strconv.Itoa(d.Index)+" @"+strconv.FormatInt(d.Offset, 10)+" "+word+d.Reason+": "+t.quote(d.Line))
	}
	t.andMore(l.Total, len(few(l.First)))
}

func (t *textPrinter) lengths(m *forensic.Mailbox) {
	if m.Counts.Lengths == 0 {
		return
	}
	t.row("Lengths", plural(m.Counts.Lengths, "message")+" with Content-Length, "+group(int64(m.Lengths.Total))+" of them lead to no separator")
	for _, w := range few(m.Lengths.First) {
		t.row("", "#"+strconv.Itoa(w.Index)+" @"+strconv.FormatInt(w.Offset, 10)+" states "+byteCount(w.Stated)+", the body has "+byteCount(w.Actual))
	}
	t.andMore(m.Lengths.Total, len(few(m.Lengths.First)))
}

func (t *textPrinter) deleted(l evidence.List[evidence.DeletedMessage]) {
	t.row("Deleted", plural(l.Total, "message")+" marked as deleted and still there")
	for _, d := range few(l.First) {
		t.row("", "#"+strconv.Itoa(d.Index)+" @"+strconv.FormatInt(d.Offset, 10)+" "+d.Field+": "+t.safe(d.Value))
	}
	t.andMore(l.Total, len(few(l.First)))
}

// few is what a reader wants to see at once; JSON has more.
func few[T any](list []T) []T { return list[:min(len(list), 10)] }

// andMore says that a list was cut.
func (t *textPrinter) andMore(total, shown int) {
	if total > shown {
		t.row("", "and "+group(int64(total-shown))+" more")
	}
}
