package headers

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// paramCase is a value with parameters and what must be read from it.
type paramCase struct {
	why, in, value string
	// params holds for each one "name=value form", then what else it has:
	// " charset'language'".
	params []string
	// codes holds each defect: its code, a blank, the text of its span.
	codes []string
}

var typeCases = []paramCase{
	{"as RFC 2045 5.1 has it", `text/plain; charset=us-ascii (Plain text)`, "text/plain", []string{"charset=us-ascii plain"}, nil},
	{"quoted, letter case of the name does not matter", `Text/HTML; CharSet="UTF-8"`, "text/html", []string{"charset=UTF-8 quoted"}, nil},
	{"no parameters", "text/plain", "text/plain", nil, nil},
	{"blanks around everything", " text / plain ;\r\n\tcharset = \"utf-8\" ; format=flowed ", "text/plain", []string{"charset=utf-8 quoted", "format=flowed plain"}, nil},
	{"comments around everything", "(a) text(b)/(c)plain(d);(e)charset(f)=(g)utf-8 (h)", "text/plain", []string{"charset=utf-8 plain"}, nil},
	{"comment with a quoted parenthesis and one inside", `text/plain (a\) (b)); charset=x`, "text/plain", []string{"charset=x plain"}, nil},

	{"nothing", "", "", nil, []string{"mediatype.missing "}},
	{"parameters alone", "charset=utf-8", "", []string{"charset=utf-8 plain"}, []string{"mediatype.missing "}},
	{"parameters alone, with their semicolon", "; charset=utf-8", "", []string{"charset=utf-8 plain"}, []string{"mediatype.missing "}},
	{"no subtype", "text", "text", nil, []string{"mediatype.no-subtype text"}},
	{"empty subtype", "text/; charset=x", "text/", []string{"charset=x plain"}, []string{"mediatype.invalid text/"}},
	{"two slashes", "text/plain/x", "text/plain/x", nil, []string{"mediatype.invalid text/plain/x"}},
	{"quoted type", `"text/html"; charset=x`, `"text/html"`, []string{"charset=x plain"}, []string{`mediatype.invalid "text/html"`}},
	{"two words", "text/plain foo; charset=x", "text/plain", []string{"charset=x plain"}, []string{"param.not-a-parameter foo"}},
	{"no semicolon behind the type", "text/plain charset=utf-8", "text/plain", []string{"charset=utf-8 plain"}, []string{"param.missing-semicolon c"}},
	{"comma behind the type", "text/plain, charset=utf-8", "text/plain", []string{"charset=utf-8 plain"}, []string{"param.separator ,"}},

	{"no semicolon between parameters", "a/b; charset=utf-8 name=x", "a/b", []string{"charset=utf-8 plain", "name=x plain"}, []string{"param.missing-semicolon n"}},
	{"no semicolon behind a quote", `a/b; charset="utf-8"x=y`, "a/b", []string{"charset=utf-8 quoted", "x=y plain"}, []string{"param.missing-semicolon x"}},
	{"comma between parameters", "a/b; charset=UTF-8, format=flowed", "a/b", []string{"charset=UTF-8 plain", "format=flowed plain"}, []string{"param.separator ,"}},
	{"two semicolons, and one at the end", `a/b; charset="utf-8";;`, "a/b", []string{"charset=utf-8 quoted"}, []string{"param.empty ;"}},
	{"semicolon at the end", `a/b; charset=x;`, "a/b", []string{"charset=x plain"}, []string{"param.trailing-semicolon ;"}},
	{"no equals sign", "a/b; utf-8; charset=x", "a/b", []string{"charset=x plain"}, []string{"param.not-a-parameter utf-8"}},
	{"no equals sign and no semicolon", "a/b; foo charset=x", "a/b", []string{"charset=x plain"}, []string{"param.not-a-parameter foo"}},
	{"no name", "a/b; =x; charset=y", "a/b", []string{"charset=y plain"}, []string{"param.not-a-parameter =x"}},
	{"no value", "a/b; charset=; x=\"\"", "a/b", []string{"charset= plain", "x= quoted"}, []string{"param.no-value "}},
	{"boundary with specials", "multipart/mixed; boundary=----=_Part:1/2", "multipart/mixed", []string{"boundary=----=_Part:1/2 plain"},
		[]string{"param.unquoted-special ----=_Part:1/2"}},
	{"boundary that looks like an encoded word stays bytes", `multipart/mixed; boundary="=?utf-8?q?a?="`, "multipart/mixed", []string{"boundary==?utf-8?q?a?= quoted"}, nil},
	{"boundary of raw bytes", "multipart/mixed; boundary=\"\xFF\"", "multipart/mixed", []string{"boundary=\xFF quoted"}, nil},
	{"apostrophes are no quotes", "a/b; charset='utf-8'", "a/b", []string{"charset='utf-8' plain"}, []string{"param.single-quotes 'utf-8'"}},
	{"twice", "a/b; charset=x; CHARSET=y", "a/b", []string{"charset=x plain", "charset=y plain"}, []string{"param.duplicate y"}},
	{"a bare CR is no fold and stays", "a/b; name=\"x\ry\"", "a/b", []string{"name=x\ry quoted"}, nil},
	{"comment not closed", "a/b (x; charset=y", "a/b", []string{"charset=y plain"}, []string{"param.comment-unclosed (x"}},
	{"comment behind a bare value, then the next parameter", "a/b; charset=x (c); name=y", "a/b", []string{"charset=x plain", "name=y plain"}, nil},
}

