package render

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// Rows prints one row for each message: "text" for people, "csv" for
// spreadsheets, "jsonl" with the whole report. It has no state, so that rows
// can be made of several messages at the same time.
type Rows struct {
	format *rowFormat
	opt    Options
	t      textPrinter
}

// rowFormat is one way to print rows.
type rowFormat struct {
	name string
	// header is what stands above the first row; nil for nothing.
	header func(*Rows) string
	append func(*Rows, []byte, *forensic.Report) []byte
}

// rowFormats are the ways to print rows.
var rowFormats = [...]rowFormat{
	{"text", (*Rows).textHeader, func(p *Rows, b []byte, r *forensic.Report) []byte { return append(b, p.text(r)...) }},
	{"jsonl", nil, func(p *Rows, b []byte, r *forensic.Report) []byte { return appendJSONL(b, r, p.opt.Escape) }},
	{"csv", (*Rows).csvHeader, func(p *Rows, b []byte, r *forensic.Report) []byte { return append(b, p.csv(r)...) }},
}

// RowFormats lists the names that [NewRows] knows.
func RowFormats() []string {
	names := make([]string, 0, len(rowFormats))
	for i := range rowFormats {
		names = append(names, rowFormats[i].name)
	}
	return names
}

// NewRows returns a printer of rows. The format is one of [RowFormats]; opt
// nil means defaults.
func NewRows(format string, opt *Options) (*Rows, error) {
	r := &Rows{}
	if opt != nil {
		r.opt = *opt
	}
	r.t.opt = r.opt
	for i := range rowFormats {
		if rowFormats[i].name == format {
			r.format = &rowFormats[i]
			return r, nil
		}
	}
	return nil, unknownFormat(format)
}

// Header is what stands above the first row; empty for none.
func (p *Rows) Header() string {
	if p.format.header == nil {
		return ""
	}
	return p.format.header(p)
}

func (p *Rows) csvHeader() string {
	return "path,member,index,offset,size,sha256,date,date_utc,from,from_name,to,cc,subject,message_id,hops,origin_ip,attachments,attachment_names,findings,worst_severity,worst_finding\n"
}

func (p *Rows) textHeader() string {
	return p.t.paint(ansiBold, strings.TrimRight(columns("#", "date", "from", "to", "hops", "files", "worst finding", "subject"), " ")) + "\n"
}

// Append appends the row of a report, with its line break.
func (p *Rows) Append(b []byte, r *forensic.Report) []byte { return p.format.append(p, b, r) }

// columns lays out the cells of a row of text; the last one may have any
// length.
func columns(cells ...string) string {
	var b strings.Builder
	for i, c := range cells {
		if i < len(columnWidths) {
			c = fit(c, columnWidths[i])
			c += strings.Repeat(" ", columnWidths[i]-utf8.RuneCountInString(c)+2)
		}
		b.WriteString(c)
	}
	return b.String()
}

var columnWidths = [...]int{6, 20, 28, 24, 4, 5, 34}

// fit cuts a cell to a number of characters and says so.
func fit(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	runes := []rune(s)
	return string(runes[:width-1]) + "…"
}

// text is the row for people: the file's own order of messages, each fact in
// few words.
func (p *Rows) text(r *forensic.Report) string {
	m := &r.Message
	subject := "-"
	if m.Subject != nil {
		subject = p.t.safe(*m.Subject)
	}
	worst, worstText := Worst(r), "-"
	if worst != nil {
		worstText = string(worst.Severity) + " " + worst.ID
	}
	row := columns("#"+strconv.Itoa(r.Evidence.Index), p.rowTime(m.Date), p.who(m.From), p.who(m.To), strconv.Itoa(len(r.Route.Hops)),
		strconv.Itoa(len(Attachments(r))), worstText, subject)
	if r.Evidence.Container != evidence.Mbox { // the messages of a mailbox stand below its name
		row += "  [" + p.t.safe(place(&r.Evidence)) + "]"
	}
	if worst != nil && p.opt.Color {
		row = strings.Replace(row, worstText, p.t.paint(severityColor(worst.Severity), worstText), 1)
	}
	return row + "\n"
}

