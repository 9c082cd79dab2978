package ber

// Kind is a way in which an encoding is not DER (X.690 10, 11).
type Kind string

// The kinds. A set whose elements stand in another order than DER's is not
// among them: what is a SET OF, its reader knows alone.
const (
	Indefinite  Kind = "indefinite-length"  // X.690 10.1
	LongLength  Kind = "long-length"        // X.690 10.1: more length octets than needed
	Segmented   Kind = "constructed-string" // X.690 10.2
	OddBoolean  Kind = "boolean-value"      // X.690 11.1: TRUE that is not FF
	OddInteger  Kind = "padded-integer"     // X.690 8.3.2: not even BER
	EmptyNumber Kind = "empty-integer"      // X.690 8.3.1: not even BER
)

// Fact is a kind that occurs in an encoding.
type Fact struct {
	Kind Kind
	// Offset is where it occurs first, Count how often.
	Offset, Count int
}

// facts are the kinds that occur, in the order of their first occurrence.
type facts []Fact

func (f *facts) add(kind Kind, offset int) {
	for i := range *f {
		if fact := &(*f)[i]; fact.Kind == kind {
			fact.Count++
			return
		}
	}
	*f = append(*f, Fact{Kind: kind, Offset: offset, Count: 1})
}

// note files what is not DER about a node that was just read, and marks it and
// all that stand around it.
func (p *parser) note(i int, kind Kind) {
	if kind == "" {
		return
	}
	n := &p.nodes[i]
	p.facts.add(kind, n.head)
	if n.indefinite && n.tag.isString() {
		p.facts.add(Segmented, n.head)
	}
	n.changed = true
	for d := p.depth - 1; d >= 0; d-- {
		around := &p.nodes[p.stack[d].node]
		if around.changed {
			return // and so is what stands around that
		}
		around.changed = true
	}
}

// checkPrimitive looks at the contents of the types whose contents have a form.
func (p *parser) checkPrimitive(i int) error {
	n := &p.nodes[i]
	b := p.src[n.start:n.end]
	switch n.tag {
	case BitString:
		if len(b) == 0 { // X.690 8.6.2.2
			return p.fail("bit string without its first octet")
		}
	case Boolean:
		if n.oddBoolean(p.src) {
			p.note(i, OddBoolean)
		}
	case Integer, Enumerated:
		switch {
		case len(b) == 0:
			p.facts.add(EmptyNumber, n.head)
		case len(b) > 1 && (b[0] == 0 && b[1] < 0x80 || b[0] == 0xFF && b[1] >= 0x80):
			p.facts.add(OddInteger, n.head) // kept as it is: a serial number is its octets
		}
	}
	return nil
}

// oddBoolean reports whether a node is a TRUE that DER writes as FF (X.690 11.1).
func (n *node) oddBoolean(src []byte) bool {
	return n.tag == Boolean && !n.constructed && n.end-n.start == 1 && src[n.start] != 0 && src[n.start] != 0xFF
}
