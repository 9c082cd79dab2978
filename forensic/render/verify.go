package render

import (
	"io"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// verifySchema is the name of the JSON form of [verifyDoc].
const verifySchema = "emlcheck/verify/1"

// verifyDoc is the document of one message's signatures: a report reduced to them.
type verifyDoc struct {
	// Schema is always [verifySchema].
	Schema string `json:"schema"`
	// Tool names the program that verified.
	Tool report.Tool `json:"tool"`
	// Evidence says which bytes were examined.
	Evidence report.Evidence `json:"evidence"`
	// From is who is shown as the author, MessageID the text between the angle
	// brackets.
	From      []report.Address `json:"from"`
	MessageID report.Stated    `json:"message_id"`
	// Signatures are those of the message and of all that is inside of it.
	Signatures report.Signatures `json:"signatures"`
	// Settings is every option that can change the result, with what was trusted.
	Settings report.Settings `json:"settings"`
	// Extracted lists the files that were written, and Repeat the commands by which
	// openssl repeats from them what was found; null unless files were asked for.
	Extracted []Extracted `json:"extracted"`
	Repeat    []string    `json:"repeat"`
}

// verifyOf reduces a report to its signatures.
func verifyOf(r *forensic.Report) *verifyDoc {
	return &verifyDoc{
		Schema: verifySchema, Tool: r.Tool, Evidence: r.Evidence, From: r.Message.From, MessageID: r.Message.MessageID,
		Signatures: r.Signatures, Settings: r.Settings,
	}
}

// NewVerify returns a printer of the signatures of each message: documents of emlcheck/verify/1 in JSON.
// format and opt are those of [New].
func NewVerify(format string, w io.Writer, opt *Options) (Printer, error) {
	return newPrinter(format, w, opt, (*textPrinter).verifyView, func(r *forensic.Report) any { return verifyOf(r) })
}

// VerifyPrinter prints signatures with the files that were made of them.
type VerifyPrinter struct{ stream stream }

// NewVerifyExtract returns a printer like [NewVerify] that also tells of files.
func NewVerifyExtract(format string, w io.Writer, opt *Options) (*VerifyPrinter, error) {
	s, err := newStream(format, w, opt)
	if err != nil {
		return nil, err
	}
	return &VerifyPrinter{stream: s}, nil
}

// Report prints one message.
func (p *VerifyPrinter) Report(r *forensic.Report, files []Extracted, repeat []string) error {
	return p.stream.item(func() any {
		doc := verifyOf(r)
		doc.Extracted, doc.Repeat = append([]Extracted{}, files...), append([]string{}, repeat...)
		return doc
	}, func(t *textPrinter) {
		t.signatures(r)
		if len(files) == 0 {
			t.row("Extracted", "no file written")
		}
		label := "Extracted"
		for _, f := range files {
			t.row(label, "part "+f.Part+": "+t.safe(f.File)+", "+byteCount(f.Size))
			t.row("", "sha256 "+f.SHA256)
			label = ""
		}
		t.repeat = true
		t.commands(0, repeat)
	})
}

// Close ends the output.
func (p *VerifyPrinter) Close() error { return p.stream.close() }

// verifyView draws the signatures alone.
func (t *textPrinter) verifyView(r *forensic.Report) {
	t.repeat = true
	t.signatures(r)
}

func (t *textPrinter) signatures(r *forensic.Report) {
	t.evidence(r)
	t.blank()
	if r.Signatures.SMIME == nil {
		t.row("S/MIME", "no signature, no encryption")
	}
	t.trust(r)
}