// place names a file, and the member of an archive.
func place(e *report.Evidence) string {
	if e.Member == nil {
		return string(e.Path)
	}
	return string(e.Path) + "!/" + string(*e.Member)
}

// rowTime is the Date in UTC, or in the reader's zone; a wall clock whose zone
// is not known says so by a question mark.
func (p *Rows) rowTime(d *report.Time) string {
	if d == nil {
		return "-"
	}
	at, ok := parseTime(string(d.Time))
	switch {
	case !ok:
		return "?"
	case d.Zone != "stated":
		return at.Format("2006-01-02T15:04:05") + "?"
	case p.opt.Zone != nil:
		return at.In(p.opt.Zone).Format("2006-01-02T15:04:05Z07")
	}
	return at.UTC().Format("2006-01-02T15:04:05Z")
}

// who is the first address, and how many more there are.
func (p *Rows) who(list []report.Address) string {
	if len(list) == 0 {
		return "-"
	}
	s := string(list[0].Address)
	if s == "" {
		s = string(list[0].Raw)
	}
	s = p.t.safe(s)
	if more := len(list) - 1; more > 0 {
		s = fit(s, 20) + " +" + strconv.Itoa(more)
	}
	return s
}

func (p *Rows) csv(r *forensic.Report) string {
	e, m := &r.Evidence, &r.Message
	var member, subject, date, utc, origin, severity, finding string
	if e.Member != nil {
		member = string(*e.Member)
	}
	if m.Subject != nil {
		subject = *m.Subject
	}
	if m.Date != nil {
		date = string(m.Date.Time)
		if at, ok := parseTime(date); ok && m.Date.Zone == "stated" {
			utc = at.UTC().Format("2006-01-02T15:04:05Z")
		} else if ok {
			date = at.Format("2006-01-02T15:04:05") // no zone is known, so none is shown
		}
	}
	if r.Route.Origin != nil {
		origin = string(r.Route.Origin.IP)
	}
	if w := Worst(r); w != nil {
		severity, finding = string(w.Severity), w.ID
	}
	names := Attachments(r)
	fromName := ""
	if len(m.From) > 0 {
		fromName = string(m.From[0].Name)
	}
	return csvRecord(string(e.Path), member, strconv.Itoa(e.Index), optional(e.Offset), strconv.FormatInt(e.Size, 10), e.SHA256, date, utc,
		addressList(m.From), fromName, addressList(m.To), addressList(m.Cc), subject, string(m.MessageID), strconv.Itoa(len(r.Route.Hops)), origin,
		strconv.Itoa(len(names)), strings.Join(names, "; "), strconv.Itoa(len(r.Findings)), severity, finding)
}

func addressList(list []report.Address) string {
	var all []string
	for _, a := range list {
		if a.Address != "" {
			all = append(all, string(a.Address))
		}
	}
	return strings.Join(all, "; ")
}

// Worst is the gravest finding of the message and of those inside it; nil
// without any.
func Worst(r *forensic.Report) *forensic.Finding {
	var worst *forensic.Finding
	if len(r.Findings) > 0 {
		worst = &r.Findings[0] // they are sorted by severity
	}
	for i := range r.Parts {
		if inner := r.Parts[i].Message; inner != nil {
			if w := Worst(inner); w != nil && (worst == nil || w.Severity.Rank() > worst.Severity.Rank()) {
				worst = w
			}
		}
	}
	return worst
}

// Attachments are the names of the attachments of the message and of those
// inside it; "-" for one without a name.
func Attachments(r *forensic.Report) []string {
	var names []string
	for i := range r.Parts {
		p := &r.Parts[i]
		if p.IsAttachment {
			name := string(p.Filename)
			if name == "" {
				name = "-"
			}
			names = append(names, name)
		}
		if p.Message != nil {
			names = append(names, Attachments(p.Message)...)
		}
	}
	return names
}
