package smimeforge

import (
	"bytes"
	"math/big"
)

// This file answers one question: how is the same value written in BER forms that are not DER?

// form says how one node is written.
type form int

const (
	definite   form = iota // the DER form
	indefinite             // 80 ... 00 00 (constructed nodes only)
	longLength             // definite with leading zero octets in the length
	segmented              // a primitive string as a constructed one, definite
	streamed               // a primitive string as a constructed one, indefinite
	nested                 // a primitive string as a constructed one that holds constructed ones
)

// node is one element of a tree read from DER, with the form in which it will be written.
type node struct {
	tag     byte
	body    []byte // of a primitive node
	kids    []*node
	form    form
	segment int // octets in a segment; number of length octets for longLength
}

// tree reads DER into nodes. What cannot be read as DER is kept as the body of a primitive node.
func tree(der []byte) *node {
	tag, body, _, err := element(der)
	if err != nil {
		panic("smimeforge: " + err.Error())
	}
	n := &node{tag: tag}
	if tag&0x20 == 0 {
		n.body = body
		return n
	}
	for rest := body; len(rest) > 0; {
		_, _, next, err := element(rest)
		if err != nil {
			panic("smimeforge: " + err.Error())
		}
		n.kids = append(n.kids, tree(rest[:len(rest)-len(next)]))
		rest = next
	}
	return n
}

// at follows child numbers; a negative number counts from the end.
func (n *node) at(path ...int) *node {
	for _, i := range path {
		if i < 0 {
			i += len(n.kids)
		}
		n = n.kids[i]
	}
	return n
}

// bytes writes the node in its form.
func (n *node) bytes() []byte {
	body := n.body
	for _, k := range n.kids {
		body = append(body, k.bytes()...)
	}
	switch n.form {
	case indefinite:
		return bytes.Join([][]byte{{n.tag, 0x80}, body, {0, 0}}, nil)
	case longLength:
		return bytes.Join([][]byte{{n.tag, 0x80 | byte(n.segment)}, wideLength(len(body), n.segment), body}, nil)
	case segmented:
		return tlv(n.tag|0x20, cut(body, n.segment)...)
	case streamed:
		inner := bytes.Join(cut(body, n.segment), nil)
		return bytes.Join([][]byte{{n.tag | 0x20, 0x80}, inner, {0, 0}}, nil)
	case nested:
		pieces := cut(body, n.segment)
		half := len(pieces) / 2
		return tlv(n.tag|0x20, tlv(0x24, pieces[:half]...), tlv(0x24, tlv(0x24, pieces[half:]...)))
	}
	return tlv(n.tag, body)
}

// wideLength is a length in exactly k octets.
func wideLength(n, k int) []byte { return big.NewInt(int64(n)).FillBytes(make([]byte, k)) }

// cut makes OCTET STRING segments of at most size octets.
func cut(b []byte, size int) [][]byte {
	var out [][]byte
	for len(b) > size {
		out, b = append(out, octets(b[:size])), b[size:]
	}
	return append(out, octets(b))
}
