package render

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// parts draws the part list with the messages inside.
func (t *textPrinter) parts(r *forensic.Report) {
	t.blank()
	t.row("Parts", group(int64(len(r.Parts))))
	for i := range r.Parts {
		t.part(&r.Parts[i])
		if inner := r.Parts[i].Message; inner != nil {
			t.inside(inner, func() { t.body(inner) })
		}
	}
}

// part draws one part: what it says it is, what it is, and its digest.
func (t *textPrinter) part(p *report.Part) {
	t.paintRow("", "  "+p.Path, t.partText(p)+t.spans(p.Body))
	if p.SHA256 != "" {
		t.row("", "sha256 "+string(p.SHA256))
	}
	for i, n := range p.Filenames {
		if i > 0 && n.Value != p.Filenames[0].Value {
			t.row("", "another name "+t.quote(n.Value)+", in "+t.safe(n.Source)+t.spans(n.Span))
		}
	}
	if p.Preamble != nil {
		t.row("", "text before the first part, "+byteCount(int64(p.Preamble.Len()))+t.spans(*p.Preamble))
	}
	if p.Epilogue != nil {
		t.row("", "text behind the last part, "+byteCount(int64(p.Epilogue.Len()))+t.spans(*p.Epilogue))
	}
	for i := range p.Inline {
		t.inline(&p.Inline[i])
	}
}

func (t *textPrinter) partText(p *report.Part) string {
	kind := t.safe(p.ContentType)
	if !p.Declared {
		kind += " (not declared)"
	}
	if p.IsAttachment {
		kind = strings.TrimSpace("attachment "+nameText(t, string(p.Filename))) + ": " + kind
	}
	size, detected := "", ""
	if p.Size != nil {
		size = byteCount(*p.Size)
	}
	if p.DetectedType != "" {
		detected = "detected " + t.safe(string(p.DetectedType))
	}
	return strings.Join(nonEmpty(kind, t.safe(string(p.Charset)), t.safe(string(p.Encoding)), size, detected), ", ")
}

func nameText(t *textPrinter, name string) string {
	if name == "" {
		return "without a name"
	}
	return t.quote(name)
}

func (t *textPrinter) inline(in *report.Inline) {
	text := "uuencoded file " + nameText(t, string(in.Name)) + " in the text: "
	if in.Place == "header" {
		text = "file " + nameText(t, string(in.Name)) + " in the header of its part: "
	}
	text += byteCount(in.Size) + ", detected " + t.safe(in.DetectedType)
	if !in.Complete {
		text += ", end line missing"
	}
	t.row("", text+t.spans(in.Span))
	t.row("", "sha256 "+in.SHA256)
}

// inside draws the message in a part, indented, with offsets that count in the
// file as long as its bytes stand there.
func (t *textPrinter) inside(r *forensic.Report, draw func()) {
	base := t.base
	e := &r.Evidence
	t.deeper(4, func() {
		where := ""
		switch {
		case e.Offset == nil:
			t.base = -1
			where = ", decoded"
		case t.base >= 0:
			t.base += *e.Offset
			where = " @" + strconv.FormatInt(t.base, 10)
		}
		t.line(t.paint(ansiBold, "message inside") + where + ": " + string(e.Container) + ", " + byteCount(e.Size) + ", " + lineEnds(e.LineEndings))
		t.line("sha256 " + e.SHA256)
		if t.base < 0 && t.opt.Spans {
			t.line("[start-end] in it count from its own first byte: it was decoded and does not stand in the file")
		}
		draw()
	})
	t.base = base
}

// partsView draws the parts alone.
func (t *textPrinter) partsView(r *forensic.Report) {
	t.evidence(r)
	t.blank()
	t.onlyParts(r)
}

func (t *textPrinter) onlyParts(r *forensic.Report) {
	for i := range r.Parts {
		t.part(&r.Parts[i])
		if inner := r.Parts[i].Message; inner != nil {
			t.inside(inner, func() { t.onlyParts(inner) })
		}
	}
}
