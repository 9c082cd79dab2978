package forensic

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"net/netip"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// Options directs an analysis. nil and the zero value mean the defaults. All
// of it is printed into the report, so that the examination can be repeated.
type Options struct {
	// Parse bounds and directs the reading of MIME parts.
	Parse mimeparse.Options
	// MaxBytes is the size of input accepted; 0 means no limit.
	MaxBytes int64
	// Single takes an input for one message even if it looks like an mbox.
	Single bool
	// LegacyDigestLimit is the size in bytes, as stored, up to which a message
	// or part gets SHA-1 and MD5 beside its SHA-256. They serve only for
	// comparison with older records and cost three times as much. 0 means
	// 16 MiB, a negative value no limit.
	LegacyDigestLimit int64
	// Digests chooses what is digested beside the SHA-256 of each message and
	// of each decoded part.
	Digests Digests
	// SecondReader has another parser read the message too and compares the
	// parts. It takes about as long as the analysis itself.
	SecondReader bool
	// TrustedHosts names the recipient's own mail servers: host names, or
	// domains with all names below them. Empty means that they are inferred.
	TrustedHosts []string
	// TrustedNetworks are the recipient's own networks, as TrustedHosts.
	TrustedNetworks []netip.Prefix
	// SMIME says whom to trust for S/MIME signatures and with which keys to decrypt.
	// Its Evidence is, unless set, when the recipient's system took the message in.
	SMIME smime.Options
	// SMIMEAtDate judges certificates at the time of the Date field, which the sender
	// wrote, unless SMIME.Evidence is set.
	SMIMEAtDate bool
	// Tolerances states by how much honest clocks may differ.
	Tolerances clock.Tolerances
	// Version is printed into the report as the tool's version; "" means
	// [Version].
	Version string
}

// Digests is a choice of digests.
type Digests string

const (
	// DigestsAll are SHA-1 and MD5 up to Options.LegacyDigestLimit, and SHA-256
	// of each form: stored, decoded, with every line break as CRLF.
	DigestsAll Digests = ""
	// DigestsSHA256 leaves SHA-1 and MD5 out.
	DigestsSHA256 Digests = "sha256"
	// DigestsMinimal is the SHA-256 of the stored message and of each decoded
	// part, for scans of much mail.
	DigestsMinimal Digests = "minimal"
)

// Version is the version of this library.
const Version = "0.1.0"

const defaultLegacyLimit = 16 << 20

func smimeTrust(o *smime.Options, atDate bool) report.SMIMETrust {
	out := report.SMIMETrust{Roots: fingerprints(o.Roots), Certificates: fingerprints(o.Certificates), CRLs: []string{}, OCSP: []string{}, Keys: []string{}}
	out.Evidence, out.AtDate, out.Now = momentText(o.Evidence), atDate, momentText(o.Now)
	for _, l := range o.CRLs {
		out.CRLs = append(out.CRLs, fmt.Sprintf("%x", sha256.Sum256(l.Raw)))
	}
	for _, r := range o.OCSP {
		out.OCSP = append(out.OCSP, fmt.Sprintf("%x", sha256.Sum256(r.Raw)))
	}
	for _, k := range o.Keys {
		out.Keys = append(out.Keys, k.Certificate.SHA256())
	}
	return out
}

func fingerprints(certs []*pki.Certificate) []string {
	out := []string{}
	for _, c := range certs {
		out = append(out, c.SHA256())
	}
	return out
}

func (o *Options) settings() report.Settings {
	parse := o.Parse.Effective()
	return report.Settings{
		Limits: parse.Limits, Reading: parse.Reading, MaxBytes: o.MaxBytes,
		Single: o.Single, SecondReader: o.SecondReader, LegacyDigestLimit: cmp.Or(o.LegacyDigestLimit, defaultLegacyLimit),
		TrustedHosts: notNil(o.TrustedHosts), TrustedNetworks: notNil(o.TrustedNetworks), Tolerances: o.Tolerances.Effective(),
		Digests: cmp.Or(string(o.Digests), "all"), SMIME: smimeTrust(&o.SMIME, o.SMIMEAtDate),
	}
}

// notNil is the list, which in JSON is never null.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (o *Options) evidence() *evidence.Options {
	return &evidence.Options{MaxBytes: o.MaxBytes, Single: o.Single}
}

func (o *Options) tool() report.Tool {
	if o.Version != "" {
		return report.Tool{Name: "emlcheck", Version: o.Version}
	}
	return report.Tool{Name: "emlcheck", Version: Version}
}
