package transcript

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

func scoreSmtplib(b []byte) int {
	b = pythonTime(b)
	for _, p := range [...]string{"send: '", "send: b'", "send: \"", "reply: b'", "reply: '", "reply: retcode (", "data: (", "connect: ("} {
		if bytes.HasPrefix(b, []byte(p)) {
			return 3
		}
	}
	return 0
}

// pythonTime takes "12:34:56.123456 " off, which level 2 puts in front. It
// has no date, so no time is made of it.
func pythonTime(b []byte) []byte {
	if len(b) > 16 && b[2] == ':' && b[5] == ':' && b[8] == '.' {
		return b[16:]
	}
	return b
}

// readSmtplib reads the debugging output of Python's smtplib: literals of
// Python, with their line ends.
func readSmtplib(lines []raw) *Report {
	s := Session{}
	for i := range lines {
		b := pythonTime(lines[i].text)
		switch {
		case bytes.HasPrefix(b, []byte("send: ")):
			pythonLiteral(&s, dialog.Client, &lines[i], b[6:])
		case bytes.HasPrefix(b, []byte("reply: retcode")):
		case bytes.HasPrefix(b, []byte("reply: ")):
			pythonLiteral(&s, dialog.Server, &lines[i], b[7:])
		case bytes.HasPrefix(b, []byte("connect: ")):
			pythonConnect(&s, string(b))
		}
	}
	return &Report{Sessions: []Session{s}}
}

// pythonConnect reads "connect: ('host', 25)" and "connect: to ('host', 25) None".
func pythonConnect(s *Session, text string) {
	_, rest, ok := strings.Cut(text, "('")
	host, rest, ok2 := strings.Cut(rest, "'")
	if !ok || !ok2 || s.Server.Name != "" {
		return
	}
	s.Server = parseEnd(host)
	number, _, _ := strings.Cut(strings.TrimLeft(rest, ", "), ")")
	s.Server.Port = portOf(number)
}

func pythonLiteral(s *Session, side dialog.Side, r *raw, text []byte) {
	data, ok := unquotePython(text)
	if !ok {
		return
	}
	if side == dialog.Server && !bytes.HasSuffix(data, []byte("\n")) {
		data = append(data, '\r', '\n') // the reply without its line end, as old versions print it
	}
	s.Lines = append(s.Lines, Line{Side: side, Data: data, Offset: r.offset, Len: len(r.text), Number: r.number})
}

// unquotePython reads a literal of Python, of text or bytes.
func unquotePython(b []byte) ([]byte, bool) {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("b")))
	if len(b) < 2 || b[0] != '\'' && b[0] != '"' || b[len(b)-1] != b[0] {
		return nil, false
	}
	b = b[1 : len(b)-1]
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' || i+1 == len(b) {
			out = append(out, b[i])
			continue
		}
		i++
		switch b[i] {
		case 'r':
			out = append(out, '\r')
		case 'n':
			out = append(out, '\n')
		case 't':
			out = append(out, '\t')
		case 'x':
			if n, err := strconv.ParseUint(string(b[i+1:min(i+3, len(b))]), 16, 8); err == nil && i+2 < len(b) {
				out = append(out, byte(n))
				i += 2
			}
		case 'u':
			if n, err := strconv.ParseUint(string(b[i+1:min(i+5, len(b))]), 16, 32); err == nil && i+4 < len(b) {
				out = append(out, string(rune(n))...)
				i += 4
			}
		default:
			out = append(out, b[i])
		}
	}
	return out, true
}
