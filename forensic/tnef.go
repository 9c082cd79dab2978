package forensic

import (
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// readTNEF fills in who, whom, when and what from a TNEF stream, which has no
// header: the same statements stand in attributes and properties.
func (f *facts) readTNEF() {
	said := f.msg.TNEF
	if said == nil {
		return
	}
	m := &f.report.Message
	m.From = f.parties(said.From)
	m.Sender = first(f.parties(said.Sender))
	m.To, m.Cc, m.Bcc = f.parties(said.To...), f.parties(said.Cc...), f.parties(said.Bcc...)
	if s := said.Subject; s.Source != "" {
		m.Subject, m.SubjectSpan = &s.Value, &s.Span
	}
	if id := said.MessageID; id.Source != "" {
		m.MessageID, m.MessageIDSpan = report.Stated(strings.Trim(id.Value, "<>")), &id.Span
	}
	if !said.Sent.Time.IsZero() {
		m.Date = f.tnefTime(said.Sent)
	}
}

// parties lists those mailboxes that state anything.
func (f *facts) parties(all ...mimeparse.TNEFParty) []report.Address {
	out := []report.Address{}
	for _, p := range all {
		if p.Name.Source == "" && p.Address.Source == "" {
			continue
		}
		at := p.Address.Span
		if p.Address.Source == "" {
			at = p.Name.Span
		}
		out = append(out, report.Address{
			Name: report.Stated(p.Name.Value), Address: report.Stated(p.Address.Value), Raw: report.Raw(at.Of(f.msg.Raw)), Span: at, Author: report.AuthorSender,
		})
	}
	return out
}

// tnefTime is a date of the stream as a report shows it. A local one is a
// wall time whose zone nobody states.
func (f *facts) tnefTime(s mimeparse.TNEFTime) *report.Time {
	zone := headers.ZoneStated
	if s.Local {
		zone = headers.ZoneAbsent
	}
	precision := 1.0
	return &report.Time{
		Raw: report.Raw(s.Source), Time: report.Stated(strings.Replace(s.Time.UTC().Format(time.RFC3339), "Z", "+00:00", 1)),
		Zone: report.Stated(zone), PrecisionSeconds: &precision, Span: s.Span,
	}
}
