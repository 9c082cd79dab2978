package render

import (
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/words"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// maxTalk is how many commands are drawn at the beginning and at the end of a dialogue;
// what is between is counted.
const maxTalk = 200

// talk draws the conversation: when, who, what, and what it means.
func (d *dialogPrinter) talk() {
	if d.c.Banner != "" {
		d.banner()
	}
	list := d.c.Commands
	for i := range list {
		if i == maxTalk && len(list) > 2*maxTalk {
			d.line("… " + strconv.Itoa(len(list)-2*maxTalk) + " " + d.say.moreCommands)
		}
		if i >= maxTalk && i < len(list)-maxTalk {
			continue
		}
		d.command(&list[i])
	}
}

func (d *dialogPrinter) banner() {
	text, meaning := string(d.c.Banner), ""
	if d.c.BannerCode != nil {
		meaning = words.Reply(*d.c.BannerCode, "", "CONNECT", d.lang)
		text = codeText(*d.c.BannerCode, text)
	}
	d.said("", "S", text, meaning, nil)
}

// codeText puts the code before each line.
func codeText(code int, text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		lines[i] = strconv.Itoa(code) + sep + lines[i]
	}
	return strings.Join(lines, "\n")
}

// command draws a command, the replies to it and what went on within it.
func (d *dialogPrinter) command(c *capture.Command) {
	if c.Place.Side == "client" {
		text := strings.TrimSpace(string(c.Tag) + " " + c.Verb + " " + c.Argument)
		d.said(c.Time, "C", text, words.Command(string(d.c.Protocol), c.Verb, d.lang), &c.Place)
	}
	d.reply(c.Reply, c)
	for i := range c.Then {
		x := &c.Then[i]
		if x.EndOfData {
			d.said(x.Time, "C", d.endOfData(c), "", &x.Place)
		} else {
			d.said(x.Time, "C", string(x.Text), d.say.inWords, &x.Place)
		}
		for k := range x.Replies {
			d.reply(&x.Replies[k], c)
		}
	}
	if c.Reply == nil && len(c.Then) == 0 {
		d.said("", " ", d.say.noReply, "", nil)
	}
}

// endOfData is the message within the dialogue.
func (d *dialogPrinter) endOfData(c *capture.Command) string {
	text := "[" + d.say.message
	if c.Tx != nil && *c.Tx < len(d.c.Transactions) {
		t := &d.c.Transactions[*c.Tx]
		text += " " + strconv.Itoa(t.Tx)
		if t.Size != nil {
			text += ": " + group(*t.Size) + " " + d.say.bytes
		}
	}
	return text + "]"
}

func (d *dialogPrinter) reply(r *capture.Reply, c *capture.Command) {
	if r == nil {
		return
	}
	text := r.Text
	if r.Code != nil {
		text = codeText(*r.Code, text)
	} else {
		text = strings.TrimSpace(string(r.Status) + " " + text)
	}
	meaning := r.Meaning
	if prompt := decodedPrompt(r); prompt != "" {
		meaning += ": " + strconv.Quote(prompt)
	}
	d.said(r.Time, "S", text, meaning, &r.Place)
	if r.Code != nil && *r.Code == 250 && (c.Verb == "EHLO" || c.Verb == "LHLO") {
		d.extensions(text)
	}
}

// extensions says what the lines of an EHLO's reply offer.
func (d *dialogPrinter) extensions(text string) {
	for i, l := range strings.Split(text, "\n") {
		if i == 0 || len(l) < 5 {
			continue
		}
		keyword, _, _ := strings.Cut(l[4:], " ")
		if meaning := words.Extension(keyword, d.lang); meaning != "" {
			d.line(strings.Repeat(" ", 16) + d.safe(keyword) + ": " + meaning)
		}
	}
}

// maxLines is how many lines of a reply are drawn.
const maxLines = 40

