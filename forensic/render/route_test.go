package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// routed prints reports by [NewRoute].
func routed(t *testing.T, format string, reports ...*forensic.Report) string {
	t.Helper()
	var b bytes.Buffer
	p, err := NewRoute(format, &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	printAll(t, p, reports)
	return b.String()
}

// The document holds the way and the findings about it, and no others; a
// message inside has its own.
func TestRouteDocument(t *testing.T) {
	r := made()
	r.Parts = []report.Part{{Path: "1"}, {Path: "1.2", Message: made()}}
	var doc routeDoc
	if err := json.Unmarshal([]byte(routed(t, "json", r)), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Schema != routeSchema || len(doc.Route.Hops) != 3 || len(doc.Findings) != 1 || doc.Findings[0].ID != "route.inserted" || doc.Evidence.Path != "a.eml" {
		t.Errorf("%+v", doc)
	}
	if len(doc.Messages) != 1 || doc.Messages[0].Part != "1.2" || len(doc.Messages[0].Message.Route.Hops) != 3 {
		t.Errorf("%+v", doc.Messages)
	}
	if text := routed(t, "jsonl", r, &forensic.Report{}); strings.Count(text, "\n") != 2 || !strings.Contains(text, `"findings":[],"messages":[]`) {
		t.Error(text)
	}
}

// Text says what is odd about the way, or that nothing is.
func TestRouteView(t *testing.T) {
	r := made()
	r.Parts = []report.Part{{Path: "1.2", Message: &forensic.Report{}}}
	text := routed(t, "text", r)
	for _, want := range []string{"a.eml #0 @100: eml", "Route        3 hops", "Findings     1 about the route", "medium     A hop was put in", "    message inside", "    Route        no Received field", "    Findings     none about the route"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Two clocks") || strings.Contains(text, "Clocks") {
		t.Error(text)
	}
	if _, err := NewRoute("xml", nil, nil); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

// TestSupportText: only the origin's own address is called the same; that of a
// later hop agrees with the way, and a script's name is no address.
func TestSupportText(t *testing.T) {
	o := &report.Origin{IP: "2001:db8::7"}
	for text, want := range map[string]string{
		"2001:DB8:0:0::7": "the same in ", "192.0.2.9": "the client of a later hop in ", "1000:mail.php": "stated in ",
	} {
		if got := supportText(o, &report.Support{Text: report.Raw(text), Agrees: true}); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := supportText(o, &report.Support{Text: "192.0.2.9"}); got != "✗ another one in " {
		t.Errorf("a contradiction is %q", got)
	}
}
