package mimeparse

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/charset"
	"github.com/emlcheck/emlcheck/mimeparse/internal/tnef"
	"github.com/emlcheck/emlcheck/mimeparse/internal/transfer"
)

// Decoded says how the decoding of one body went.
type Decoded struct {
	// Size is the number of decoded bytes.
	Size int64
	// Truncated is true when a limit stopped the decoding.
	Truncated bool
	// Defects lists what did not fit the transfer encoding, by position.
	Defects []headers.Defect
}

// Decode undoes the part's transfer encoding (RFC 2045 6) and hands the
// content to sink piece by piece. A piece is valid only during the call. An
// unknown encoding hands over the body as it stands. The error is sink's own;
// whatever is wrong with the encoding is in the result.
func (p *Part) Decode(sink func(piece []byte) error) (Decoded, error) {
	if p.Encoding == compressedRTF {
		return p.decompress(sink)
	}
	src := p.owner.source
	res, err := transfer.Decode(p.kind(), p.owner.Raw, p.Body, p.decoding(), func(piece []byte, upTo int) error {
		if len(piece) > 0 {
			if err := sink(piece); err != nil {
				return err
			}
		}
		src.Release(upTo)
		return nil
	})
	return Decoded{Size: res.Size, Truncated: res.Truncated, Defects: res.Defects}, err
}

// maxRTF bounds a decompressed rich text body.
const maxRTF = 64 << 20

// decompress hands over the rich text body of a TNEF stream (MS-OXRTFCP).
func (p *Part) decompress(sink func(piece []byte) error) (Decoded, error) {
	limit := p.owner.opt.Limits.ratioFor(len(p.owner.Raw))
	text, defects, err := tnef.DecompressRTF(p.Body.Of(p.owner.Raw), int(min(limit, maxRTF)))
	if err != nil {
		defects = append(defects, headers.Defect{Code: "tnef.rtf-invalid", Span: headers.Span{End: p.Body.Len()}, Detail: "not compressed RTF"})
	}
	for i := range defects {
		defects[i].Span = defects[i].Span.Shift(p.Body.Start)
	}
	d := Decoded{Size: int64(len(text)), Truncated: cutRTF(defects), Defects: defects}
	if len(text) == 0 {
		return d, nil
	}
	return d, sink(text)
}

func cutRTF(defects []headers.Defect) bool {
	return slices.ContainsFunc(defects, func(d headers.Defect) bool { return d.Code == "tnef.rtf-limit" })
}

// kind is the transfer encoding that Decode undoes.
func (p *Part) kind() transfer.Kind {
	if p.IsMultipart() {
		return "" // RFC 2045 6.4: a multipart's body stands as it is
	}
	return transfer.Kind(p.Encoding)
}

// decoding is how Decode undoes it.
func (p *Part) decoding() transfer.Options {
	return transfer.Options{Strict: p.owner.opt.Reading.StrictDecoding, Unquote: p.owner.FromQuoted()}
}

// WriteTo writes the decoded content to w; it implements io.WriterTo.
func (p *Part) WriteTo(w io.Writer) (int64, error) {
	d, err := p.Decode(func(piece []byte) error {
		_, err := w.Write(piece)
		return err
	})
	return d.Size, err
}

// errTextLimit stops a decode at the size its caller asked for.
type errTextLimit struct{}

func (errTextLimit) Error() string { return "mimeparse: limit of decoded text reached" }

// Text decodes at most limit bytes of a text part and converts them to UTF-8.
// A missing charset is read as UTF-8 where the bytes are that, else as a guess
// whose name is returned; a defect says when bytes could not be converted or
// text was cut. limit 0 means 1 MiB.
func (p *Part) Text(limit int) (text, charsetName string, defects []headers.Defect) {
	if limit <= 0 {
		limit = alwaysUnpacked
	}
	var content bytes.Buffer
	res, err := p.Decode(func(piece []byte) error {
		room := limit - content.Len()
		content.Write(piece[:min(room, len(piece))])
		if len(piece) > room {
			return errTextLimit{}
		}
		return nil
	})
	defects = res.Defects
	if err != nil {
		defects = append(defects, headers.Defect{Code: "limit.text", Span: p.Body, Detail: "text was cut at the limit"})
	}
	text, charsetName, bad := p.convert(content.Bytes())
	if bad {
		defects = append(defects, headers.Defect{Code: "mime.charset-mismatch", Span: p.Body, Detail: "bytes that do not exist in the charset"})
	}
	return text, charsetName, defects
}

func (p *Part) convert(b []byte) (text, name string, bad bool) {
	name, ok := charset.Lookup(p.Charset)
	if !ok {
		name = charset.Guess(b)
	}
	text, at := charset.Decode(name, b)
	return text, name, at >= 0
}

// Detect names the media type that the first bytes of a content show, by
// magic numbers; "text/plain" and "application/octet-stream" say little. It
// needs no more than the first 3 KiB.
func Detect(head []byte) string {
	t := mimetype.Detect(head).String()
	t, _, _ = strings.Cut(t, ";")
	return t
}
