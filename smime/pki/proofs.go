package pki

import "slices"

// proofs files the evidence of revocation, so that none is searched twice.
type proofs struct {
	lists    map[string][]*RevocationList // by issuer
	indirect []*RevocationList            // with entries of other issuers
	answers  map[string][]filedAnswer     // by serial number
	found    map[asked]finding
}

type filedAnswer struct {
	response *OCSPResponse
	*OCSPAnswer
}

type asked struct {
	list        *RevocationList
	certificate *Certificate
}

type finding struct {
	entry  RevokedEntry
	listed bool
}

func fileProofs(opt *Options) proofs {
	p := proofs{lists: map[string][]*RevocationList{}, answers: map[string][]filedAnswer{}, found: map[asked]finding{}}
	for _, l := range opt.CRLs {
		p.lists[l.Issuer.key] = append(p.lists[l.Issuer.key], l)
		if l.others {
			p.indirect = append(p.indirect, l)
		}
	}
	for _, r := range opt.OCSP {
		for i := range r.Answers {
			serial := r.Answers[i].Serial.String()
			p.answers[serial] = append(p.answers[serial], filedAnswer{r, &r.Answers[i]})
		}
	}
	return p
}

// about gives the lists that may say something about a certificate.
func (p *proofs) about(c *Certificate) []*RevocationList {
	lists := p.lists[c.Issuer.key]
	lists = lists[:len(lists):len(lists)]
	for _, l := range p.indirect {
		if !slices.Contains(lists, l) {
			lists = append(lists, l)
		}
	}
	return lists
}

func (p *proofs) find(l *RevocationList, c *Certificate) (e RevokedEntry, listed bool) {
	f, known := p.found[asked{l, c}]
	if !known {
		f.entry, f.listed = l.find(c)
		p.found[asked{l, c}] = f
	}
	return f.entry, f.listed
}

// find looks for a certificate in a list.
func (l *RevocationList) find(c *Certificate) (RevokedEntry, bool) {
	direct := l.Issuer.Equal(&c.Issuer)
	if !direct && !l.others {
		return RevokedEntry{}, false
	}
	serial := serialBytes(c.Serial)
	var issuer *Name
	for s := l.revoked; !s.Empty(); {
		e, ok := nextEntry(&s)
		if !ok {
			break
		}
		if l.others {
			if n := e.issuer(); n != nil {
				issuer = n // RFC 5280 5.3.3: until another one is named
			}
		}
		if !e.is(serial) || issuer == nil && !direct || issuer != nil && !issuer.Equal(&c.Issuer) {
			continue
		}
		if r := e.decode(issuer); r.Reason != "removeFromCRL" {
			return r, true
		}
	}
	return RevokedEntry{}, false
}
