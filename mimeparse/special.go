package mimeparse

import (
	"encoding/binary"
	"strconv"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse/internal/transfer"
)

// Partial is what a message/partial states (RFC 2046 5.2.2).
type Partial struct {
	// ID is what all fragments of one message share.
	ID string
	// Number counts fragments from 1; Total is how many there are. 0 means not
	// stated or no number; Total is needed in the last fragment only.
	Number, Total int
}

// Partial returns what a message/partial states; ok is false for other types.
func (p *Part) Partial() (s Partial, ok bool) {
	if p.ContentType != "message/partial" {
		return s, false
	}
	id, _ := pick(p.Type, "id", p.owner.opt.Reading)
	s.ID = id.Value
	s.Number, s.Total = p.count("number"), p.count("total")
	return s, true
}

func (p *Part) count(name string) int {
	v, _ := pick(p.Type, name, p.owner.opt.Reading)
	n, err := strconv.Atoi(v.Value)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// External is what a message/external-body states (RFC 2046 5.2.3).
type External struct {
	// AccessType says how to get the content, such as "URL" or "local-file", as
	// written. The parameters that tell where are in Part.Type.
	AccessType string
	// Header is the phantom header, which describes the content; what stands
	// behind it is to be ignored, unless the access type gives it a meaning.
	Header *headers.Block
}

// External returns what a message/external-body states; ok is false for other
// types. Its body is read as it stands, for RFC 2046 5.2.1 allows no encoding.
func (p *Part) External() (e External, ok bool) {
	if p.ContentType != "message/external-body" {
		return e, false
	}
	access, _ := pick(p.Type, "access-type", p.owner.opt.Reading)
	limits := headers.Limits{MaxFields: p.owner.opt.Limits.MaxFields}
	return External{AccessType: access.Value, Header: headers.ParsePart(p.owner.Raw, p.Body, &limits, nil)}, true
}

// nameFromBegin adds the name on the begin line of a uuencoded body.
func (p *Part) nameFromBegin() {
	for _, b := range transfer.FindUU(p.owner.Raw, p.Body, 1) {
		if b.Name != "" {
			p.Names = append(p.Names, Filename{Value: b.Name, Source: "uuencode begin", Raw: b.Name, Span: b.NameSpan})
		}
	}
}

const (
	appleSingle   = 0x00051600 // RFC 1740 A, AppleSingle
	appleDouble   = 0x00051607 // and AppleDouble
	appleRealName = 3
	appleHead     = 4096 // the names stand in front of the resource fork
)

// nameFromAppleFile adds the name of a Macintosh file (RFC 1740 appendix A).
// Its charset is not stated: the bytes are given as they stand.
func (w *walker) nameFromAppleFile(p *Part) {
	head, source := w.head(p, appleHead), "AppleDouble real name"
	if len(head) < 26 {
		return
	}
	switch binary.BigEndian.Uint32(head) {
	case appleSingle:
		source = "AppleSingle real name"
	case appleDouble:
	default:
		return
	}
	at, ok := realName(head)
	if !ok {
		return
	}
	name := string(at.Of(head))
	span := p.Body
	if isIdentity(p.Encoding) {
		span = at.Shift(p.Body.Start)
	}
	p.Names = append(p.Names, Filename{Value: name, Source: source, Raw: name, Span: span})
}

// realName finds the entry with the name: 16 bytes of magic, version and
// filler, the number of entries, and for each its id, offset and length.
func realName(head []byte) (at headers.Span, ok bool) {
	entries := int(binary.BigEndian.Uint16(head[24:]))
	for e := head[26:]; entries > 0 && len(e) >= 12; e, entries = e[12:], entries-1 {
		offset, size := binary.BigEndian.Uint32(e[4:]), binary.BigEndian.Uint32(e[8:])
		if binary.BigEndian.Uint32(e) != appleRealName || size == 0 {
			continue
		}
		if uint64(offset)+uint64(size) > uint64(len(head)) {
			return at, false
		}
		return headers.Span{Start: int(offset), End: int(offset + size)}, true
	}
	return at, false
}

// head is at most n decoded bytes from the beginning of p.
func (w *walker) head(p *Part, n int) []byte {
	out := make([]byte, 0, n)
	// Three encoded bytes for each decoded one is the most there is.
	at := headers.Span{Start: p.Body.Start, End: min(p.Body.End, p.Body.Start+4*n)}
	// The sink never fails, so neither does Decode.
	_, _ = transfer.Decode(p.kind(), w.raw, at, transfer.Options{MaxOutput: int64(n), Unquote: w.m.FromQuoted()}, func(piece []byte, _ int) error {
		out = append(out, piece...)
		return nil
	})
	return out
}
