package report

import "github.com/emlcheck/emlcheck/headers"

// Authentication holds the authentication results found in the message. None
// of them is believed or recomputed in this version.
type Authentication struct {
	SPF     *CheckState  `json:"spf"`
	DMARC   *DMARC       `json:"dmarc"`
	Results []AuthResult `json:"results"`
}

// CheckState says that a check was not made, and why.
type CheckState struct {
	Result string `json:"result"`
	Reason string `json:"reason"`
}

// DMARC is the evaluation of the author's policy (RFC 7489 6.6.2).
type DMARC struct {
	Result    string   `json:"result"`
	Policy    Stated   `json:"policy"`
	Domain    Stated   `json:"domain"`
	AlignedBy []string `json:"aligned_by"`
	Reason    string   `json:"reason"`
}

// AuthResult is one method's result in an Authentication-Results field.
type AuthResult struct {
	AuthServID Stated       `json:"authserv_id"`
	Method     string       `json:"method"`
	Result     string       `json:"result"`
	Reason     Stated       `json:"reason"`
	Props      []AuthProp   `json:"props"`
	Span       headers.Span `json:"span"`
	Author     Author       `json:"author"`
	// Hop is the index of the hop that wrote it; nil while not known.
	Hop *int `json:"hop"`
}

// AuthProp is one property behind a result, such as header.d=example.org.
type AuthProp struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}
