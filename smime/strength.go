package smime

import (
	"time"

	"github.com/emlcheck/emlcheck/smime/internal/sigalg"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// year is the first moment of a year.
func year(n int) time.Time { return time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC) }

// weakDigests are digest algorithms with the moment from which a signature by
// them proves little: for MD5 the attack on certificates of 2008, for SHA-1 the
// first chosen-prefix collision. The zero value is always.
var weakDigests = map[string]time.Time{
	"md2": {}, "md4": {}, "md5": year(2009), "sha1": year(2020),
}

// weakKeys are sizes of RSA and DSA keys below which a key is weak from a moment
// on: numbers of 512 bits were factored in 1999, of 768 in 2009; 1,024 bits are
// disallowed by NIST SP 800-131A since 2014.
var weakKeys = []struct {
	below int
	from  time.Time
}{
	{768, time.Time{}}, {1024, year(2010)}, {2048, year(2014)},
}

// judgeStrength grades digest and key by the moment of the evidence.
func (i *inspector) judgeStrength(c *check) {
	at := i.evidence
	if at.IsZero() {
		at = c.SigningTime
	}
	if at.IsZero() {
		at = year(9999) // nothing speaks for an earlier time
	}
	for _, name := range []string{c.hash.Name, c.alg.Hash.Name} {
		if from, known := weakDigests[name]; known {
			c.flag("weak-digest", name)
			if !at.Before(from) {
				c.worsen(VerdictWeak, "a signature by "+name+" can be forged")
			}
			break
		}
	}
	k, err := sigalg.ParseKey(c.Certificate.SPKI)
	if err != nil || k.Kind != "rsa" && k.Kind != "rsa-pss" && k.Kind != "dsa" {
		return
	}
	if k.Bits < weakKeys[len(weakKeys)-1].below {
		c.flag("weak-key", c.Key)
		c.worsenKey(k.Bits, c.Key, at)
	}
}

// judgeLinks grades the certificates of a path. A certificate is forged in
// advance, so that those by MD5 and with the shortest keys make it weak; SHA-1 in
// a link is a flag alone: nobody could forge one while authorities still used it.
func (c *check) judgeLinks(p *pki.Path, at time.Time) {
	for n, cert := range p.Chain {
		if p.Anchored && n+1 == len(p.Chain) {
			return // a root is trusted for what it is, not for its signature
		}
		switch alg, _ := sigalg.ParseAlgorithm(cert.SignatureAlgorithm); alg.Hash.Name {
		case "md2", "md4", "md5":
			if from := weakDigests[alg.Hash.Name]; !at.Before(from) {
				c.worsen(VerdictWeak, "a certificate of the path is signed by "+alg.Hash.Name)
			}
		}
		if k, err := sigalg.ParseKey(cert.SPKI); n > 0 && err == nil && (k.Kind == "rsa" || k.Kind == "dsa") && k.Bits < 2048 {
			c.worsenKey(k.Bits, cert.KeyText(), at)
		}
	}
}

func (c *check) worsenKey(bits int, text string, at time.Time) {
	for _, w := range weakKeys {
		if bits < w.below && !at.Before(w.from) {
			c.worsen(VerdictWeak, "a key of "+text+" is too short for that time")
			return
		}
	}
}
