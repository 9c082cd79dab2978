package transfer

import "bytes"

// begin is a begin line.
type begin struct {
	start, next   int // the line, and the line behind it
	name, nameEnd int
	base64        bool
}

// findBegin finds the first begin line in raw[p:end]; p is the start of a line.
func findBegin(raw []byte, p, end int) (begin, bool) {
	const word = "begin"
	for first := p; p < end; p += len(word) {
		i := bytes.Index(raw[p:end], []byte(word))
		if i < 0 {
			break
		}
		p += i
		if p > first && !isBreak(raw[p-1]) {
			continue
		}
		if b, ok := beginAt(raw, p, end); ok {
			return b, true
		}
	}
	return begin{}, false
}

// beginAt reads a begin line: "begin" or "begin-base64", the file's mode in
// octal, its name.
func beginAt(raw []byte, p, end int) (b begin, ok bool) {
	b.start = p
	p += len("begin")
	if bytes.HasPrefix(raw[p:end], []byte("-base64")) {
		b.base64 = true
		p += len("-base64")
	}
	mode := skip(raw, p, end, isBlank)
	modeEnd := skip(raw, mode, end, isOctal)
	b.name = skip(raw, modeEnd, end, isBlank)
	b.nameEnd = skip(raw, b.name, end, isNoBreak)
	b.next = afterBreak(raw, b.nameEnd, end)
	if mode == p || modeEnd-mode < 3 || modeEnd-mode > 6 || b.name == modeEnd && b.nameEnd > b.name {
		return b, false
	}
	for b.nameEnd > b.name && isBlank(raw[b.nameEnd-1]) {
		b.nameEnd--
	}
	return b, true
}

func isOctal(c byte) bool { return '0' <= c && c <= '7' }

func isNoBreak(c byte) bool { return !isBreak(c) }

// base64Data finds the "====" line that ends a begin-base64 block: the end of
// the data before it, and the line behind it.
func base64Data(raw []byte, p, end int) (data, next int, complete bool) {
	for p < end {
		l := uuLineAt(raw, p, end)
		if l.is(raw, "====") {
			return l.start, l.next, true
		}
		p = l.next
	}
	return end, end, false
}
