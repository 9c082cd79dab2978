package tnef

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/emlcheck/emlcheck/headers"
)

// ErrNotRTF says that bytes are not compressed RTF.
var ErrNotRTF = errors.New("tnef: not compressed RTF")

const (
	rtfCompressed   = 0x75465A4C // "LZFu", MS-OXRTFCP 2.1.3.1.1
	rtfUncompressed = 0x414C454D // "MELA"
	rtfHeader       = 16
	windowSize      = 4096
	// rtfWindow is what the window holds at first (MS-OXRTFCP 2.1.2.1).
	rtfWindow = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}" +
		"{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier" +
		"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)

// DecompressRTF decompresses an RTF body, the bytes at [Message.BodyRTF], and
// checks its checksum and sizes. Defects have spans in b. No more than limit
// bytes come back; a limit of zero or less means 64 MiB. The error is
// [ErrNotRTF] when b does not begin as compressed RTF does.
func DecompressRTF(b []byte, limit int) ([]byte, []headers.Defect, error) {
	if len(b) < rtfHeader {
		return nil, nil, ErrNotRTF
	}
	in := rtf{limit: positive(limit, 64<<20), size: binary.LittleEndian.Uint32(b[4:])}
	magic := binary.LittleEndian.Uint32(b[8:])
	if magic != rtfCompressed && magic != rtfUncompressed {
		return nil, nil, ErrNotRTF
	}
	body := in.body(b)
	if magic == rtfUncompressed {
		in.copy(body)
		return in.text(), in.defects, nil
	}
	// MS-OXRTFCP 2.1.3.2: CRC-32 without the complements before and after.
	if ^crc32.Update(0xFFFFFFFF, crc32.IEEETable, body) != binary.LittleEndian.Uint32(b[12:]) {
		in.defect("tnef.rtf-crc", headers.Span{Start: 12, End: 16}, "the checksum does not match the compressed bytes")
	}
	in.expand(body)
	if len(in.out) <= in.limit && uint64(len(in.out)) != uint64(in.size) {
		in.defect("tnef.rtf-size", headers.Span{Start: 4, End: 8}, "the text is not as long as stated")
	}
	return in.text(), in.defects, nil
}

// text is the output, cut at the limit.
func (r *rtf) text() []byte {
	if len(r.out) <= r.limit {
		return r.out
	}
	r.defect("tnef.rtf-limit", headers.Span{Start: 4, End: 8}, "the text is longer than the limit")
	return r.out[:r.limit]
}

// rtf is one decompression.
type rtf struct {
	out     []byte
	defects []headers.Defect
	limit   int
	size    uint32 // as stated
}

func (r *rtf) defect(code string, at headers.Span, detail string) {
	r.defects = append(r.defects, headers.Defect{Code: code, Span: at, Detail: detail})
}

// body cuts the bytes behind the header to their stated size, which counts
// from behind the size field (MS-OXRTFCP 2.1.3.1.1).
func (r *rtf) body(b []byte) []byte {
	stated := uint64(binary.LittleEndian.Uint32(b)) + 4
	switch have := uint64(len(b)); {
	case stated > have:
		r.defect("tnef.rtf-truncated", headers.Span{Start: 0, End: len(b)}, "fewer bytes than stated")
	case stated < rtfHeader:
		r.defect("tnef.rtf-size", headers.Span{Start: 0, End: 4}, "a stated size smaller than the header")
	case stated < have:
		r.defect("tnef.rtf-size", headers.Span{Start: int(stated), End: len(b)}, "bytes behind the stated end")
		return b[rtfHeader:stated]
	}
	return b[rtfHeader:]
}

// copy takes uncompressed text.
func (r *rtf) copy(body []byte) {
	n := int(min(uint64(len(body)), uint64(r.size)))
	switch {
	case uint64(n) != uint64(r.size):
		r.defect("tnef.rtf-truncated", headers.Span{Start: 4, End: 8}, "the text is not as long as stated")
	case len(body) > n:
		r.defect("tnef.rtf-size", headers.Span{Start: rtfHeader + n, End: rtfHeader + len(body)}, "bytes behind the text")
	}
	r.out = append(r.out, body[:min(n, r.limit+1)]...)
}

// expand undoes the compression (MS-OXRTFCP 2.2.1): a control byte tells, its
// bits from the lowest up, for each of eight tokens whether it is a byte of
// text or a reference of two bytes to a place in the window. It goes at most
// one token past the limit.
func (r *rtf) expand(body []byte) {
	var window [windowSize]byte
	at := copy(window[:], rtfWindow)
	// A token of two bytes gives 17 at most.
	r.out = make([]byte, 0, min(uint64(r.size), uint64(r.limit)+17, 9*uint64(len(body))))
	for i := 0; i < len(body); {
		control := body[i]
		i++
		for bit := 0; bit < 8 && i < len(body); bit++ {
			if len(r.out) > r.limit {
				return
			}
			if control>>bit&1 == 0 {
				window[at] = body[i]
				r.out = append(r.out, body[i])
				at = (at + 1) % windowSize
				i++
				continue
			}
			if i+1 >= len(body) {
				r.noEnd(len(body))
				return
			}
			ref := int(body[i])<<8 | int(body[i+1])
			i += 2
			if ref>>4 == at { // the end: MS-OXRTFCP 2.2.1.2
				r.tail(body, i)
				return
			}
			at = r.reference(&window, at, ref>>4, ref&15+2)
		}
	}
	r.noEnd(len(body))
}

// reference copies n bytes from the window, byte by byte: the copy may run
// into what it writes itself.
func (r *rtf) reference(window *[windowSize]byte, at, from, n int) int {
	for range n {
		c := window[from]
		window[at] = c
		r.out = append(r.out, c)
		from, at = (from+1)%windowSize, (at+1)%windowSize
	}
	return at
}

func (r *rtf) noEnd(n int) {
	r.defect("tnef.rtf-truncated", headers.Span{Start: rtfHeader + n, End: rtfHeader + n}, "no end mark")
}

func (r *rtf) tail(body []byte, i int) {
	if i < len(body) {
		r.defect("tnef.rtf-size", headers.Span{Start: rtfHeader + i, End: rtfHeader + len(body)}, "bytes behind the end mark")
	}
}
