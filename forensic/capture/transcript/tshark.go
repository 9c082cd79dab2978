package transcript

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

func scoreTShark(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("Follow: tcp,")):
		return decisive
	case bytes.HasPrefix(b, []byte("Node 0: ")), bytes.HasPrefix(b, []byte("Node 1: ")):
		return 3
	}
	return 0
}

// readTShark reads "tshark -z follow,tcp,ascii" and "…,raw". Node 0 is who
// spoke first in the capture; what node 1 says stands behind a tab. In ascii each
// block has its length on a line before it, and octets that cannot be printed are dots.
func readTShark(lines []raw) *Report {
	out := &Report{}
	f := follow{}
	for i := range lines {
		text := lines[i].String()
		switch {
		case strings.HasPrefix(text, "======"):
			if f.body {
				out.Sessions = f.flush(out.Sessions)
			}
		case strings.HasPrefix(text, "Follow: tcp,"):
			f = follow{hex: strings.HasSuffix(text, "raw")}
		case strings.HasPrefix(text, "Node 0: "):
			f.node[0] = strings.TrimPrefix(text, "Node 0: ")
		case strings.HasPrefix(text, "Node 1: "):
			f.node[1] = strings.TrimPrefix(text, "Node 1: ")
			f.body = true
		case f.body && f.hex:
			f.rawLine(&lines[i])
		case f.body:
			f.asciiLine(&lines[i])
		}
	}
	out.Sessions = f.flush(out.Sessions)
	return out
}

// follow is one followed stream.
type follow struct {
	node [2]string
	hex  bool
	body bool
	left int // octets of the block on its way
	side int // node
	part []followed
}

type followed struct {
	node int
	data []byte
	at   raw
}

// asciiLine takes a line of a block, or the length that begins one.
func (f *follow) asciiLine(r *raw) {
	b := r.text
	if f.left <= 0 {
		node := 0
		if bytes.HasPrefix(b, []byte("\t")) {
			node, b = 1, b[1:]
		}
		n, err := strconv.Atoi(string(bytes.TrimSpace(b)))
		if err == nil && n > 0 {
			f.left, f.side = n, node
		}
		return
	}
	f.left -= len(b) + 2
	if f.left == -1 { // the block ended in LF alone, or within a line
		f.left = 0
	}
	f.part = append(f.part, followed{f.side, append(bytes.Clone(b), '\r', '\n'), *r})
	if f.left < 0 {
		last := &f.part[len(f.part)-1]
		last.data = last.data[:len(b)] // the block ended without a line end
	}
}

func (f *follow) rawLine(r *raw) {
	b, node := r.text, 0
	if bytes.HasPrefix(b, []byte("\t")) {
		node, b = 1, b[1:]
	}
	if data, err := hex.DecodeString(string(bytes.TrimSpace(b))); err == nil && len(data) > 0 {
		f.part = append(f.part, followed{node, data, *r})
	}
}

// flush ends a stream: who greets is the server.
func (f *follow) flush(sessions []Session) []Session {
	if len(f.part) == 0 {
		return sessions
	}
	server := 1
	for _, p := range f.part {
		if code := replyCode(bytes.TrimRight(p.data, "\r\n")); code > 0 || isPop(p.data) || isImap(p.data) {
			server = p.node
			break
		}
		if isCommand(bytes.TrimRight(p.data, "\r\n")) {
			server = 1 - p.node
			break
		}
	}
	s := Session{LineEndsAssumed: !f.hex}
	setAddress(f.node[server], &s.Server, &s.ServerAddr, &s.ServerPort)
	setAddress(f.node[1-server], &s.Client, &s.ClientAddr, &s.ClientPort)
	for _, p := range f.part {
		side := Client
		if p.node == server {
			side = Server
		}
		s.Lines = append(s.Lines, Line{Side: side, Data: p.data, Offset: p.at.offset, Len: len(p.at.text), Number: p.at.number})
	}
	*f = follow{}
	return append(sessions, s)
}

// scorePacketList: the columns of Wireshark's packet list.
func scorePacketList(b []byte) int {
	f := bytes.Split(b, []byte("\t"))
	if len(f) >= 7 && string(f[0]) == "No." {
		return decisive
	}
	if len(f) >= 7 && (string(f[4]) == "SMTP" || string(f[4]) == "POP" || string(f[4]) == "IMAP") {
		return 3
	}
	return 0
}

