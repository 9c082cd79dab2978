package forensic

import (
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// singletons are the fields that may stand only once in a header
// (RFC 5322 3.6, RFC 2045 3).
var singletons = [...]string{
	"Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject",
	"MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID",
}

// messageRoom is the memory of the single values that a [Message] points to.
type messageRoom struct {
	subject              string
	subjectSpan, id, app headers.Span
	date                 timeRoom
	envelope             report.Envelope
	mailFrom             string
}

// readMessage reads who, whom, when and what from the header.
func (f *facts) readMessage() {
	m := &f.report.Message
	f.memo = memos.Get().(*memo)
	room := new(messageRoom)
	m.Fingerprints = []report.Fingerprint{}
	m.From = f.addresses("From", report.AuthorSender)
	m.Sender = first(f.addresses("Sender", report.AuthorSender))
	m.ReplyTo = f.addresses("Reply-To", report.AuthorSender)
	m.To = f.addresses("To", report.AuthorSender)
	m.Cc = f.addresses("Cc", report.AuthorSender)
	m.Bcc = f.addresses("Bcc", report.AuthorSender)
	m.ReturnPath = first(f.addresses("Return-Path", report.AuthorRelay))
	m.DeliveredTo = f.addresses("Delivered-To", report.AuthorRelay)
	f.readSubject(m, room)
	f.readIDs(m, room)
	f.readDate(m, room)
	f.readUserAgent(m, room)
	f.readRepeated(m)
	f.readEnvelope(room)
}

// witnessEnvelope puts the envelope that was recorded in passing in the place of what
// header fields say of it: those the sender may have written.
func (f *facts) witnessEnvelope(w *evidence.Envelope) {
	if w == nil {
		return
	}
	e := &report.Envelope{ClientIP: report.Stated(w.ClientIP), HELO: report.Stated(rawtext.Visible(w.HELO)), RcptTo: make([]string, len(w.RcptTo)), Source: w.Source}
	if w.MailFrom != nil {
		from := rawtext.Visible(*w.MailFrom)
		e.MailFrom = &from
	}
	for i, to := range w.RcptTo {
		e.RcptTo[i] = rawtext.Visible(to)
	}
	f.report.Envelope = e
}

// addressChunk is for how many addresses memory is taken at once.
const addressChunk = 4

// addresses reads every field of the name: a field that stands twice is
// listed twice.
func (f *facts) addresses(name string, author report.Author) []report.Address {
	out := []report.Address{}
	for field := range f.fields(name) {
		list := field.Addresses()
		f.keepList(name, &list)
		if len(out) == 0 { // further fields, which should not be there, let it grow
			if room := f.memo.addresses.take(len(list.Addresses), addressChunk); len(room) > 0 {
				out = room[:0]
			}
		}
		for i := range list.Addresses {
			a := &list.Addresses[i]
			if hasCode(a.Defects, "address.comment-only") {
				continue // an empty element (RFC 5322 4.4): its text is in the defect's span
			}
			out = append(out, report.Address{
				Name: report.Stated(a.Name), Address: report.Stated(a.Address), Group: report.Stated(a.Group),
				Raw: report.Raw(a.Raw), Span: a.Span, Author: author,
			})
		}
		if name != "Bcc" || !hasCode(list.Defects, "address.empty") { // RFC 5322 3.6.3 allows an empty Bcc
			f.addDefects("1", list.Defects)
		}
	}
	return out
}

// keepList remembers the lists that the rules look into.
func (f *facts) keepList(name string, list *headers.AddressList) {
	switch name {
	case "From", "Sender", "Reply-To":
		f.memo.lists = append(f.memo.lists, addressField{name, *list})
	}
}

func hasCode(defects []headers.Defect, code string) bool {
	for i := range defects {
		if defects[i].Code == code {
			return true
		}
	}
	return false
}

func first(list []report.Address) *report.Address {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func (f *facts) readSubject(m *report.Message, room *messageRoom) {
	if field, ok := f.field("Subject"); ok {
		text := field.Text()
		room.subject, room.subjectSpan = rawtext.Visible(text.Value), field.Value
		m.Subject, m.SubjectSpan = &room.subject, &room.subjectSpan
		f.addDefects("1", text.Defects)
	}
}

func (f *facts) readIDs(m *report.Message, room *messageRoom) {
	if field, ok := f.field("Message-ID"); ok {
		var defects []headers.Defect
		f.memo.ids, defects = field.MessageIDs()
		f.keepIDs(&field, f.memo.ids)
		for i := range f.memo.ids {
			f.addDefects("1", f.memo.ids[i].Defects)
		}
		f.addDefects("1", defects)
	}
	if ids := f.memo.ids; len(ids) > 0 {
		room.id = ids[0].Span
		m.MessageID, m.MessageIDSpan = report.Stated(rawtext.Visible(ids[0].Value)), &room.id
	}
	m.InReplyTo = f.messageIDs("In-Reply-To")
	m.References = f.messageIDs("References")
}

// messageIDs reads the identifiers of every field with that name.
func (f *facts) messageIDs(name string) []string {
	ids := []string{}
	for field := range f.fields(name) {
		found, defects := field.MessageIDs()
		f.keepIDs(&field, found)
		ids = slices.Grow(ids, len(found))
		for i := range found {
			ids = append(ids, rawtext.Visible(found[i].Value))
			f.addDefects("1", found[i].Defects)
		}
		f.addDefects("1", defects)
	}
	return ids
}

// keepIDs remembers what a field was found to hold.
func (f *facts) keepIDs(field *headers.Field, ids []headers.MessageID) {
	f.memo.known = append(f.memo.known, clock.KnownIDs{Value: field.Value, IDs: ids})
}

// readDate reads the first Date field; without one the message has none.
func (f *facts) readDate(m *report.Message, room *messageRoom) {
	if field, ok := f.field("Date"); ok {
		f.memo.date = field.Date()
		f.addDefects("1", f.memo.date.Defects)
		m.Date = f.newTime(&f.memo.date, &room.date)
	}
}

// timeRoom is the memory of one time and its precision.
type timeRoom struct {
	report.Time
	precision float64
}

// newTime puts a date into room.
func (f *facts) newTime(d *headers.Date, room *timeRoom) *report.Time {
	room.Time = report.Time{Raw: report.Raw(d.Raw), Span: d.Span, Reason: report.Stated(d.Reason)}
	if d.OK {
		var buf [40]byte
		room.precision = d.Precision
		room.Time.Time, room.Zone = report.Stated(f.memo.texts.keep(d.AppendRFC3339(buf[:0]))), report.Stated(d.Zone)
		room.PrecisionSeconds = &room.precision
	}
	return &room.Time
}

func (f *facts) readUserAgent(m *report.Message, room *messageRoom) {
	for _, name := range [...]string{"User-Agent", "X-Mailer"} {
		if field, ok := f.field(name); ok {
			room.app = field.Value
			m.UserAgent, m.UserAgentSpan = report.Stated(field.Text().Value), &room.app
			return
		}
	}
}

// readRepeated lists the copies of fields that may stand only once.
func (f *facts) readRepeated(m *report.Message) {
	m.Repeated = []report.Repeated{}
	for _, name := range singletons {
		if !f.mayRepeat(name) || f.msg.Header.Count(name) < 2 {
			continue
		}
		r := report.Repeated{Name: strings.ToLower(name)}
		for field := range f.msg.Header.All(name) {
			r.Values = append(r.Values, report.Copied{Text: rawtext.Visible(field.Text().Value), Span: field.Span})
		}
		m.Repeated = append(m.Repeated, r)
	}
}

// envelopeFields name a recipient of the transport envelope.
var envelopeFields = [...]string{"Delivered-To", "X-Envelope-To", "Envelope-To", "X-Original-To"}

// readEnvelope gathers what header fields repeat of the transport envelope.
func (f *facts) readEnvelope(room *messageRoom) {
	e := &room.envelope
	var sources [len(envelopeFields) + 1]string
	used := sources[:0]
	e.RcptTo = []string{}
	m := &f.report.Message
	if p := m.ReturnPath; p != nil {
		room.mailFrom = rawtext.Visible(string(p.Address)) // "" is the null path <> of RFC 5321 4.5.5
		e.MailFrom = &room.mailFrom
		used = append(used, "Return-Path")
	}
	for _, name := range envelopeFields {
		list := m.DeliveredTo
		if name != "Delivered-To" {
			list = f.addresses(name, report.AuthorRelay)
		}
		for i := range list {
			if a := list[i].Address; a != "" {
				e.RcptTo = append(e.RcptTo, rawtext.Visible(string(a)))
			}
		}
		if len(list) > 0 {
			used = append(used, name)
		}
	}
	if len(used) > 0 {
		e.Source = strings.Join(used, ", ")
		f.report.Envelope = e
	}
}
