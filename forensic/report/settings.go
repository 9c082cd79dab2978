package report

import (
	"net/netip"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// Settings is the part of the options of an analysis that can change a report.
type Settings struct {
	// Limits are the bounds of parsing in force.
	Limits mimeparse.Limits `json:"limits"`
	// Reading says which of several like fields and parameters was taken.
	Reading mimeparse.Reading `json:"reading"`
	// MaxBytes is the size of input accepted; 0 for any.
	MaxBytes int64 `json:"max_bytes"`
	// Single is true when the input was to be one message whatever it looks like.
	Single bool `json:"single"`
	// LegacyDigestLimit is the size up to which SHA-1 and MD5 were taken.
	LegacyDigestLimit int64 `json:"legacy_digest_limit"`
	// SecondReader is true when another parser read the bytes too.
	SecondReader bool `json:"second_reader"`
	// TrustedHosts are the recipient's own hosts, as the examiner named them.
	TrustedHosts []string `json:"trusted_hosts"`
	// TrustedNetworks are the recipient's own networks, as the examiner named them.
	TrustedNetworks []netip.Prefix `json:"trusted_networks"`
	// Tolerances states by how much honest clocks may differ.
	Tolerances clock.Tolerances `json:"tolerances"`
	// Digests is "all", "sha256" or "minimal".
	Digests string `json:"digests"`
	// SMIME is what signatures were verified against.
	SMIME SMIMETrust `json:"smime"`
}

// SMIMETrust is what S/MIME layers were verified against: SHA-256 fingerprints of
// certificates, and of revocation lists and OCSP responses as given.
type SMIMETrust struct {
	// Roots are the certificates that were trusted.
	Roots []string `json:"roots"`
	// Certificates are further ones that a path may lead over.
	Certificates []string `json:"certificates"`
	// CRLs are the revocation lists.
	CRLs []string `json:"crls"`
	// OCSP are the OCSP responses.
	OCSP []string `json:"ocsp"`
	// Keys are the certificates of the owners of keys.
	Keys []string `json:"keys"`
	// Evidence is when the recipient's system took the message in, as given; nil when it was not.
	Evidence Stated `json:"evidence"`
	// AtDate is true when the time of the Date field was to decide.
	AtDate bool `json:"at_date"`
	// Now is the moment of the examination, as given; nil when it was not.
	Now Stated `json:"now"`
}
