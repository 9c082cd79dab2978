package headers

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func FuzzParseAddresses(f *testing.F) {
	for _, c := range addrCases {
		f.Add([]byte(c.in))
	}
	for _, h := range addrHostile {
		f.Add([]byte(strings.Repeat(h.text, 20)))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		addrCheck(t, value)
	})
}

// FuzzAddressStrict: the addresses that net/mail accepts are those we read. Names may
// differ: it puts a blank between words that have none, and takes one comment.
func FuzzAddressStrict(f *testing.F) {
	for _, c := range addrGrammarCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		if _, diff := addrStrict(value, false); diff != "" {
			t.Errorf("%q: %s", value, diff)
		}
	})
}

// addrCheck states what holds for every value whatever.
func addrCheck(t *testing.T, value []byte) AddressList {
	t.Helper()
	raw := slices.Concat([]byte("To:"), value, []byte("\r\nCc: x@y\r\n"))
	at := Span{3, 3 + len(value)}
	list := ParseAddresses(raw, at)
	if again := ParseAddresses(raw, at); !reflect.DeepEqual(list, again) {
		t.Fatalf("%q: two readings differ", value)
	}
	addrCheckShift(t, value, list)
	addrCheckEntries(t, raw, at, list)
	addrCheckDefects(t, at, list)
	addrCheckCovered(t, raw, at, list)
	return list
}

// addrCheckShift: the same value elsewhere reads the same, at other offsets.
func addrCheckShift(t *testing.T, value []byte, list AddressList) {
	t.Helper()
	alone := ParseAddresses(value, Span{0, len(value)})
	if len(alone.Addresses) != len(list.Addresses) || len(alone.Defects) != len(list.Defects) || len(alone.Groups) != len(list.Groups) {
		t.Fatalf("%q: the bytes around the value change what it says", value)
	}
	for i, a := range alone.Addresses {
		if b := list.Addresses[i]; a.Name != b.Name || a.Address != b.Address || a.Span.Shift(3) != b.Span {
			t.Fatalf("%q: %+v elsewhere %+v", value, a, b)
		}
	}
}

// addrCheckEntries: spans in order and apart, Raw the bytes of Span, the two
// sides make the address, the address's own defects within it.
func addrCheckEntries(t *testing.T, raw []byte, at Span, list AddressList) {
	t.Helper()
	end, listed := at.Start, map[Defect]bool{}
	for _, d := range list.Defects {
		listed[d] = true
	}
	for _, a := range list.Addresses {
		switch {
		case a.Span.Start < end || a.Span.Empty() || !at.Contains(a.Span):
			t.Fatalf("%q: span %v after %d", raw, a.Span, end)
		case a.Raw != string(a.Span.Of(raw)):
			t.Fatalf("%q: raw %q is not the bytes of %v", raw, a.Raw, a.Span)
		case strings.Trim(a.Raw, " \t") != a.Raw:
			t.Fatalf("%q: blanks around %q", raw, a.Raw)
		case a.Address != "" && a.Address != a.Local+"@"+a.Domain && a.Address != a.Local:
			t.Fatalf("%q: %q is not %q at %q", raw, a.Address, a.Local, a.Domain)
		case a.Address == "" && a.Local+a.Domain != "":
			t.Fatalf("%q: sides %q, %q without address", raw, a.Local, a.Domain)
		case a.Address == "" && len(a.Defects) == 0 && !addrCut(list):
			t.Fatalf("%q: no address and no defect", raw)
		case strings.ContainsAny(a.Address+a.Route, "\r\n"):
			t.Fatalf("%q: line break in %q", raw, a.Address)
		case strings.ContainsAny(a.Name+a.Comment+a.Group, "\r\n") && !strings.Contains(string(raw), "=?"):
			t.Fatalf("%q: line break in %q or %q", raw, a.Name, a.Comment)
		}
		for _, d := range a.Defects {
			if !a.Span.Contains(d.Span) || !listed[d] {
				t.Fatalf("%q: defect %v is not of %v", raw, d, a.Span)
			}
		}
		end = a.Span.End
	}
	for _, g := range list.Groups {
		if g.Span.Empty() || !at.Contains(g.Span) {
			t.Fatalf("%q: group %v", raw, g)
		}
	}
}

func addrCut(list AddressList) bool {
	n := len(list.Defects)
	return n > 0 && list.Defects[n-1].Code == "address.limit"
}

// addrCheckDefects: inside the value, in order, each with words and a known
// code, none twice.
func addrCheckDefects(t *testing.T, at Span, list AddressList) {
	t.Helper()
	own, last := 0, Defect{Span: Span{at.Start, at.Start}}
	for _, d := range list.Defects {
		switch {
		case !at.Contains(d.Span) || d.Span.Start > d.Span.End || d.Detail == "":
			t.Fatalf("defect %v outside %v", d, at)
		case d.Span.Empty() && d.Code != "address.empty":
			t.Fatalf("defect %v without a byte", d)
		case d.Code != "address.limit" && d.Span.Start < last.Span.Start:
			t.Fatalf("defect %v behind %v", d, last)
		case d == last:
			t.Fatalf("defect %v twice", d)
		}
		last = d
	}
	for _, a := range list.Addresses {
		own += len(a.Defects)
	}
	if own > len(list.Defects) {
		t.Fatalf("%d defects of addresses, %d in all", own, len(list.Defects))
	}
}

// addrCheckCovered: no byte of text is lost from sight.
func addrCheckCovered(t *testing.T, raw []byte, at Span, list AddressList) {
	t.Helper()
	seen := make([]bool, len(raw))
	mark := func(s Span) {
		for i := s.Start; i < s.End; i++ {
			seen[i] = true
		}
	}
	for _, a := range list.Addresses {
		mark(a.Span)
	}
	for _, g := range list.Groups {
		mark(g.Span)
	}
	for _, d := range list.Defects {
		mark(d.Span)
	}
	for i := at.Start; i < at.End; i++ {
		if !seen[i] && bytes.IndexByte([]byte(" \t\r\n,;"), raw[i]) < 0 {
			t.Fatalf("%q: byte %d (%q) is in no span", raw, i, raw[i])
		}
	}
}
