// Package render answers: how is a report printed?
//
// It analyses nothing: every word of it comes from a [forensic.Report] or from the header block
// beside it.
//
// A [Printer] takes one report after the other, so that a mailbox of any size
// can be printed while it is read. The same reports give the same bytes.
package render

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
)

// Options directs the printing. nil and the zero value mean the defaults. No
// option changes what is said, only how it is shown.
type Options struct {
	// Color marks labels and severities by ANSI colours in text. The words
	// stay, so nothing is said by colour alone.
	Color bool
	// Escape is for output that goes to a terminal: bidirectional controls,
	// zero-width and tag characters become visible as \u202E, in JSON too.
	// Control characters are always visible, in text as \x1B or \n.
	Escape bool
	// Spans adds to each line of text the bytes it was read from, and lists
	// the defects.
	Spans bool
	// Verbose lists the defects in text.
	Verbose bool
	// Zone is a time zone in which text shows times beside UTC; nil for none.
	Zone *time.Location
}

// Printer prints reports one by one.
type Printer interface {
	// Report prints one report. The error is the writer's own.
	Report(*forensic.Report) error
	// Close ends the output. It does not close the writer.
	Close() error
}

// Formats lists the names that [New] knows.
func Formats() []string {
	names := make([]string, 0, len(formats))
	for i := range formats {
		names = append(names, formats[i].name)
	}
	return names
}

// formats are the ways to print a document.
var formats = [...]struct {
	name string
	open func(io.Writer, Options) stream
}{
	{"text", newTextStream},
	{"json", newJSONStream},
	{"jsonl", newJSONLStream},
}

// ErrFormat is returned, wrapped, for the name of no known format.
var ErrFormat = errors.New("render: unknown format")

// New returns a printer of full reports to w. The format is "text", "json"
// (one indented document, or an array of all when there are several) or
// "jsonl" (one line each). opt nil means defaults.
func New(format string, w io.Writer, opt *Options) (Printer, error) {
	return newPrinter(format, w, opt, (*textPrinter).report, func(r *forensic.Report) any { return r })
}

// NewParts returns a printer of the parts of each report, messages inside
// parts included: documents of emlcheck/parts/1 in JSON.
func NewParts(format string, w io.Writer, opt *Options) (Printer, error) {
	return newPrinter(format, w, opt, (*textPrinter).partsView, func(r *forensic.Report) any { return partsOf(r) })
}

// newPrinter joins a format with a view: text is drawn from the report itself,
// JSON from the document that the view makes of it.
func newPrinter(format string, w io.Writer, opt *Options, draw func(*textPrinter, *forensic.Report), doc func(*forensic.Report) any) (Printer, error) {
	s, err := newStream(format, w, opt)
	if err != nil {
		return nil, err
	}
	return &printer{stream: s, draw: draw, doc: doc}, nil
}

// printer sends reports to a stream of either kind.
type printer struct {
	stream stream
	draw   func(*textPrinter, *forensic.Report)
	doc    func(*forensic.Report) any
}

func (p *printer) Report(r *forensic.Report) error {
	return p.stream.item(func() any { return p.doc(r) }, func(t *textPrinter) { p.draw(t, r) })
}

func (p *printer) Close() error { return p.stream.close() }

// stream is one format: it takes of each item the form that it needs.
type stream interface {
	item(doc func() any, draw func(*textPrinter)) error
	close() error
}

func newStream(format string, w io.Writer, opt *Options) (stream, error) {
	o := Options{}
	if opt != nil {
		o = *opt
	}
	for i := range formats {
		if formats[i].name == format {
			return formats[i].open(w, o), nil
		}
	}
	return nil, unknownFormat(format)
}

func unknownFormat(name string) error { return fmt.Errorf("%w %q", ErrFormat, name) }
