package ber

import (
	"bytes"
	"testing"
)

// slowDER is what [Value.DER] does, written the plain way: recursively, each
// value from the values inside.
func slowDER(v Value) []byte {
	n := v.node()
	if !n.constructed {
		if n.tag == Boolean && n.end-n.start == 1 && v.Contents()[0] != 0 {
			return appendWhole(n.tag, false, []byte{0xFF})
		}
		return appendWhole(n.tag, false, v.Contents())
	}
	var body []byte
	if !n.tag.isString() {
		for c := range v.Children() {
			body = append(body, slowDER(c)...)
		}
		return appendWhole(n.tag, true, body)
	}
	if n.tag == BitString {
		body = []byte{0}
	}
	for s := range v.Segments() {
		if n.tag == BitString {
			body[0] = s[0]
			s = s[1:]
		}
		body = append(body, s...)
	}
	return appendWhole(n.tag, false, body)
}

func appendWhole(tag Tag, constructed bool, body []byte) []byte {
	return append(appendLength(tag.appendTo(nil, constructed), len(body)), body...)
}

// No input may do harm, values stay inside one another, and DER is DER.
func FuzzParse(f *testing.F) {
	f.Add([]byte{0x30, 0x80, 0x02, 0x01, 0x05, 0x00, 0x00})
	f.Add(tlv(0x24, octets("ab"), indef(0x24, octets("c"))))
	f.Add(tlv(0x23, tlv(0x03, []byte{0, 1, 2}), tlv(0x03, []byte{4, 0xF0})))
	f.Add([]byte{0xBF, 0x81, 0x01, 0x80, 0x05, 0x00, 0, 0})
	f.Add([]byte{0x30, 0x84, 0, 0, 0, 3, 0x01, 0x01, 0x07})
	f.Add(append([]byte{0x30, 0x80}, bytes.Repeat([]byte{0x30, 0x02, 0x30, 0x80}, 20)...))
	f.Fuzz(func(t *testing.T, src []byte) {
		tree, err := Parse(src)
		if err != nil {
			return
		}
		checkNest(t, tree)
		root := tree.Root()
		der := root.DER()
		if slow := slowDER(root); root.IsDER() != bytes.Equal(slow, root.Source()) || !root.IsDER() && !bytes.Equal(der, slow) {
			t.Fatalf("DER %x, slowly %x, is DER %v", der, slow, root.IsDER())
		}
		again, err := Parse(der)
		if err != nil || !again.Root().IsDER() || again.Used() != len(der) {
			t.Fatalf("DER %x is none: %v", der, err)
		}
	})
}

func checkNest(t *testing.T, tree *Tree) {
	if tree.Used() > len(tree.src) {
		t.Fatal("used more than there is")
	}
	for i := range tree.nodes {
		n := &tree.nodes[i]
		if n.head >= n.start || n.start > n.end || n.end > n.next || n.after <= i || n.after > len(tree.nodes) {
			t.Fatalf("node %d: %+v", i, *n)
		}
		for c := i + 1; c < n.after; c = tree.nodes[c].after {
			if child := &tree.nodes[c]; child.head < n.start || child.next > n.end {
				t.Fatalf("node %d reaches out of %d", c, i)
			}
		}
	}
}

// The oid, integer and octets of any value can be asked for.
func FuzzValue(f *testing.F) {
	f.Add([]byte{0x06, 0x03, 0x55, 0x1D, 0x0F})
	f.Add([]byte{0x02, 0x02, 0x80, 0x00})
	f.Add([]byte{0x24, 0x80, 0x04, 0x01, 0x41, 0x00, 0x00})
	f.Fuzz(func(t *testing.T, src []byte) {
		tree, err := Parse(src)
		if err != nil {
			return
		}
		for i := range tree.nodes {
			v := Value{tree, i}
			v.OID()
			v.Int()
			v.Bits()
			if n := v.Big(); n.BitLen() > 8*len(src) {
				t.Fatal("a number larger than its octets")
			}
			if len(v.Octets()) > len(v.Source()) {
				t.Fatal("more octets than stored")
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	segment := tlv(0x04, bytes.Repeat([]byte("a"), 1000))
	for name, src := range map[string][]byte{
		"signature": tlv(0x30, bytes.Repeat(tlv(0x30, tlv(0x06, []byte{0x55, 4, 3}), tlv(0x13, []byte("name"))), 100)),
		"segments":  indef(0x24, bytes.Repeat(segment, 10_000)),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
