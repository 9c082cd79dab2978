package render

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/words"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// CapturePrinter prints the dialogues of captures and transcripts.
type CapturePrinter struct {
	stream stream
	say    phrases
	lang   words.Language
	// last is the capture of the dialogue before: its head is drawn once.
	last report.Raw
	none bool
	// others counts connections that are no mail; text tells their number alone.
	others int
}

// NewCapture returns a printer of dialogues. format and opt are those of [New]; lang is
// the language of text.
func NewCapture(format string, w io.Writer, opt *Options, lang words.Language) (*CapturePrinter, error) {
	s, err := newStream(format, w, opt)
	p := &CapturePrinter{stream: s, say: english, lang: lang, none: true}
	if lang == words.Spanish {
		p.say = spanish
	}
	return p, err
}

// Connection prints one dialogue. The error is the writer's own.
func (p *CapturePrinter) Connection(c *capture.Connection) error {
	if _, text := p.stream.(*textStream); text && c.Protocol == dialog.Other && len(c.Transactions) == 0 {
		p.others++
		return nil
	}
	head := p.none || p.last != c.Capture.Path
	p.none, p.last = false, c.Capture.Path
	return p.stream.item(func() any { return c }, func(t *textPrinter) {
		d := &dialogPrinter{textPrinter: t, c: c, say: p.say, lang: p.lang}
		if head {
			d.file()
		}
		d.connection()
	})
}

// File tells in text of a capture that none of the connections was printed of, and of those
// that are no mail.
func (p *CapturePrinter) File(f *capture.File, connections int) error {
	others := p.others
	p.others = 0
	if _, text := p.stream.(*textStream); !text || others == 0 && connections > 0 {
		return nil
	}
	return p.stream.item(nil, func(t *textPrinter) {
		d := &dialogPrinter{textPrinter: t, c: &capture.Connection{Capture: *f}, say: p.say, lang: p.lang}
		if connections == others {
			d.file()
		}
		if connections == 0 {
			t.line(p.say.noConnections)
		} else {
			t.line(strconv.Itoa(others) + " " + p.say.notMail)
		}
	})
}

// Close ends the output. It does not close the writer.
func (p *CapturePrinter) Close() error { return p.stream.close() }

// dialogPrinter draws one dialogue.
type dialogPrinter struct {
	*textPrinter
	c     *capture.Connection
	say   phrases
	lang  words.Language
	start time.Time
}

// file draws what is known of the capture.
func (d *dialogPrinter) file() {
	f := &d.c.Capture
	kind := f.Format
	if f.Dialect != "" {
		kind += " (" + string(f.Dialect) + ")"
	}
	if f.Link != "" {
		kind += ", " + string(f.Link)
	}
	if f.Packets > 0 {
		kind += ", " + group(f.Packets) + " " + d.say.packets
	}
	d.line(d.paint(ansiBold, d.safe(string(f.Path))) + ": " + kind + ", " + group(f.Size) + " " + d.say.bytes)
	d.line("sha256 " + f.SHA256)
	if f.Note != "" {
		d.line(d.safe(string(f.Note)))
	}
	if f.Frames != nil {
		d.frameNotes(f.Frames)
	}
	if f.PassedOver > 0 {
		d.line(d.say.passedOver + ": " + strconv.Itoa(f.PassedOver))
	}
	if f.LineEndsAssumed {
		d.line(d.say.lineEnds)
	}
	d.blank()
}

// frameNotes draws what a capture says of itself.
func (d *dialogPrinter) frameNotes(f *capture.Frames) {
	var reasons []string
	for _, s := range f.Skipped[:min(len(f.Skipped), maxReasons)] {
		reasons = append(reasons, group(s.Count)+" "+d.safe(s.Reason))
	}
	if len(reasons) > 0 {
		d.line(d.say.noTCP + ": " + strings.Join(reasons, ", "))
	}
	if f.Snapped > 0 {
		d.line(d.say.snapped + ": " + group(f.Snapped))
	}
	if f.Backwards > 0 {
		d.line(d.say.backwards + ": " + group(f.Backwards))
	}
	for _, c := range f.Comments[:min(len(f.Comments), maxReasons)] {
		text := d.say.comment
		if c.Packet != nil {
			text += ", " + d.say.frame + " " + group(*c.Packet)
		}
		d.line(text + ": " + d.safe(c.Text))
	}
}

// maxReasons is how many reasons and comments the text shows of a file; JSON has all.
const maxReasons = 10

// connection draws who spoke, what was said, and what came of it.
func (d *dialogPrinter) connection() {
	c := d.c
	d.start, _ = time.Parse(time.RFC3339Nano, string(c.Started))
	d.line(d.paint(ansiBold, d.say.connection+" "+strconv.Itoa(c.Conn)) + ": " + string(c.Protocol) + ", " +
		d.endText(c.Client, c.ClientPort, d.say.client) + " → " + d.endText(c.Server, c.ServerPort, d.say.server) + d.extra())
	d.times()
	d.blank()
	d.talk()
	d.blank()
	d.row(d.say.standing, d.say.stages[c.Standing]+d.ending())
	d.identity()
	d.holes()
	d.transactions()
	d.connectionFindings()
}

