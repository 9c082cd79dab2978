package pki

// Session is what several searches over one message share: signatures that were
// checked already, and a bound of the work for all of them. It is not for use by
// several goroutines. nil is one without a bound that shares nothing.
type Session struct {
	links map[link]error
	left  int
}

// NewSession returns one with a bound of work, in units of some 50 microseconds.
func NewSession(work int) *Session { return &Session{links: map[link]error{}, left: work} }

// Spend takes work from the bound. It reports whether there was enough left; if
// not, nothing is left.
func (s *Session) Spend(work int) bool {
	switch {
	case s == nil:
		return true
	case work > s.left:
		s.left = 0
		return false
	}
	s.left -= work
	return true
}

// known are the signatures that were checked already.
func (s *Session) known() map[link]error {
	if s == nil {
		return map[link]error{}
	}
	return s.links
}

// weight is what a search takes before the first signature is checked: certificates
// are filed, and revocation lists walked.
func (o *Options) weight() int {
	octets := 0
	for _, l := range o.CRLs {
		octets += len(l.TBS)
	}
	return 1 + (len(o.Roots)+len(o.Intermediates)+len(o.Extra))/16 + octets/digestUnit
}

// notSearched is the path of a certificate for which no work was left.
func notSearched(leaf *Certificate) *Path {
	p := &Path{Chain: []*Certificate{leaf}, Standing: []Standing{StandingNotChecked}}
	p.fail(0, codeBudget, "not searched: the message asks for too much work")
	p.settle()
	return p
}
