package capture

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// Saved is a message from elsewhere that may be one of those in a capture.
type Saved struct {
	// Path names it in the report.
	Path string
	// Octets are the message as stored.
	Octets []byte
}

// Verdict says how a saved message and one on the wire are related.
type Verdict string

// The verdicts.
const (
	// SameOctets: every octet is the same.
	SameOctets Verdict = "identical"
	// SameButLineEnds: line ends, or empty lines at the end, differ and nothing else.
	SameButLineEnds Verdict = "identical-but-line-ends"
	// SameButAdditions: every octet of the wire is there in order; header fields were added.
	SameButAdditions Verdict = "identical-but-added-fields"
	// SameBody: the bodies are the same, the headers differ otherwise.
	SameBody Verdict = "same-body"
	// OtherBody: the Message-ID is the same, the bodies differ.
	OtherBody Verdict = "body-differs"
)

// Match is the answer to the question whether a saved message crossed the wire.
type Match struct {
	// Path is the saved message's name, as given.
	Path report.Raw `json:"path"`
	// Verdict says how the two are related.
	Verdict Verdict `json:"verdict"`
	// LineEnds is "same", or "differ": then line ends were not compared.
	LineEnds string `json:"line_ends"`
	// Added names header fields of the saved message that the wire lacks.
	Added []string `json:"added"`
	// OnTop is true when all fields that were added stand above those that were there.
	OnTop bool `json:"added_on_top"`
	// Removed names fields of the wire that the saved message lacks.
	Removed []string `json:"removed"`
	// Changed names fields that both have with other values.
	Changed []string `json:"changed"`
	// BodyLine is the first line of the body that differs, from 1; nil when the bodies are the same.
	BodyLine *int `json:"body_line"`
	// BodyOffset is where that line stands in the message on the wire.
	BodyOffset *int64 `json:"body_offset"`
	// Received says how the newest Received line of the saved message fits the dialogue.
	Received []string `json:"received"`
}

// normal is a message with LF for line ends, taken apart.
type normal struct {
	octets []byte
	header *headers.Block
	body   []byte
}

func normalise(b []byte) normal {
	n := normal{octets: bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))}
	n.header = headers.ParseMessage(n.octets, nil)
	n.body = n.octets[min(n.header.Span.End, len(n.octets)):]
	return n
}

// field is the octets of a header field.
func (n *normal) field(i int) []byte { return n.header.Fields[i].Span.Of(n.octets) }

// messageID is the first one; "" for none.
func (n *normal) messageID() string {
	for f := range n.header.All("Message-ID") {
		if ids, _ := f.MessageIDs(); len(ids) > 0 {
			return ids[0].Value
		}
	}
	return ""
}

// target is a saved message, taken apart once for all that it is compared with.
type target struct {
	*Saved
	normal
	id string
}

func newTarget(s *Saved) target {
	t := target{Saved: s, normal: normalise(s.Octets)}
	t.id = t.messageID()
	return t
}

// match compares the message w, which is wire taken apart, with a saved one; nil when they have
// nothing in common.
func match(saved *target, w *normal, wire []byte) *Match {
	m := &Match{Path: report.Raw(saved.Path), LineEnds: "same", Added: []string{}, Removed: []string{}, Changed: []string{}, Received: []string{}}
	sameBody := bytes.Equal(trimEnd(saved.body), trimEnd(w.body))
	sameID := saved.id != "" && saved.id == w.messageID()
	if !sameID && (!sameBody || len(trimEnd(w.body)) == 0) {
		return nil
	}
	m.compareHeaders(&saved.normal, w)
	if countCRLF(saved.Octets) != countCRLF(wire) && !bytes.Equal(saved.Octets, wire) && (countCRLF(saved.Octets) == 0 || countCRLF(wire) == 0) {
		m.LineEnds = "differ"
	}
	switch untouched := len(m.Removed)+len(m.Changed) == 0; {
	case bytes.Equal(saved.Octets, wire):
		m.Verdict = SameOctets
	case sameBody && untouched && len(m.Added) == 0:
		m.Verdict = SameButLineEnds
	case sameBody && untouched:
		m.Verdict = SameButAdditions
	case sameBody:
		m.Verdict = SameBody
	default:
		m.Verdict = OtherBody
		m.firstDifference(saved.body, w.body, wire)
	}
	return m
}