// readPacketList reads the list: "S: 503 text", "C: EHLO name", several lines of a
// reply in one, and credentials behind "User: " and "Pass: ". Text that was
// misread by a scanner stays as it is.
func readPacketList(lines []raw) *Report {
	s := Session{LineEndsAssumed: true}
	for i := range lines {
		f := strings.SplitN(lines[i].String(), "\t", 7)
		if len(f) < 7 || f[4] != "SMTP" && f[4] != "POP" && f[4] != "IMAP" {
			continue
		}
		info := f[6]
		src, dst := f[2], f[3]
		switch {
		case strings.HasPrefix(info, "S: "):
			src, dst = dst, src
			packetReply(&s, &lines[i], info[3:])
		case strings.HasPrefix(info, "C: "):
			said := info[3:]
			for _, p := range [...]string{"User: ", "Pass: "} {
				said = strings.TrimPrefix(said, p)
			}
			s.add(Client, &lines[i], []byte(said), time.Time{})
		default:
			continue
		}
		if s.Server == "" {
			setAddress(src, &s.Client, &s.ClientAddr, &s.ClientPort)
			setAddress(dst, &s.Server, &s.ServerAddr, &s.ServerPort)
		}
	}
	if len(s.Lines) == 0 {
		return &Report{}
	}
	s.Notes = append(s.Notes, Note{Detail: "a packet list shows replies of several lines in one, and may cut them"})
	return &Report{Sessions: []Session{s}}
}

// packetReply parts a reply of several lines that stand in one: "250 a 250 b" or
// "250-a | b".
func packetReply(s *Session, r *raw, text string) {
	code := replyCode([]byte(text))
	if code == 0 {
		s.add(Server, r, []byte(text), time.Time{})
		return
	}
	number := text[:3]
	parts := strings.Split(text[min(4, len(text)):], " "+number+" ")
	for _, sep := range [...]string{" | ", " , "} {
		if len(parts) == 1 && strings.Contains(parts[0], sep) {
			parts = strings.Split(parts[0], sep)
		}
	}
	for i, p := range parts {
		hyphen := "-"
		if i == len(parts)-1 {
			hyphen = " "
		}
		s.add(Server, r, []byte(number+hyphen+p), time.Time{})
	}
}

// scoreHexDump: an offset, then octets in pairs of digits.
func scoreHexDump(b []byte) int {
	if _, _, ok := hexLine(b); ok {
		return 2
	}
	return 0
}

// hexLine reads "0010  00 3f …  text" (Wireshark, hexdump -C, xxd, tcpdump -X).
func hexLine(b []byte) (offset int, octets []byte, ok bool) {
	text := strings.TrimLeft(string(b[:min(len(b), 200)]), " \t")
	head, rest, found := strings.Cut(text, " ")
	head = strings.TrimPrefix(strings.TrimSuffix(head, ":"), "0x")
	if !found || len(head) < 3 || len(head) > 8 {
		return 0, nil, false
	}
	n, err := strconv.ParseUint(head, 16, 32)
	if err != nil {
		return 0, nil, false
	}
	columns := strings.TrimLeft(rest, " ")
	for len(octets) < 16 {
		word, more, _ := strings.Cut(columns, " ")
		if len(word) != 2 && len(word) != 4 {
			break
		}
		data, err := hex.DecodeString(word)
		if err != nil {
			break
		}
		octets = append(octets, data...)
		if strings.HasPrefix(more, "  ") || strings.HasPrefix(more, " ") && len(octets) >= 16 {
			break // the text column
		}
		columns = strings.TrimLeft(more, " ")
	}
	return int(n), octets, len(octets) > 0
}

// readHexDump puts frames together: an offset of 0 begins another one.
func readHexDump(lines []raw) *Report {
	out := &Report{}
	var f Frame
	flush := func() {
		if len(f.Octets) >= 20 {
			out.Frames = append(out.Frames, f)
		}
		f = Frame{}
	}
	for i := range lines {
		offset, octets, ok := hexLine(lines[i].text)
		if !ok || offset != len(f.Octets) && offset != 0 {
			flush()
			continue
		}
		if offset == 0 {
			flush()
			f.Offset, f.Number = lines[i].offset, lines[i].number
		}
		f.Octets = append(f.Octets, octets...)
	}
	flush()
	return out
}
