package pki

import "testing"

func BenchmarkParseCertificate(b *testing.B) {
	der := person(b, nil).Raw
	b.SetBytes(int64(len(der)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseCertificate(der); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuildPath(b *testing.B) {
	w := newWorld(b, nil, nil, nil)
	l := list{this: since, next: later}
	w.opt.CRLs = []*RevocationList{l.made(b, w.inter)}
	b.ReportAllocs()
	for b.Loop() {
		if p := w.build(); p.State != StateValid {
			b.Fatal(p.Problems)
		}
	}
}

func BenchmarkReadRevocationLists(b *testing.B) {
	root := ca(b, nil, "CN=Root")
	l := list{this: since, next: later}
	for range 10_000 {
		l.entries = append(l.entries, listed{serial: nextSerial(), at: since, reason: 1})
	}
	der := l.der(root)
	b.SetBytes(int64(len(der)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadRevocationLists(der); err != nil {
			b.Fatal(err)
		}
	}
}
