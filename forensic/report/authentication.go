package report

import "github.com/emlcheck/emlcheck/headers"

// Authentication holds the authentication results found in the message. None
// of them is believed or recomputed in this version.
type Authentication struct {
	// SPF is what this program found itself: not checked in this version.
	SPF *CheckState `json:"spf"`
	// DMARC is what this program found itself: not checked in this version.
	DMARC *DMARC `json:"dmarc"`
	// Results are what Authentication-Results fields state, each method apart.
	Results []AuthResult `json:"results"`
}

// CheckState says that a check was not made, and why.
type CheckState struct {
	// Result is "not-checked", or a word of RFC 8601 2.7.
	Result string `json:"result"`
	// Reason says why.
	Reason string `json:"reason"`
}

// DMARC is the evaluation of the author's policy (RFC 7489 6.6.2).
type DMARC struct {
	// Result is "not-checked", or a word of RFC 8601 2.7.
	Result string `json:"result"`
	// Policy is the policy that the domain publishes (RFC 7489 6.3); nil while not known.
	Policy Stated `json:"policy"`
	// Domain is the author's domain that was asked for; nil while not known.
	Domain Stated `json:"domain"`
	// AlignedBy names the methods that passed for the author's domain.
	AlignedBy []string `json:"aligned_by"`
	// Reason says why there is no result.
	Reason string `json:"reason"`
}

// AuthResult is one method's result in an Authentication-Results field.
type AuthResult struct {
	// AuthServID is the host that says so of itself (RFC 8601 2.5).
	AuthServID Stated `json:"authserv_id"`
	// Method is "spf", "dkim", "dmarc" or another method, in lower case.
	Method string `json:"method"`
	// Result is the word that the host wrote: its claim, not a result of this program.
	Result string `json:"result"`
	// Reason is the host's reason; nil without one.
	Reason Stated `json:"reason"`
	// Props are what the result is about: "smtp.mailfrom", "header.d" and the like.
	Props []AuthProp `json:"props"`
	// Span is the method with its result in the field.
	Span headers.Span `json:"span"`
	// Author says who could have written the field.
	Author Author `json:"author"`
	// Hop is the index of the hop that wrote it; nil while not known.
	Hop *int `json:"hop"`
}

// AuthProp is one property behind a result, such as header.d=example.org.
type AuthProp struct {
	// Name is the property with its type, as "smtp.mailfrom".
	Name string `json:"name"`
	// Value is its value as written, without quotation marks.
	Value string `json:"value"`
}
