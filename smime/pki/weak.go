package pki

import (
	"strings"
)

// grade lists what could be forged: digests of links, and keys. The signature of
// a root on itself proves nothing and is left out.
func (p *Path) grade() {
	for i, c := range p.Chain {
		if root := p.Anchored && i+1 == len(p.Chain); !root {
			switch name := c.public.alg.Hash.Name; name {
			case "md2", "md4", "md5", "sha1", "ripemd160":
				p.weak(i, "weak-digest", "signed with "+strings.ToUpper(name), "RFC 6194 3, RFC 6151 2")
			}
		}
		if c.public.keyErr != nil {
			continue
		}
		switch k := c.public.key; k.Kind {
		case "rsa", "rsa-pss", "dsa":
			if k.Bits < 2048 {
				p.weak(i, "weak-key", c.KeyText(), "RFC 8551 4.3")
			}
		case "ec":
			if k.Bits > 0 && k.Bits < 224 {
				p.weak(i, "weak-key", c.KeyText(), "RFC 8551 4.3")
			}
		}
	}
}

func (p *Path) weak(i int, code, detail, clause string) {
	p.Weak = append(p.Weak, Problem{Certificate: i, Code: code, Detail: detail, Clause: clause})
}
