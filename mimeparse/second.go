package mimeparse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"github.com/emersion/go-message"
)

// secondReader names the library behind SecondReading, and its version.
const secondReader = "github.com/emersion/go-message v0.18.2"

// Bounds of a second reading.
const (
	secondDepth = 64
	secondParts = 10_000
	secondBytes = 1 << 30
)

// Second is what another parser, in wide use, makes of the same bytes. Where
// it differs from [Parse], a reader built on it shows another message.
type Second struct {
	// Reader names the parser and its version.
	Reader string
	// Refused is the parser's own error text where it gave up, or says which
	// bound was reached; "" when it read all there is.
	Refused string
	// Leaves are the parts that hold content, in order, up to where it stopped.
	// One that it could not decode to its end is left out.
	Leaves []SecondLeaf
}

// SecondLeaf is one part with content, as the other parser sees it.
type SecondLeaf struct {
	// ContentType is the media type; Filename the name in Content-Disposition,
	// else in Content-Type, decoded.
	ContentType, Filename string
	// Size and SHA256 (in hexadecimal) are of the decoded content.
	Size   int64
	SHA256 string
}

var (
	errSecondDepth = errors.New("mimeparse: second reading stopped at its bound of depth")
	errSecondParts = errors.New("mimeparse: second reading stopped at its bound of parts")
	errSecondBytes = errors.New("mimeparse: second reading stopped at its bound of bytes")
)

// SecondReading reads raw with go-message, as that library does it by itself:
// no charset is converted, and nested messages stay leaves. It is bounded in
// depth, parts and bytes. What it finds has no spans: compare digests.
func SecondReading(raw []byte) Second {
	s := secondRun{out: Second{Reader: secondReader}, left: secondBytes}
	e, err := message.Read(bytes.NewReader(raw))
	if err := s.entity(e, err, 1); err != nil {
		s.out.Refused = err.Error()
	}
	return s.out
}

type secondRun struct {
	out   Second
	left  int64 // bytes that may still be decoded
	parts int
}

// entity reads e, which came with err from the library.
func (s *secondRun) entity(e *message.Entity, err error, depth int) error {
	s.parts++
	switch {
	case err != nil && !message.IsUnknownCharset(err):
		return err // also an unknown encoding: the content would not be what the part says
	case depth > secondDepth:
		return errSecondDepth
	case s.parts > secondParts:
		return errSecondParts
	}
	parts := e.MultipartReader()
	if parts == nil {
		return s.leaf(e)
	}
	for {
		child, err := parts.NextPart()
		if err == io.EOF && child == nil {
			return nil // the bare value; wrapped it is a body that breaks off
		}
		if err := s.entity(child, err, depth+1); err != nil {
			return err
		}
	}
}

func (s *secondRun) leaf(e *message.Entity) error {
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(e.Body, s.left+1))
	if err != nil {
		return err
	}
	if s.left -= n; s.left < 0 {
		return errSecondBytes
	}
	// Errors of these two only mean that there is no such value.
	contentType, params, _ := e.Header.ContentType()
	_, disposition, _ := e.Header.ContentDisposition()
	name := disposition["filename"]
	if name == "" {
		name = params["name"]
	}
	s.out.Leaves = append(s.out.Leaves, SecondLeaf{ContentType: contentType, Filename: name, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))})
	return nil
}
