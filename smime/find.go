package smime

import (
	"errors"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// place is a part that claims to be S/MIME.
type place struct {
	msg  *mimeparse.Message
	part *mimeparse.Part
	// content and signature are the two parts of a multipart/signed; nil for an
	// object in a part of its own.
	content, signature *mimeparse.Part
	// fault is why the structure admits no verification.
	fault fault
	flags []string
}

// Flags of structure.
const (
	flagProtocol          = "protocol-differs"
	flagProtocolMissing   = "protocol-missing"
	flagExtraParts        = "extra-parts"
	flagSignatureFirst    = "signature-first"
	flagSeveralSignatures = "several-signatures"
	flagTwoTypes          = "duplicate-content-type"
	flagTwoEncodings      = "duplicate-transfer-encoding"
	flagTwoBoundaries     = "duplicate-boundary"
	flagPreamble          = "preamble"
	flagEpilogue          = "epilogue"
	flagDetachedAlone     = "signature-not-applied"
)

// isSignature reports whether a part says that it is a detached signature
// (RFC 8551 3.5.3.2), by its type or, where that says nothing, by its name.
func isSignature(p *mimeparse.Part) bool {
	switch p.ContentType {
	case "application/pkcs7-signature", "application/x-pkcs7-signature":
		return true
	case "application/octet-stream":
		return hasExtension(p, ".p7s")
	}
	return false
}

// isObject reports whether a part says that it is a CMS object (RFC 8551 3.2).
func isObject(p *mimeparse.Part) bool {
	switch p.ContentType {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return true
	case "application/octet-stream": // RFC 8551 3.2.1
		return (hasExtension(p, ".p7m") || hasExtension(p, ".p7z") || hasExtension(p, ".p7c")) && beginsCMS(p)
	}
	return false
}

// errEnough ends a decoding early.
var errEnough = errors.New("enough")

// beginsCMS reports whether a content begins like a CMS object: a file that is only
// named like one is none.
func beginsCMS(p *mimeparse.Part) (is bool) {
	p.Decode(func(piece []byte) error {
		is = len(piece) > 0 && piece[0] == 0x30
		return errEnough
	})
	return is
}

func hasExtension(p *mimeparse.Part, ext string) bool {
	return slices.ContainsFunc(p.Names, func(n mimeparse.Filename) bool {
		return len(n.Value) >= len(ext) && strings.EqualFold(n.Value[len(n.Value)-len(ext):], ext)
	})
}

// Present reports whether a message has anything of S/MIME in it, at any depth.
// It is fast, and most messages have not.
func Present(m *mimeparse.Message) bool {
	for _, p := range m.Walk() {
		if p.ContentType == "multipart/signed" && !isForeign(p) || p.IsLeaf() && (isSignature(p) || isObject(p)) || hidesLayer(p) {
			return true
		}
	}
	return false
}

// isForeign reports whether a multipart/signed is one of OpenPGP (RFC 3156 5) or
// another system, with nothing of S/MIME in it.
func isForeign(p *mimeparse.Part) bool {
	return !isOurs(protocol(p)) && protocol(p) != "" && !slices.ContainsFunc(p.Children, isSignature)
}

func protocol(p *mimeparse.Part) string {
	param, _ := p.Type.Get("protocol")
	return strings.ToLower(strings.TrimSpace(param.Value))
}

func isOurs(protocol string) bool {
	return protocol == "application/pkcs7-signature" || protocol == "application/x-pkcs7-signature"
}

// findIn lists the places of one message that stand in no other place of it, in
// document order. What is inside a place is looked for when the place is read.
func findIn(m *mimeparse.Message, root *mimeparse.Part) []place {
	var out []place
	var walk func(p *mimeparse.Part)
	walk = func(p *mimeparse.Part) {
		switch {
		case p.ContentType == "multipart/signed" && !isForeign(p):
			out = append(out, clearPlace(m, p))
		case hidesLayer(p):
			out = append(out, place{msg: m, part: p, flags: []string{flagTwoTypes}, fault: fault{"content-type-twice", "RFC 5322 3.6: of several Content-Type fields another one than the first says S/MIME"}})
		case p.Message != nil:
			out = append(out, place{msg: m, part: p})
		case p.IsMultipart():
			for _, c := range p.Children {
				walk(c)
			}
		case isObject(p):
			out = append(out, place{msg: m, part: p})
		case isSignature(p):
			out = append(out, place{msg: m, part: p, flags: []string{flagDetachedAlone}, fault: fault{"signature-alone", "RFC 8551 3.5.3: a detached signature outside of a multipart/signed goes over nothing that is known"}})
		}
	}
	walk(root)
	return out
}

// clearPlace looks at a multipart/signed: exactly two parts, the signature second
// (RFC 1847 2.1).
func clearPlace(m *mimeparse.Message, p *mimeparse.Part) place {
	at := place{msg: m, part: p}
	at.checkProtocol()
	signatures := 0
	for _, c := range p.Children {
		if isSignature(c) {
			signatures++
			if at.signature == nil {
				at.signature = c
			}
		}
	}
	switch {
	case len(p.Children) == 0:
		at.fault = fault{"no-parts", "RFC 1847 2.1: a multipart/signed has two parts; here there is none"}
	case signatures == 0:
		at.fault = fault{"signature-missing", "RFC 8551 3.5.3: the multipart/signed holds no signature"}
	case isSignature(p.Children[0]):
		at.flags = append(at.flags, flagSignatureFirst)
		at.fault = fault{"signature-first", "RFC 1847 2.1: the signature is the second part, here it is the first"}
	case len(p.Children) > 2:
		at.flags = append(at.flags, flagExtraParts)
		at.fault = fault{"extra-parts", "RFC 1847 2.1: a multipart/signed has exactly two parts"}
	}
	if signatures > 1 {
		at.flags = append(at.flags, flagSeveralSignatures)
	}
	if len(p.Children) > 0 && !isSignature(p.Children[0]) {
		at.content = p.Children[0]
	}
	at.checkText()
	at.checkAmbiguous()
	return at
}

func (at *place) checkProtocol() {
	switch name := protocol(at.part); {
	case name == "":
		at.flags = append(at.flags, flagProtocolMissing)
	case !isOurs(name):
		at.flags = append(at.flags, flagProtocol)
	}
}

// checkText notes text that some readers show and no signature covers.
func (at *place) checkText() {
	if hasText(at.msg, at.part.Preamble) {
		at.flags = append(at.flags, flagPreamble)
	}
	if hasText(at.msg, at.part.Epilogue) {
		at.flags = append(at.flags, flagEpilogue)
	}
}

func hasText(m *mimeparse.Message, s headers.Span) bool {
	return len(strings.TrimSpace(string(m.Raw[s.Start:min(s.End, s.Start+4096)]))) > 0
}

// checkAmbiguous notes what two readers take apart in two ways: then one may show
// what the other one finds unsigned.
func (at *place) checkAmbiguous() {
	for _, p := range []*mimeparse.Part{at.part, at.content} {
		if p == nil {
			continue
		}
		boundaries := 0
		for range p.Type.All("boundary") {
			boundaries++
		}
		at.note(p.Header.Count("Content-Type") > 1, flagTwoTypes)
		at.note(p.Header.Count("Content-Transfer-Encoding") > 1, flagTwoEncodings)
		at.note(boundaries > 1, flagTwoBoundaries)
	}
}

func (at *place) note(is bool, flag string) {
	if is && !slices.Contains(at.flags, flag) {
		at.flags = append(at.flags, flag)
	}
}

// isAmbiguous reports whether the structure can be read in two ways, or names
// another kind of signature.
func (at *place) isAmbiguous() bool {
	return slices.ContainsFunc(at.flags, func(f string) bool {
		return f == flagTwoTypes || f == flagTwoEncodings || f == flagTwoBoundaries || f == flagProtocol
	})
}

// hidesLayer reports whether a part has a second Content-Type that says S/MIME:
// some readers take the last one.
func hidesLayer(p *mimeparse.Part) bool {
	if p.Header.Count("Content-Type") < 2 {
		return false
	}
	for f := range p.Header.All("Content-Type") {
		kind, _, _ := strings.Cut(strings.ToLower(string(f.Raw())), ";")
		switch kind = strings.TrimSpace(kind); kind {
		case "multipart/signed", "application/pkcs7-mime", "application/x-pkcs7-mime":
			return p.ContentType != kind
		}
	}
	return false
}
