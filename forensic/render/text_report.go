package render

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// report draws a whole report for people.
func (t *textPrinter) report(r *forensic.Report) {
	t.evidence(r)
	t.blank()
	t.body(r)
}

// evidence draws which bytes were examined.
func (t *textPrinter) evidence(r *forensic.Report) {
	e := &r.Evidence
	t.base = -1
	where := " #" + strconv.Itoa(e.Index)
	if e.Offset != nil {
		t.base = *e.Offset
		where += " @" + strconv.FormatInt(*e.Offset, 10)
	}
	t.line(t.paint(ansiBold, t.safe(string(e.Path))) + where + ": " + string(e.Container) + ", " + byteCount(e.Size) + ", " + lineEnds(e.LineEndings))
	t.line("sha256 " + e.SHA256)
	if e.SHA256Unquoted != "" {
		t.line("sha256 without From-quoting " + string(e.SHA256Unquoted))
	}
	if e.Separator != nil {
		t.line("separator " + t.quote(string(*e.Separator)))
	}
	if t.opt.Spans {
		t.line("[start-end] are bytes of the file, end exclusive: dd if=FILE bs=1 skip=START count=END-START")
	}
}

func lineEnds(word string) string {
	switch word {
	case "none":
		return "no line break"
	case "mixed":
		return "mixed line breaks"
	}
	return strings.ToUpper(word) + " line breaks"
}

// body draws what the message says and what is odd about it.
func (t *textPrinter) body(r *forensic.Report) {
	t.people(r)
	t.subject(r)
	t.envelope(r.Envelope)
	t.route(r)
	t.clock(r)
	t.trust(r)
	t.parts(r)
	t.findings(r)
	t.defects(r)
}

func (t *textPrinter) people(r *forensic.Report) {
	m := &r.Message
	if len(m.From) == 0 {
		t.row("From", "no From field, or no address in it")
	}
	t.addresses("From", m.From)
	t.address("Sender", m.Sender)
	t.addresses("Reply-To", m.ReplyTo)
	t.address("Return-Path", m.ReturnPath)
	t.addresses("To", m.To)
	t.addresses("Cc", m.Cc)
	t.addresses("Bcc", m.Bcc)
	t.addresses("Delivered-To", m.DeliveredTo)
	if len(m.To)+len(m.Cc)+len(m.Bcc) == 0 {
		t.row("To", "no address in To, Cc or Bcc")
	}
}

func (t *textPrinter) addresses(label string, list []report.Address) {
	for i := range list {
		t.address(label, &list[i])
		label = ""
	}
}

func (t *textPrinter) address(label string, a *report.Address) {
	if a != nil {
		t.row(label, t.addressText(a)+t.spans(a.Span))
	}
}

// addressText writes the name and, apart from it, the address: a name that
// looks like an address must not pass for one.
func (t *textPrinter) addressText(a *report.Address) string {
	var parts []string
	if a.Group != "" {
		parts = append(parts, "(group "+t.quote(string(a.Group))+")")
	}
	if a.Name != "" {
		parts = append(parts, t.quote(string(a.Name)))
	}
	switch {
	case a.Address != "":
		parts = append(parts, "<"+t.safe(string(a.Address))+">")
	case strings.TrimSpace(string(a.Raw)) == "<>":
		parts = append(parts, "<> (the null path)") // RFC 5321 4.5.5
	default:
		parts = append(parts, "no address in "+t.quote(string(a.Raw)))
	}
	return strings.Join(parts, " ")
}

func (t *textPrinter) subject(r *forensic.Report) {
	m := &r.Message
	if m.Date == nil {
		t.row("Date", "no Date field")
	} else {
		t.row("Date", t.timeText(m.Date))
	}
	switch {
	case m.Subject == nil:
		t.row("Subject", "no Subject field")
	case *m.Subject == "":
		t.row("Subject", "empty"+t.spanOf(m.SubjectSpan))
	default:
		t.row("Subject", t.quote(*m.Subject)+t.spanOf(m.SubjectSpan))
	}
	if m.MessageID == "" {
		t.row("Message-ID", "no Message-ID field, or no identifier in it")
	} else {
		t.row("Message-ID", "<"+t.safe(string(m.MessageID))+">"+t.spanOf(m.MessageIDSpan))
	}
	t.identifiers("In-Reply-To", m.InReplyTo)
	t.identifiers("References", m.References)
	if m.UserAgent != "" {
		t.row("Software", t.quote(string(m.UserAgent))+t.spanOf(m.UserAgentSpan))
	}
	t.fingerprints(m.Fingerprints)
	t.repeated(m.Repeated)
}

