package forensic

import (
	"iter"
	"sync"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// memo is what was read from the header once and is needed again, by the rules
// or for other facts; and the working memory for one report. Nothing of it but
// strings and slabs gets into the report: it is used again for another one.
type memo struct {
	texts     texts
	addresses slab[report.Address]
	names     nameSet
	// lists are the address lists of From, Sender and Reply-To, in this order.
	lists []addressField
	// date is the first Date field; the zero value where there is none.
	date headers.Date
	// ids are the identifiers of the first Message-ID field.
	ids []headers.MessageID
	// known are the identifiers of all fields, for the clocks.
	known []clock.KnownIDs
	// firsts are the first conflicts of each doubtful reading.
	firsts []firstConflict

	stamps  []clock.Stamp
	steps   []clock.Step
	trust   []float64
	listed  []uint8
	judging judging
}

// memos are memos not in use.
var memos = sync.Pool{New: func() any { return new(memo) }}

// release gives the memo back, with nothing of the message left in it. A memo
// that has grown over a hostile message is not kept.
func (m *memo) release() {
	const kept = 256
	if max(cap(m.lists), cap(m.known), cap(m.firsts), cap(m.stamps), cap(m.trust), cap(m.judging.found)) > kept {
		return
	}
	clear(m.lists)
	clear(m.known)
	clear(m.firsts)
	clear(m.stamps)
	clear(m.steps)
	clear(m.judging.found)
	clear(m.judging.orgs)
	*m = memo{
		lists: m.lists[:0], known: m.known[:0], firsts: m.firsts[:0], stamps: m.stamps[:0], steps: m.steps[:0], trust: m.trust[:0], listed: m.listed[:0],
		judging: judging{found: m.judging.found, order: m.judging.order, orgs: m.judging.orgs},
	}
	memos.Put(m)
}

// addressField is a parsed field of addresses.
type addressField struct {
	name string // as the caller spells it
	headers.AddressList
}

// firstConflict is a conflict of clock.Judgement, by its index, that is the
// first one of its doubtful reading.
type firstConflict struct {
	index   int
	explain string
	kind    string // the rule that it belongs to; set by newJudging
}

// nameSet says which field names a header cannot hold, or not twice: one bit for
// each length and first letter. Most names that are asked for are in no header.
type nameSet struct {
	known       bool
	once, twice [2]uint64
}

// bit is the place of a field name, letter case aside. It is spread over 128
// bits by length and first letter.
func (nameSet) bit(name string) (word int, bit uint64) {
	if name == "" {
		return 0, 1
	}
	n := len(name)*37 + int(name[0]|0x20)*11
	return n >> 6 & 1, 1 << (n & 63)
}

func (s *nameSet) fill(fields []headers.Field) {
	s.known = true
	for i := range fields {
		word, bit := s.bit(fields[i].Name)
		s.twice[word] |= s.once[word] & bit
		s.once[word] |= bit
	}
}

// nameSet is that of the message's header.
func (f *facts) nameSet() *nameSet {
	if !f.memo.names.known {
		f.memo.names.fill(f.msg.Header.Fields)
	}
	return &f.memo.names
}

// may reports whether a field of the name can be in the message's header.
func (f *facts) may(name string) bool {
	s := f.nameSet()
	word, bit := s.bit(name)
	return s.once[word]&bit != 0
}

// mayRepeat reports whether a field of the name can be there twice.
func (f *facts) mayRepeat(name string) bool {
	s := f.nameSet()
	word, bit := s.bit(name)
	return s.twice[word]&bit != 0
}

// field is the topmost field of the name; ok is false when there is none.
func (f *facts) field(name string) (field headers.Field, ok bool) {
	if !f.may(name) {
		return headers.Field{}, false
	}
	return f.msg.Header.First(name)
}

// fields iterates over the fields of the name, in order.
func (f *facts) fields(name string) iter.Seq[headers.Field] {
	return func(yield func(headers.Field) bool) {
		if f.may(name) {
			f.msg.Header.All(name)(yield)
		}
	}
}
