package ber

import (
	"errors"
	"fmt"
)

// ErrMalformed: the bytes are no BER, or break a bound of this package.
var ErrMalformed = errors.New("malformed BER")

// The bounds of one encoding. Real CMS objects stay below 30 levels; a signed
// content of 64 MiB in segments of a kilobyte has 65,536 values.
const (
	maxDepth    = 64
	maxValues   = 1 << 18
	maxTagBytes = 4
	maxLenBytes = 8
)

// node is one value. Nodes stand in the order of their first bytes, so that
// what is inside a value follows it.
type node struct {
	tag         Tag
	head        int // offset of its identifier octets
	start, end  int // its contents
	next        int // offset behind it, end-of-contents octets included
	after       int // index of the first node that is not inside it
	constructed bool
	indefinite  bool
	changed     bool // DER writes it, or something inside it, otherwise
}

// Tree is one encoding that was read.
type Tree struct {
	src   []byte
	nodes []node
	facts facts
}

// Parse reads the value at the head of src, and what is inside it. Bytes behind
// it are left alone: see [Tree.Used].
func Parse(src []byte) (*Tree, error) {
	p := parser{Tree: &Tree{src: src}}
	if err := p.value(len(src)); err != nil {
		return nil, err
	}
	for p.depth > 0 {
		if err := p.step(); err != nil {
			return nil, err
		}
	}
	return p.Tree, nil
}

// open is a constructed value whose end has not been reached.
type open struct {
	node  int
	bound int // where it ends at the latest
}

type parser struct {
	*Tree
	pos   int
	stack [maxDepth]open
	depth int
}

// step closes the innermost open value or reads the next one inside it.
func (p *parser) step() error {
	top := &p.stack[p.depth-1]
	n := &p.nodes[top.node]
	if !n.indefinite {
		if p.pos == n.end {
			p.close(p.pos)
			return nil
		}
		return p.value(top.bound)
	}
	// X.690 8.1.5: end-of-contents octets
	if top.bound-p.pos >= 2 && p.src[p.pos] == 0 && p.src[p.pos+1] == 0 {
		n.end = p.pos
		p.pos += 2
		p.close(p.pos)
		return nil
	}
	return p.value(top.bound)
}

func (p *parser) close(next int) {
	p.depth--
	n := &p.nodes[p.stack[p.depth].node]
	n.next, n.after = next, len(p.nodes)
}

// value reads identifier and length octets at pos and steps into a constructed
// value or over a primitive one.
func (p *parser) value(bound int) error {
	n, odd, err := p.header(bound)
	if err != nil {
		return err
	}
	if len(p.nodes) >= maxValues {
		return p.fail("more values than are read")
	}
	if err := p.checkSegment(&n); err != nil {
		return err
	}
	p.nodes = append(p.nodes, n)
	i := len(p.nodes) - 1
	p.note(i, odd)
	if !n.constructed {
		p.nodes[i].after, p.pos = i+1, n.end
		return p.checkPrimitive(i)
	}
	if p.depth == maxDepth {
		return p.fail("values stand too deep in one another")
	}
	p.stack[p.depth] = open{node: i, bound: n.end}
	p.depth++
	p.pos = n.start
	return nil
}

// checkSegment demands that what stands inside a constructed string are pieces
// of a string (X.690 8.6.4, 8.7.3, 8.23.6).
func (p *parser) checkSegment(n *node) error {
	if p.depth == 0 {
		return nil
	}
	around := p.nodes[p.stack[p.depth-1].node].tag
	if !around.isString() || n.tag == around || n.tag == OctetString && around != BitString {
		return nil
	}
	return p.fail("something else than a segment in a string")
}

// header reads identifier and length octets (X.690 8.1.2, 8.1.3). odd says
// what DER would write otherwise.
func (p *parser) header(bound int) (n node, odd Kind, err error) {
	n.head = p.pos
	pos, err := p.identifier(&n, bound)
	if err != nil {
		return n, "", err
	}
	if pos >= bound {
		return n, "", p.fail("cut off before its length")
	}
	first := int(p.src[pos])
	pos++
	length := first
	switch {
	case first == 0x80:
		if !n.constructed {
			return n, "", p.fail("primitive value of indefinite length")
		}
		n.indefinite, odd, length = true, Indefinite, bound-pos
	case first > 0x80:
		if length, odd, err = p.longLength(pos, bound, first&0x7F); err != nil {
			return n, "", err
		}
		pos += first & 0x7F
	}
	if length > bound-pos {
		return n, "", p.fail("longer than what it stands in")
	}
	n.start, n.end = pos, pos+length
	n.next = n.end
	if n.constructed && n.tag.isString() && odd == "" {
		odd = Segmented
	}
	return n, odd, nil
}

// identifier reads the tag.
func (p *parser) identifier(n *node, bound int) (pos int, err error) {
	pos = p.pos
	if pos >= bound {
		return pos, p.fail("cut off before its tag")
	}
	first := p.src[pos]
	pos++
	n.constructed = first&0x20 != 0
	number := uint32(first & 0x1F)
	if number == 0x1F { // X.690 8.1.2.4
		number = 0
		for k := 0; ; k++ {
			if k == maxTagBytes || pos >= bound {
				return pos, p.fail("tag too large or cut off")
			}
			c := p.src[pos]
			pos++
			number = number<<7 | uint32(c&0x7F)
			if number == 0 { // 8.1.2.4.2 c)
				return pos, p.fail("tag with a leading zero")
			}
			if c < 0x80 {
				break
			}
		}
		if number < 0x1F { // 8.1.2.2
			return pos, p.fail("small tag in many octets")
		}
	}
	n.tag = Tag(uint32(first>>6)<<30 | number)
	if n.tag == 0 {
		return pos, p.fail("end-of-contents octets where nothing ends")
	}
	return pos, nil
}

// longLength reads n length octets (X.690 8.1.3.5). Leading zeros are BER.
func (p *parser) longLength(pos, bound, n int) (length int, odd Kind, err error) {
	if n > maxLenBytes || n > bound-pos {
		return 0, "", p.fail("length too large or cut off")
	}
	for _, c := range p.src[pos : pos+n] {
		if length > len(p.src) {
			break
		}
		length = length<<8 | int(c)
	}
	if p.src[pos] == 0 || length < 0x80 {
		odd = LongLength
	}
	return length, odd, nil
}

func (p *parser) fail(why string) error {
	return fmt.Errorf("%w: %s at offset %d", ErrMalformed, why, p.pos)
}
