package smime

import "errors"

// Errors of this package.
var (
	// ErrMalformed: the bytes are no BER (X.690) or break a bound of ours.
	ErrMalformed = errors.New("smime: malformed BER")
	// ErrNotSigned: the object is CMS, but no SignedData with content.
	ErrNotSigned = errors.New("smime: no signed content")
)

// maxBERDepth is how deep constructed values may stand in one another.
const maxBERDepth = 64

// maxSegments bounds the pieces of one constructed OCTET STRING.
const maxSegments = 1 << 20

// element is one BER value: its tag, and its contents buf[start:end].
// next is the offset behind it, end-of-contents octets included.
type element struct {
	tag         byte // identifier octet; multi-byte tags are refused
	constructed bool
	indefinite  bool
	start, end  int
	next        int
}

const (
	tagOctetString = 0x04
	tagOID         = 0x06
	tagSequence    = 0x30
	tagContext0    = 0xA0
)

// readElement reads the value at buf[pos:limit]. A value of indefinite length
// ends at its end-of-contents octets (X.690 8.1.5), which are searched for
// without recursion and never beyond limit.
func readElement(buf []byte, pos, limit int) (element, error) {
	e, err := readHeader(buf, pos, limit)
	if err != nil || !e.indefinite {
		return e, err
	}
	end, err := skipIndefinite(buf, e.start, limit)
	if err != nil {
		return e, err
	}
	e.end, e.next = end, end+2
	return e, nil
}

// readHeader reads identifier and length octets (X.690 8.1.2, 8.1.3).
func readHeader(buf []byte, pos, limit int) (element, error) {
	if pos < 0 || limit > len(buf) || limit-pos < 2 || buf[pos]&0x1F == 0x1F {
		return element{}, ErrMalformed
	}
	e := element{tag: buf[pos], constructed: buf[pos]&0x20 != 0, start: pos + 2}
	switch l := int(buf[pos+1]); {
	case l < 0x80:
		e.end = e.start + l
	case l == 0x80:
		e.indefinite, e.end = true, limit
		if !e.constructed {
			return element{}, ErrMalformed
		}
	default:
		n, err := longLength(buf, pos+2, limit, l&0x7F)
		if err != nil {
			return element{}, err
		}
		e.start += l & 0x7F
		if n > limit-e.start {
			return element{}, ErrMalformed
		}
		e.end = e.start + n
	}
	if e.end > limit {
		return element{}, ErrMalformed
	}
	e.next = e.end
	return e, nil
}

// longLength reads n length octets. Leading zeros are legal BER.
func longLength(buf []byte, pos, limit, n int) (int, error) {
	if n > 8 || n > limit-pos {
		return 0, ErrMalformed
	}
	length := 0
	for _, c := range buf[pos : pos+n] {
		if length > 1<<47 {
			return 0, ErrMalformed
		}
		length = length<<8 | int(c)
	}
	return length, nil
}

// skipIndefinite finds the end-of-contents octets that close a value whose
// contents begin at pos. Definite values inside are stepped over whole;
// indefinite ones only raise the level: each octet is looked at once.
func skipIndefinite(buf []byte, pos, limit int) (end int, err error) {
	for level := 1; ; {
		if limit-pos >= 2 && buf[pos] == 0 && buf[pos+1] == 0 {
			if level--; level == 0 {
				return pos, nil
			}
			pos += 2
			continue
		}
		e, err := readHeader(buf, pos, limit)
		if err != nil {
			return 0, err
		}
		if !e.indefinite {
			pos = e.next
			continue
		}
		if level++; level > maxBERDepth {
			return 0, ErrMalformed
		}
		pos = e.start
	}
}

// octets joins the segments of an OCTET STRING, primitive or constructed
// (X.690 8.7), without recursion.
func octets(buf []byte, e element) ([]byte, error) {
	if !e.constructed {
		return buf[e.start:e.end:e.end], nil
	}
	var out []byte
	type level struct{ pos, end int }
	stack := []level{{e.start, e.end}}
	for n := 0; len(stack) > 0; n++ {
		top := &stack[len(stack)-1]
		if top.pos >= top.end {
			stack = stack[:len(stack)-1]
			continue
		}
		seg, err := readElement(buf, top.pos, top.end)
		if err != nil || seg.tag&^0x20 != tagOctetString || n > maxSegments {
			return nil, ErrMalformed
		}
		top.pos = seg.next
		if !seg.constructed {
			out = append(out, buf[seg.start:seg.end]...)
			continue
		}
		if len(stack) >= maxBERDepth {
			return nil, ErrMalformed
		}
		stack = append(stack, level{seg.start, seg.end})
	}
	return out, nil
}
