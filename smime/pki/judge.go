package pki

import (
	"bytes"
	"fmt"
	"slices"
)

// judge makes a path of a chain and applies every rule to it.
func (b *builder) judge(chain []*Certificate, anchored bool, why func(p *Path, last int)) {
	if anchored && slices.ContainsFunc(b.paths, func(p *Path) bool { return p.Anchored && slices.Equal(p.Chain, chain) }) {
		return // found by the first search too
	}
	p := &Path{Chain: slices.Clone(chain), Anchored: anchored}
	if why != nil {
		why(p, len(chain)-1)
	}
	if b.At.IsZero() {
		p.fail(0, codeNoMoment, "no moment was given")
	}
	for i, c := range chain {
		b.validity(p, i, c)
		p.readable(i, c)
		p.identifiers(i, c)
		if i > 0 {
			p.authority(i, c)
		}
	}
	b.purposes(p)
	b.constraints(p)
	p.policies()
	b.revocation(p)
	p.grade()
	p.settle()
	b.paths = append(b.paths, p)
	b.found = b.found || p.State == StateValid
}

// validity is RFC 5280 6.1.3 (a)(2). That of the root counts too, as it does for
// openssl: RFC 5280 leaves it to whoever chooses roots.
func (b *builder) validity(p *Path, i int, c *Certificate) {
	const form = "2006-01-02 15:04:05Z"
	switch {
	case c.NotBefore.IsZero() || c.NotAfter.IsZero():
		p.fail(i, codeValidity, "a time cannot be read")
	case b.At.IsZero():
	case b.At.Before(c.NotBefore):
		p.fail(i, codeNotYetValid, "valid from "+c.NotBefore.Format(form))
	case b.At.After(c.NotAfter):
		p.fail(i, codeExpired, "valid until "+c.NotAfter.Format(form))
	}
}

// readable refuses what cannot be judged: unknown critical extensions (RFC 5280
// 4.2), and known ones that cannot be read.
func (p *Path) readable(i int, c *Certificate) {
	if len(c.odd) > 0 {
		p.fail(i, codeCritical, describe(c.odd))
	}
	if len(c.unreadable) > 0 {
		p.fail(i, codeExtensionUnreadable, describe(c.unreadable))
	}
	for _, q := range c.Problems {
		switch q.Code {
		case codeExtensionsUnreadable, codeDuplicateExtension, codeAlgorithmMismatch:
			p.fail(i, q.Code, q.Detail)
		}
	}
}

// identifiers notes key identifiers that do not fit. They help to find issuers
// (RFC 5280 4.2.1.1); the signature has the last word.
func (p *Path) identifiers(i int, c *Certificate) {
	if i+1 == len(p.Chain) {
		return
	}
	issuer := p.Chain[i+1]
	if c.AuthorityKeyID != nil && issuer.SubjectKeyID != nil && !bytes.Equal(c.AuthorityKeyID, issuer.SubjectKeyID) {
		p.note(i, "authority-key-id-differs", fmt.Sprintf("names %x, the issuer is %x", head(c.AuthorityKeyID),
			head(issuer.SubjectKeyID)), "RFC 5280 4.2.1.1")
	}
	if c.AuthoritySerial != nil && c.AuthoritySerial.Cmp(issuer.Serial) != 0 {
		p.note(i, "authority-serial-differs", "names "+quote(hexNumber(c.AuthoritySerial)), "RFC 5280 4.2.1.1")
	}
}

func head(b []byte) []byte { return b[:min(len(b), 32)] }

// authority asks whether a certificate may issue others (RFC 5280 6.1.4). A root
// of version 1 may: whoever trusts it knows what it is.
func (p *Path) authority(i int, c *Certificate) {
	root := p.Anchored && i+1 == len(p.Chain)
	switch {
	case c.Version < 3 && root:
		p.note(i, "version-1-root", fmt.Sprintf("version %d", c.Version), "RFC 5280 6.1.4 (k)")
	case c.Version < 3:
		p.fail(i, codeVersion, fmt.Sprintf("version %d says of nobody that it is an authority", c.Version))
	case !c.CA:
		p.fail(i, codeNotCA, "its basic constraints do not make it an authority")
	}
	if !c.uses(KeyCertSign) {
		p.fail(i, codeCertSign, "its key may not sign certificates")
	}
	if below := p.below(i); c.PathLen >= 0 && below > c.PathLen {
		p.fail(i, codePathLength, fmt.Sprintf("%d authorities below it, %d allowed", below, c.PathLen))
	}
}

// below counts the authorities under one, self-issued ones not (RFC 5280 4.2.1.9).
func (p *Path) below(i int) int {
	n := 0
	for _, c := range p.Chain[1:i] {
		if !c.SelfIssued() {
			n++
		}
	}
	return n
}
