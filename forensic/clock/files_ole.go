package clock

import (
	"bytes"
	"encoding/binary"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// readOLE reads the clocks of a compound file (MS-CFB): its root's times and,
// in an Office document, those of the summary information.
func (p *partReader) readOLE(part *mimeparse.Part, b []byte) {
	if root, ok := oleRoot(b); ok {
		p.addFileTime(part, "OLE root created", "ole.created", root[100:108])
		p.addFileTime(part, "OLE root modified", "ole.modified", root[108:116])
	}
	if set, ok := summary(b); ok {
		p.addFileTime(part, "OLE summary created", "ole.summary-created", set.time(12))
		p.addFileTime(part, "OLE summary saved", "ole.summary-saved", set.time(13))
	}
}

// addFileTime files the eight bytes of a FILETIME; 0 means not set.
func (p *partReader) addFileTime(part *mimeparse.Part, source, rule string, b []byte) {
	if len(b) != 8 {
		return
	}
	v := binary.LittleEndian.Uint64(b)
	if v == 0 || v>>62 != 0 {
		return
	}
	p.addFile(part, source, hexText(b), found{rule: rule, clock: UTC, at: ofFileTime(int64(v)), step: 100})
}

// oleRoot is the directory entry of the root, the first of the directory
// (MS-CFB 2.6.2).
func oleRoot(b []byte) ([]byte, bool) {
	if len(b) < 512 {
		return nil, false
	}
	shift := binary.LittleEndian.Uint16(b[30:])
	sector := int(binary.LittleEndian.Uint32(b[48:]))
	if shift != 9 && shift != 12 || sector >= 1<<24 {
		return nil, false
	}
	at := (sector + 1) << shift
	if at+128 > len(b) || b[at+66] != 5 { // the type of a root
		return nil, false
	}
	return b[at : at+128], true
}

// summaryFormat is the identifier of the summary information (MS-OLEPS 2.21);
// it stands 28 bytes into the stream.
const summaryFormat = "\xE0\x85\x9F\xF2\xF9\x4F\x68\x10\xAB\x91\x08\x00\x2B\x27\xB3\xD9"

// propertySet is a section of a property set, from its size on.
type propertySet []byte

// summary finds the summary information by its identifier: the stream is
// short and lies in one piece as a rule.
func summary(b []byte) (propertySet, bool) {
	i := bytes.Index(b, []byte(summaryFormat))
	if i < 28 || len(b) < i+20 || b[i-28] != 0xFE || b[i-27] != 0xFF {
		return nil, false
	}
	stream := b[i-28:]
	at := int(binary.LittleEndian.Uint32(b[i+16:]))
	if at < 48 || at > len(stream)-8 {
		return nil, false
	}
	size := int(binary.LittleEndian.Uint32(stream[at:]))
	return propertySet(stream[at:min(len(stream), at+size)]), size >= 8
}

// time is the FILETIME of a property (MS-OLEPS 2.20), nil without one.
func (s propertySet) time(id uint32) []byte {
	if len(s) < 8 {
		return nil
	}
	n := int(binary.LittleEndian.Uint32(s[4:]))
	for i, e := 0, s[8:]; i < n && len(e) >= 8; i, e = i+1, e[8:] {
		if binary.LittleEndian.Uint32(e) != id {
			continue
		}
		at := int(binary.LittleEndian.Uint32(e[4:]))
		if at < 8 || at > len(s)-12 || binary.LittleEndian.Uint32(s[at:]) != 0x40 { // VT_FILETIME
			return nil
		}
		return s[at+4 : at+12]
	}
	return nil
}
