package render

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// findings draws the judgement, gravest first.
func (t *textPrinter) findings(r *forensic.Report) {
	t.blank()
	count := strconv.Itoa(len(r.Findings))
	if len(r.Findings) == 0 {
		count = "none"
	}
	if n := nestedFindings(r); n > 0 {
		count += "; " + strconv.Itoa(n) + " in messages inside, listed with them"
	}
	t.row("Findings", count)
	for i := range r.Findings {
		if i > 0 {
			t.blank()
		}
		t.finding(&r.Findings[i])
	}
}

func nestedFindings(r *forensic.Report) int {
	n := 0
	for i := range r.Parts {
		if inner := r.Parts[i].Message; inner != nil {
			n += len(inner.Findings) + nestedFindings(inner)
		}
	}
	return n
}

func (t *textPrinter) finding(f *forensic.Finding) {
	t.paintRow(severityColor(f.Severity), "  "+string(f.Severity), t.paintWords(ansiBold, t.safe(f.Title)))
	t.row("", t.safe(f.Detail))
	if f.Innocent != "" {
		t.row("", "Innocent: "+t.safe(f.Innocent))
	}
	t.row("", f.ID+", confidence "+string(f.Confidence)+word("; ", strings.Join(f.References, ", ")))
	if text := t.spansAll(f.Spans); text != "" {
		t.row("", text)
	}
}

// paintWords paints each word alone, so that wrapping cannot leave a colour
// open across a line.
func (t *textPrinter) paintWords(code, s string) string {
	if !t.opt.Color {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		words[i] = t.paint(code, w)
	}
	return strings.Join(words, " ")
}

func severityColor(s forensic.Severity) string {
	switch s {
	case report.High:
		return ansiRed
	case report.Medium:
		return ansiYellow
	}
	return ansiCyan
}
