package headers

import (
	"strings"
	"testing"
)

// TestAddressLimits: beyond a limit nothing is listed, and one defect spans
// what is left.
func TestAddressLimits(t *testing.T) {
	for _, c := range []struct {
		why     string
		unit    string
		n       int
		entries int // wanted
	}{
		{"as many entries as the limit", "a@b,", addrMaxEntries, addrMaxEntries},
		{"one entry more", "a@b,", addrMaxEntries + 1, addrMaxEntries},
		{"far more entries", "a@b,", 3 * addrMaxEntries, addrMaxEntries},
		{"groups count as well", "g:a@b;", addrMaxEntries, addrMaxEntries / 2},
		{"entries without commas between them", "<a>", addrMaxEntries, addrMaxTokens/3 + 1},
		{"more defects than the limit", "\x01,", 2 * addrMaxDefects, addrMaxEntries},
		{"more words in one entry than the limit", "a ", 2 * addrMaxTokens, 1},
	} {
		t.Run(c.why, func(t *testing.T) {
			list := addrCheck(t, []byte(strings.Repeat(c.unit, c.n)))
			if len(list.Addresses) != c.entries {
				t.Errorf("%d entries, want %d", len(list.Addresses), c.entries)
			}
			if len(list.Defects) > addrMaxDefects+1 {
				t.Errorf("%d defects", len(list.Defects))
			}
		})
	}
}

// TestAddressLimitSpan: the defect begins with the first entry that is not
// listed and reaches to the end of the value.
func TestAddressLimitSpan(t *testing.T) {
	raw := []byte("To:" + strings.Repeat("a@b,", addrMaxEntries) + "last@one")
	list := ParseAddresses(raw, Span{3, len(raw)})
	got := list.Defects[len(list.Defects)-1]
	if got.Code != "address.limit" || string(got.Span.Of(raw)) != "last@one" {
		t.Errorf("%v spans %q", got, got.Span.Of(raw))
	}
	if list = ParseAddresses(raw, Span{3, len(raw) - len(",last@one")}); len(list.Defects) != 0 {
		t.Errorf("the limit is reached, not passed: %v", list.Defects)
	}
}

// TestAddressLimitGroup: a group that the limit cuts is not called unclosed.
func TestAddressLimitGroup(t *testing.T) {
	list := addrParse("g: " + strings.Repeat("a@b,", addrMaxEntries+9) + ";")
	if len(list.Defects) != 1 || list.Defects[0].Code != "address.limit" {
		t.Errorf("%v", list.Defects)
	}
	if g := list.Groups[0]; g.Empty || g.Span.End != list.Addresses[len(list.Addresses)-1].Span.End {
		t.Errorf("%v", g)
	}
}

// addrParse reads a whole text.
func addrParse(s string) AddressList {
	return ParseAddresses([]byte(s), Span{0, len(s)})
}

// TestAddressLinear: nothing is timed; a reader that looks ahead from each byte
// would take hours for these. BenchmarkParseAddressesHostile has the figures.
func TestAddressLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	const size = 1 << 20
	for _, h := range addrHostile {
		raw := []byte(strings.Repeat(h.text, size/len(h.text)))
		list := ParseAddresses(raw, Span{0, len(raw)})
		if len(list.Addresses) > addrMaxEntries || len(list.Defects) > addrMaxDefects+1 {
			t.Errorf("%s: %d entries, %d defects", h.name, len(list.Addresses), len(list.Defects))
		}
	}
}

// TestAddressNesting: depth is counted, not recursed into.
func TestAddressNesting(t *testing.T) {
	const depth = 500_000
	list := addrCheck(t, []byte("Ann "+strings.Repeat("(", depth)+"x"+strings.Repeat(")", depth)+" <a@b>"))
	if a := list.Addresses[0]; a.Name != "Ann" || a.Address != "a@b" || len(a.Comment) != 2*depth-1 {
		t.Errorf("%q, %q, comment of %d bytes", a.Name, a.Address, len(a.Comment))
	}
	if len(list.Defects) != 0 {
		t.Errorf("%v", list.Defects)
	}
}

// TestAddressTries: behind many openings without an end, what does end is
// still read, up to the number of searches allowed.
func TestAddressTries(t *testing.T) {
	for _, n := range []int{1, addrMaxTries - 1} {
		list := addrCheck(t, []byte(strings.Repeat("( ", n)+"Ann (x) <a@b>"))
		if a := list.Addresses[0]; a.Comment != "x" || a.Address != "a@b" {
			t.Errorf("%d: %+v", n, a)
		}
	}
	list := addrCheck(t, []byte(strings.Repeat("( ", 10*addrMaxTries)+"Ann (x) <a@b>"))
	if a := list.Addresses[0]; a.Address != "a@b" {
		t.Errorf("%+v", a)
	}
}

// TestAddressManyRecipients: a long list keeps each entry in its place.
func TestAddressManyRecipients(t *testing.T) {
	const n = 20_000
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(",\r\n ")
		}
		b.WriteString("\"Doe, J\" <j@x")
		b.WriteByte(byte('a' + i%26))
		b.WriteString(">")
	}
	list := addrCheck(t, []byte(b.String()))
	if len(list.Addresses) != n || len(list.Defects) != 0 {
		t.Fatalf("%d entries, %d defects", len(list.Addresses), len(list.Defects))
	}
	for i, a := range list.Addresses {
		if a.Name != "Doe, J" || a.Domain != "x"+string(rune('a'+i%26)) {
			t.Fatalf("entry %d: %+v", i, a)
		}
	}
}
