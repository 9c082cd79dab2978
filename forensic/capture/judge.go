package capture

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// judging is one connection under judgement.
type judging struct {
	f     *follower
	c     *Connection
	s     *session
	d     *dialog.Dialog
	found []finding
	// claimed are the conflicts of each end, as position and frame, that were told of with a message.
	claimed [2][][2]int64
}

func (j *judging) add(f finding) { j.found = append(j.found, f) }

// ofTransaction finds what is odd about one message.
func (j *judging) ofTransaction(t *dialog.Transaction, out *Transaction) (found []finding) {
	for _, n := range t.Notes {
		found = append(found, fromNote(n))
	}
	if t.Body == nil {
		return found
	}
	found = append(found, j.smuggling(t, out)...)
	found = append(found, octets(t)...)
	if f, ok := sizeMismatch(t, out); ok {
		found = append(found, f)
	}
	if f, ok := j.gaps(t); ok {
		found = append(found, f)
	}
	return append(found, j.conflicts(t)...)
}

// fromNote is a finding that is a fact of the dialogue.
func fromNote(n dialog.Note) finding {
	h := finding{id: n.Code, detail: n.Detail}
	for _, p := range n.Places {
		h.places = append(h.places, place(n.Side, p, p.Len))
	}
	return h
}

// smuggling judges the sequences that some servers take for the end of a message.
func (j *judging) smuggling(t *dialog.Transaction, out *Transaction) (found []finding) {
	ends := falseEnds(t)
	if len(ends) > 0 {
		out.FalseEnds = ends
	}
	for _, e := range ends {
		h := finding{id: "smuggling", places: []Place{e.Place}, spans: [][2]int64{{e.Offset, e.Offset + 1}}}
		h.detail = "at offset " + strconv.FormatInt(e.Offset, 10) + " of the message stands " + e.Sequence
		switch {
		case e.Taken:
			h.severity = report.High
			h.detail += ", commands follow" + envelopeText(&e) + ", and the server answered them: read strictly this is one message, as this server read it there are more"
		case e.Embedded:
			h.detail += ", and commands follow" + envelopeText(&e) + ": read strictly this is one message, a server that takes the sequence for its end reads more"
		default:
			h.severity = report.Info
			h.detail += "; no command follows"
		}
		found = append(found, h)
	}
	return found
}

func envelopeText(e *FalseEnd) string {
	if e.MailFrom == nil {
		return ""
	}
	return " (from " + rawtext.Visible(*e.MailFrom) + " to " + quoteList(e.RcptTo) + ")"
}

// octets finds what a message holds that needs an extension, or is not allowed.
func octets(t *dialog.Transaction) (found []finding) {
	b := t.Body
	declared := ""
	for _, p := range t.Params {
		if p.Key == "BODY" {
			declared = strings.ToUpper(p.Value)
		}
	}
	add := func(id string, c dialog.Count, what string) {
		if c.N > 0 {
			found = append(found, finding{
				id: id, detail: what + ", first at offset " + strconv.FormatInt(c.At, 10) + " of the message",
				spans: [][2]int64{{c.At, c.At + 1}}, places: []Place{place(dialog.Client, c.First, 1)},
			})
		}
	}
	if t.Mode != "DATA" && t.Mode != "BDAT" {
		return nil
	}
	if declared != "BINARYMIME" { // RFC 3030 3: any octet may stand there
		add("bare-lf", b.BareLF(), strconv.FormatInt(b.BareLF().N, 10)+" LF without CR")
		add("bare-cr", b.BareCR(), strconv.FormatInt(b.BareCR().N, 10)+" CR without LF")
		add("nul-byte", b.NUL(), "NUL octets")
		add("long-line", b.LongLine(), strconv.FormatInt(b.LongLine().N, 10)+" lines of over 1,000 octets")
	}
	if declared == "" || declared == "7BIT" {
		add("8bit-without-8BITMIME", b.EightBit(), "octets above 127")
	}
	return found
}

// sizeMismatch holds SIZE against the octets that came. It may be an estimate
// (RFC 1870 6.1): a tenth is tolerated.
func sizeMismatch(t *dialog.Transaction, out *Transaction) (finding, bool) {
	for _, p := range t.Params {
		size, err := strconv.ParseInt(p.Value, 10, 64)
		if p.Key != "SIZE" || err != nil || !out.Complete {
			continue
		}
		diff := t.Body.Size() - size
		if diff < 0 {
			diff = -diff
		}
		if diff > size/10+100 {
			return finding{id: "size-mismatch", detail: fmt.Sprintf("MAIL announced %d octets, %d came", size, t.Body.Size())}, true
		}
	}
	return finding{}, false
}

// gaps tells what of a message was not captured.
func (j *judging) gaps(t *dialog.Transaction) (finding, bool) {
	list := t.Body.Gaps()
	if len(list) == 0 {
		if t.Body.LostEnd() {
			return finding{id: "lost-segment", detail: "the end of the message was not captured"}, true
		}
		return finding{}, false
	}
	total := int64(0)
	h := finding{id: "lost-segment"}
	for i, g := range list {
		total += g.Len
		if i < 20 {
			h.spans = append(h.spans, [2]int64{g.Offset, g.Offset + g.Len})
		}
	}
	h.detail = fmt.Sprintf("%d octets of the message in %d places were not captured, the first at offset %d", total, len(list), list[0].Offset)
	return h, true
}

