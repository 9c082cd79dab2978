package headers

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// textCase is unstructured text and what must be read from it.
type textCase struct {
	why, in, want string
	// codes holds each defect: its code, a blank, the text of its span.
	codes []string
}

var textCases = []textCase{
	{"nothing", "", "", nil},
	{"plain text keeps its blanks", " a  b ", " a  b ", nil},
	{"raw UTF-8 (RFC 6532)", "Grüße", "Grüße", nil},
	{"fold: the line break alone goes", "a\r\n b\n\tc", "a b\tc", nil},
	{"fold over an empty line", "a\r\n\r\n b", "a b", nil},
	{"bare CR amid text stays", "a\rb", "a\rb", nil},
	{"line break at the end stays", "a\r\n", "a\r\n", nil},
	{"=? alone is text", "what =? and ?= here", "what =? and ?= here", nil},
	{"question that looks like a word", "=?why? q? no?=", "=?why? q? no?=", nil},

	{"=? before a word is text", "=?Q[a?=  =?ISO-8859-1?Q?b?=", "=?Q[a?=  b", nil},

	// RFC 2047 8, the examples.
	{"RFC 2047: a", "(=?ISO-8859-1?Q?a?=)", "(a)", []string{"word.glued =?ISO-8859-1?Q?a?="}},
	{"RFC 2047: a b", "=?ISO-8859-1?Q?a?= b", "a b", nil},
	{"RFC 2047: ab", "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab", nil},
	{"RFC 2047: ab, two blanks", "=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab", nil},
	{"RFC 2047: ab, folded", "=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=", "ab", nil},
	{"RFC 2047: a b in one", "=?ISO-8859-1?Q?a_b?=", "a b", nil},
	{"RFC 2047: a b in two", "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b", nil},
	{"RFC 2047: Olle", "=?ISO-8859-1?Q?Olle_J=E4rnefors?=", "Olle Järnefors", nil},
	{"RFC 2047: base64", "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
		"If you can read this you understand the example.", nil},
	{"RFC 2231 5: language", "=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore", nil},

	{"character split between Q words", "=?utf-8?Q?J=C3?= =?utf-8?Q?=BCrgen?=", "Jürgen", []string{"word.character-split =?utf-8?Q?=BCrgen?="}},
	{"character split between B words", "=?utf-8?B?SsM=?= =?UTF-8?B?vHI=?=", "Jür", []string{"word.character-split =?UTF-8?B?vHI=?="}},
	{"character split between Q and B", "=?utf-8?Q?J=C3?= =?utf-8?B?vA==?=", "Jü", []string{"word.character-split =?utf-8?B?vA==?="}},
	{"charset changes: each by itself", "=?utf-8?Q?=C3?= =?iso-8859-1?Q?=BC?=", "\uFFFD¼",
		[]string{"word.charset-mismatch =?utf-8?Q?=C3?="}},
	{"shift state goes on in the next word", "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?S1wbKEI=?=", "日本", nil},
	{"base64 cut anywhere, first piece of 4n+1", "=?utf-8?B?SGVsb?= =?utf-8?B?G8gd29ybGQ=?=", "Hello world",
		[]string{"word.b-split =?utf-8?B?G8gd29ybGQ=?="}},
	{"base64 cut in three", "=?utf-8?B?SGVsb?= =?utf-8?B?G8gd29?= =?utf-8?B?ybGQ=?=", "Hello world",
		[]string{"word.b-split =?utf-8?B?G8gd29?=", "word.b-split =?utf-8?B?ybGQ=?="}},
	{"no padding is no split", "=?utf-8?B?SGk?= =?utf-8?B?SGk?=", "HiHi", []string{"word.b-padding SGk", "word.b-padding SGk"}},
	{"a piece is missing", "=?utf-8?B?SGVsb?= =?utf-8?B?SGVs?=", "HelHel", []string{"word.b-truncated b"}},
	{"padding in the middle", "=?utf-8?B?SGk=SGk=?=", "HiHi", []string{"word.b-padding SGk=SGk="}},
	{"base64 cut at the end", "=?utf-8?B?SGVsbG8gd?=", "Hello ", []string{"word.b-truncated d"}},
	{"junk in base64", "=?utf-8?B?SGV*sbG8=?=", "Hello", []string{"word.b-invalid *"}},
	{"blanks and a fold in base64", "=?utf-8?B?SGVs\r\n bG8=?=", "Hello", []string{"word.blank SGVs\r\n bG8="}},

	{"lower-case letters", "=?utf-8?q?=c3=bc?= =?utf-8?b?w7w=?=", "üü", nil},
	{"blank in Q", "=?utf-8?Q?two words?=", "two words", []string{"word.blank two words"}},
	{"fold in Q", "=?utf-8?Q?two\r\n words?=", "two words", []string{"word.blank two\r\n words"}},
	{"question mark in Q", "=?utf-8?Q?what??=", "what?", nil},
	{"= without digits", "=?utf-8?Q?a=b=?=", "a=b=", []string{"word.q-invalid =", "word.q-invalid ="}},
	{"raw 8-bit in Q", "=?iso-8859-1?Q?J\xFCrgen?=", "Jürgen", []string{"word.8bit J\xFCrgen"}},
	{"empty words", "=?utf-8?Q??= a =?utf-8?B??=", " a ", nil},
	{"over-long", "=?utf-8?Q?" + strings.Repeat("a", 80) + "?=", strings.Repeat("a", 80),
		[]string{"word.too-long =?utf-8?Q?" + strings.Repeat("a", 80) + "?="}},

	{"glued to text before", "Re:=?utf-8?Q?a?=", "Re:a", []string{"word.glued =?utf-8?Q?a?="}},
	{"glued to text behind", "=?utf-8?Q?a?=b", "ab", []string{"word.glued =?utf-8?Q?a?="}},
	{"glued to each other", "=?utf-8?Q?a?==?utf-8?Q?b?=", "ab", []string{"word.glued =?utf-8?Q?b?="}},
	{"in quotes", `"=?utf-8?Q?a?="`, `"a"`, []string{"word.glued =?utf-8?Q?a?="}},

	{"no end", "=?utf-8?Q?abc", "=?utf-8?Q?abc", []string{"word.unclosed =?utf-8?Q?"}},
	{"no end, then a whole word", "=?utf-8?Q?abc =?utf-8?Q?d?=", "=?utf-8?Q?abc d", []string{"word.unclosed =?utf-8?Q?"}},
	{"half an end", "=?utf-8?Q?abc?", "=?utf-8?Q?abc?", []string{"word.unclosed =?utf-8?Q?"}},
	{"unknown charset stays, blanks too", "=?utf-8?Q?a?= =?x-no?Q?b=20?= =?utf-8?Q?c?=", "a =?x-no?Q?b=20?= c", []string{"word.charset-unknown x-no"}},
	{"no charset", "=??Q?b=20?=", "=??Q?b=20?=", []string{"word.charset-unknown =??Q?b=20?="}},
	{"unknown encoding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?=", []string{"word.encoding-unknown X"}},
	{"bytes outside the charset", "=?utf-8?Q?a=FCb?=", "a\uFFFDb", []string{"word.charset-mismatch =?utf-8?Q?a=FCb?="}},
	{"8-bit under ASCII", "=?us-ascii?Q?=FC?=", "ü", []string{"word.charset-mismatch =?us-ascii?Q?=FC?="}},
	{"line break and NUL brought out", "=?utf-8?Q?a=0D=0ABcc:_x=00?=", "a\r\nBcc: x\x00", []string{"word.control =?utf-8?Q?a=0D=0ABcc:_x=00?="}},

	{"raw Latin-1", "J\xFCrgen", "Jürgen", []string{"text.8bit-undeclared \xFC"}},
	{"raw Latin-1 beside a word", "J\xFCrgen =?utf-8?Q?=C3=BC?= Gr\xFC\xDFe", "Jürgen ü Grüße",
		[]string{"text.8bit-undeclared \xFC", "text.8bit-undeclared \xFC\xDF"}},
	{"raw UTF-8 that was cut", "Grüße aus K\xC3", "Grüße aus K\uFFFD", []string{"text.8bit-undeclared \xC3"}},
	{"NUL in plain text", "a\x00b", "a\x00b", nil},
}

