package capture

import (
	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/words"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// report puts a connection into the report's words.
func (f *follower) report(s *session) *Connection {
	d := s.dialog
	c := &Connection{
		Schema: Schema, Tool: report.Tool{Name: "emlcheck", Version: f.version()}, Capture: f.c.File,
		Conn: f.next, Protocol: d.Protocol, Ending: d.Ending, Standing: d.Stage, StartTLS: d.StartTLS,
		Proxied: report.Stated(d.Proxied), Target: report.Stated(d.Tunnel), Fallback: d.Fallback,
		Extensions: orEmpty(d.Extensions), Auth: []Auth{}, Commands: []Command{}, Replies: []int{}, Verbs: []string{}, Transactions: []Transaction{},
	}
	f.ends(c, s)
	f.dialogue(c, d)
	for i := range d.Auth {
		c.Auth = append(c.Auth, Auth{d.Auth[i].Mechanism, d.Auth[i].User, d.Auth[i].OK})
	}
	if h := d.Handshake; h != nil {
		c.TLS = &TLS{report.Stated(h.ServerName), report.Stated(h.Version), orEmpty(h.Names)}
	}
	j := &judging{f: f, c: c, s: s, d: d}
	for _, t := range d.Transactions {
		c.Transactions = append(c.Transactions, j.transaction(t))
	}
	j.connection()
	c.Findings = sorted(j.found)
	return c
}

func (f *follower) version() string {
	if o := f.opt.Analysis; o != nil && o.Version != "" {
		return o.Version
	}
	return forensic.Version
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// ends says who spoke to whom, and when.
func (f *follower) ends(c *Connection, s *session) {
	d := s.dialog
	c.Streams.Client.Unread, c.Streams.Server.Unread = d.Unread[dialog.Client], d.Unread[dialog.Server]
	c.Streams.Client.Gaps, c.Streams.Server.Gaps = [][2]int64{}, [][2]int64{}
	if s.conn == nil {
		s.script.describe(c)
		return
	}
	k := s.conn
	c.Client, c.ClientPort = report.Stated(k.Client.Addr().String()), k.Client.Port()
	c.Server, c.ServerPort = report.Stated(k.Server.Addr().String()), k.Server.Port()
	c.Tunnel = report.Stated(k.Tunnel)
	c.Started, c.Ended = stamp(k.Start), stamp(k.End)
	c.Packets, c.FirstPacket, c.LastPacket = k.Packets, k.FirstPacket, k.LastPacket
	if k.Ending != dialog.Open {
		c.Closer = report.Stated(k.Closer.String())
	}
	for side, out := range [2]*Stream{&c.Streams.Client, &c.Streams.Server} {
		in := &k.Sides[side]
		out.Octets, out.Segments, out.Repeated = in.Octets, in.Segments, in.Repeated
		out.Early, out.Foreign, out.AfterReset = in.Early, in.Foreign, in.AfterReset
		out.Snapped, out.Uncompared = in.Snapped, in.Uncompared
		out.MidStream = k.MidStream[side]
		for _, h := range in.Holes {
			out.Gaps = append(out.Gaps, [2]int64{h.At, h.Len})
		}
	}
}

// dialogue lists what was said.
func (f *follower) dialogue(c *Connection, d *dialog.Dialog) {
	lang := f.opt.Language
	if b := d.Banner; b != nil {
		c.Banner = report.Stated(b.Text())
		if b.Code > 0 {
			code := b.Code
			c.BannerCode = &code
		}
	}
	if d.Verb != "" {
		helo := d.HELO
		c.HELO, c.HELOVerb = &helo, report.Stated(d.Verb)
	}
	for _, r := range d.Replies {
		if r.Code > 0 {
			c.Replies = append(c.Replies, r.Code)
		}
	}
	for _, s := range inOrder(d.Steps) {
		c.Commands = append(c.Commands, command(s, lang))
		if s.Verb != "" {
			c.Verbs = append(c.Verbs, s.Verb)
		}
	}
}

// unasked reports whether a step is a reply to nothing that was captured.
func unasked(s *dialog.Step) bool {
	return s.Verb == "" && s.Reply != nil && s.Reply.Place == s.Place
}

// inOrder puts replies that nobody asked for in front of the first command that was sent
// with them in sight.
func inOrder(steps []*dialog.Step) []*dialog.Step {
	first := 0
	for first < len(steps) && !unasked(steps[first]) {
		first++
	}
	if first == len(steps) {
		return steps // as it is with most dialogues
	}
	var out, replies []*dialog.Step
	for _, s := range steps {
		if unasked(s) {
			replies = append(replies, s)
		}
	}
	for _, s := range steps {
		if unasked(s) {
			continue
		}
		for len(replies) > 0 && s.Ack >= replies[0].Reply.End() {
			out, replies = append(out, replies[0]), replies[1:]
		}
		out = append(out, s)
	}
	return append(out, replies...)
}

func command(s *dialog.Step, lang words.Language) Command {
	side := dialog.Client
	if unasked(s) {
		side = dialog.Server // a reply that nobody asked for
	}
	out := Command{
		Time: stamp(s.Time), Verb: s.Verb, Tag: report.Stated(s.Tag), Argument: s.Argument, Stage: s.Stage,
		Then: []Exchange{}, Place: place(side, s.Place, s.Len),
	}
	if s.Tx >= 0 {
		tx := s.Tx
		out.Tx = &tx
	}
	if s.Reply != nil {
		r := reply(s.Reply, s.Verb, lang)
		out.Reply = &r
	}
	for i := range s.Then {
		x := &s.Then[i]
		e := Exchange{Time: stamp(x.Time), Text: report.Stated(x.Text), EndOfData: x.EndOfData, Replies: []Reply{}, Place: place(dialog.Client, x.Place, x.Len)}
		verb := s.Verb
		if x.EndOfData {
			verb = "."
		}
		for _, r := range x.Replies {
			e.Replies = append(e.Replies, reply(r, verb, lang))
		}
		out.Then = append(out.Then, e)
	}
	return out
}

func reply(r *dialog.Reply, verb string, lang words.Language) Reply {
	out := Reply{
		Status: report.Stated(r.Status), Enhanced: report.Stated(r.Enhanced), Text: r.Text(),
		Time: stamp(r.Last.Time), Place: place(dialog.Server, r.Place, r.Len),
	}
	if r.Code > 0 {
		code := r.Code
		out.Code = &code
		out.Meaning = words.Reply(r.Code, r.Enhanced, verb, lang)
	}
	return out
}

// place puts a place into the report's words.
func place(side dialog.Side, p dialog.Place, length int64) Place {
	out := Place{Side: side.String(), Offset: p.At, Length: max(length, 0)}
	if p.Packet > 0 {
		packet := p.Packet
		out.Packet = &packet
	}
	if p.Mark.Offset >= 0 {
		offset := p.Mark.Offset
		out.FileOffset = &offset
	}
	return out
}

func code(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func params(list []dialog.Param) map[string]string {
	out := map[string]string{}
	for _, p := range list {
		if _, twice := out[p.Key]; !twice {
			out[p.Key] = p.Value
		}
	}
	return out
}

// transaction puts one message into the report's words.
func (j *judging) transaction(t *dialog.Transaction) Transaction {
	out := Transaction{
		Tx: t.Index, HELOVerb: report.Stated(t.Verb), MailFrom: t.From, Route: report.Stated(t.Route), MailParams: params(t.Params),
		Rcpt: []Recipient{}, Mode: report.Stated(t.Mode), Status: t.Status, FinalCode: code(t.FinalCode),
		Gaps: [][2]int64{}, Bcc: []string{}, FalseEnds: []FalseEnd{}, Matches: []Match{},
		Times:   Times{stamp(t.Mail.Time), stamp(t.Data.Time), stamp(t.End.Time), stamp(t.Final.Time)},
		Mailbox: report.Stated(t.Mailbox), UID: report.Stated(t.UID), Flags: report.Stated(t.Flags), InternalDate: report.Stated(t.InternalDate),
	}
	if t.Verb != "" {
		helo := t.HELO
		out.HELO = &helo
	}
	if t.Auth != nil {
		out.Auth = &Auth{t.Auth.Mechanism, t.Auth.User, t.Auth.OK}
	}
	for i := range t.Recipients {
		r := &t.Recipients[i]
		out.Rcpt = append(out.Rcpt, Recipient{r.Address, code(r.Code), params(r.Params), code(r.FinalCode)})
	}
	if t.Body != nil {
		body(&out, t.Body)
	}
	var found []finding
	if m := j.s.messages[t.Index]; m != nil {
		found = m.compared
		out.Bcc = orEmpty(m.bcc)
		out.Message = m.report
		if m.matches != nil {
			out.Matches = m.matches
		}
	}
	found = append(found, j.ofTransaction(t, &out)...)
	out.Findings = sorted(found)
	return out
}

func body(out *Transaction, b *dialog.Body) {
	size := b.Size()
	out.Size, out.Complete = &size, b.Complete()
	out.SHA256Present, out.SHA256Zero = report.Stated(b.SHA256Present()), report.Stated(b.SHA256Zero())
	if out.Complete {
		out.SHA256 = out.SHA256Present
	}
	for _, g := range b.Gaps() {
		out.Gaps = append(out.Gaps, [2]int64{g.Offset, g.Len})
	}
}

// falseEnds lists the sequences that some servers take for the end of a message.
func falseEnds(t *dialog.Transaction) (out []FalseEnd) {
	if t.Body == nil {
		return nil
	}
	for _, e := range t.Body.FalseEnds() {
		f := FalseEnd{Offset: e.Offset, Sequence: e.Sequence, Embedded: e.Embedded, MailFrom: e.MailFrom, RcptTo: orEmpty(e.RcptTo), Place: place(dialog.Client, e.Place, e.Len)}
		f.Taken = e.Embedded && len(t.Extra) > 0
		out = append(out, f)
	}
	return out
}
