package headers

import (
	"slices"
	"strings"
	"testing"
)

// authDump tells a value on one line a result; the head comes first.
func authDump(a AuthResults) (out []string) {
	head := "[" + a.ServID + "]"
	for _, p := range []struct{ mark, text string }{{" v", a.Version}, {" i", a.Instance}} {
		if p.text != "" {
			head += p.mark + p.text
		}
	}
	if a.None {
		head += " none"
	}
	out = append(out, head)
	for _, r := range a.Results {
		s := r.Method
		if r.MethodVersion != "" {
			s += "/" + r.MethodVersion
		}
		s += "=" + r.Result
		if r.Comment != "" {
			s += " (" + r.Comment + ")"
		}
		if r.Reason != "" {
			s += " reason[" + r.Reason + "]"
		}
		for _, p := range r.Props {
			s += " " + p.Name() + "[" + p.Value + "]"
			if p.Comment != "" {
				s += "(" + p.Comment + ")"
			}
		}
		out = append(out, s)
	}
	return out
}

type authCase struct {
	name, in string
	want     []string
	defects  []string
}

// authGrammar holds RFC 8601 2.2 and its examples in appendix B.
var authGrammar = []authCase{
	{"no check", "example.org 1; none", []string{"[example.org] v1 none"}, nil},
	{"no version", "example.org; none", []string{"[example.org] none"}, nil},
	{"one result", "example.com; spf=pass smtp.mailfrom=example.net", []string{"[example.com]", "spf=pass smtp.mailfrom[example.net]"}, nil},
	{"several", "example.com;\r\n auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n spf=pass smtp.mailfrom=example.net",
		[]string{"[example.com]", "auth=pass (cram-md5) smtp.auth[sender@example.net]", "spf=pass smtp.mailfrom[example.net]"}, nil},
	{"reason", `example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net; dkim=fail reason="bad signature" header.i=@newyork.example.com`,
		[]string{"[example.com]", "dkim=pass reason[good signature] header.i[@mail-router.example.net]", "dkim=fail reason[bad signature] header.i[@newyork.example.com]"}, nil},
	{"comments everywhere", "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462",
		[]string{"[foo.example.net] v1", "dkim/1=fail policy.expired[1362471462]"}, nil},
	{"semicolon in a comment", "a.b; dkim=pass (2048-bit key; unprotected) header.d=c.d", []string{"[a.b]", "dkim=pass (2048-bit key; unprotected) header.d[c.d]"}, nil},
	{"nested comment", `a.b; spf=pass (one (two \) three) four) smtp.helo=x`, []string{"[a.b]", "spf=pass (one (two ) three) four) smtp.helo[x]"}, nil},
	{"folded comment", "a.b; spf=pass (one\r\n two) smtp.helo=x", []string{"[a.b]", "spf=pass (one two) smtp.helo[x]"}, nil},
	{"comment behind a property", "a.b; spf=pass smtp.helo=x (client-ip=192.0.2.1) smtp.mailfrom=y", []string{"[a.b]", "spf=pass smtp.helo[x](client-ip=192.0.2.1) smtp.mailfrom[y]"}, nil},
	{"glued comment", "a.b;dmarc=pass(p=REJECT)header.from=c.d", []string{"[a.b]", "dmarc=pass (p=REJECT) header.from[c.d]"}, nil},
	{"quoted values", `"a.b"; auth=pass smtp.auth="x \"y\"; z"`, []string{"[a.b]", `auth=pass smtp.auth[x "y"; z]`}, nil},
	{"quoted local part", `a.b; spf=pass smtp.mailfrom="john doe"@c.d`, []string{"[a.b]", `spf=pass smtp.mailfrom["john doe"@c.d]`}, nil},
	{"two quoted strings", `a.b; spf=pass smtp.mailfrom="x"y"z"`, []string{"[a.b]", `spf=pass smtp.mailfrom["x"y"z"]`}, nil},
	{"blanks around signs", "a.b ; dkim = pass header . d = c.d", []string{"[a.b]", "dkim=pass header.d[c.d]"}, nil},
	{"address with colons", "a.b; iprev=pass policy.iprev=2001:db8::1 (x.y); spf=none smtp.remote-ip=::ffff:192.0.2.1",
		[]string{"[a.b]", "iprev=pass policy.iprev[2001:db8::1](x.y)", "spf=none smtp.remote-ip[::ffff:192.0.2.1]"}, nil},
	{"equals in a value", "a.b; dkim=pass header.b=Ab+/c=; dkim=pass header.b=x==", []string{"[a.b]", "dkim=pass header.b[Ab+/c=]", "dkim=pass header.b[x==]"}, nil},
	{"no method is spf.x", "a.b; dkim=pass header.from=spf.dkim", []string{"[a.b]", "dkim=pass header.from[spf.dkim]"}, nil},
	{"semicolon at the end", "a.b; spf=none;", []string{"[a.b]", "spf=none"}, nil},
	{"servid none", "none; spf=pass", []string{"[none]", "spf=pass"}, nil},
	{"letter case kept", "A.B; SPF=Pass SMTP.MailFrom=X", []string{"[A.B]", "SPF=Pass SMTP.MailFrom[X]"}, nil},
}