// TestDecodeText reads each case alone and amid other text, which must change
// nothing but the offsets.
func TestDecodeText(t *testing.T) {
	for _, c := range textCases {
		for _, around := range []struct{ before, after string }{{"", ""}, {"Subject:=?utf-8?Q?x?=", "?=\r\n \xFF"}} {
			raw := []byte(around.before + c.in + around.after)
			at := Span{len(around.before), len(around.before) + len(c.in)}
			got := DecodeText(raw, at)
			if got.Value != c.want || got.Span != at {
				t.Errorf("%s: %q\n got %q\nwant %q", c.why, c.in, got.Value, c.want)
			}
			if codes := showDefects(raw, got.Defects); !slices.Equal(codes, c.codes) {
				t.Errorf("%s: %q\n got %q\nwant %q", c.why, c.in, codes, c.codes)
			}
		}
	}
}

func showDefects(raw []byte, defects []Defect) (out []string) {
	for _, d := range defects {
		out = append(out, d.Code+" "+string(d.Span.Of(raw)))
	}
	return out
}

// TestTextFacts: what was decoded, by which charsets and by which guess.
func TestTextFacts(t *testing.T) {
	raw := []byte("=?UTF-8?Q?a?= =?utf8?Q?b?= =?ISO-8859-1*en?Q?c?= J\xFCrgen")
	got := DecodeText(raw, Span{0, len(raw)})
	if got.Words != 3 || !slices.Equal(got.Charsets, []string{"UTF-8", "ISO-8859-1*en"}) || got.Guessed != "windows-1252" {
		t.Errorf("%+v", got)
	}
	if got := DecodeText([]byte("=?x-no?Q?a?="), Span{0, 12}); got.Words != 0 || got.Charsets != nil || got.Guessed != "" {
		t.Errorf("%+v", got)
	}
}

