package ber

import (
	"iter"
	"math/big"
	"strconv"
)

// Value is one value of a tree. The zero value is none.
type Value struct {
	t *Tree
	i int
}

// Root is the value at the head of the source.
func (t *Tree) Root() Value { return Value{t, 0} }

// Used is how many bytes of the source belong to the root.
func (t *Tree) Used() int { return t.nodes[0].next }

// Facts lists what DER would write otherwise, by first occurrence.
func (t *Tree) Facts() []Fact { return t.facts }

func (v Value) node() *node { return &v.t.nodes[v.i] }

// Exists reports whether v is a value at all.
func (v Value) Exists() bool { return v.t != nil }

// Tag is its tag.
func (v Value) Tag() Tag { return v.node().tag }

// Constructed reports whether other values are inside.
func (v Value) Constructed() bool { return v.node().constructed }

// Offset is where the value begins in the source, and Start where its contents do.
func (v Value) Offset() int { return v.node().head }

// Start is where the contents begin in the source.
func (v Value) Start() int { return v.node().start }

// Source is the whole value as stored. It aliases the source.
func (v Value) Source() []byte {
	n := v.node()
	return v.t.src[n.head:n.next:n.next]
}

// Contents are the contents as stored. They alias the source.
func (v Value) Contents() []byte {
	n := v.node()
	return v.t.src[n.start:n.end:n.end]
}

// IsDER reports whether Source is DER, the order of sets aside.
func (v Value) IsDER() bool { return !v.node().changed }

// Children iterates over the values directly inside.
func (v Value) Children() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		r := v.Inside()
		for c, ok := r.Next(); ok; c, ok = r.Next() {
			if !yield(c) {
				return
			}
		}
	}
}

// Inside reads the values directly inside, one after the other; none of a
// primitive value.
func (v Value) Inside() Reader {
	n := v.node()
	return Reader{t: v.t, i: v.i + 1, end: n.after}
}

// Segments iterates over the contents of a string piece by piece, as BER may cut
// it: one piece of a primitive one. The pieces alias the source. Of a bit string
// they hold the octet that counts unused bits.
func (v Value) Segments() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for i := v.i; i < v.node().after; i++ {
			if n := &v.t.nodes[i]; !n.constructed && !yield(v.t.src[n.start:n.end:n.end]) {
				return
			}
		}
	}
}

// Octets are the contents of a string with its segments joined; they alias the
// source where nothing had to be joined.
func (v Value) Octets() []byte {
	if !v.Constructed() {
		return v.Contents()
	}
	size := 0
	for s := range v.Segments() {
		size += len(s)
	}
	out := make([]byte, 0, size)
	for s := range v.Segments() {
		out = append(out, s...)
	}
	return out
}

// Bits are the octets of a BIT STRING without the one that counts unused bits;
// ok is false when bits are unused or the string is cut: no signature is.
func (v Value) Bits() (b []byte, ok bool) {
	b = v.Contents()
	if v.Tag() != BitString || v.Constructed() || len(b) == 0 || b[0] != 0 {
		return nil, false
	}
	return b[1:], true
}

// Int is an INTEGER that fits; ok is false for every other value.
func (v Value) Int() (n int, ok bool) {
	b := v.Contents()
	if v.Tag() != Integer || v.Constructed() || len(b) == 0 || len(b) > 4 {
		return 0, false
	}
	n = int(int8(b[0]))
	for _, c := range b[1:] {
		n = n<<8 | int(c)
	}
	return n, true
}

// Big is an INTEGER of any size.
func (v Value) Big() *big.Int {
	b := v.Contents()
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 { // two's complement (X.690 8.3.3)
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// maxOID is the size of an object identifier that is still written in dots.
const maxOID = 64

// OID is an OBJECT IDENTIFIER in dotted form (X.690 8.19); "" for every other
// value and for one that is malformed.
func (v Value) OID() string {
	b := v.Contents()
	if v.Tag() != OID || v.Constructed() || len(b) == 0 || len(b) > maxOID || b[len(b)-1] >= 0x80 {
		return ""
	}
	var room [4 * maxOID]byte
	out := room[:0]
	var arc uint64
	for i, first := 0, true; i < len(b); i++ {
		if arc == 0 && b[i] == 0x80 || arc > 1<<56 {
			return "" // 8.19.2: the fewest octets possible
		}
		arc = arc<<7 | uint64(b[i]&0x7F)
		if b[i] >= 0x80 {
			continue
		}
		if first { // 8.19.4: the first two arcs in one
			top := min(arc/40, 2)
			out, arc, first = strconv.AppendUint(out, top, 10), arc-40*top, false
		}
		out = strconv.AppendUint(append(out, '.'), arc, 10)
		arc = 0
	}
	return string(out)
}

// Reader hands out the values inside another one, in order.
type Reader struct {
	t      *Tree
	i, end int
}

// Next is the next value.
func (r *Reader) Next() (v Value, ok bool) {
	if r.i >= r.end {
		return Value{}, false
	}
	v = Value{r.t, r.i}
	r.i = r.t.nodes[r.i].after
	return v, true
}

// Read is the next value if it has the tag; otherwise nothing is taken.
func (r *Reader) Read(tag Tag) (v Value, ok bool) {
	if r.i >= r.end || r.t.nodes[r.i].tag != tag {
		return Value{}, false
	}
	return r.Next()
}

// More reports whether a value is left.
func (r *Reader) More() bool { return r.i < r.end }
