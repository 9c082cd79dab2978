package clock

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// zipTime is the time of one member of a ZIP file.
type zipTime struct {
	found
	name string
}

// before orders times of one clock.
func (z zipTime) before(o zipTime) bool { return z.at.Before(o.at) }

// readZip reads the oldest and the newest of the members' times, and what an
// office document states of itself.
func (p *partReader) readZip(part *mimeparse.Part, b []byte) {
	var first, last zipTime
	described := 0 // an honest document has one description
	for pos, n := centralDirectory(b), 0; n < 1<<16; n++ {
		entry, next, ok := zipEntry(b, pos)
		if !ok {
			break
		}
		pos = next
		if z, ok := entry.when(); ok {
			if first.name == "" || z.before(first) {
				first = z
			}
			if last.name == "" || last.before(z) {
				last = z
			}
		}
		if described < 2 && p.readOffice(part, b, entry) {
			described++
		}
	}
	if first.name != "" {
		p.addFile(part, "ZIP member", first.name, first.found)
	}
	if last.name != "" && !last.at.Equal(first.at) {
		p.addFile(part, "ZIP member", last.name, last.found)
	}
}

// centralDirectory is where the directory begins, by the end record (APPNOTE
// 4.3.16), whose comment may be 64 KiB long; past the end without one.
func centralDirectory(b []byte) int {
	from := max(0, len(b)-22-1<<16)
	i := lastIndex(b[from:], "PK\x05\x06")
	if i < 0 || len(b) < from+i+22 {
		return len(b)
	}
	return int(binary.LittleEndian.Uint32(b[from+i+16:]))
}

// member is one entry of the directory.
type member struct {
	fixed       []byte // the 46 bytes of fixed fields
	name, extra []byte
}

// zipEntry reads the directory's entry at pos (APPNOTE 4.3.12).
func zipEntry(b []byte, pos int) (m member, next int, ok bool) {
	if pos < 0 || len(b)-pos < 46 || string(b[pos:pos+4]) != "PK\x01\x02" {
		return m, 0, false
	}
	m.fixed = b[pos : pos+46]
	name := pos + 46
	extra := name + m.word(28)
	comment := extra + m.word(30)
	next = comment + m.word(32)
	if next > len(b) {
		return m, 0, false
	}
	m.name, m.extra = b[name:extra], b[extra:comment]
	return m, next, true
}

func (m member) word(at int) int { return int(binary.LittleEndian.Uint16(m.fixed[at:])) }
func (m member) long(at int) int { return int(binary.LittleEndian.Uint32(m.fixed[at:])) }

// when is the time of the last change: in universal time where the extended
// timestamp or NTFS's times are there, else DOS's, a wall time in steps of
// 2 s. Midnight of 1980-01-01 is DOS's zero and says nothing: Office writes it.
func (m member) when() (z zipTime, ok bool) {
	z.name = string(m.name[:min(len(m.name), 200)])
	z.rule, z.software = "zip.member", "ZIP"
	if t, step, ok := extraTime(m.extra); ok {
		z.clock, z.at, z.step = UTC, t, step
		return z, z.name != "" && inWindow(t)
	}
	clock, date := m.word(12), m.word(14)
	z.at, ok = civil(1980+date>>9, date>>5&15, date&31, clock>>11, clock>>5&63, clock&31*2)
	z.clock, z.step = SenderLocal, 2*time.Second
	return z, ok && z.name != "" && (clock != 0 || date != 1<<5|1)
}

// extraTime looks for an extended timestamp (0x5455) or NTFS's times (0x000A,
// APPNOTE 4.5.5) among the extra fields.
func extraTime(b []byte) (t time.Time, step time.Duration, ok bool) {
	for len(b) >= 4 {
		id, size := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if len(b) < 4+size {
			return t, 0, false
		}
		data := b[4 : 4+size]
		switch {
		case id == 0x5455 && size >= 5 && data[0]&1 != 0:
			return ofUnix(int64(int32(binary.LittleEndian.Uint32(data[1:])))), time.Second, true
		case id == 0x000A && size >= 16 && binary.LittleEndian.Uint16(data[4:]) == 1:
			return ofFileTime(int64(binary.LittleEndian.Uint64(data[8:]) &^ (1 << 63))), 100, true
		}
		b = b[4+size:]
	}
	return t, 0, false
}

// officeDates are the elements in which office documents state their dates:
// OOXML in universal time (W3CDTF), OpenDocument mostly without a zone.
var officeDates = [...]struct{ member, element, rule string }{
	{"docProps/core.xml", "<dcterms:created", "ooxml.created"},
	{"docProps/core.xml", "<dcterms:modified", "ooxml.modified"},
	{"meta.xml", "<meta:creation-date", "odf.created"},
	{"meta.xml", "<dc:date", "odf.modified"},
}

// readOffice reads the dates in the member that describes an office document;
// false when m is another one.
func (p *partReader) readOffice(part *mimeparse.Part, b []byte, m member) bool {
	var text []byte
	for _, d := range officeDates {
		if string(m.name) != d.member {
			continue
		}
		if text == nil {
			text = m.inflate(b)
		}
		if value, ok := elementText(text, d.element); ok {
			p.addFileDate(part, d.member, value, d.rule)
		}
	}
	return text != nil
}

// addFileDate files a date that a file states as text.
func (p *partReader) addFileDate(part *mimeparse.Part, source, value, rule string) {
	if d := headers.ParseDateString(value); d.OK {
		p.addFile(part, source, value, dateFound(&d, rule, File))
	}
}

// inflate unpacks at most 64 KiB of a member, more than such a description
// ever has.
func (m member) inflate(b []byte) []byte {
	local := m.long(42)
	if local < 0 || len(b)-local < 30 {
		return []byte{}
	}
	head := member{fixed: b[local : local+30]}
	data := local + 30 + head.word(26) + head.word(28)
	if data > len(b) {
		return []byte{}
	}
	packed := b[data:]
	if size := m.long(20); size >= 0 && size < len(packed) {
		packed = packed[:size]
	}
	if m.word(10) == 0 {
		return packed[:min(len(packed), 64<<10)]
	}
	text, _ := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), 64<<10)) // what comes before an error is kept
	return text
}

// elementText is the text of the first element that begins with open.
func elementText(xml []byte, open string) (string, bool) {
	i := bytes.Index(xml, []byte(open))
	if i < 0 {
		return "", false
	}
	xml = xml[i+len(open):]
	start := bytes.IndexByte(xml, '>') + 1
	end := bytes.Index(xml, []byte("</"))
	if start == 0 || end < start || end-start > 64 {
		return "", false
	}
	return string(bytes.TrimSpace(xml[start:end])), true
}
