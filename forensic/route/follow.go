package route

import "github.com/emlcheck/emlcheck/headers"

// Follow reads the way of a message out of its trace fields: the hops in the
// order in which they happened, how well each fits to the next one, how far up
// the chain the recipient's own system wrote, where the message entered mail
// transport, and which tests for forged lines fail. nil options are the
// defaults. The result never is nil.
func Follow(block *headers.Block, opt *Options) *Route {
	if opt == nil {
		opt = &Options{}
	}
	t := tracer{block: block, opt: opt, r: &Route{Boundary: -1, Origin: Origin{Hop: -1}}}
	t.gather()
	t.delays()
	t.classify()
	t.links()
	t.segments()
	t.boundary()
	t.authors()
	t.origin()
	t.doubts()
	return t.r
}

// tracer is the state of one reading.
type tracer struct {
	block *headers.Block
	opt   *Options
	r     *Route
	lines lineTexts

	to      string // the domain of the delivery, once knowsTo
	knowsTo bool

	// authorAt is where the first of each kind of authorFields stands, once
	// knowsAuthor.
	authorAt    [len(authorFields) - 1]int
	knowsAuthor bool

	domains    []string // of all addresses, once knowsDoms
	knowsDoms  bool
	aliasTries int // searches of aliases so far

	room *doubtRoom // of the last doubts
}