func countCRLF(b []byte) int { return bytes.Count(b, []byte("\r\n")) }

// trimEnd takes empty lines off the end: mailboxes add and lose them.
func trimEnd(b []byte) []byte { return bytes.TrimRight(b, "\r\n") }

// compareHeaders finds the fields that were added, taken out or changed.
func (m *Match) compareHeaders(s, w *normal) {
	kept := make([]bool, len(s.header.Fields))
	missing := map[int]bool{}
	at := 0
	for i := range w.header.Fields {
		k := at
		for k < len(s.header.Fields) && !bytes.Equal(s.field(k), w.field(i)) {
			k++
		}
		if k == len(s.header.Fields) {
			missing[i] = true
			continue
		}
		kept[k], at = true, k+1
	}
	for i := range w.header.Fields {
		if missing[i] {
			m.missingField(s, w.header.Fields[i].Name, kept)
		}
	}
	m.OnTop = true
	seen := false
	for k := range s.header.Fields {
		if kept[k] {
			seen = true
			continue
		}
		m.Added = append(m.Added, rawtext.Visible(s.header.Fields[k].Name))
		m.OnTop = m.OnTop && !seen
	}
}

// missingField is a field of the wire that the saved message does not hold as it was.
func (m *Match) missingField(s *normal, name string, kept []bool) {
	for k := range s.header.Fields {
		if !kept[k] && s.header.Fields[k].Is(name) {
			kept[k] = true
			m.Changed = append(m.Changed, rawtext.Visible(name))
			return
		}
	}
	m.Removed = append(m.Removed, rawtext.Visible(name))
}

// firstDifference finds the first line of the bodies a and b that differs, and its place in
// the message on the wire.
func (m *Match) firstDifference(a, b, wire []byte) {
	line := 1
	offset := int64(headers.ParseMessage(wire, nil).Span.End)
	for {
		la, ra, _ := bytes.Cut(a, []byte("\n"))
		lb, rb, more := bytes.Cut(b, []byte("\n"))
		if !bytes.Equal(la, lb) {
			break
		}
		line++
		if !more {
			offset = int64(len(wire))
			break
		}
		offset += int64(bytes.IndexByte(wire[offset:], '\n')) + 1
		a, b = ra, rb
	}
	m.BodyLine, m.BodyOffset = &line, &offset
}

// checkReceived holds the newest Received line of a saved message, which its
// receiver wrote, against the dialogue.
func (m *Match) checkReceived(saved *target, t *dialog.Transaction, client netip.Addr) (mismatch bool) {
	f, ok := saved.header.First("Received")
	if !ok {
		return false
	}
	r := f.Received()
	say := func(fits bool, what string) {
		word := ": as captured"
		if !fits {
			word, mismatch = ": not as captured", true
		}
		m.Received = append(m.Received, what+word)
	}
	if r.HELO != "" && t.HELO != "" {
		say(strings.EqualFold(r.HELO, t.HELO), "from "+rawtext.Visible(r.HELO))
	}
	if r.IP.IsValid() && client.IsValid() {
		say(r.IP.Unmap() == client.Unmap(), "address "+r.IP.String())
	}
	if r.For != "" && len(t.Recipients) > 0 {
		named := slices.ContainsFunc(t.Recipients, func(rcpt dialog.Recipient) bool { return sameAddress(rcpt.Address, r.For) })
		say(named, "for "+rawtext.Visible(r.For))
	}
	if r.Date.OK && r.Date.Zone == headers.ZoneStated && !t.Data.Time.IsZero() {
		skew := r.Date.Time.Sub(t.Data.Time)
		say(skew <= ahead && skew >= -ahead, "time "+signed(skew)+" seconds from the wire")
	}
	return mismatch
}