// conflicts finds octets of a message that came twice with different content.
func (j *judging) conflicts(t *dialog.Transaction) (found []finding) {
	if j.s.conn == nil {
		return nil
	}
	for _, side := range [2]dialog.Side{dialog.Client, dialog.Server} {
		for _, k := range j.s.conn.Sides[side].Conflicts {
			at, ok := t.Body.OffsetOf(side, k.At)
			if !ok {
				continue
			}
			j.claimed[side] = append(j.claimed[side], [2]int64{k.At, k.Packet})
			packet := k.Packet
			found = append(found, finding{
				id: "overlap-conflict", spans: [][2]int64{{at, at + int64(len(k.Kept))}},
				places: []Place{{Side: side.String(), Offset: k.At, Length: int64(len(k.Kept)), Packet: &packet}},
				detail: fmt.Sprintf("%d octets at offset %d of the message: the first copy has %s, frame %d has %s",
					len(k.Kept), at, excerpt(k.Kept), k.Packet, excerpt(k.Other)),
			})
		}
	}
	return found
}

// excerpt shows octets.
func excerpt(b []byte) string {
	const most = 40
	text := strconv.Quote(rawtext.Visible(string(b[:min(len(b), most)])))
	if len(b) > most {
		text += "…"
	}
	return text
}

// connection finds what is odd about the connection as a whole.
func (j *judging) connection() {
	for _, n := range j.d.Notes {
		j.add(fromNote(n))
	}
	if j.d.Protocol != dialog.Other {
		j.credentials()
		j.guessing()
		j.harvest()
		j.encryption()
		j.helo()
		j.relay()
	}
	if j.s.conn != nil {
		j.capture()
	} else if s := j.s.script; s != nil {
		j.cut(s.cut, s.continues, j.c.Conn-1)
	}
}

// cut tells of a connection in pieces.
func (j *judging) cut(cut, continues bool, from int) {
	if cut {
		j.add(finding{id: "connection-cut", detail: "more was said or open than is held; what was captured of it later is a connection of its own"})
	}
	if continues {
		j.add(finding{id: "connection-cut", detail: "it goes on from connection " + strconv.Itoa(from)})
	}
}

// credentials finds secrets that were sent as they are. Nothing of a connection in
// TLS can be read, so whatever is read was in clear.
func (j *judging) credentials() {
	for i := range j.d.Auth {
		a := &j.d.Auth[i]
		if !a.Clear {
			continue
		}
		h := finding{id: "credentials-cleartext", detail: a.Mechanism}
		if a.User != nil {
			h.detail += " of " + rawtext.Visible(*a.User)
		}
		if !a.OK {
			h.detail += ", which the server did not take"
		}
		if a.Step >= 0 && a.Step < len(j.d.Steps) {
			s := j.d.Steps[a.Step]
			h.places = []Place{place(dialog.Client, s.Place, s.Len)}
		}
		j.add(h)
	}
}

func (j *judging) guessing() {
	failed := 0
	for i := range j.d.Auth {
		if j.d.Auth[i].Answered && !j.d.Auth[i].OK {
			failed++
		}
	}
	if failed >= 3 {
		j.add(finding{id: "auth-guessing", detail: strconv.Itoa(failed) + " attempts were refused"})
	}
}

func (j *judging) harvest() {
	asked, refused := 0, 0
	for _, s := range j.d.Steps {
		switch s.Verb {
		case "VRFY", "EXPN":
			asked++
		case "RCPT":
			if s.Reply != nil && (s.Reply.Code == 550 || s.Reply.Code == 551 || s.Reply.Code == 553) {
				refused++
			}
		}
	}
	if asked >= 5 || refused >= 5 {
		j.add(finding{id: "vrfy-expn-harvest", detail: fmt.Sprintf("%d VRFY or EXPN, %d refused RCPT", asked, refused)})
	}
}

// encryption finds offers of STARTTLS that were refused, or have vanished.
func (j *judging) encryption() {
	server := string(j.c.Server) + ":" + strconv.Itoa(int(j.c.ServerPort))
	switch j.d.StartTLS {
	case dialog.RejectedTLS:
		j.add(finding{id: "starttls-rejected", detail: "the server refused STARTTLS"})
		return
	case dialog.OfferedTLS, dialog.AcceptedTLS:
		j.f.offering[server] = j.c.Server != "" // a transcript may not name its server
		return
	}
	if j.d.Protocol != dialog.SMTP || j.d.Verb != "EHLO" || len(j.d.Extensions) == 0 && j.d.Banner == nil {
		return
	}
	for _, e := range j.d.Extensions {
		if w := firstWord(e); len(w) >= 4 && strings.Trim(w, "X") == "" || strings.HasPrefix(w, "XXXXXXX") {
			j.add(finding{id: "starttls-stripped", detail: "the reply to EHLO holds " + rawtext.Visible(e) + ": an offer was written over"})
			return
		}
	}
	if j.f.offering[server] {
		j.add(finding{id: "starttls-stripped", detail: "the server offered STARTTLS in an earlier connection"})
	}
}