// said draws one statement: how long after the beginning, by whom, and what it means.
func (d *dialogPrinter) said(at report.Stated, who, text, meaning string, p *capture.Place) {
	lines := strings.Split(text, "\n")
	more := len(lines) - maxLines
	if more > 0 {
		lines = lines[:maxLines]
	}
	for i, l := range lines {
		head := strings.Repeat(" ", 12)
		if i == 0 {
			head = pad(d.elapsed(at), 12)
		}
		line := head + who + "  " + d.safe(l)
		if i == 0 && d.opt.Spans && p != nil {
			line += d.placeText(p)
		}
		d.b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	if more > 0 {
		d.line(strings.Repeat(" ", 15) + "… " + strconv.Itoa(more) + " " + d.say.moreLines)
	}
	if meaning != "" {
		d.wrap(strings.Repeat(" ", 15)+"· ", strings.Repeat(" ", 17), d.safe(meaning))
	}
}

func pad(s string, n int) string {
	if len(s) >= n {
		return s + " "
	}
	return s + strings.Repeat(" ", n-len(s))
}

// placeText says where a statement stands in the capture.
func (d *dialogPrinter) placeText(p *capture.Place) string {
	text := " [" + strconv.FormatInt(p.Offset, 10) + "-" + strconv.FormatInt(p.Offset+p.Length, 10)
	if p.Packet != nil {
		text += " #" + strconv.FormatInt(*p.Packet, 10)
	}
	if p.FileOffset != nil {
		text += " @" + strconv.FormatInt(*p.FileOffset, 10)
	}
	return text + "]"
}

// elapsed is the time since the beginning, in seconds.
func (d *dialogPrinter) elapsed(at report.Stated) string {
	t, err := time.Parse(time.RFC3339Nano, string(at))
	if err != nil || d.start.IsZero() {
		return ""
	}
	return "+" + strconv.FormatFloat(t.Sub(d.start).Seconds(), 'f', 3, 64)
}

// transactions draws the table of messages.
func (d *dialogPrinter) transactions() {
	for i := range d.c.Transactions {
		d.blank()
		d.transaction(&d.c.Transactions[i])
	}
}

func (d *dialogPrinter) transaction(t *capture.Transaction) {
	head := d.say.statuses[t.Status]
	if t.FinalCode != nil {
		head += " (" + strconv.Itoa(*t.FinalCode) + ")"
	}
	d.row(d.say.message+" "+strconv.Itoa(t.Tx), strings.TrimSpace(head+word(", ", string(t.Mode))))
	if t.MailFrom != nil {
		from := d.safe(*t.MailFrom)
		if from == "" {
			from = "<>"
		}
		d.row("  MAIL FROM", from)
	}
	for i, r := range t.Rcpt {
		if i == 20 {
			d.row("", "… "+strconv.Itoa(len(t.Rcpt)-i)+" "+d.say.more)
			break
		}
		text := d.safe(r.Address)
		if r.Code != nil {
			text += " (" + strconv.Itoa(*r.Code) + word(", LMTP ", digitsOf(r.FinalCode)) + ")"
		}
		d.row("  RCPT TO", text)
	}
	if len(t.Bcc) > 0 {
		d.row("  Bcc", d.safe(strings.Join(t.Bcc, ", ")))
	}
	d.content(t)
	for i := range t.Matches {
		d.match(&t.Matches[i])
	}
}

func digitsOf(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// content draws the octets of the message and what its header says.
func (d *dialogPrinter) content(t *capture.Transaction) {
	if t.Size == nil {
		return
	}
	if t.Complete {
		d.row("  "+d.say.octets, group(*t.Size)+" "+d.say.bytes+", "+d.say.complete)
		d.row("  sha256", string(t.SHA256))
	} else {
		d.row("  "+d.say.octets, group(*t.Size)+" "+d.say.bytes+", "+d.say.incomplete)
		d.row("  sha256", string(t.SHA256Present)+" "+d.say.presentOnly)
	}
	for i, g := range t.Gaps {
		if i == 10 {
			d.row("", "…")
			break
		}
		d.row("", d.say.missing+": "+group(g[1])+" "+d.say.bytes+" "+d.say.at+" "+group(g[0]))
	}
	r := t.Message
	if r == nil {
		return
	}
	var from []string
	for i := range r.Message.From {
		from = append(from, string(r.Message.From[i].Address))
	}
	if len(from) > 0 {
		d.row("  From", d.safe(strings.Join(from, ", ")))
	}
	if s := r.Message.Subject; s != nil {
		d.row("  Subject", d.safe(*s))
	}
	if len(r.Findings) > 0 {
		d.row("  "+d.say.findings, strconv.Itoa(len(r.Findings))+", "+d.say.gravest+" "+string(r.Findings[0].Severity)+": "+r.Findings[0].ID)
	}
}

// match draws whether a saved message is this one.
func (d *dialogPrinter) match(m *capture.Match) {
	text := d.safe(string(m.Path)) + ": " + d.say.verdicts[m.Verdict]
	if m.BodyLine != nil {
		text += " " + strconv.Itoa(*m.BodyLine)
	}
	if m.LineEnds == "differ" {
		text += "; " + d.say.lineEndsDiffer
	}
	d.row("  "+d.say.saved, text)
	for _, l := range [...]struct {
		label string
		list  []string
	}{{d.say.added, m.Added}, {d.say.removed, m.Removed}, {d.say.changed, m.Changed}} {
		if len(l.list) > 0 {
			d.row("", l.label+": "+d.safe(strings.Join(l.list, ", ")))
		}
	}
	if len(m.Received) > 0 {
		d.row("", "Received: "+d.safe(strings.Join(m.Received, "; ")))
	}
}
