package pki

import "fmt"

// purposes asks whether the path may be used for what it is asked for.
func (b *builder) purposes(p *Path) {
	leaf := p.Chain[0]
	var wanted string
	switch b.Purpose {
	case PurposeMail:
		wanted = oidEmailProtection
	case PurposeTimeStamp:
		wanted = oidTimeStamping
		p.stamping(leaf)
	default:
		return
	}
	if !leaf.uses(DigitalSignature | NonRepudiation) {
		p.fail(0, codeKeyUsage, fmt.Sprintf("may be used for %v, not to sign", leaf.KeyUsage.Names()))
	}
	if !leaf.allows(wanted, oidAnyExtKeyUsage) {
		p.fail(0, codeEKU, "allows "+describe(leaf.EKU))
	}
	if leaf.CA {
		p.note(0, "authority-signs", "the certificate of an authority", "RFC 5280 4.2.1.9")
	}
	// RFC 5280 4.2.1.12 says nothing of authorities; all verifiers take their
	// extended key usages for limits to what they issue.
	for i, c := range p.Chain[1:] {
		if !c.allows(wanted, oidAnyExtKeyUsage) {
			p.fail(i+1, codeAuthorityEKU, "allows "+describe(c.EKU))
		}
	}
}

// stamping is RFC 3161 2.3: one purpose, and critical.
func (p *Path) stamping(leaf *Certificate) {
	if len(leaf.EKU) != 1 || leaf.EKU[0] != oidTimeStamping {
		p.fail(0, codeEKU, "allows "+describe(leaf.EKU))
		return
	}
	for _, e := range leaf.Extensions {
		if e.OID == oidExtKeyUsage && !e.Critical {
			p.fail(0, codeEKUNotCritical, "time-stamping is not marked critical")
		}
	}
}
