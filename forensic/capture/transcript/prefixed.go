package transcript

import (
	"bytes"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// prefixes are marks of other programs and of RFCs. The time in front of them is
// not read.
var prefixes = [...]struct {
	mark string
	side dialog.Side
}{
	{"C: ", dialog.Client}, {"S: ", dialog.Server}, {"C:", dialog.Client}, {"S:", dialog.Server},
	{"CLIENT -> SERVER: ", dialog.Client}, {"SERVER -> CLIENT: ", dialog.Server}, // PHPMailer
	{"CLIENT -> SERVER:", dialog.Client}, {"SERVER -> CLIENT:", dialog.Server},
	{"Net::SMTP>>> ", dialog.Client}, {"Net::SMTP<<< ", dialog.Server}, // Perl, without the object's number
	{"Client: ", dialog.Client}, {"Server: ", dialog.Server}, {"client: ", dialog.Client}, {"server: ", dialog.Server},
	{">>> ", dialog.Client}, {"<<< ", dialog.Server},
	{"-> ", dialog.Client}, {"<- ", dialog.Server}, {"--> ", dialog.Client}, {"<-- ", dialog.Server}, // the latter two of msmtp
	{"C> ", dialog.Client}, {"S> ", dialog.Server}, {"c> ", dialog.Client}, {"s> ", dialog.Server},
}

// prefixed finds the mark of a line. A program may put its name, a time and a level in
// front of it.
func prefixed(b []byte) (side dialog.Side, text []byte, ok bool) {
	for _, p := range prefixes {
		if bytes.HasPrefix(b, []byte(p.mark)) {
			return p.side, b[len(p.mark):], true
		}
	}
	if bytes.HasPrefix(b, []byte("Net::")) {
		if i := bytes.Index(b, []byte(">>> ")); i > 0 {
			return dialog.Client, b[i+4:], true
		}
		if i := bytes.Index(b, []byte("<<< ")); i > 0 {
			return dialog.Server, b[i+4:], true
		}
	}
	head := b[:min(len(b), 80)]
	if len(b) > 0 && (b[0] == '[' || digit(b[0])) {
		for _, p := range prefixes[:8] {
			if i := bytes.Index(head, []byte(" "+p.mark)); i >= 0 {
				return p.side, b[i+1+len(p.mark):], true
			}
			if i := bytes.Index(head, []byte("\t"+p.mark)); i >= 0 {
				return p.side, b[i+1+len(p.mark):], true
			}
		}
	}
	return dialog.Client, nil, false
}

func scorePrefixed(b []byte) int {
	side, text, ok := prefixed(b)
	switch {
	case !ok:
		return 0
	case side == dialog.Server && (replyCode(text) > 0 || isPop(text) || isImap(text)):
		return 3
	case side == dialog.Client && isCommand(text):
		return 3
	}
	return 0
}

// readPrefixed reads marked lines. A line without a mark goes on with the one before it:
// RFCs leave the mark out within a message or a reply. In a message, empty lines and blanks count.
func readPrefixed(lines []raw) *Report {
	s := Session{LineEndsAssumed: true}
	last, begun, data := dialog.Client, false, passing{}
	for i := range lines {
		side, text, ok := prefixed(lines[i].text)
		switch {
		case ok:
			begun, last = true, side
			if side == dialog.Server {
				data.reply(text)
			} else {
				data.command(text)
			}
			s.add(side, &lines[i], text, time.Time{})
		case data.on:
			data.command(lines[i].text)
			s.add(dialog.Client, &lines[i], lines[i].text, time.Time{})
		case begun && len(lines[i].text) > 0:
			s.add(last, &lines[i], bytes.TrimLeft(lines[i].text, " \t"), time.Time{})
		}
	}
	return &Report{Sessions: []Session{s}}
}
