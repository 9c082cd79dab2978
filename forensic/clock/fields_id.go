package clock

import (
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// readOwnID reads an identifier of this message. The rule's event, where it
// has one, stands for the moment of building: a resent message's identifier
// was made when it was sent on.
func readOwnID(r *reader, f headers.Field, at place, rule *fieldRule) {
	ids := r.messageIDs(f)
	for _, id := range ids[:min(len(ids), maxMany)] {
		at.id(r.msg.Raw, id)
		out := appendMessageID(r.scratch[:0], id, &r.clue)
		for i := range out {
			if rule.event != "" && (out[i].event == Built || out[i].event == Compose) {
				out[i].event = rule.event
			}
			weaken(&out[i], rule.strength)
		}
		r.addAll(at, out)
	}
}

// messageIDs is the identifiers that a field holds.
func (r *reader) messageIDs(f headers.Field) []headers.MessageID {
	if r.known != nil {
		for i := range r.known.IDs {
			if k := &r.known.IDs[i]; k.Value == f.Value {
				return k.IDs
			}
		}
	}
	ids, _ := f.MessageIDs()
	return ids
}

// maxOthers is more than the longest honest References holds.
const maxOthers = 500

// readOtherIDs reads the identifiers of other messages: each was made before
// this one was written, and says nothing else of it. What is a mere hint of
// another message's time is left out.
func readOtherIDs(r *reader, f headers.Field, at place, rule *fieldRule) {
	ids := r.messageIDs(f)
	for _, id := range ids[:min(len(ids), maxOthers)] {
		at.id(r.msg.Raw, id)
		out := appendMessageID(r.scratch[:0], id, &r.clue)
		kept := out[:0]
		for _, fd := range out {
			if fd.strength == Hint {
				continue
			}
			if fd.event != Other { // of a mail store, not of the message
				fd.event = rule.event
			}
			fd.strength = Bound
			kept = append(kept, fd)
		}
		r.addAll(at, kept)
	}
}

// weaken lowers the strength of f to limit where that is weaker.
func weaken(f *found, limit Strength) {
	if limit == Bound && f.strength != Hint {
		f.strength = Bound
	}
}

// id makes the identifier between its brackets the place's text.
func (at *place) id(raw []byte, id headers.MessageID) {
	at.text, at.span = id.Value, id.Span
	inner := id.Span
	if inner.Len() >= 2 && raw[inner.Start] == '<' {
		inner.Start++
		if raw[inner.End-1] == '>' {
			inner.End--
		}
	}
	inner = trimSpan(raw, inner)
	if string(inner.Of(raw)) == id.Value {
		at.span = inner
	}
}

// readThreadIndex reads a Thread-Index; white space inside is from folding.
func readThreadIndex(r *reader, f headers.Field, at place, _ *fieldRule) {
	value := at.value(r, f)
	if strings.ContainsAny(value, " \t\r\n") {
		value = strings.Join(strings.Fields(value), "")
		at.text = value
	}
	r.addAll(at, appendThreadIndex(r.scratch[:0], value, &r.clue))
}

// readUUID reads a field that is one UUID with a clock in it.
func readUUID(r *reader, f headers.Field, at place, rule *fieldRule) {
	t, ok := uuid1(at.value(r, f))
	if ok && inWindow(t) {
		r.add(at, found{rule: rule.rule, software: rule.software, event: rule.event, clock: UTC, at: t, step: 100})
	}
}

// uuid1 reads the time of a version 1 UUID (RFC 9562 5.1).
func uuid1(s string) (t time.Time, ok bool) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return t, false
	}
	u, ok := parseUUID(s)
	return u.time1(), ok && u.version() == 1 && u.rfc()
}

// readAttachmentID reads Gmail's X-Attachment-Id, which stands in the header of
// a part, or of a message that is one attachment.
func readAttachmentID(r *reader, f headers.Field, at place, _ *fieldRule) {
	id := at.value(r, f)
	if strings.HasPrefix(id, "ii_") { // an inline image: the same as its Content-ID
		r.addAll(at, appendContentID(r.scratch[:0], id, &r.clue))
	} else if fd, ok := attachmentID(id); ok {
		r.add(at, fd)
	}
}

// attachmentID reads "f_", eight digits of base 36 and a counter: the
// millisecond at which Gmail's web page took the file. 10 of 11 real ones lie
// 8 s to 2 min before the Date; the other one's Date was changed.
func attachmentID(id string) (f found, ok bool) {
	const from, to = 2, 10
	if !strings.HasPrefix(id, "f_") || len(id) <= to || len(id) > to+3 || digitRun(id[to:]) != len(id)-to {
		return f, false
	}
	ms, ok := digits(id[from:to], 36, false)
	f = found{rule: "gmail.attachment-id", software: "Gmail", event: Compose, clock: UTC, at: ofMilli(ms), step: time.Millisecond, from: from, to: to}
	return f, ok && !f.at.Before(gmailStart) && inWindow(f.at)
}

// gmailStart is the day Gmail opened: eight digits of base 36 reach from 1972.
var gmailStart = time.Date(2004, 4, 1, 0, 0, 0, 0, time.UTC)