// authShapes are what the large receivers write, with documentation names in
// the place of theirs.
var authShapes = []authCase{
	{"Gmail", "mx.example.com;\r\n       dkim=pass header.i=@example.net header.s=s1 header.b=aBcD12+/;\r\n       spf=pass (example.com: domain of a@example.net designates 2001:db8::5 as permitted sender) smtp.mailfrom=a@example.net;\r\n       dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=example.net",
		[]string{"[mx.example.com]", "dkim=pass header.i[@example.net] header.s[s1] header.b[aBcD12+/]",
			"spf=pass (example.com: domain of a@example.net designates 2001:db8::5 as permitted sender) smtp.mailfrom[a@example.net]",
			"dmarc=pass (p=NONE sp=NONE dis=NONE) header.from[example.net]"}, nil},
	{"ARC", "i=2; mx.example.com; arc=pass (i=1 spf=pass spfdomain=example.net dkim=pass)", []string{"[mx.example.com] i2", "arc=pass (i=1 spf=pass spfdomain=example.net dkim=pass)"}, nil},
	{"ARC of Exchange", "i=1; mx.example.com 1; spf=pass\r\n smtp.mailfrom=a.b; dmarc=pass action=none header.from=a.b; arc=none", []string{"[mx.example.com] v1 i1", "spf=pass smtp.mailfrom[a.b]", "dmarc=pass action[none] header.from[a.b]", "arc=none"},
		[]string{"authres.prop-type-missing 64-70"}},
	{"ARC without authserv-id", "i=1; spf=pass smtp.mailfrom=a.b", []string{"[] i1", "spf=pass smtp.mailfrom[a.b]"}, []string{"authres.servid-missing 5-5"}},
	{"Exchange Online", "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=a.b; dkim=none (message not signed)\r\n header.d=none;dmarc=fail action=none header.from=a.b;compauth=fail reason=001",
		[]string{"[]", "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom[a.b]", "dkim=none (message not signed) header.d[none]", "dmarc=fail action[none] header.from[a.b]", "compauth=fail reason[001]"},
		[]string{"authres.servid-missing 0-0", "authres.prop-type-missing 113-119"}},
	{"Exchange, domain amid", "spf=none smtp.helo=c.d; a.b; dkim=none header.d=none;a.b; dmarc=none", []string{"[]", "spf=none smtp.helo[c.d]", "dkim=none header.d[none]", "dmarc=none"},
		[]string{"authres.servid-missing 0-0", "authres.junk 24-27", "authres.junk 53-56"}},
	{"Exchange, empty property", "dmarc=none action=none header.from=;", []string{"[]", "dmarc=none action[none] header.from[]"},
		[]string{"authres.servid-missing 0-0", "authres.prop-type-missing 11-17", "authres.empty-value 35-35"}},
	{"empty property before another", "a.b; spf=none smtp.mailfrom= smtp.helo=c.d", []string{"[a.b]", "spf=none smtp.mailfrom[] smtp.helo[c.d]"}, []string{"authres.empty-value 28-28"}},
	{"old Yahoo", "mta1.a.b  from=c.d; domainkeys=neutral (no sig);  from=c.d; dkim=pass (ok)", []string{"[mta1.a.b]", "from=c.d", "domainkeys=neutral (no sig)", "from=c.d", "dkim=pass (ok)"},
		[]string{"authres.missing-semicolon 10-10", "authres.bad-result 15-18", "authres.bad-result 55-58"}},
	{"Yahoo", "a.b.c;\n dkim=pass header.i=@d.e header.s=x;\n dmarc=success(p=REJECT) header.from=d.e;", []string{"[a.b.c]", "dkim=pass header.i[@d.e] header.s[x]", "dmarc=success (p=REJECT) header.from[d.e]"}, nil},
	{"Fastmail", "a.b;\r\n dkim=pass (2048-bit rsa key sha256) header.d=c.d header.a=rsa-sha256 x-bits=2048;\r\n bimi=skipped (no policy)",
		[]string{"[a.b]", "dkim=pass (2048-bit rsa key sha256) header.d[c.d] header.a[rsa-sha256] x-bits[2048]", "bimi=skipped (no policy)"}, []string{"authres.prop-type-missing 76-82"}},
}

