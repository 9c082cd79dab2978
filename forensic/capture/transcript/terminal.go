package transcript

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// terminal reads a dialogue that has no marks. What is said decides who says it.
type terminal struct {
	s       *Session
	begun   bool
	closed  bool // telnet has said so
	data    passing
	answers int  // lines of the client that come next, whatever they look like
	more    bool // the last reply goes on
	pop     bool
	imap    bool
	list    bool // a reply of several lines of POP3
	verb    string
	at      time.Time
}

// line gives a line to the end that said it.
func (t *terminal) line(r *raw, text []byte) {
	t.begun = true
	side := t.who(text)
	if side == dialog.Server {
		t.reply(text)
	} else {
		t.command(text)
	}
	t.s.add(side, r, text, t.at)
}

// who decides by what is due.
func (t *terminal) who(text []byte) dialog.Side {
	switch {
	case t.data.on:
		return dialog.Client
	case t.list:
		return dialog.Server
	case t.answers > 0 && replyCode(text) == 0 && !isPop(text):
		return dialog.Client
	case t.more && replyCode(text) == 0 && !isCommand(text):
		return dialog.Server // a line of a reply that lost its code
	case replyCode(text) > 0, isPop(text), bytes.HasPrefix(text, []byte("+ ")) || string(text) == "+":
		return dialog.Server
	case t.imap && (bytes.HasPrefix(text, []byte("* ")) || imapTagged(text)):
		return dialog.Server
	case isImap(text):
		return dialog.Server
	}
	return dialog.Client
}

func imapTagged(text []byte) bool {
	f := bytes.Fields(text)
	return len(f) >= 2 && (string(f[1]) == "OK" || string(f[1]) == "NO" || string(f[1]) == "BAD")
}

// reply draws what comes next from what the server says.
func (t *terminal) reply(text []byte) {
	if t.list {
		t.list = string(text) != "."
		return
	}
	t.answers = 0
	switch code := replyCode(text); {
	case code > 0:
		t.more = moreToCome(text)
		t.data.reply(text)
		if code == 334 {
			t.answers = 1
		}
	case isPop(text):
		t.pop = true
		t.list = len(text) > 0 && text[0] == '+' && t.several()
		t.verb = ""
	case isImap(text):
		t.imap = true
	case len(text) > 0 && text[0] == '+':
		t.answers = 1
	}
}

// several reports whether the command just given has a reply of several lines (RFC
// 1939 3).
func (t *terminal) several() bool {
	word, arg, _ := strings.Cut(t.verb, " ")
	switch strings.ToUpper(word) {
	case "RETR", "TOP", "CAPA":
		return true
	case "LIST", "UIDL":
		return strings.TrimSpace(arg) == ""
	}
	return false
}

func (t *terminal) command(text []byte) {
	t.more = false
	if t.data.on {
		t.data.command(text)
		return
	}
	t.answers = 0
	t.verb = string(text)
}
