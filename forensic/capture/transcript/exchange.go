package transcript

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

func scoreExchange(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("#Fields: date-time,connector-id,session-id")):
		return decisive
	case bytes.HasPrefix(b, []byte("#Log-type: SMTP ")):
		return decisive
	}
	return 0
}

// readExchange reads protocol logs: lines of the columns that #Fields names.
// In a log of a receive connector ">" is what the server says; in one of a send
// connector it is the client. "*" is information, "+" and "-" begin and end a session.
// Messages are not shown.
func readExchange(lines []raw) *Report {
	out := &Report{}
	x := exchange{open: map[string]int{}, columns: exchangeColumns("date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context")}
	for i := range lines {
		text := lines[i].String()
		switch {
		case strings.HasPrefix(text, "#Log-type:"):
			x.send = strings.Contains(text, "Send")
		case strings.HasPrefix(text, "#Fields:"):
			x.columns = exchangeColumns(strings.TrimSpace(strings.TrimPrefix(text, "#Fields:")))
		case strings.HasPrefix(text, "#"):
		default:
			x.line(out, &lines[i])
		}
	}
	return out
}

type exchange struct {
	send    bool
	columns map[string]int
	open    map[string]int
}

func exchangeColumns(fields string) map[string]int {
	out := map[string]int{}
	for i, f := range strings.Split(fields, ",") {
		out[strings.TrimSpace(f)] = i
	}
	return out
}

func (x *exchange) get(cells []string, name string) string {
	i, ok := x.columns[name]
	if !ok || i >= len(cells) {
		return ""
	}
	return cells[i]
}

func (x *exchange) line(out *Report, r *raw) {
	cells := csvCells(r.String())
	id, event := x.get(cells, "session-id"), x.get(cells, "event")
	if id == "" {
		return
	}
	at, known := x.open[id]
	if !known {
		at = len(out.Sessions)
		x.open[id] = at
		s := Session{LineEndsAssumed: true, MessagesElided: true, Protocol: "smtp"}
		local, remote := x.get(cells, "local-endpoint"), x.get(cells, "remote-endpoint")
		if x.send {
			local, remote = remote, local
		}
		s.Server = parseEnd(local)
		s.Client = parseEnd(remote)
		out.Sessions = append(out.Sessions, s)
	}
	s := &out.Sessions[at]
	if event != ">" && event != "<" {
		return
	}
	side := dialog.Server
	if (event == ">") == x.send {
		side = dialog.Client
	}
	when, err := time.Parse(time.RFC3339Nano, x.get(cells, "date-time"))
	if err != nil {
		when = time.Time{}
	}
	for _, said := range exchangeLines(x.get(cells, "data"), side) {
		s.add(side, r, []byte(said), when.UTC())
	}
}

// exchangeLines parts a reply of several lines, which Exchange writes into one cell, with the
// code before the first one alone or before each.
func exchangeLines(data string, side dialog.Side) []string {
	if side == dialog.Client {
		return []string{data}
	}
	text := strings.TrimSpace(data)
	code := replyCode([]byte(text))
	if code == 0 {
		return []string{data}
	}
	number := text[:3]
	if strings.Contains(text, " "+number+"-") || strings.Contains(text, " "+number+" ") && moreToCome([]byte(text)) {
		text = strings.ReplaceAll(text, " "+number+"-", "\n"+number+"-")
		if i := strings.LastIndex(text, " "+number+" "); i >= 0 {
			text = text[:i] + "\n" + text[i+1:]
		}
		return strings.Split(text, "\n")
	}
	if !moreToCome([]byte(text)) && !strings.HasPrefix(text[3:], "  ") {
		return []string{text}
	}
	if lines := exchangeExtensions(number, strings.Fields(text[4:])); len(lines) > 1 {
		return lines
	}
	return []string{text} // each line of the reply has a row of its own
}

// exchangeExtensions makes lines of the words of an EHLO's reply: each extension has one of its own.
func exchangeExtensions(number string, words []string) (out []string) {
	line := ""
	flush := func(hyphen string) {
		if line != "" {
			out = append(out, number+hyphen+line)
		}
	}
	for _, w := range words {
		switch w {
		case "SIZE", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS", "X-ANONYMOUSTLS", "AUTH", "X-EXPS", "8BITMIME", "BINARYMIME", "CHUNKING", "XEXCH50", "XRDST", "XSHADOW", "SMTPUTF8", "XSHADOWREQUEST", "XPROXY", "XOORG":
			flush("-")
			line = w
		default:
			if line != "" {
				line += " "
			}
			line += w
		}
	}
	flush(" ")
	return out
}

// csvCells parts a line at its commas; quotes may hold some (RFC 4180 2).
func csvCells(line string) (cells []string) {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"' && quoted && i+1 < len(line) && line[i+1] == '"':
			b.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			cells = append(cells, b.String())
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	return append(cells, b.String())
}