// authBroken is what no receiver should write, but attackers and gateways do.
var authBroken = []authCase{
	{"empty", "", []string{"[]"}, []string{"authres.servid-missing 2-2"}},
	{"authserv-id alone", "a.b", []string{"[a.b]"}, nil},
	{"only semicolons", ";;;", []string{"[]"}, []string{"authres.servid-missing 0-0", "authres.empty-result 1-2"}},
	{"empty result", "a.b;; spf=pass", []string{"[a.b]", "spf=pass"}, []string{"authres.empty-result 4-5"}},
	{"no semicolon between", "a.b; spf=pass smtp.helo=x dkim=none", []string{"[a.b]", "spf=pass smtp.helo[x]", "dkim=none"}, []string{"authres.missing-semicolon 26-26"}},
	{"no value", "a.b; spf=", []string{"[a.b]", "spf="}, []string{"authres.empty-value 9-9"}},
	{"no method", "a.b; =pass", []string{"[a.b]"}, []string{"authres.junk 5-10"}},
	{"words", "a.b; this is no result", []string{"[a.b]"}, []string{"authres.junk 5-22"}},
	{"words behind", "a.b; dkim=fail reason=bad signature header.d=x", []string{"[a.b]", "dkim=fail reason[bad] header.d[x]"}, []string{"authres.junk 26-35"}},
	{"second reason", "a.b; dkim=fail reason=x reason=y", []string{"[a.b]", "dkim=fail reason[x] reason[y]"}, []string{"authres.prop-type-missing 24-30"}},
	{"words behind the id", "a.b c.d; spf=pass", []string{"[a.b]", "spf=pass"}, []string{"authres.missing-semicolon 4-4", "authres.junk 4-7"}},
	{"property in a result's place", "a.b; header.d=x", []string{"[a.b]", "header.d=x"}, []string{"authres.bad-method 5-13"}},
	{"instance that is none", "i=x; spf=pass", []string{"[]", "i=x", "spf=pass"}, []string{"authres.servid-missing 0-0"}},
	{"instance alone", "i=1", []string{"[]", "i=1"}, []string{"authres.servid-missing 0-0"}},
	{"none amid", "a.b; none; spf=pass", []string{"[a.b] none", "spf=pass"}, nil},
	{"none with a comment", "a.b; none (no checks); ", []string{"[a.b] none"}, nil},
	{"instance without number", "i=; spf=pass", []string{"[]", "i=", "spf=pass"}, []string{"authres.servid-missing 0-0", "authres.empty-value 2-2"}},
	{"none with more", "a.b; none really", []string{"[a.b]"}, []string{"authres.junk 5-16"}},
	{"closing parenthesis", "a.b; spf=pass x) smtp.helo=y", []string{"[a.b]", "spf=pass smtp.helo[y]"}, []string{"authres.junk 14-16"}},
	{"open comment hides the rest", "a.b; spf=fail (domain of x( dkim=pass header.d=bank.example) smtp.mailfrom=y", []string{"[a.b]", "spf=fail (domain of x( dkim=pass header.d=bank.example) smtp.mailfrom=y)"},
		[]string{"authres.unclosed-comment 14-76"}},
	{"open quote hides the rest", `a.b; spf=fail smtp.mailfrom="x; dkim=pass header.d=bank.example`, []string{"[a.b]", `spf=fail smtp.mailfrom["x; dkim=pass header.d=bank.example]`}, []string{"authres.unclosed-quote 28-63"}},
	{"result in a comment", "a.b; spf=fail (; dkim=pass header.d=bank.example;) smtp.mailfrom=x", []string{"[a.b]", "spf=fail (; dkim=pass header.d=bank.example;) smtp.mailfrom[x]"}, nil},
	{"result in a quoted string", `a.b; spf=fail reason="x; dkim=pass"`, []string{"[a.b]", "spf=fail reason[x; dkim=pass]"}, nil},
	{"marks without names", "a.b; . . . . . .=x", []string{"[a.b]", "...=x"}, []string{"authres.junk 5-10", "authres.bad-method 11-16"}},
}

