package headers

import (
	"strings"
	"testing"
)

// Each common name must be found as written and in any letter case; a slot
// lost to another name would cost an allocation for each such field.
func TestLookupName(t *testing.T) {
	for _, name := range commonNames {
		info, ok := lookupName([]byte(name))
		if !ok || info.name != name {
			t.Errorf("%s: %+v %v", name, info, ok)
		}
		odd := strings.ToUpper(name[:1]) + strings.ToLower(name[1:len(name)-1]) + strings.ToUpper(name[len(name)-1:])
		if other, ok := lookupName([]byte(odd)); !ok || other.once != info.once || other.name != "" && other.name != odd {
			t.Errorf("%s: %+v %v", odd, other, ok)
		}
	}
	for _, name := range []string{"X", "Fro", "Fromm", "Unheard-Of", "\x00", "\xFF"} {
		if info, ok := lookupName([]byte(name)); ok {
			t.Errorf("%q: %+v", name, info)
		}
	}
}

// Common names cost no allocation: a big mailbox has millions of them.
func TestLookupNameAllocs(t *testing.T) {
	names := [][]byte{[]byte("Received"), []byte("SUBJECT"), []byte("X-Unheard-Of")}
	if n := testing.AllocsPerRun(100, func() {
		for _, name := range names {
			lookupName(name)
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// A line of a known name keeps the header open; a word of the body must not.
func TestKnownName(t *testing.T) {
	for name, want := range map[string]bool{
		"From": true, "sUBJECT": true, "X-Anything": true, "Content-Odd": true, "list-x": true, "ARC-Seal": true, "Received-SPF": true,
		"X-": false, "Content-": false, "Hello": false, "http": false, "Sent": false, "Fr\x00m": false,
	} {
		if got := knownName([]byte(name)); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// RFC 5322 3.6 gives eleven fields that may stand once. Each is a bit of its
// own, in every letter case.
func TestOnceNames(t *testing.T) {
	seen := uint16(0)
	for _, name := range onceNames {
		info, _ := lookupName([]byte(name))
		if info.once == 0 || seen&info.once != 0 {
			t.Errorf("%s: bit %b", name, info.once)
		}
		seen |= info.once
		raw := strings.ToUpper(name) + ": x\n" + name + ": y\n\n"
		if d := Parse([]byte(raw)).Defects; len(d) != 1 || d[0].Code != "header.duplicate-field" {
			t.Errorf("%s: %v", name, d)
		}
	}
	for _, name := range []string{"Received", "Resent-From", "Comments", "Keywords", "Content-Type", "X-Any"} {
		if d := Parse([]byte(name + ": x\n" + name + ": y\n\n")).Defects; d != nil {
			t.Errorf("%s: %v", name, d)
		}
	}
}
