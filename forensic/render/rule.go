package render

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
)

// Rule explains one kind of finding in text.
func Rule(w io.Writer, r forensic.Rule, opt *Options) error {
	return draw(w, opt, func(t *textPrinter) {
		t.line(t.paintWords(ansiBold, r.ID))
		t.line(t.safe(r.Title))
		t.blank()
		t.paintRow(severityColor(r.Severity), "Severity", string(r.Severity)+", confidence "+string(r.Confidence))
		if len(r.References) > 0 {
			t.row("References", strings.Join(r.References, ", "))
		}
		t.line(t.paintWords(ansiBold, "What it means"))
		t.deeper(2, func() { t.line(r.Explanation) })
		t.line(t.paintWords(ansiBold, "How it can be innocent"))
		t.deeper(2, func() { t.line(r.Innocent) })
	})
}

// RuleList lists every kind of finding, one line each.
func RuleList(w io.Writer, rules iter.Seq[forensic.Rule], opt *Options) error {
	return draw(w, opt, func(t *textPrinter) {
		for r := range rules {
			t.b.WriteString(padded(r.ID, 38) + t.paint(severityColor(r.Severity), padded(string(r.Severity), 8)) + r.Title + "\n")
		}
	})
}

func padded(s string, width int) string {
	return s + strings.Repeat(" ", max(1, width-len(s)))
}

// draw hands w one drawing.
func draw(w io.Writer, opt *Options, fn func(*textPrinter)) error {
	t := textPrinter{b: new(bytes.Buffer)}
	if opt != nil {
		t.opt = *opt
	}
	fn(&t)
	_, err := w.Write(t.b.Bytes())
	return err
}
