package clock

import (
	"encoding/binary"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// The tags of Exif that a camera's clock stands in (CIPA DC-008 4.6).
const (
	exifIFD       = 0x8769
	exifChanged   = 0x0132 // DateTime
	exifOriginal  = 0x9003 // DateTimeOriginal
	exifOffset    = 0x9010 // OffsetTime
	exifOffsetOri = 0x9011 // OffsetTimeOriginal
)

// readJPEG reads when a photograph was taken and its file last changed.
func (p *partReader) readJPEG(part *mimeparse.Part, b []byte) {
	tiff, ok := exifSegment(b)
	if !ok {
		return
	}
	main := tiff.directory(tiff.long(4))
	sub := tiff.directory(int(main.number(exifIFD)))
	p.addExif(part, "EXIF DateTimeOriginal", "exif.original", sub.text(exifOriginal), sub.text(exifOffsetOri))
	if changed := main.text(exifChanged); changed != sub.text(exifOriginal) {
		p.addExif(part, "EXIF DateTime", "exif.changed", changed, sub.text(exifOffset))
	}
}

// addExif files "2020:01:31 12:34:56", the camera's wall clock, with its
// offset "+01:00" where one is stated.
func (p *partReader) addExif(part *mimeparse.Part, source, rule, text, offset string) {
	if len(text) != 19 || text[4] != ':' || text[7] != ':' || text[10] != ' ' || text[13] != ':' || text[16] != ':' {
		return
	}
	t, ok := ymdhms(text[:4] + text[5:7] + text[8:10] + text[11:13] + text[14:16] + text[17:])
	if !ok {
		return
	}
	f := found{rule: rule, clock: SenderLocal, at: t, step: time.Second}
	if len(offset) == 6 && offset[3] == ':' {
		if d, ok := pdfOffset(strings.Replace(offset, ":", "", 1)); ok {
			f.clock, f.at, f.offset, f.hasOffset = UTC, t.Add(-d), d, true
			text += offset
		}
	}
	p.addFile(part, source, text, f)
}

// exifSegment is the TIFF structure in the segment APP1 of a JPEG file.
func exifSegment(b []byte) (tiffData, bool) {
	for pos := 2; pos+4 <= len(b) && b[pos] == 0xFF && b[pos+1] != 0xDA; {
		size := int(binary.BigEndian.Uint16(b[pos+2:]))
		end := min(len(b), pos+2+size)
		if size < 2 {
			break
		}
		if data := b[pos+4 : max(end, pos+4)]; b[pos+1] == 0xE1 && len(data) > 14 && string(data[:6]) == "Exif\x00\x00" {
			return tiffOf(data[6:])
		}
		pos += 2 + size
	}
	return tiffData{}, false
}

// tiffData is a TIFF structure: numbers in its byte order, offsets from its
// start.
type tiffData struct {
	b     []byte
	order binary.ByteOrder
}

func tiffOf(b []byte) (tiffData, bool) {
	switch string(b[:4]) {
	case "II*\x00":
		return tiffData{b, binary.LittleEndian}, true
	case "MM\x00*":
		return tiffData{b, binary.BigEndian}, true
	}
	return tiffData{}, false
}

// long is the number of four bytes at i, 0 outside.
func (t tiffData) long(i int) int {
	if i < 0 || i > len(t.b)-4 {
		return 0
	}
	return int(t.order.Uint32(t.b[i:]))
}

// tiffDir is a directory: entries of 12 bytes.
type tiffDir struct {
	tiffData
	entries []byte
}

func (t tiffData) directory(at int) tiffDir {
	if at < 8 || at > len(t.b)-2 {
		return tiffDir{}
	}
	n := int(t.order.Uint16(t.b[at:])) * 12
	rest := t.b[at+2:]
	return tiffDir{t, rest[:min(n, len(rest))/12*12]}
}

// entry is the entry of a tag; nil when it is not there.
func (d tiffDir) entry(tag uint16) []byte {
	for e := d.entries; len(e) >= 12; e = e[12:] {
		if d.order.Uint16(e) == tag {
			return e[:12]
		}
	}
	return nil
}

func (d tiffDir) number(tag uint16) uint32 {
	e := d.entry(tag)
	if e == nil {
		return 0
	}
	return d.order.Uint32(e[8:])
}

// text is the value of an entry of type ASCII, without the NUL at its end.
func (d tiffDir) text(tag uint16) string {
	e := d.entry(tag)
	if e == nil || d.order.Uint16(e[2:]) != 2 {
		return ""
	}
	n, at := d.order.Uint32(e[4:]), d.order.Uint32(e[8:])
	if n <= 4 || n > 64 || uint64(at)+uint64(n) > uint64(len(d.b)) {
		return ""
	}
	return strings.TrimRight(string(d.b[at:at+n]), "\x00 ")
}

// readPNG reads the chunk tIME, the last change in universal time (PNG
// 11.3.6.1), if it stands before the picture's data.
func (p *partReader) readPNG(part *mimeparse.Part, b []byte) {
	for pos := 8; pos+19 <= len(b); {
		size := int(binary.BigEndian.Uint32(b[pos:]))
		if string(b[pos+4:pos+8]) == "tIME" && size == 7 {
			d := b[pos+8 : pos+15]
			year := int(binary.BigEndian.Uint16(d))
			if t, ok := civil(year, int(d[2]), int(d[3]), int(d[4]), int(d[5]), int(d[6])); ok {
				p.addFile(part, "PNG tIME", hexText(d), found{rule: "png.time", clock: UTC, at: t, step: time.Second})
			}
			return
		}
		if size > len(b) {
			return
		}
		pos += 12 + size
	}
}
