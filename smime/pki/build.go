package pki

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/emlcheck/emlcheck/smime/internal/sigalg"
)

// Bounds of one search. There are more checks than certificates in a message, so
// that a heap of certificates of the issuer's name cannot hide the true one.
const (
	maxDepth   = 16
	maxChecks  = 512    // signatures
	maxCost    = 2000   // of them, see [Certificate.Cost]
	maxSteps   = 2000   // certificates looked at as an issuer
	digestUnit = 50_000 // octets that are digested at the cost of one
	maxPaths   = 64     // that are judged
	maxOthers  = 16     // that are told
)

// builder searches for paths, depth first.
type builder struct {
	*Options
	anchors, pool map[string][]*Certificate // by subject
	links         map[link]error
	paths         []*Path
	search        meter
	evidence      meter
	steps, limit  int
	compared      int // names with constraints
	names         map[*Certificate][]GeneralName
	found         bool
	direct        bool                            // only ways to a root are followed
	leads         map[*Certificate]bool           // see reach
	above         map[*Certificate][]*Certificate // see issuers
	proofs        proofs
}

// meter bounds signature checks.
type meter struct {
	checks, cost int
	spent        bool
}

// link is one signature: bytes that were signed and the key to check it with.
type link struct {
	signed *byte
	key    [sha256.Size]byte
}

func newBuilder(opt *Options) *builder {
	b := &builder{Options: opt, limit: maxPaths, links: opt.Session.known(), names: map[*Certificate][]GeneralName{},
		above: map[*Certificate][]*Certificate{}}
	b.anchors = bySubject(opt.Roots)
	b.pool = bySubject(opt.Intermediates, opt.Extra)
	b.proofs = fileProofs(opt)
	return b
}

// bySubject files certificates, each once.
func bySubject(lists ...[]*Certificate) map[string][]*Certificate {
	out := map[string][]*Certificate{}
	for _, c := range Unique(lists...) {
		out[c.Subject.key] = append(out[c.Subject.key], c)
	}
	return out
}

func (c *Certificate) sameBytes(o *Certificate) bool { return c.sum == o.sum }

// sameHolder compares what makes an anchor: the name and the key (RFC 5280
// 6.1.1 (d)). A root with the same name and another key is another root.
func (c *Certificate) sameHolder(o *Certificate) bool {
	return c.public.sum == o.public.sum && c.Subject.Equal(&o.Subject)
}

func (b *builder) isAnchor(c *Certificate) bool {
	return slices.ContainsFunc(b.anchors[c.Subject.key], c.sameBytes)
}

// run searches twice: first along the ways to a root that authorities made, then,
// when none of them is valid, along all others, for the reasons.
func (b *builder) run(leaf *Certificate) {
	b.reach(leaf)
	b.direct = true
	b.extend([]*Certificate{leaf})
	if b.direct = false; !b.found {
		b.steps, b.limit = 0, len(b.paths)+maxPaths
		b.extend([]*Certificate{leaf})
	}
}

// extend goes on from the last certificate of a chain.
func (b *builder) extend(chain []*Certificate) {
	last := chain[len(chain)-1]
	if b.isAnchor(last) {
		b.judge(chain, true, nil)
		return
	}
	if len(chain) == maxDepth {
		if b.direct {
			return
		}
		b.judge(chain, false, func(p *Path, i int) { p.fail(i, codeDepth, fmt.Sprintf("%d certificates and no root", maxDepth)) })
		return
	}
	var refused []string
	var reached, unknown bool
	for _, c := range b.candidates(chain) {
		if b.found || b.full() {
			break
		}
		b.steps++
		if err := b.check(last, c); err != nil {
			unknown = unknown || errors.Is(err, sigalg.ErrUnsupported)
			refused = append(refused, c.SHA256()[:16]+": "+err.Error())
			continue
		}
		reached = true
		b.extend(append(slices.Clip(chain), c))
	}
	if !reached && !b.direct {
		b.judge(chain, false, func(p *Path, i int) { b.deadEnd(p, i, refused, unknown) })
	}
}

// full reports that the search has to end.
func (b *builder) full() bool {
	full := b.steps >= maxSteps || len(b.paths) >= b.limit
	b.search.spent = b.search.spent || full
	return full
}

// deadEnd says why a chain ends with its last certificate.
func (b *builder) deadEnd(p *Path, i int, refused []string, unknown bool) {
	last := p.Chain[i]
	switch {
	case len(b.Roots) == 0:
		p.fail(i, codeNoAnchors, "no roots were given")
	case last.SelfIssued() && b.check(last, last) == nil:
		p.fail(i, codeSelfSigned, "self-signed, and not one of the roots")
	}
	if len(refused) > 0 {
		code := codeLink
		if unknown {
			code = codeLinkUnknown
		}
		p.fail(i, code, fmt.Sprintf("%d certificates of the issuer's name, none of which signed it: %s", len(refused), describe(refused)))
	} else if len(p.Problems) == 0 {
		p.fail(i, codeNoIssuer, "no certificate of the issuer: "+last.Issuer.brief())
	}
}

// check tells whether the key of issuer made the signature on c.
func (b *builder) check(c, issuer *Certificate) error {
	return b.verify(&b.search, issuer, &c.public.signature, c.TBS, c.Signature)
}

// verify checks a signature once for each key, in bounds.
func (b *builder) verify(m *meter, by *Certificate, s *signature, message, sig []byte) error {
	l := link{&message[0], by.public.sum}
	if err, done := b.links[l]; done {
		return err
	}
	cost := by.Cost() + len(message)/digestUnit
	if m.checks >= maxChecks || m.cost+cost > maxCost || !b.Session.Spend(cost) {
		m.spent = true
		return errBudget
	}
	m.checks++
	m.cost += cost
	err := by.verify(s, message, sig)
	b.links[l] = err
	return err
}

var errBudget = errors.New("not checked: too many signatures")

// best chooses among the paths: the first valid one; else what reaches a root
// before what does not, then the least grave, then the longest.
func (b *builder) best() *Path {
	slices.SortStableFunc(b.paths, func(p, q *Path) int {
		return cmp.Or(rank(q.Anchored)-rank(p.Anchored), stateOrder[p.State]-stateOrder[q.State],
			len(q.Chain)*rank(!q.Anchored)-len(p.Chain)*rank(!p.Anchored), len(p.Problems)-len(q.Problems))
	})
	p := b.paths[0]
	if b.search.spent && !p.Anchored {
		p.fail(len(p.Chain)-1, codeBudget, fmt.Sprintf("the search ended after %d signatures", b.search.checks))
		p.settle()
	}
	if p.State != StateValid {
		p.Others = b.paths[1:min(len(b.paths), maxOthers+1)]
	}
	p.Checks = b.search.checks + b.evidence.checks
	return p
}

func rank(is bool) int {
	if is {
		return 1
	}
	return 0
}
