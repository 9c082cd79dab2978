package ber

// DER is the value as DER writes it, with one exception: the elements of sets
// stay in the order in which they are stored. It aliases the source when that is
// DER.
func (v Value) DER() []byte {
	if v.IsDER() {
		return v.Source()
	}
	w := writer{t: v.t, first: v.i, sizes: make([]int, v.node().after-v.i)}
	w.measure()
	return w.write()
}

// writer writes a value in definite form. Sizes are worked out first, so that
// each octet is written once.
type writer struct {
	t     *Tree
	first int
	sizes []int // of the contents of each node from first on
}

// joined reports whether a node is a string in segments, which becomes one.
func (n *node) joined() bool { return n.constructed && n.tag.isString() }

// measure goes backwards: what is inside a value stands behind it.
func (w *writer) measure() {
	for k := len(w.sizes) - 1; k >= 0; k-- {
		i := w.first + k
		n := &w.t.nodes[i]
		if !n.constructed {
			w.sizes[k] = n.end - n.start
			continue
		}
		for c := i + 1; c < n.after; c = w.t.nodes[c].after {
			size := w.sizes[c-w.first]
			if n.joined() {
				w.sizes[k] += size
				if n.tag == BitString {
					w.sizes[k]-- // of the octets that count unused bits one stays
				}
				continue
			}
			w.sizes[k] += size + headerSize(w.t.nodes[c].tag, size)
		}
		if n.joined() && n.tag == BitString {
			w.sizes[k]++
		}
		w.sizes[k] = max(w.sizes[k], 0)
	}
}

func headerSize(tag Tag, size int) int {
	var room [16]byte
	return len(appendLength(tag.appendTo(room[:0], false), size))
}

func (w *writer) write() []byte {
	root := &w.t.nodes[w.first]
	out := make([]byte, 0, w.sizes[0]+headerSize(root.tag, w.sizes[0]))
	for i := w.first; i < root.after; {
		n := &w.t.nodes[i]
		out = appendLength(n.tag.appendTo(out, n.constructed && !n.joined()), w.sizes[i-w.first])
		switch {
		case n.joined():
			out = w.join(out, i)
			i = n.after
		case n.constructed:
			i++
		case n.oddBoolean(w.t.src):
			out = append(out, 0xFF)
			i++
		default:
			out = append(out, w.t.src[n.start:n.end]...)
			i++
		}
	}
	return out
}

// join appends the segments of a string. Of a bit string the last segment alone
// may leave bits unused (X.690 8.6.4).
func (w *writer) join(out []byte, i int) []byte {
	v := Value{w.t, i}
	if v.Tag() != BitString {
		for s := range v.Segments() {
			out = append(out, s...)
		}
		return out
	}
	count := len(out)
	out = append(out, 0)
	for s := range v.Segments() {
		if len(s) > 0 {
			out[count] = s[0]
			out = append(out, s[1:]...)
		}
	}
	return out
}

// appendLength appends length octets in the shortest form (X.690 10.1).
func appendLength(b []byte, n int) []byte {
	if n < 0x80 {
		return append(b, byte(n))
	}
	size := 1
	for n>>(8*size) != 0 {
		size++
	}
	b = append(b, 0x80|byte(size))
	for size--; size >= 0; size-- {
		b = append(b, byte(n>>(8*size)))
	}
	return b
}

// AppendValue appends a value in definite form with the contents given.
func AppendValue(b []byte, tag Tag, constructed bool, contents ...[]byte) []byte {
	size := 0
	for _, c := range contents {
		size += len(c)
	}
	b = appendLength(tag.appendTo(b, constructed), size)
	for _, c := range contents {
		b = append(b, c...)
	}
	return b
}