func TestParseAuthResults(t *testing.T) {
	for _, c := range slices.Concat(authGrammar, authShapes, authBroken) {
		t.Run(c.name, func(t *testing.T) {
			raw := []byte("AR:" + c.in + "\r\n")
			a := authCheck(t, raw, Span{3, len(raw)})
			if got := authDump(a); !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
			for i := range a.Defects {
				a.Defects[i].Span = a.Defects[i].Span.Shift(-3)
			}
			if got := scanDefects(a.Defects); !slices.Equal(got, c.defects) {
				t.Errorf("defects\n got %q\nwant %q", got, c.defects)
			}
		})
	}
}

// Every span is what a reader of the report looks up: pinned once in full,
// with and without folding.
func TestAuthResultsSpans(t *testing.T) {
	for _, nl := range []string{"\n", "\r\n", "\r"} {
		raw := []byte("X: \"a.b\" 1;" + nl + " dkim/2 = fail (c1) reason=\"r\"" + nl + " header . d (c2) = \"v\" (c3) (c4) ; none ;" + nl)
		a := ParseAuthResults(raw, Span{2, len(raw)})
		if len(a.Results) != 1 || len(a.Results[0].Props) != 1 {
			t.Fatalf("%+v", a)
		}
		r, p := a.Results[0], a.Results[0].Props[0]
		for _, c := range []struct {
			what string
			at   Span
			want string
		}{
			{"value", a.Span, "\"a.b\" 1;\n dkim/2 = fail (c1) reason=\"r\"\n header . d (c2) = \"v\" (c3) (c4) ; none ;"},
			{"authserv-id", a.ServIDSpan, `"a.b"`},
			{"result", r.Span, "dkim/2 = fail (c1) reason=\"r\"\n header . d (c2) = \"v\" (c3) (c4)"},
			{"result word", r.ResultSpan, "fail"},
			{"result comment", r.CommentSpan, "(c1)"},
			{"property", p.Span, `header . d (c2) = "v"`},
			{"property value", p.ValueSpan, `"v"`},
			{"property comment", p.CommentSpan, "(c3)"},
		} {
			if got := string(c.at.Of(raw)); got != strings.ReplaceAll(c.want, "\n", nl) {
				t.Errorf("%s: %q", c.what, got)
			}
		}
	}
}

// What is cut at the limit must not leave half a word: it would be a value
// that the message does not hold.
func TestAuthResultsCut(t *testing.T) {
	raw := []byte("a.b; spf=pass smtp.helo=" + strings.Repeat("x", authMaxLen))
	a := authCheck(t, raw, Span{0, len(raw)})
	want := []string{"[a.b]", "spf=pass"}
	if got := authDump(a); !slices.Equal(got, want) {
		t.Errorf("got %.60q", got)
	}
	if got := scanDefects(a.Defects); !slices.Equal(got, []string{"authres.too-long 14-65560"}) {
		t.Errorf("defects %q", got)
	}
	raw = []byte(strings.Repeat("x", authMaxLen+1))
	if a := authCheck(t, raw, Span{0, len(raw)}); a.ServID != "" || len(a.Results) != 0 {
		t.Errorf("%.60q", authDump(a))
	}
}

// The pieces of the grammar that the cases above meet by chance only.
func TestAuthPairAt(t *testing.T) {
	for text, want := range map[string]bool{
		"smtp.helo=x": true, "header.d=": true, "a-b.c_d=": true,
		"x=": false, "a.b.c=": false, "a.b": false, "a.b =": false, "": false, "a(b.c=": false, "a@b.c=": false,
	} {
		if got := authPairAt(text, 0); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAuthUnescape(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "ab": "ab", `a\"b`: `a"b`, `a\\b`: `a\b`, `a\`: `a\`, "a\r\n b": "a b", "a\n\tb\r c": "a\tb c",
	} {
		if got := authUnescape(text); got != want {
			t.Errorf("%q: got %q want %q", text, got, want)
		}
	}
}
