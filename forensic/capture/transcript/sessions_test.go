package transcript

import (
	"fmt"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// told is what the sessions of a text are: ends, and how many lines.
func told(t *testing.T, text string) (out []string) {
	t.Helper()
	r, err := Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Sessions {
		out = append(out, fmt.Sprintf("%s:%d>%s:%d %d", s.Client.Name, s.Client.Port, s.Server.Name, s.Server.Port, len(s.Lines)))
	}
	return out
}

// Where one session begins and another one ends decides whose commands they are: what one server
// offers, or a password that it took, says nothing of the next one.
func TestSessions(t *testing.T) {
	const one = "S: 220 a ESMTP\nC: QUIT\nS: 221 bye\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a greeting behind 221", one + one, []string{":0>:0 3", ":0>:0 3"}},
		{"with an empty line in between", one + "\n" + one, []string{":0>:0 3", ":0>:0 3"}},
		{"the 220 of STARTTLS begins nothing", "S: 220 a ESMTP\nC: STARTTLS\nS: 220 go\nC: QUIT\nS: 221 bye\n", []string{":0>:0 5"}},
		{"221 and 220 within a message", "S: 220 a ESMTP\nC: DATA\nS: 354 go\nC: 221 bye\nC: 220 a ESMTP\nC: .\nS: 250 ok\n", []string{":0>:0 7"}},
		{"a command behind 221, and its 220", "S: 220 a ESMTP\nC: QUIT\nS: 221 bye\nC: STARTTLS\nS: 220 go\n", []string{":0>:0 5"}},
		{
			"exim as the server: the port is the client's",
			"11:02:03  1234 SMTP connection from [192.0.2.9]:41234 I=[192.0.2.1]:25\n11:02:03  1234 SMTP>> 220 mx ESMTP\n11:02:03  1234 SMTP<< QUIT\n11:02:03  1234 SMTP>> 221 bye\n",
			[]string{":41234>:0 3"},
		},
		{
			"one smtp process that goes from server to server",
			strings.ReplaceAll("P < a[192.0.2.1]:25: 220 a\nP > a[192.0.2.1]:25: QUIT\nP < b[192.0.2.2]:25: 220 b\nP > b[192.0.2.2]:25: QUIT\n", "P ", "Jan  2 03:04:05 h postfix/smtp[77]: "),
			[]string{":0>a:25 2", ":0>b:25 2"},
		},
		{
			"smtpd says when the client has gone",
			strings.ReplaceAll("P > a[192.0.2.1]: 220 me\nP disconnect from a[192.0.2.1]\nP > a[192.0.2.1]: 220 me\n", "P ", "Jan  2 03:04:05 h postfix/smtpd[77]: "),
			[]string{"a:0>:0 1", "a:0>:0 1"},
		},
	} {
		if got := told(t, c.text); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What a transcript is taken apart into is not all of it: the report must be able to say how much
// was left aside. Empty lines are no evidence of anything.
func TestPassedOver(t *testing.T) {
	for text, want := range map[string]int{
		"S: 220 a ESMTP\nC: QUIT\nS: 221 bye\n":                                                                            0,
		"a word before\nS: 220 a ESMTP\n\nC: QUIT\n  \nS: 221 bye\n":                                                       1,
		"=== Trying mx.example:25...\n=== Connected to mx.example.\n<-  220 mx\n -> QUIT\n<-  221 bye\nhello\n":            3,
		"Trying 192.0.2.1...\nConnected to mx.\nEscape character is '^]'.\n220 mx\nQUIT\n221 bye\nConnection closed.\n$\n": 5,
	} {
		r, err := Read([]byte(text))
		if err != nil || r.PassedOver != want {
			t.Errorf("%q: %v, %+v, want %d", text, err, r, want)
		}
	}
}

// A text of more lines than are read, or of a line that is longer than is read, must say so with
// the place, and lose nothing in front of it.
func TestTooLong(t *testing.T) {
	head := "S: 220 a ESMTP\nC: QUIT\n"
	r, err := Read([]byte(head + strings.Repeat("\n", maxLines)))
	if err != nil || r.Unread != int64(len(head)+maxLines-2) || len(r.Sessions) != 1 || len(r.Sessions[0].Lines) != 2 {
		t.Errorf("%v, %+v", err, r)
	}
	r, err = Read([]byte("\xEF\xBB\xBF" + head + strings.Repeat("\n", maxLines)))
	if err != nil || r.Unread != int64(3+len(head)+maxLines-2) {
		t.Errorf("with a mark of UTF-8: %v, %+v", err, r)
	}
	for n, long := range map[int]int{maxLine - len("C: "): 0, maxLine - len("C: ") + 1: 1} {
		r, err = Read([]byte(head + "C: " + strings.Repeat("x", n) + "\n"))
		if err != nil || r.LongLines != long || r.Unread != -1 {
			t.Fatalf("a line of %d: %v, %+v", n, err, r)
		}
		lines := r.Sessions[0].Lines
		if l := lines[len(lines)-1]; l.Side != dialog.Client || len(l.Data) != maxLine-len("C: ")+len("\r\n") {
			t.Errorf("a line of %d is read as %d", n, len(l.Data))
		}
	}
}
