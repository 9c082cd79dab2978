package headers

import (
	"reflect"
	"slices"
	"testing"
)

// addrUsualSeeds are values on both sides of what the quick reader takes.
var addrUsualSeeds = []string{
	"a@b.c", " <a@b.c>", "Ann <a@b.c>", "Ann B C <a.b@c.d>\r\n", "\"Ann, B.\" <a@b.c>", "\"\" <a@b>", "a@b, c@d,\r\n\t<e@f> , G <g@h>",
	"a@b,", ",a@b", "a@b,,c@d", "a@b c@d", "Ann  B <a@b>", "Ann\r\n B <a@b>", "Ann\tB <a@b>", "Ann. <a@b>", "Ann<a@b>", "\"Ann\"<a@b>", "\"Ann\" \"B\" <a@b>",
	"\"A\\\"\" <a@b>", "\"=?x?q?y?=\" <a@b>", "=?x?q?y?= <a@b>", "a..b@c", ".a@b", "a@b.", "a@b@c", "a@", "@b", "<a@b", "< a@b >", "<a@b>>", "<a@b> (c)", "a@b (c)",
	"a@b\n", "a@b\r", "a@b\r\n", "a@b\r\nc", "\ra@b", "a@b,\nc@d", "g: a@b;", "undisclosed-recipients:;", "a@[192.0.2.1]", "a!b@c", "mailto:a@b", "", " ", ",", "<>", "Ann", "\"Ann\"",
	"a@b;c@d", "a?@b", "a\x00@b", "\xe4@b", "Ann <a@b> x", "=?utf-8?q?J=C3=BCrgen?= M <a@b>, x =?utf-8?b?SsO8cmdlbg==?= =?utf-8?q?=C3=BC?= <c@d>", "=?x?q?a<b@c>?= <d@e>", "=?utf-8?q?a.b?= <c@d>",
	"=?utf-8?q?=0A?= <a@b>", "=?utf-8?q?a?=b <c@d>", "x=?utf-8?q?a?= <c@d>", "=?none?q?a?= <c@d>", "why? <a@b>", "=?utf-8?q?a?=\r\n =?utf-8?q?b?= <c@d>", "a@b <c@d>", "A b@c <d@e>", "\"a\"@b", "a@b\t,\tc@d\t",
}

// FuzzAddressUsual: the quick reader of plain lists says the same as the parser
// of every form, spans included, also when it gives up in the middle of a list.
func FuzzAddressUsual(f *testing.F) {
	for _, seed := range addrUsualSeeds {
		f.Add([]byte(seed))
	}
	for _, c := range addrCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		raw := slices.Concat([]byte("To:"), value, []byte("\r\nCc: x@y\r\n"))
		at := Span{3, 3 + len(value)}
		got, want := ParseAddresses(raw, at), parseAddressesSlow(raw, string(value), at.Start, nil)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v", value, got, want)
		}
	})
}