func (d *dialogPrinter) endText(name report.Stated, port uint16, unknown string) string {
	text := unknown
	if name != "" {
		text = d.safe(string(name))
		if strings.Contains(text, ":") {
			text = "[" + text + "]"
		}
	}
	if port > 0 {
		text += ":" + strconv.Itoa(int(port))
	}
	return text
}

// extra is by which other ways it came.
func (d *dialogPrinter) extra() string {
	c := d.c
	return word(", ", string(c.Tunnel)) + word(", PROXY ", d.safe(string(c.Proxied))) + word(", CONNECT ", d.safe(string(c.Target)))
}

func (d *dialogPrinter) times() {
	c := d.c
	unit := d.say.frames
	if c.Capture.Format == "transcript" {
		unit = d.say.lines
	}
	text := ""
	if c.Started != "" {
		text = string(c.Started) + " – " + string(c.Ended) + ", "
		if d.opt.Zone != nil {
			text += "(" + d.start.In(d.opt.Zone).Format("2006-01-02 15:04:05 -07:00") + "), "
		}
	}
	if c.FirstPacket > 0 {
		text += unit + " " + strconv.FormatInt(c.FirstPacket, 10) + "–" + strconv.FormatInt(c.LastPacket, 10)
	} else {
		text = strings.TrimSuffix(text, ", ")
	}
	if text != "" {
		d.line(text)
	}
}

// ending says how the connection ended, unless it was left open.
func (d *dialogPrinter) ending() string {
	switch d.c.Ending {
	case dialog.Closed:
		return "; " + d.say.closed + d.closer()
	case dialog.Broken:
		return "; " + d.say.broken + d.closer()
	}
	return "; " + d.say.open
}

func (d *dialogPrinter) closer() string {
	switch d.c.Closer {
	case "client":
		return " " + d.say.byClient
	case "server":
		return " " + d.say.byServer
	}
	return ""
}

// identity draws what is known of who the client is.
func (d *dialogPrinter) identity() {
	for _, a := range d.c.Auth {
		user := d.say.noUser
		if a.User != nil {
			user = d.safe(*a.User)
		}
		result := d.say.refused
		if a.OK {
			result = d.say.accepted
		}
		d.row("AUTH", a.Mechanism+", "+user+", "+result)
	}
	if d.c.StartTLS != dialog.NoTLS || d.c.TLS != nil {
		text := d.say.startTLS[d.c.StartTLS]
		if t := d.c.TLS; t != nil {
			text += word(", ", d.safe(string(t.ServerName))) + word(", ", string(t.Version)) + word(", ", d.safe(strings.Join(t.Names, " ")))
		}
		d.row("TLS", strings.TrimPrefix(text, ", "))
	}
}

// holes draws what was not captured.
func (d *dialogPrinter) holes() {
	for _, s := range [2]struct {
		name string
		in   *capture.Stream
	}{{d.say.client, &d.c.Streams.Client}, {d.say.server, &d.c.Streams.Server}} {
		for i, g := range s.in.Gaps {
			if i == 10 {
				d.row("", "…")
				break
			}
			d.row(d.say.missing, s.name+": "+group(g[1])+" "+d.say.bytes+" "+d.say.at+" "+group(g[0]))
		}
	}
}

// connectionFindings draws the judgement of the connection and its messages.
func (d *dialogPrinter) connectionFindings() {
	n := len(d.c.Findings)
	for i := range d.c.Transactions {
		n += len(d.c.Transactions[i].Findings)
	}
	count := strconv.Itoa(n)
	if n == 0 {
		count = d.say.none
	}
	d.blank()
	d.row(d.say.findings, count)
	for i := range d.c.Findings {
		d.captureFinding(&d.c.Findings[i], "")
	}
	for i := range d.c.Transactions {
		t := &d.c.Transactions[i]
		for k := range t.Findings {
			d.captureFinding(&t.Findings[k], d.say.message+" "+strconv.Itoa(t.Tx)+": ")
		}
	}
}

func (d *dialogPrinter) captureFinding(f *capture.Finding, where string) {
	d.paintRow(severityColor(f.Severity), "  "+string(f.Severity), d.paintWords(ansiBold, where+d.safe(f.Title)))
	d.row("", d.safe(f.Detail))
	if f.Innocent != "" {
		d.row("", "Innocent: "+d.safe(f.Innocent))
	}
	d.row("", f.ID+", confidence "+string(f.Confidence)+word("; ", strings.Join(f.References, ", "))+d.frames(f.Places))
}

// frames names the frames of a finding.
func (d *dialogPrinter) frames(places []capture.Place) string {
	var list []string
	for i := range places {
		if p := places[i].Packet; p != nil && len(list) < 10 {
			list = append(list, strconv.FormatInt(*p, 10))
		}
	}
	if len(list) == 0 {
		return ""
	}
	unit := d.say.frames
	if d.c.Capture.Format == "transcript" {
		unit = d.say.lines
	}
	return "; " + unit + " " + strings.Join(list, ", ")
}
