package smime

import (
	"bytes"
	"slices"
	"time"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// checkShown notes what a reader is shown that the signatures of a message do
// not settle: its header, and content from elsewhere.
func (r *Report) checkShown(m *mimeparse.Message) {
	if !r.checkHeaders(m, r.Layers) && len(r.Layers) > 0 {
		r.Flags = append(r.Flags, Flag{"headers-not-covered", "From, To, Subject, Date and all other fields of the header are not signed"})
	}
	for _, p := range leaves(m) {
		if _, ok := p.External(); ok || p.ContentType == "text/html" && refersOutside(p) {
			r.Flags = append(r.Flags, Flag{"remote-content", "part " + p.Path + " shows content from elsewhere, which nobody has signed"})
		}
	}
}

// shownLimit is how much of a text is looked through.
const shownLimit = 1 << 20

// refersOutside reports whether HTML loads something from the network.
func refersOutside(p *mimeparse.Part) bool {
	text, _, _ := p.Text(shownLimit)
	lower := bytes.ToLower([]byte(text))
	for _, attribute := range []string{"src=", "background=", "url(", "srcset=", "@import", "<link rel=stylesheet href=", "<link rel=\"stylesheet\" href="} {
		for rest := lower; ; {
			i := bytes.Index(rest, []byte(attribute))
			if i < 0 {
				break
			}
			rest = rest[i+len(attribute):]
			value := bytes.TrimLeft(rest[:min(len(rest), 64)], " \t\r\n\"'")
			if bytes.HasPrefix(value, []byte("http:")) || bytes.HasPrefix(value, []byte("https:")) || bytes.HasPrefix(value, []byte("//")) {
				return true
			}
		}
	}
	return false
}

// checkWrap notes HTML before an encrypted part that leaves a tag or an attribute
// open: what is decrypted behind it becomes part of an address that is fetched
// (EFAIL, direct exfiltration).
func (l *Layer) checkWrap() {
	for _, p := range l.Message.Parts {
		if p == l.part {
			return
		}
		if p.ContentType == "text/html" && p.IsLeaf() && leftOpen(p) {
			l.flag("efail-wrap", "the HTML of part "+p.Path+" ends inside a tag that the decrypted text would go on in")
		}
	}
}

func leftOpen(p *mimeparse.Part) bool {
	text, _, _ := p.Text(shownLimit)
	b := bytes.TrimSpace([]byte(text))
	open := bytes.LastIndexByte(b, '<')
	return open >= 0 && (bytes.IndexByte(b[open:], '>') < 0 || bytes.Count(b[open:], []byte{'"'})%2 == 1)
}

// farApart is when a claimed time is another one than Date: a message is signed when
// it is sent, and both times state their zone.
const farApart = time.Hour

// checkTimes compares what is claimed with what is known.
func (i *inspector) checkTimes(c *check, at func(time.Time) *pki.Path) {
	if !c.SigningTime.IsZero() && !i.date.IsZero() && c.SigningTime.Sub(i.date).Abs() > farApart {
		c.flag("signing-time-differs", "the signer claims "+c.SigningTime.Format(time.RFC3339)+", Date says "+i.date.UTC().Format(time.RFC3339))
	}
	p := c.AtEvidence
	if p == nil || p.State != pki.StateExpired && p.State != pki.StateRevoked {
		return
	}
	for _, t := range []time.Time{c.SigningTime, i.date} {
		if claimed := at(t); claimed != nil && (claimed.State != p.State || revokedSince(p, t)) {
			c.flag("backdated", "at the time of the evidence the certificate was "+string(p.State)+"; at the time that is claimed, "+t.UTC().Format(time.RFC3339)+", it was not yet")
			return
		}
	}
}

// revokedSince reports whether a certificate of the path was revoked after a moment.
func revokedSince(p *pki.Path, t time.Time) bool {
	return slices.ContainsFunc(p.Revocation, func(r pki.Revocation) bool { return r.Usable && r.Status == "revoked" && r.RevokedAt.After(t) })
}