func (t *textPrinter) identifiers(label string, ids []string) {
	for _, id := range ids {
		t.row(label, "<"+t.safe(id)+">")
		label = ""
	}
}

// repeated shows every copy of a field that may stand only once.
func (t *textPrinter) repeated(list []report.Repeated) {
	for _, r := range list {
		t.row("Repeated", "the field "+t.safe(r.Name)+" stands "+strconv.Itoa(len(r.Values))+" times:")
		for _, v := range r.Values {
			t.row("", t.safe(v.Text)+t.spans(v.Span))
		}
	}
}

func (t *textPrinter) envelope(e *report.Envelope) {
	if e == nil {
		return
	}
	var said []string
	if e.ClientIP != "" {
		said = append(said, "client "+t.safe(string(e.ClientIP)))
	}
	if e.HELO != "" {
		said = append(said, "HELO "+t.safe(string(e.HELO)))
	}
	if e.MailFrom != nil {
		said = append(said, "from <"+t.safe(*e.MailFrom)+">")
	}
	for _, to := range e.RcptTo {
		said = append(said, "to <"+t.safe(to)+">")
	}
	t.row("Envelope", strings.Join(said, ", ")+" (from "+t.safe(e.Source)+")")
}

// trust draws what signatures and other hosts' checks say, and that none of it
// was verified where it was not.
func (t *textPrinter) trust(r *forensic.Report) {
	for _, d := range r.Signatures.DKIM {
		t.row("DKIM", strings.Join(nonEmpty("domain "+orNone(t.safe(string(d.Domain))), word("selector ", t.safe(string(d.Selector))),
			t.safe(string(d.Algorithm)), "result "+d.Result, "key "+d.Key), ", ")+t.spans(d.Span))
	}
	if s := r.Signatures.SMIME; s != nil {
		t.smime(s)
	}
	for _, p := range r.Signatures.PGP {
		t.row("OpenPGP", "part "+p.Part+": "+p.Verdict)
	}
	if a := r.Signatures.ARC; a != nil {
		t.row("ARC", plural(len(a.Instances), "set")+", chain "+a.Chain)
	}
	t.authResults(r.Authentication.Results)
}

func (t *textPrinter) authResults(results []report.AuthResult) {
	label := "Auth"
	for _, a := range results {
		said := t.safe(a.Method) + "=" + t.safe(a.Result)
		for _, p := range a.Props {
			said += " " + t.safe(p.Name) + "=" + t.safe(p.Value)
		}
		if a.Reason != "" {
			said += ", reason " + t.quote(string(a.Reason))
		}
		t.row(label, said+", says "+orNone(t.safe(string(a.AuthServID)))+" ("+authorText(a.Author)+")"+t.spans(a.Span))
		label = ""
	}
}

// authorText says whose word a fact is.
func authorText(a report.Author) string {
	switch a {
	case report.AuthorSender:
		return "the sender could have written it"
	case report.AuthorRelay:
		return "claimed, not verified"
	case report.AuthorReceiver:
		return "written by the receiving system"
	case report.AuthorBound:
		return "covered by a valid signature"
	}
	return "author unknown"
}

// defects says how many places break the grammar, and lists them on request.
func (t *textPrinter) defects(r *forensic.Report) {
	t.blank()
	if len(r.Defects) == 0 {
		t.row("Defects", "none")
		return
	}
	t.row("Defects", plural(len(r.Defects), "place")+" where the bytes break the grammar")
	if !t.opt.Spans && !t.opt.Verbose {
		return
	}
	for _, d := range r.Defects {
		t.row("", d.Code+": "+t.safe(d.Detail)+word(", part ", t.safe(string(d.Part)))+t.spans(d.Span))
	}
}

// word prefixes text unless it is empty.
func word(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

func orNone(s string) string {
	if s == "" {
		return "not stated"
	}
	return s
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// spansAll is spans for a list that may be long.
func (t *textPrinter) spansAll(list []headers.Span) string {
	return strings.TrimPrefix(t.spans(list...), " ")
}
