package headers

import (
	"strings"
	"testing"
)

var addrSink AddressList

func BenchmarkParseAddresses(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"plain", " john.doe@example.com"},
		{"angle", " <bounces+123-abc-user=example.org@mail.example.com>"},
		{"name", " John Doe <john.doe@example.com>"},
		{"quoted", ` "Doe, John" <john.doe@example.com>`},
		{"escaped", ` "Joe \"Q\" Public" <john.q.public@example.com>`},
		{"comment", " john.doe@example.com (John Doe)"},
		{"encoded", " =?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <jm@example.com>"},
		{"utf8", " J\u00FCrgen M\u00FCller <jm@example.com>"},
		{"group", " Friends: Ann <ann@example.com>, bob@example.org;"},
		{"obsolete", " john . doe @ example . com"},
		{"unquoted-comma", " Doe, John <john.doe@example.com>"},
		{"folded-50", strings.Repeat(" John Doe <john.doe@example.com>,\r\n", 49) + " John Doe <john.doe@example.com>"},
		{"recipients-5000", strings.Repeat(" \"Doe, John\" <john.doe@example.com>,\r\n", 4999) + " a@b"},
	} {
		b.Run(bench.name, func(b *testing.B) { addrBench(b, bench.text) })
	}
}

// BenchmarkParseAddressesHostile measures a megabyte of junk: what is not
// linear here takes minutes.
func BenchmarkParseAddressesHostile(b *testing.B) {
	for _, unit := range addrHostile {
		b.Run(unit.name, func(b *testing.B) {
			addrBench(b, strings.Repeat(unit.text, 1<<20/len(unit.text)))
		})
	}
}

func addrBench(b *testing.B, text string) {
	raw := []byte(text)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		addrSink = ParseAddresses(raw, Span{0, len(raw)})
	}
}

// addrHostile is what a megabyte of repeats might make slow.
var addrHostile = []struct{ name, text string }{
	{"at", "@"}, {"comma", ","}, {"dot", "."}, {"less", "<"}, {"greater", ">"}, {"colon", ":"}, {"semicolon", ";"},
	{"paren", "("}, {"close-paren", ")"}, {"bracket", "["}, {"quote", `"`}, {"backslash", `\`}, {"nul", "\x00"},
	{"blank", " "}, {"fold", "\r\n "}, {"cr", "\r"}, {"letter", "a"}, {"word", "a "}, {"entry", "a,"}, {"high", "\xE9"},
	{"bare", "a@b "}, {"pair", "a@b <c@d> "}, {"at-word", "@a "}, {"at-literal", "@[a "}, {"at-comment", "(c)@"}, {"at-dot", "a . "},
	{"open-angle", "<a,"}, {"open-route", "<@,"}, {"route-commas", "@,"}, {"open-quote", `a\" "`}, {"open-comment", "<,("},
	{"comment", "(c)"}, {"comment-deep", "(a "}, {"escaped-paren", `\(`}, {"word-start", "=?a?q?"}, {"word-short", "=?a"},
	{"word", "=?a?q?b?= "}, {"word-comma", "=?a?q?,?="}, {"quoted-word", `"=?a?q?b?=" `}, {"group", "a:"}, {"groups", "a:b@c;"},
	{"mailto", "mailto:"}, {"control", "\x01a"}, {"x400", "/a= "}, {"slash-at", "/a=@"}, {"mixed", "<\"(@[:;,.\\>"},
}