var dispositionCases = []paramCase{
	{"as RFC 2183 has it", `attachment; filename=genome.jpeg; modification-date="Wed, 12 Feb 1997 16:29:51 -0500"`, "attachment",
		[]string{"filename=genome.jpeg plain", "modification-date=Wed, 12 Feb 1997 16:29:51 -0500 quoted"}, nil},
	{"alone", "INLINE", "inline", nil, nil},
	{"nothing but a name", "filename=a.txt", "", []string{"filename=a.txt plain"}, []string{"disposition.missing "}},
	{"a slash", "text/plain", "text/plain", nil, []string{"disposition.invalid text/plain"}},

	{"blanks in a bare name", "attachment; filename=my  file.pdf; size=3", "attachment", []string{"filename=my  file.pdf plain", "size=3 plain"},
		[]string{"param.blank-unquoted my  file.pdf"}},
	{"folded bare name", "attachment; filename=my\r\n file.pdf", "attachment", []string{"filename=my file.pdf plain"}, []string{"param.blank-unquoted my\r\n file.pdf"}},
	{"parentheses in a bare name are no comment", "attachment; filename=my file (1).pdf", "attachment", []string{"filename=my file (1).pdf plain"},
		[]string{"param.blank-unquoted my file (1).pdf"}},
	{"an equals sign behind a blank is part of a bare name", "attachment; filename=a b=c.pdf", "attachment", []string{"filename=a b=c.pdf plain"},
		[]string{"param.blank-unquoted a b=c.pdf"}},
	{"folded in quotes", "attachment; filename=\"my\r\n file.pdf\"", "attachment", []string{"filename=my file.pdf quoted"}, nil},
	{"semicolon and parentheses in quotes", `attachment; filename="a;b(c).txt"`, "attachment", []string{"filename=a;b(c).txt quoted"}, nil},
	{"quoting backslashes", `attachment; filename="a\"b\\c"`, "attachment", []string{`filename=a"b\c quoted`}, nil},
	{"Windows path", `attachment; filename="C:\temp\a.txt"`, "attachment", []string{`filename=C:\temp\a.txt quoted`}, []string{`param.backslash \`}},
	{"Windows folder", `attachment; filename="C:\temp\"; size=3`, "attachment", []string{`filename=C:\temp\ quoted`, "size=3 plain"},
		[]string{`param.backslash \`, `param.backslash \`}},
	{"quotes in quotes", `attachment; filename="my "special" file.pdf"; size=3`, "attachment", []string{`filename=my "special" file.pdf quoted`, "size=3 plain"},
		[]string{`param.quote-inner "`}},
	{"text behind the quotes", `attachment; filename="a.txt"b; size=3`, "attachment", []string{"filename=a.txt quoted", "size=3 plain"}, []string{"param.not-a-parameter b"}},
	{"quote not closed", `attachment; filename="a b.pdf`, "attachment", []string{"filename=a b.pdf quoted"}, []string{`param.quote-unclosed "a b.pdf`}},
	{"quote not closed, then a parameter", `attachment; filename="a.pdf; size=3`, "attachment", []string{"filename=a.pdf quoted", "size=3 plain"},
		[]string{`param.quote-unclosed "a.pdf`}},

	{"encoded word in quotes", `attachment; filename="=?utf-8?Q?J=C3=BCrgen.txt?="`, "attachment", []string{"filename=Jürgen.txt encoded-word utf-8''"},
		[]string{`param.encoded-word "=?utf-8?Q?J=C3=BCrgen.txt?="`}},
	{"bare encoded word", `attachment; filename==?utf-8?Q?J=C3=BCrgen.txt?=`, "attachment", []string{"filename=Jürgen.txt encoded-word utf-8''"},
		[]string{"param.unquoted-special =?utf-8?Q?J=C3=BCrgen.txt?=", "param.encoded-word =?utf-8?Q?J=C3=BCrgen.txt?="}},
	{"encoded words over a fold, with one character between them", "attachment; filename=\"=?utf-8?Q?J=C3?=\r\n =?utf-8?Q?=BC.txt?=\"", "attachment",
		[]string{"filename=Jü.txt encoded-word utf-8''"}, []string{"param.encoded-word \"=?utf-8?Q?J=C3?=\r\n =?utf-8?Q?=BC.txt?=\"", "word.character-split =?utf-8?Q?=BC.txt?="}},
	{"encoded word with a fault", `attachment; filename="=?utf-8?B?YQ==*?="`, "attachment", []string{"filename=a encoded-word utf-8''"},
		[]string{`param.encoded-word "=?utf-8?B?YQ==*?="`, "word.b-invalid *"}},
	{"raw UTF-8", `attachment; filename="Jürgen.txt"`, "attachment", []string{"filename=Jürgen.txt quoted"}, nil},
	{"raw Latin-1", "attachment; filename=\"J\xFCrgen.txt\"", "attachment", []string{"filename=Jürgen.txt quoted"}, []string{"param.8bit-undeclared \xFC"}},
	{"raw Latin-1 behind a backslash", "attachment; filename=\"\\\"\xFC\"", "attachment", []string{`filename="ü quoted`}, []string{"param.8bit-undeclared \"\\\"\xFC\""}},
}

var extendedCases = []paramCase{
	{"RFC 2231 3", "message/external-body; access-type=URL; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu/pub/moore/\"", "message/external-body",
		[]string{"access-type=URL plain", "url=ftp://cs.utk.edu/pub/moore/ continued"}, nil},
	{"RFC 2231 4", "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "application/x-stuff",
		[]string{"title=This is ***fun*** extended us-ascii'en-us'"}, nil},
	{"RFC 2231 4.1", "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"", "application/x-stuff",
		[]string{"title=This is even more ***fun*** isn't it! continued us-ascii'en'"}, nil},
	{"out of order, other parameters between", "a/b; n*1*=%BC; x=y; n*0*=utf-8''J%C3", "a/b", []string{"n=Jü continued utf-8''", "x=y plain"}, nil},
	{"both forms are meant to be", "a/b; name=\"Jurgen\"; name*=utf-8''J%C3%BCrgen", "a/b", []string{"name=Jurgen quoted", "name=Jürgen extended utf-8''"}, nil},
	{"no charset named", "a/b; n*=''J%C3%BC", "a/b", []string{"n=Jü extended"}, nil},
	{"no charset part", "a/b; n*=J%C3%BC", "a/b", []string{"n=Jü extended"}, []string{"param.charset-missing J%C3%BC"}},
	{"one apostrophe", "a/b; n*=utf-8'J%C3%BC", "a/b", []string{"n=Jü extended utf-8''"}, []string{"param.charset-malformed utf-8'J%C3%BC"}},
	{"apostrophe in the value", "a/b; n*=utf-8''it's", "a/b", []string{"n=it's extended utf-8''"}, nil},
	{"unknown charset", "a/b; n*=x-no''J%FC", "a/b", []string{"n=Jü extended x-no''"}, []string{"param.charset-unknown x-no''J%FC"}},
	{"bytes outside the charset", "a/b; n*=utf-8''J%FC", "a/b", []string{"n=J\uFFFD extended utf-8''"}, []string{"param.charset-mismatch utf-8''J%FC"}},
	{"percent without digits", "a/b; n*=utf-8''100%25%2x%", "a/b", []string{"n=100%%2x% extended utf-8''"}, []string{"param.percent-invalid %"}},
	{"in quotes", `a/b; n*="utf-8''a%20b"`, "a/b", []string{"n=a b extended utf-8''"}, []string{`param.extended-quoted "utf-8''a%20b"`}},
	{"raw bytes", "a/b; n*=utf-8''ü", "a/b", []string{"n=ü extended utf-8''"}, []string{"param.8bit utf-8''ü"}},
	{"first section missing", "a/b; n*1=b; n*2=c", "a/b", []string{"n=bc continued"}, []string{"param.section-order b"}},
	{"a gap", "a/b; n*0=a; n*2=c", "a/b", []string{"n=ac continued"}, []string{"param.section-order c"}},
	{"a section twice", "a/b; n*0=a; n*0=x; n*1=b", "a/b", []string{"n=ab continued"}, []string{"param.section-order x"}},
	{"leading zero", "a/b; n*00=a; n*01=b", "a/b", []string{"n=ab continued"}, []string{"param.section-invalid n*00", "param.section-invalid n*01"}},
	{"asterisk of another meaning", "a/b; n*x=a", "a/b", []string{"n*x=a plain"}, []string{"param.section-invalid n*x"}},
	{"an asterisk alone", "a/b; *=a", "a/b", []string{"*=a plain"}, []string{"param.section-invalid *"}},
	{"first section without the charset mark", "a/b; n*0=a; n*1*=%C3%BC", "a/b", []string{"n=aü continued"}, nil},
	{"encoded word cut into sections", `a/b; n*0="=?utf-8?B?SsO8c"; n*1="mdlbg==?="`, "a/b", []string{"n=Jürgen continued utf-8''"},
		[]string{`param.encoded-word "=?utf-8?B?SsO8c"; n*1="mdlbg==?="`}},
}

// TestParams reads each case alone and amid other text, which must change
// nothing but the offsets.
func TestParams(t *testing.T) {
	for _, c := range slices.Concat(typeCases, extendedCases) {
		c.check(t, ParseMediaType)
	}
	for _, c := range dispositionCases {
		c.check(t, ParseDisposition)
	}
}

func (c paramCase) check(t *testing.T, parse func([]byte, Span) ParamValue) {
	t.Helper()
	for _, around := range []struct{ before, after string }{{"", ""}, {"Content-X: (\"", "\"; x=y)\r\n"}} {
		raw := []byte(around.before + c.in + around.after)
		got := parse(raw, Span{len(around.before), len(around.before) + len(c.in)})
		if params := showParams(got.Params); got.Value != c.value || !slices.Equal(params, c.params) {
			t.Errorf("%s: %q\n got %q %q\nwant %q %q", c.why, c.in, got.Value, params, c.value, c.params)
		}
		if codes := showDefects(raw, got.Defects); !slices.Equal(codes, c.codes) {
			t.Errorf("%s: %q\n got %q\nwant %q", c.why, c.in, codes, c.codes)
		}
	}
}

func showParams(params []Param) (out []string) {
	for _, p := range params {
		s := p.Name + "=" + p.Value + " " + p.Form
		if p.Charset+p.Language != "" {
			s += " " + p.Charset + "'" + p.Language + "'"
		}
		out = append(out, s)
	}
	return out
}

// TestParamSpans pins what each kind of value calls its place.
func TestParamSpans(t *testing.T) {
	raw := []byte("X: a/b; p= bare ; q=\"quo\"; n*1=b; n*0=\"a\" ;\r\n")
	got := ParseMediaType(raw, Span{2, len(raw)})
	if string(got.Span.Of(raw)) != got.Raw || got.Raw != `a/b; p= bare ; q="quo"; n*1=b; n*0="a" ;` || string(got.ValueSpan.Of(raw)) != "a/b" {
		t.Errorf("%+v", got)
	}
	for i, want := range []string{"bare", `"quo"`, `b; n*0="a"`} {
		if s := string(got.Params[i].Span.Of(raw)); s != want {
			t.Errorf("span %d is %q, want %q", i, s, want)
		}
	}
	n := got.Params[2]
	if n.Raw != `"a" b` || len(n.Pieces) != 2 || string(n.Pieces[0].Of(raw)) != `"a"` || string(n.Pieces[1].Of(raw)) != "b" {
		t.Errorf("%+v", n)
	}
}

// TestParamChoice: Get prefers the forms of RFC 2231, All hides nothing.
func TestParamChoice(t *testing.T) {
	raw := []byte("attachment; filename=a; filename*0=b; filename=c; filename*=''d")
	got := ParseDisposition(raw, Span{0, len(raw)})
	if p, ok := got.Get("filename"); !ok || p.Value != "b" {
		t.Errorf("Get gives %+v", p)
	}
	var all []string
	for p := range got.All("filename") {
		all = append(all, p.Value)
	}
	if !slices.Equal(all, []string{"a", "b", "c", "d"}) {
		t.Errorf("All gives %q", all)
	}
	for range got.All("filename") { // leaving the loop early is allowed
		break
	}
	if p, ok := got.Get("Filename"); ok || p.Value != "" {
		t.Errorf("a name that is not there: %+v", p)
	}
}

// TestParamLimits: hostile values end with a defect, not with all memory.
func TestParamLimits(t *testing.T) {
	raw := []byte("a/b" + strings.Repeat(";x=y", 5000))
	got := ParseMediaType(raw, Span{0, len(raw)})
	if len(got.Params) != maxParams || got.Defects[0].Code != "limit.params" {
		t.Errorf("%d parameters, %v", len(got.Params), got.Defects[:1])
	}
	raw = []byte("a/b" + strings.Repeat(";", 5000))
	got = ParseMediaType(raw, Span{0, len(raw)})
	if n := len(got.Defects); n != defaultMaxDefects || got.Defects[n-1].Code != "limit.defects" {
		t.Errorf("%d defects, %v", n, got.Defects[n-1])
	}
}

func ExampleParseMediaType() {
	raw := []byte(`Text/Plain; charset="UTF-8"; name=my file.txt`)
	v := ParseMediaType(raw, Span{0, len(raw)})
	name, _ := v.Get("name")
	fmt.Println(v.Value, name.Value, name.Span)
	fmt.Println(v.Defects[0].Code)
	// Output:
	// text/plain my file.txt {34 45}
	// param.blank-unquoted
}

func ExampleParamValue_All() {
	raw := []byte(`attachment; filename="Jurgen.txt"; filename*=utf-8''J%C3%BCrgen.txt`)
	v := ParseDisposition(raw, Span{0, len(raw)})
	for p := range v.All("filename") {
		fmt.Println(p.Form, p.Value)
	}
	// Output:
	// quoted Jurgen.txt
	// extended Jürgen.txt
}
