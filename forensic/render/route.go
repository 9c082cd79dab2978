package render

import (
	"io"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// routeSchema is the name of the JSON form of [routeDoc].
const routeSchema = "emlcheck/route/1"

// routeDoc is the document of one message's way: a report reduced to its trace
// lines and what is odd about them.
type routeDoc struct {
	// Schema is always [routeSchema].
	Schema string `json:"schema"`
	// Tool names the program that read the message.
	Tool report.Tool `json:"tool"`
	// Evidence says which bytes were read.
	Evidence report.Evidence `json:"evidence"`
	// MessageID is the text between the angle brackets.
	MessageID report.Stated `json:"message_id"`
	// Route holds the hops, oldest first.
	Route report.Route `json:"route"`
	// Findings are those whose id begins with "route.".
	Findings []forensic.Finding `json:"findings"`
	// Messages are the ways of messages inside parts.
	Messages []routeInside `json:"messages"`
	// Settings is every option that can change the result.
	Settings report.Settings `json:"settings"`
}

// routeInside is the way of a message inside a part.
type routeInside struct {
	// Part is the path of the part that holds the message.
	Part string `json:"part"`
	// Message is its document.
	Message *routeDoc `json:"message"`
}

// routeOf reduces a report to its route.
func routeOf(r *forensic.Report) *routeDoc {
	doc := &routeDoc{
		Schema: routeSchema, Tool: r.Tool, Evidence: r.Evidence, MessageID: r.Message.MessageID, Route: r.Route,
		Findings: routeFindings(r), Messages: []routeInside{}, Settings: r.Settings,
	}
	for i := range r.Parts {
		if inner := r.Parts[i].Message; inner != nil {
			doc.Messages = append(doc.Messages, routeInside{Part: r.Parts[i].Path, Message: routeOf(inner)})
		}
	}
	return doc
}

// routeFindings are the findings about trace lines.
func routeFindings(r *forensic.Report) []forensic.Finding {
	out := []forensic.Finding{}
	for _, f := range r.Findings {
		if strings.HasPrefix(f.ID, "route.") {
			out = append(out, f)
		}
	}
	return out
}

// NewRoute returns a printer of the way of each message, messages inside
// parts included: documents of emlcheck/route/1 in JSON. format and opt are those of [New].
func NewRoute(format string, w io.Writer, opt *Options) (Printer, error) {
	return newPrinter(format, w, opt, (*textPrinter).routeView, func(r *forensic.Report) any { return routeOf(r) })
}

// routeView draws the way alone.
func (t *textPrinter) routeView(r *forensic.Report) {
	t.evidence(r)
	t.onlyRoute(r)
}

func (t *textPrinter) onlyRoute(r *forensic.Report) {
	t.route(r)
	t.blank()
	list := routeFindings(r)
	if len(list) == 0 {
		t.row("Findings", "none about the route")
	} else {
		t.row("Findings", group(int64(len(list)))+" about the route")
	}
	for i := range list {
		if i > 0 {
			t.blank()
		}
		t.finding(&list[i])
	}
	for i := range r.Parts {
		if inner := r.Parts[i].Message; inner != nil {
			t.blank()
			t.inside(inner, func() { t.onlyRoute(inner) })
		}
	}
}