// TestTextSpan: a span outside the bytes is cut, not a panic.
func TestTextSpan(t *testing.T) {
	for at, want := range map[Span]string{{-5, 2}: "ab", {1, 99}: "bc", {7, 9}: "", {2, 1}: ""} {
		if got := DecodeText([]byte("abc"), at); got.Value != want {
			t.Errorf("%v: %q, want %q", at, got.Value, want)
		}
	}
}

// TestTextDefectLimit: hostile text cannot fill the memory with defects, and
// the list says that it was cut.
func TestTextDefectLimit(t *testing.T) {
	raw := []byte(strings.Repeat("=?a?q?", 100_000))
	got := DecodeText(raw, Span{0, len(raw)})
	if n := len(got.Defects); n != defaultMaxDefects || got.Defects[n-1].Code != "limit.defects" {
		t.Errorf("%d defects, the last %v", n, got.Defects[n-1])
	}
	if got.Value != string(raw) {
		t.Error("text was lost")
	}
}

// TestTextFastPath: ordinary text costs its string and nothing else.
func TestTextFastPath(t *testing.T) {
	raw := []byte(" Re: minutes of Thursday's meeting, Grüße")
	if n := testing.AllocsPerRun(100, func() { textSink = DecodeText(raw, Span{0, len(raw)}) }); n > 1 {
		t.Errorf("%v allocations", n)
	}
}

var textSink Text

func ExampleDecodeText() {
	raw := []byte("=?UTF-8?Q?Gr=C3?= =?UTF-8?Q?=BC=C3=9Fe?=, J\xFCrgen")
	text := DecodeText(raw, Span{0, len(raw)})
	fmt.Println(text.Value)
	for _, d := range text.Defects {
		fmt.Println(d.Code, d.Span)
	}
	// Output:
	// Grüße, Jürgen
	// word.glued {18 40}
	// word.character-split {18 40}
	// text.8bit-undeclared {43 44}
}