// helo holds the name that the client gave against the address it came from.
func (j *judging) helo() {
	if j.c.HELO == nil || j.s.conn == nil {
		return
	}
	name := *j.c.HELO
	client := j.s.conn.Client.Addr()
	if p, err := netip.ParseAddr(j.d.Proxied); err == nil {
		client = p
	}
	literal := strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	literal = strings.TrimPrefix(literal, "IPv6:")
	if addr, err := netip.ParseAddr(literal); err == nil {
		if addr.Unmap() != client.Unmap() {
			j.add(finding{id: "helo-mismatch", detail: j.d.Verb + " " + rawtext.Visible(name) + " came from " + client.String()})
		}
		return
	}
	if b := j.d.Banner; b != nil && client != j.s.conn.Server.Addr() && strings.Contains(name, ".") && strings.EqualFold(name, firstWord(b.Text())) {
		j.add(finding{id: "helo-mismatch", detail: j.d.Verb + " " + rawtext.Visible(name) + " is the server's own name"})
	}
}

// relay looks for a server that passes mail on for strangers.
func (j *judging) relay() {
	if j.c.ServerPort != 25 || j.d.Banner == nil {
		return
	}
	own := domain.Org(strings.ToLower(firstWord(j.d.Banner.Text())))
	if own == "" {
		return
	}
	for _, t := range j.d.Transactions {
		if t.Auth != nil || t.From == nil || *t.From == "" {
			continue
		}
		from := domain.Org(domainOf(*t.From))
		foreign := map[string]bool{}
		for i := range t.Recipients {
			r := &t.Recipients[i]
			if org := domain.Org(domainOf(r.Address)); r.Accepted() && org != own && org != from {
				foreign[org] = true
			}
		}
		if from != own && len(foreign) >= 2 {
			j.add(finding{id: "open-relay-shape", detail: fmt.Sprintf("%s accepted recipients of %d other organisations from %s", own, len(foreign), rawtext.Visible(*t.From))})
			return
		}
	}
}

// capture tells what the capture does not hold of the connection.
func (j *judging) capture() {
	k := j.s.conn
	if j.f.c.File.Truncated && k.Ending == dialog.Open {
		j.add(finding{id: "truncated-capture", detail: string(j.f.c.File.Note)})
	}
	j.cut(k.Cut, k.Continues >= 0, k.Continues)
	if k.Reused {
		j.add(finding{id: "tuple-reuse", detail: "an earlier connection had the same addresses and ports"})
	}
	client, server := &k.Sides[dialog.Client], &k.Sides[dialog.Server]
	switch {
	case client.Segments == 0 && server.Octets > 0:
		j.add(finding{id: "one-sided", detail: "only the server's packets were captured"})
	case server.Segments == 0 && client.Octets > 0:
		j.add(finding{id: "one-sided", detail: "only the client's packets were captured"})
	}
	for _, side := range [2]dialog.Side{dialog.Client, dialog.Server} {
		if k.MidStream[side] && k.Sides[side].Octets > 0 {
			j.add(finding{id: "mid-stream", detail: "the beginning of what the " + side.String() + " sent was not captured"})
			break
		}
	}
	for _, side := range [2]dialog.Side{dialog.Client, dialog.Server} {
		j.lost(side)
		j.conflicting(side)
	}
}

// lost tells of holes that are in no message.
func (j *judging) lost(side dialog.Side) {
	h := finding{id: "lost-segment"}
	total := int64(0)
	for _, g := range j.s.conn.Sides[side].Holes {
		if j.inMessage(side, g.At) {
			continue
		}
		total += g.Len
		if len(h.places) < 20 {
			h.places = append(h.places, Place{Side: side.String(), Offset: g.At, Length: g.Len})
		}
	}
	if total > 0 {
		h.detail = fmt.Sprintf("%d octets of the %s were not captured", total, side)
		j.add(h)
	}
}

// inMessage reports whether a position of a stream is in a message.
func (j *judging) inMessage(side dialog.Side, at int64) bool {
	for _, t := range j.d.Transactions {
		if t.Body != nil && t.Body.Covers(side, at) {
			return true
		}
	}
	return false
}

// conflicting tells of contradictions that are in no message. Their octets may be
// secrets and are not shown.
func (j *judging) conflicting(side dialog.Side) {
	for _, k := range j.s.conn.Sides[side].Conflicts {
		claimed := false
		for _, c := range j.claimed[side] {
			claimed = claimed || c == [2]int64{k.At, k.Packet}
		}
		if claimed {
			continue
		}
		packet := k.Packet
		j.add(finding{
			id: "overlap-conflict", places: []Place{{Side: side.String(), Offset: k.At, Length: int64(len(k.Kept)), Packet: &packet}},
			detail: fmt.Sprintf("%d octets of the %s differ in frame %d from an earlier copy", len(k.Kept), side, k.Packet),
		})
	}
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}
