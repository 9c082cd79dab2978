package report

import (
	"net/netip"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// Settings is the part of the options of an analysis that can change a report.
type Settings struct {
	Limits            mimeparse.Limits  `json:"limits"`
	Reading           mimeparse.Reading `json:"reading"`
	MaxBytes          int64             `json:"max_bytes"`
	Single            bool              `json:"single"`
	LegacyDigestLimit int64             `json:"legacy_digest_limit"`
	SecondReader      bool              `json:"second_reader"`
	TrustedHosts      []string          `json:"trusted_hosts"`
	TrustedNetworks   []netip.Prefix    `json:"trusted_networks"`
	Tolerances        clock.Tolerances  `json:"tolerances"`
	// Digests is "all", "sha256" or "minimal".
	Digests string     `json:"digests"`
	SMIME   SMIMETrust `json:"smime"`
}

// SMIMETrust is what S/MIME layers were verified against: SHA-256 fingerprints of
// certificates, and of revocation lists and OCSP responses as given.
type SMIMETrust struct {
	Roots        []string `json:"roots"`
	Certificates []string `json:"certificates"`
	CRLs         []string `json:"crls"`
	OCSP         []string `json:"ocsp"`
	// Keys are the certificates of the owners of keys.
	Keys []string `json:"keys"`
	// Evidence and Now are "" where they were not given.
	Evidence Stated `json:"evidence"`
	AtDate   bool   `json:"at_date"`
	Now      Stated `json:"now"`
}
