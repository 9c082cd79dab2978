package render

import (
	"io"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// headersSchema is the name of the JSON form of [headersDoc].
const headersSchema = "emlcheck/headers/1"

// headersDoc is the document of one message's header block, field by field.
type headersDoc struct {
	// Schema is always [headersSchema].
	Schema string `json:"schema"`
	// Tool names the program that read the message.
	Tool report.Tool `json:"tool"`
	// Evidence says which bytes were read.
	Evidence report.Evidence `json:"evidence"`
	// Header runs from the first field to the end of the blank line.
	Header headers.Span `json:"header"`
	// Fields lists every field in the order written, repeated ones too.
	Fields []headerItem `json:"fields"`
	// Truncated says that a limit left fields out.
	Truncated bool `json:"truncated"`
	// Defects lists the defects of the header that belong to no field.
	Defects []headers.Defect `json:"defects"`
}

// headerItem is one field.
type headerItem struct {
	// Name is the field's name as written.
	Name report.Raw `json:"name"`
	// Value is the value with folding undone (RFC 5322 2.2.3) and encoded
	// words decoded (RFC 2047).
	Value string `json:"value"`
	// Raw is the value as stored, folds and blanks included.
	Raw report.Raw `json:"raw"`
	// Span is the whole field with its line break; ValueSpan is Raw's place.
	Span      headers.Span `json:"span"`
	ValueSpan headers.Span `json:"value_span"`
	// Defects lists what breaks the grammar in this field.
	Defects []headers.Defect `json:"defects"`
}

// headersOf joins a header block with the report on its message: the report
// knows the defects that the reading of dates, addresses and the like found.
func headersOf(r *forensic.Report, block *headers.Block) *headersDoc {
	h := &headersDoc{
		Schema: headersSchema, Tool: r.Tool, Evidence: r.Evidence, Header: block.Span, Truncated: block.Truncated,
		Fields: make([]headerItem, 0, len(block.Fields)), Defects: []headers.Defect{},
	}
	known := headerDefects(r, block)
	for _, f := range block.Fields {
		text := f.Text()
		// The report's defects are sorted by position, and so are the fields:
		// what stands before this field belongs to none.
		for len(known) > 0 && known[0].Span.Start < f.Span.Start {
			h.Defects, known = append(h.Defects, known[0]), known[1:]
		}
		n := 0
		for n < len(known) && known[n].Span.Start < f.Span.End {
			n++
		}
		h.Fields = append(h.Fields, headerItem{
			Name: report.Raw(f.Name), Value: rawtext.Visible(text.Value), Raw: report.Raw(f.Raw()),
			Span: f.Span, ValueSpan: f.Value, Defects: merge(known[:n], text.Defects),
		})
		known = known[n:]
	}
	h.Defects = append(h.Defects, known...)
	return h
}

// headerDefects are the defects of the header itself, by position.
func headerDefects(r *forensic.Report, block *headers.Block) []headers.Defect {
	var out []headers.Defect
	for _, d := range r.Defects {
		if d.Part == "1" && d.Span.Start < block.Span.End {
			out = append(out, headers.Defect{Code: d.Code, Span: d.Span, Detail: d.Detail})
		}
	}
	return out
}

// merge adds to a those of b that it does not hold.
func merge(a, b []headers.Defect) []headers.Defect {
	out := append([]headers.Defect{}, a...)
	if len(b) == 0 {
		return out
	}
	seen := make(map[headers.Defect]bool, len(a))
	for _, d := range a {
		seen[d] = true
	}
	for _, d := range b {
		if !seen[d] {
			out = append(out, d)
		}
	}
	return out
}

// HeadersPrinter prints header blocks one by one.
type HeadersPrinter struct{ stream stream }

// NewHeaders returns a printer of header blocks; format and opt are those of
// [New].
func NewHeaders(format string, w io.Writer, opt *Options) (*HeadersPrinter, error) {
	s, err := newStream(format, w, opt)
	if err != nil {
		return nil, err
	}
	return &HeadersPrinter{stream: s}, nil
}

// Headers prints the header block of the message that r reports on.
func (p *HeadersPrinter) Headers(r *forensic.Report, block *headers.Block) error {
	h := headersOf(r, block)
	return p.stream.item(func() any { return h }, func(t *textPrinter) { t.headers(r, h) })
}

// Close ends the output.
func (p *HeadersPrinter) Close() error { return p.stream.close() }

func (t *textPrinter) headers(r *forensic.Report, h *headersDoc) {
	t.evidence(r)
	t.blank()
	if len(h.Fields) == 0 {
		t.line("no header field")
	}
	for i := range h.Fields {
		f := &h.Fields[i]
		t.field(f.Name, f.Value, f.Span)
		t.fieldDefects(f.Defects)
	}
	if h.Truncated {
		t.line("more fields than the limit: the rest is not listed")
	}
	if len(h.Defects) > 0 {
		t.line("outside of any field:")
		t.fieldDefects(h.Defects)
	}
}

// field writes "Name: value", wrapped with a hanging indent as a header
// is. A value is not put in quotes: it is all evidence. The tabs of folds are
// shown as blanks (RFC 5322 2.2.3).
func (t *textPrinter) field(name report.Raw, value string, at headers.Span) {
	t.wrap(t.paint(ansiBold, t.safe(string(name))+":")+" ", "    ", t.safe(strings.ReplaceAll(value, "\t", " "))+t.spans(at))
}

func (t *textPrinter) fieldDefects(list []headers.Defect) {
	for _, d := range list {
		t.wrap("  ! ", "    ", d.Code+": "+t.safe(d.Detail)+t.spans(d.Span))
	}
}
