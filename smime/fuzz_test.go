package smime

import (
	"context"
	"crypto/sha256"
	"iter"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/internal/smimeforge"
)

// everyLayer iterates over layers and those inside them.
func everyLayer(layers []*Layer) iter.Seq[*Layer] {
	return func(yield func(*Layer) bool) { walkAll(layers, yield) }
}

func walkAll(layers []*Layer, yield func(*Layer) bool) bool {
	for _, l := range layers {
		if !yield(l) || !walkAll(l.Children, yield) {
			return false
		}
	}
	return true
}

// signedSum is the digest of what a signer's signature goes over.
func signedSum(l *Layer, s *Signer) (sum [sha256.Size]byte) {
	h := sha256.New()
	for piece := range l.Signed(s) {
		h.Write(piece)
	}
	h.Sum(sum[:0])
	return sum
}

// allOptions trust and know everything of the sample.
func allOptions(t testing.TB, cases []smimeforge.Case) *Options {
	opt := &Options{}
	for i := range cases {
		one := optionsOf(t, &cases[i])
		opt.Roots = append(opt.Roots, one.Roots...)
		opt.Certificates = append(opt.Certificates, one.Certificates...)
		opt.CRLs = append(opt.CRLs, one.CRLs...)
		opt.OCSP = append(opt.OCSP, one.OCSP...)
		opt.Keys = append(opt.Keys, one.Keys...)
	}
	return opt
}

// FuzzInspect: whatever is done to a message, no signature fits a content that its
// owner has not signed, nothing is valid that nobody is trusted for, and all spans
// are inside.
func FuzzInspect(f *testing.F) {
	cases := readSample(f)
	opt := allOptions(f, cases)
	known := map[[sha256.Size]byte]bool{}
	for i := range cases {
		f.Add(cases[i].Message)
		r, err := Inspect(context.Background(), mimeparse.Parse(cases[i].Message, nil), opt)
		if err != nil {
			f.Fatal(err)
		}
		for l := range everyLayer(r.Layers) {
			for k := range l.Signers {
				if l.Signers[k].Integrity == IntegrityValid {
					known[signedSum(l, &l.Signers[k])] = true
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<16 {
			return
		}
		r, err := Inspect(context.Background(), mimeparse.Parse(raw, nil), opt)
		if err != nil {
			t.Fatal(err)
		}
		if r == nil {
			return
		}
		for l := range everyLayer(r.Layers) {
			checkLayer(t, l, known)
		}
		strangers, err := Inspect(context.Background(), mimeparse.Parse(raw, nil), nil)
		if err != nil || strangers.Verdict == VerdictValid {
			t.Fatal("valid without a root")
		}
	})
}

func checkLayer(t *testing.T, l *Layer, known map[[sha256.Size]byte]bool) {
	for _, s := range l.Covers {
		if s.Start < 0 || s.End < s.Start || s.End > len(l.Message.Raw) {
			t.Fatalf("%s covers %v of %d", l.Part, s, len(l.Message.Raw))
		}
	}
	if l.Verdict == "" || l.Kind == "" {
		t.Fatalf("%s: no answer", l.Part)
	}
	for k := range l.Signers {
		s := &l.Signers[k]
		if s.Verdict == "" || s.Integrity == "" {
			t.Fatalf("%s: no answer about signer %d", l.Part, k)
		}
		if s.Integrity == IntegrityValid && !known[signedSum(l, s)] {
			t.Fatalf("%s: a signature fits what nobody signed", l.Part)
		}
		if s.Integrity != IntegrityValid && s.Verdict == VerdictValid {
			t.Fatalf("%s: valid, and does not fit", l.Part)
		}
	}
	l.OpenSSL(Files{Object: "o", Content: "c"})
}
