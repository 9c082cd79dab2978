package captureforge

import (
	"bytes"
	"flag"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the samples")

// The samples in testdata are what the generator makes: nobody has to take them on trust.
func TestSample(t *testing.T) {
	s := MakeSample()
	for name, data := range map[string][]byte{"session.pcap": s.Capture, "figures.eml": s.Saved} {
		path := filepath.Join("..", "..", "..", "..", "testdata", "captures", name)
		if *update {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s is not what the generator makes (-update writes it): %v", path, err)
		}
	}
}

// The same seed makes the same captures, another seed others; each condition is there once
// by name at least.
func TestSeeds(t *testing.T) {
	a, b, c := Cases(7), Cases(7), Cases(8)
	if len(a) != len(b) || len(a) != len(c) || len(a) < 200 {
		t.Fatal(len(a), len(b), len(c))
	}
	same := 0
	for i := range a {
		if !bytes.Equal(a[i].File, b[i].File) || a[i].Why == "" {
			t.Errorf("%s differs, or has no reason", a[i].Name)
		}
		if bytes.Equal(a[i].File, c[i].File) {
			same++
		}
	}
	if same > 1 { // the empty file
		t.Errorf("%d captures do not depend on the seed", same)
	}
}

// Sums of IP are right, so that other programs read the captures, too.
func TestChecksum(t *testing.T) {
	p := ip4(netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2"), 6, 1, 0, []byte("abcd"))
	if checksum(p[:20]) != 0 {
		t.Errorf("%x", checksum(p[:20]))
	}
}
