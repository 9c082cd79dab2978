package transcript

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
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
	s.Server = parseEnd(f.node[server])
	s.Client = parseEnd(f.node[1-server])
	for _, p := range f.part {
		side := dialog.Client
		if p.node == server {
			side = dialog.Server
		}
		s.Lines = append(s.Lines, Line{Side: side, Data: p.data, Offset: p.at.offset, Len: len(p.at.text), Number: p.at.number})
	}
	*f = follow{}
	return append(sessions, s)
}
