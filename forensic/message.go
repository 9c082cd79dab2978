package forensic

import (
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// singletons are the fields that may stand only once in a header
// (RFC 5322 3.6, RFC 2045 3).
var singletons = [...]string{
	"Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject",
	"MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID",
}

// readMessage reads who, whom, when and what from the header.
func (f *facts) readMessage() {
	m := &f.report.Message
	m.Fingerprints = []Fingerprint{}
	m.From = f.addresses("From", AuthorSender)
	m.Sender = first(f.addresses("Sender", AuthorSender))
	m.ReplyTo = f.addresses("Reply-To", AuthorSender)
	m.To = f.addresses("To", AuthorSender)
	m.Cc = f.addresses("Cc", AuthorSender)
	m.Bcc = f.addresses("Bcc", AuthorSender)
	m.ReturnPath = first(f.addresses("Return-Path", AuthorRelay))
	m.DeliveredTo = f.addresses("Delivered-To", AuthorRelay)
	f.readSubject(m)
	f.readIDs(m)
	m.Date = f.date("Date")
	f.readUserAgent(m)
	f.readRepeated(m)
	f.readEnvelope()
}

// addresses reads every field of the name: a field that stands twice is
// listed twice.
func (f *facts) addresses(name string, author Author) []Address {
	out := []Address{}
	for field := range f.msg.Header.All(name) {
		list := field.Addresses()
		for _, a := range list.Addresses {
			if hasCode(a.Defects, "address.comment-only") {
				continue // an empty element (RFC 5322 4.4): its text is in the defect's span
			}
			out = append(out, Address{
				Name: Stated(a.Name), Address: Stated(a.Address), Group: Stated(a.Group),
				Raw: Raw(a.Raw), Span: a.Span, Author: author,
			})
		}
		if name != "Bcc" || !hasCode(list.Defects, "address.empty") { // RFC 5322 3.6.3 allows an empty Bcc
			f.addDefects("1", list.Defects)
		}
	}
	return out
}

func hasCode(defects []headers.Defect, code string) bool {
	return slices.ContainsFunc(defects, func(d headers.Defect) bool { return d.Code == code })
}

func first(list []Address) *Address {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func (f *facts) readSubject(m *Message) {
	if field, ok := f.msg.Header.First("Subject"); ok {
		text := field.Text()
		visible := VisibleBytes(text.Value)
		m.Subject, m.SubjectSpan = &visible, &field.Value
		f.addDefects("1", text.Defects)
	}
}

func (f *facts) readIDs(m *Message) {
	ids, span := f.messageIDs("Message-ID", true)
	if len(ids) > 0 {
		m.MessageID, m.MessageIDSpan = Stated(ids[0]), &span
	}
	m.InReplyTo, _ = f.messageIDs("In-Reply-To", false)
	m.References, _ = f.messageIDs("References", false)
}

// messageIDs reads the identifiers of the fields with that name, or of the
// first such field alone; span is that of the first identifier.
func (f *facts) messageIDs(name string, firstOnly bool) (ids []string, span headers.Span) {
	ids = []string{}
	for field := range f.msg.Header.All(name) {
		found, defects := field.MessageIDs()
		for i, id := range found {
			if i == 0 && len(ids) == 0 {
				span = id.Span
			}
			ids = append(ids, VisibleBytes(id.Value))
			f.addDefects("1", id.Defects)
		}
		f.addDefects("1", defects)
		if firstOnly {
			break
		}
	}
	return ids, span
}

// date reads the first field of the name as a time; nil without one.
func (f *facts) date(name string) *Time {
	field, ok := f.msg.Header.First(name)
	if !ok {
		return nil
	}
	d := field.Date()
	f.addDefects("1", d.Defects)
	return newTime(d)
}

func newTime(d headers.Date) *Time {
	t := &Time{Raw: Raw(d.Raw), Span: d.Span, Reason: Stated(d.Reason)}
	if !d.OK {
		return t
	}
	t.Time, t.Zone = Stated(d.RFC3339()), Stated(d.Zone)
	t.PrecisionSeconds = &d.Precision
	return t
}

func (f *facts) readUserAgent(m *Message) {
	for _, name := range []string{"User-Agent", "X-Mailer"} {
		if field, ok := f.msg.Header.First(name); ok {
			text := field.Text()
			m.UserAgent, m.UserAgentSpan = Stated(text.Value), &field.Value
			return
		}
	}
}

// readRepeated lists the copies of fields that may stand only once.
func (f *facts) readRepeated(m *Message) {
	m.Repeated = []Repeated{}
	for _, name := range singletons {
		if f.msg.Header.Count(name) < 2 {
			continue
		}
		r := Repeated{Name: strings.ToLower(name)}
		for field := range f.msg.Header.All(name) {
			r.Values = append(r.Values, Copied{Text: VisibleBytes(field.Text().Value), Span: field.Span})
		}
		m.Repeated = append(m.Repeated, r)
	}
}

// readEnvelope gathers what header fields repeat of the transport envelope.
func (f *facts) readEnvelope() {
	var e Envelope
	var sources []string
	e.RcptTo = []string{}
	m := &f.report.Message
	if p := m.ReturnPath; p != nil {
		from := VisibleBytes(string(p.Address)) // "" is the null path <> of RFC 5321 4.5.5
		e.MailFrom = &from
		sources = append(sources, "Return-Path")
	}
	for _, name := range []string{"Delivered-To", "X-Envelope-To", "Envelope-To", "X-Original-To"} {
		list := m.DeliveredTo
		if name != "Delivered-To" {
			list = f.addresses(name, AuthorRelay)
		}
		for _, a := range list {
			if a.Address != "" {
				e.RcptTo = append(e.RcptTo, VisibleBytes(string(a.Address)))
			}
		}
		if len(list) > 0 {
			sources = append(sources, name)
		}
	}
	if len(sources) > 0 {
		e.Source = strings.Join(sources, ", ")
		f.report.Envelope = &e
	}
}
