package clock

import (
	"bytes"
	"strings"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// A file's times are those of the computers that made it: not later than the
// message was built, and copied along with the file. So each is a bound.

// fileKind tells the files apart that have a clock.
type fileKind int

const (
	noFile fileKind = iota
	zipFile
	pdfFile
	jpegFile
	pngFile
	oleFile
)

// magics are the first bytes of the files, and as base64 writes them.
var magics = [...]struct {
	kind        fileKind
	raw, base64 string
}{
	{zipFile, "PK\x03\x04", "UEsDB"},
	{pdfFile, "%PDF-", "JVBERi"},
	{jpegFile, "\xFF\xD8\xFF", "/9j/"},
	{pngFile, "\x89PNG\r\n\x1A\n", "iVBORw0KGgo"},
	{oleFile, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "0M8R4KGxGuE"},
}

// sniff tells the kind of a part's file by its first stored bytes, so that
// nothing else is decoded.
func (p *partReader) sniff(part *mimeparse.Part) fileKind {
	stored := part.Body.Of(p.msg.Raw)
	stored = stored[:min(len(stored), 256)]
	coded := part.Encoding == "base64"
	if coded {
		stored = bytes.TrimLeft(stored, " \t\r\n")
	}
	for i := range magics {
		m := &magics[i]
		if !coded && bytes.HasPrefix(stored, []byte(m.raw)) || coded && bytes.HasPrefix(stored, []byte(m.base64)) {
			return m.kind
		}
	}
	return noFile
}

// lastIndex is [bytes.LastIndex], which compares byte by byte. What is looked
// for stands at the very end as a rule; else blocks are searched forward, each
// with the bytes that a mark at its end reaches over.
func lastIndex(b []byte, mark string) int {
	sep := []byte(mark)
	const block = 4 << 10
	for end := len(b); end > 0; end -= block {
		from := max(0, end-block)
		if i := lastInBlock(b[from:min(len(b), end+len(sep)-1)], sep); i >= 0 {
			return from + i
		}
	}
	return -1
}

func lastInBlock(b, sep []byte) int {
	last := -1
	for from := 0; ; {
		i := bytes.Index(b[from:], sep)
		if i < 0 {
			return last
		}
		last = from + i
		from = last + 1
	}
}

// readFile reads the clocks of an attached file.
func (p *partReader) readFile(part *mimeparse.Part) {
	switch p.sniff(part) {
	case zipFile:
		p.readZip(part, p.whole(part))
	case pdfFile:
		p.readPDF(part, p.whole(part))
	case oleFile:
		p.readOLE(part, p.whole(part))
	case jpegFile:
		p.readJPEG(part, p.head(part, 128<<10)) // the Exif segment has at most 64 KiB and stands first
	case pngFile:
		p.readPNG(part, p.head(part, 128<<10))
	}
}

// whole decodes a file whose clocks may stand at its end, as far as the
// message's budget reaches.
func (p *partReader) whole(part *mimeparse.Part) []byte {
	content := p.head(part, p.budget)
	p.budget -= len(content)
	return content
}

// addFile files the time of a file.
func (p *partReader) addFile(part *mimeparse.Part, source, text string, f found) {
	f.event, f.strength = File, Bound
	if inWindow(f.at) {
		p.add(fileAt(part, source, text), f)
	}
}

// readTNEF reads the dates that a TNEF stream states of its message.
func (p *partReader) readTNEF(part *mimeparse.Part) {
	if part.Message == nil || part.Message.TNEF == nil {
		return
	}
	info := part.Message.TNEF
	for _, t := range [...]mimeparse.TNEFTime{info.Sent, info.Delivered} {
		if t.Time.IsZero() {
			continue
		}
		f := found{rule: "tnef.time", software: "Outlook", clock: UTC, at: t.Time.UTC(), step: 100}
		if t.Local {
			f.clock, f.step = SenderLocal, 1e9
		}
		p.addFile(part, "TNEF "+strings.TrimPrefix(t.Source, "TNEF "), t.Time.UTC().Format("2006-01-02 15:04:05.9999999"), f)
	}
}
