package smime

import (
	"bytes"
	"fmt"

	"github.com/emlcheck/emlcheck/mimeparse"
)

var encodingField = []byte("content-transfer-encoding:")

// reencoded decodes a body that a relay has encoded: a server without 8BITMIME
// (RFC 6152 3) turns 8bit into quoted-printable or base64, and so breaks the
// signatures that RFC 8551 3.1.2 warns of.
func reencoded(text []byte, body int, yield func(variant) bool) bool {
	m := mimeparse.Parse(text, nil)
	root := m.Root()
	if root.Encoding != "quoted-printable" && root.Encoding != "base64" || !root.IsLeaf() {
		return true
	}
	var decoded bytes.Buffer
	if _, err := root.WriteTo(&decoded); err != nil {
		return true
	}
	content := join(toCRLF(one(decoded.Bytes())), decoded.Len())
	for f := range fields(text[:body]) {
		if len(f.text) < len(encodingField) || !bytes.EqualFold(f.text[:len(encodingField)], encodingField) {
			continue
		}
		before, behind, name := text[:f.at], text[f.at+len(f.text):body], f.text[:len(encodingField)]
		for _, was := range []string{"8bit", "7bit", "binary", "8BIT", "7BIT", ""} {
			parts := [][]byte{before, name, []byte(" " + was + "\r\n"), behind, content}
			detail := fmt.Sprintf("the body is decoded and its transfer encoding said to be %q", was)
			if was == "" {
				parts = [][]byte{before, behind, content}
				detail = "the body is decoded and the field with its transfer encoding taken away"
			}
			if !changed(text, "encoded-anew", detail, parts, yield) {
				return false
			}
			if short, ok := bytes.CutSuffix(content, crlf); ok {
				parts[len(parts)-1] = short
				if !changed(text, "encoded-anew", detail+", without the last line end", parts, yield) {
					return false
				}
			}
		}
	}
	return true
}

// footerParts bounds the texts that are looked into.
const footerParts = 8

// footerInside takes lines from the end of each text inside a multipart, where a
// list or a gateway puts its footer.
func footerInside(text []byte, body int, yield func(variant) bool) bool {
	m := mimeparse.Parse(text, nil)
	looked := 0
	for _, p := range m.Parts[1:] {
		if !p.IsLeaf() || !isText(p) || looked == footerParts {
			continue
		}
		looked++
		more := linesAppended(text[:p.Body.End], p.Body.Start, func(v variant) bool {
			v.Detail += " of the text in its part " + p.Path
			v.parts = append(v.parts, text[p.Body.End:])
			return yield(v)
		})
		if !more {
			return false
		}
	}
	return true
}
