package render

import (
	"io"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// partsSchema is the name of the JSON form of [partsDoc].
const partsSchema = "emlcheck/parts/1"

// partsDoc is the document of one message's parts: a report reduced to what the
// message consists of.
type partsDoc struct {
	// Schema is always [partsSchema].
	Schema string `json:"schema"`
	// Tool names the program that read the message.
	Tool report.Tool `json:"tool"`
	// Evidence says which bytes were read.
	Evidence report.Evidence `json:"evidence"`
	// Parts lists the parts in document order, the message itself first.
	Parts []partItem `json:"parts"`
	// Extracted lists the files that were written; null unless files were
	// asked for. Those of messages inside stand here too.
	Extracted []Extracted `json:"extracted"`
}

// partItem is one part. It has the fields of a report's part, but for a
// message inside it holds the parts alone.
type partItem struct {
	report.Part
	// Message holds the parts of the message inside; null without one.
	Message *partsDoc `json:"message"`
}

// Extracted is one file that was written.
type Extracted struct {
	// Part is the path of the part; "1.2~1.3" is part 1.3 of the message in
	// part 1.2, and "1.1+2" the second uuencoded file in the text of part 1.1.
	Part string `json:"part"`
	// File is the file's path below the folder of extraction, with slashes.
	File string `json:"file"`
	// Size is the number of bytes written.
	Size int64 `json:"size"`
	// SHA256 is the digest of the bytes written.
	SHA256 string `json:"sha256"`
}

// partsOf reduces a report to its parts.
func partsOf(r *forensic.Report) *partsDoc {
	p := &partsDoc{Schema: partsSchema, Tool: r.Tool, Evidence: r.Evidence, Parts: make([]partItem, 0, len(r.Parts))}
	for _, part := range r.Parts {
		item := partItem{Part: part}
		if part.Message != nil {
			item.Message = partsOf(part.Message)
		}
		item.Part.Message = nil
		p.Parts = append(p.Parts, item)
	}
	return p
}

// ExtractPrinter prints the parts of messages with the files that were made
// of them.
type ExtractPrinter struct{ stream stream }

// NewExtract returns a printer like [NewParts] that also tells of files.
func NewExtract(format string, w io.Writer, opt *Options) (*ExtractPrinter, error) {
	s, err := newStream(format, w, opt)
	if err != nil {
		return nil, err
	}
	return &ExtractPrinter{stream: s}, nil
}

// Report prints one message: in JSON all of its parts and the files, in text
// the files alone.
func (p *ExtractPrinter) Report(r *forensic.Report, files []Extracted) error {
	return p.stream.item(func() any {
		doc := partsOf(r)
		doc.Extracted = append([]Extracted{}, files...)
		return doc
	}, func(t *textPrinter) { t.extracted(r, files) })
}

// Close ends the output.
func (p *ExtractPrinter) Close() error { return p.stream.close() }

func (t *textPrinter) extracted(r *forensic.Report, files []Extracted) {
	t.evidence(r)
	if len(files) == 0 {
		t.line("no file written")
	}
	for _, f := range files {
		t.row("  "+f.Part, t.safe(f.File)+", "+byteCount(f.Size))
		t.row("", "sha256 "+f.SHA256)
	}
}
