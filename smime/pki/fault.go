package pki

import "slices"

// Codes of problems on a path.
const (
	codeRevoked        = "revoked"
	codeNotYetValid    = "not-yet-valid"
	codeExpired        = "expired"
	codeNoAnchors      = "no-anchors"
	codeNoIssuer       = "no-issuer"
	codeSelfSigned     = "self-signed"
	codeLink           = "link-signature"
	codeLinkUnknown    = "link-unsupported"
	codeDepth          = "depth"
	codeBudget         = "budget"
	codeNoMoment       = "no-moment"
	codeValidity       = "validity-unreadable"
	codeNotCA          = "not-ca"
	codeVersion        = "version-1-ca"
	codePathLength     = "path-length"
	codeCertSign       = "key-usage-cert-sign"
	codeCritical       = "critical-extension"
	codeConstraint     = "name-constraint"
	codeConstraintOdd  = "name-constraint-unsupported"
	codePolicy         = "policy"
	codeKeyUsage       = "key-usage"
	codeEKU            = "extended-key-usage"
	codeAuthorityEKU   = "authority-extended-key-usage"
	codeEKUNotCritical = "extended-key-usage-not-critical"
)

// fault is a kind of problem: what it makes of a path, and the rule behind it.
type fault struct {
	state  State
	clause string
}

var faults = map[string]fault{
	codeRevoked:        {StateRevoked, "RFC 5280 6.1.3 (a)(3)"},
	codeNotYetValid:    {StateNotYetValid, "RFC 5280 6.1.3 (a)(2)"},
	codeExpired:        {StateExpired, "RFC 5280 6.1.3 (a)(2)"},
	codeNoAnchors:      {StateNoAnchors, "RFC 5280 6.1.1 (d)"},
	codeNoIssuer:       {StateUntrusted, "RFC 5280 6.1.3 (a)(4)"},
	codeSelfSigned:     {StateUntrusted, "RFC 5280 6.1.1 (d)"},
	codeLink:           {StateUntrusted, "RFC 5280 6.1.3 (a)(1)"},
	codeLinkUnknown:    {StateUntrusted, "RFC 5280 6.1.3 (a)(1)"},
	codeDepth:          {StateUntrusted, ""},
	codeBudget:         {StateUntrusted, ""},
	codeNoMoment:       {StateInvalid, "RFC 5280 6.1.1 (b)"},
	codeValidity:       {StateInvalid, "RFC 5280 4.1.2.5"},
	codeNotCA:          {StateInvalid, "RFC 5280 6.1.4 (k)"},
	codeVersion:        {StateInvalid, "RFC 5280 6.1.4 (k)"},
	codePathLength:     {StateInvalid, "RFC 5280 6.1.4 (l)"},
	codeCertSign:       {StateInvalid, "RFC 5280 6.1.4 (n)"},
	codeCritical:       {StateInvalid, "RFC 5280 6.1.4 (o), 6.1.5 (f)"},
	codeConstraint:     {StateInvalid, "RFC 5280 6.1.3 (b)(c), 4.2.1.10"},
	codeConstraintOdd:  {StateInvalid, "RFC 5280 4.2.1.10"},
	codePolicy:         {StateInvalid, "RFC 5280 6.1.3 (f), 6.1.5 (g)"},
	codeKeyUsage:       {StateWrongPurpose, "RFC 8550 4.4.2"},
	codeEKU:            {StateWrongPurpose, "RFC 8550 4.4.4"},
	codeAuthorityEKU:   {StateWrongPurpose, "RFC 5280 4.2.1.12"},
	codeEKUNotCritical: {StateWrongPurpose, "RFC 3161 2.3"},

	codeExtensionsUnreadable: {StateInvalid, "RFC 5280 4.2"},
	codeExtensionUnreadable:  {StateInvalid, "RFC 5280 4.2"},
	codeDuplicateExtension:   {StateInvalid, "RFC 5280 4.2"},
	codeAlgorithmMismatch:    {StateInvalid, "RFC 5280 4.1.1.2"},
}

// fail adds a problem. The same one at the same place is kept once.
func (p *Path) fail(i int, code, detail string) {
	known := func(q Problem) bool { return q.Certificate == i && q.Code == code && q.Detail == detail }
	if len(p.Problems) < maxProblems && !slices.ContainsFunc(p.Problems, known) {
		p.Problems = append(p.Problems, Problem{Certificate: i, Code: code, Detail: detail, Clause: faults[code].clause})
	}
}

func (p *Path) note(i int, code, detail, clause string) {
	if len(p.Notes) < maxProblems {
		p.Notes = append(p.Notes, Problem{Certificate: i, Code: code, Detail: detail, Clause: clause})
	}
}

// settle takes the gravest state of all problems, and puts those of it first.
func (p *Path) settle() {
	weight := func(q Problem) int { return stateOrder[faults[q.Code].state] }
	slices.SortStableFunc(p.Problems, func(a, b Problem) int { return weight(b) - weight(a) })
	p.State = StateValid
	if len(p.Problems) > 0 {
		p.State = faults[p.Problems[0].Code].state
	}
}
