package headers

import (
	"fmt"
	"strings"
	"testing"
)

// recvScan gives the tokens of a text.
func recvScan(text string) []recvToken {
	p := recvParser{recvState: recvState{text: text}}
	p.scan()
	return p.toks
}

// recvTokens shows tokens as kind:text.
func recvTokens(text string) string {
	names := [...]string{"a", "q", "<", "[", "(", ";", ","}
	var out []string
	for _, t := range recvScan(text) {
		out = append(out, names[t.kind]+text[t.start:t.end])
	}
	return strings.Join(out, "|")
}

// TestRecvScan: what is a token decides which text can be taken for what.
func TestRecvScan(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{" \t\r\n", ""},
		{"from a by b;c", "afrom|aa|aby|ab|;;|ac"},
		{"a(b)c", "aa|((b)|ac"},
		{"(a (b) c)", "((a (b) c)"},
		{"( (a)", "a(|((a)"},
		{"(a) )", "((a)|a)"},
		{`(a \) b)`, `((a \) b)`},
		{"[1.2.3.4]:25 x", "[[1.2.3.4]:25|ax"},
		{"[x", "a[x"},
		{"[a<b]", "a[a<b]"},
		{"<a@b> c", "<<a@b>|ac"},
		{"<a b>", "a<a|ab>"},
		{`<"a b"@c>`, `<<"a b"@c>`},
		{"<a@\r\n b>", "<<a@\r\n b>"},
		{`"a b" c`, `q"a b"|ac`},
		{`"a b"c`, `a"a|ab"c`},
		{`"a\" b"`, `q"a\" b"`},
		{"a, b", "aa|,,|ab"},
		{"a,b", "aa,b"},
		{"a,<b>", "aa|,,|<<b>"},
		{"mx.\r\n\texample.org", "amx.\r\n\texample.org"},
		{"mx\r\n\t.example.org", "amx\r\n\t.example.org"},
		{"mx.\r\n\tby x", "amx.|aby|ax"},
		{"mx\r\n\texample", "amx|aexample"},
		{"a-\n", "aa-"},
	}
	for _, tt := range tests {
		if got := recvTokens(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestRecvScanAll: tokens leave nothing out but blanks, in order, for every
// short text over the bytes that matter.
func TestRecvScanAll(t *testing.T) {
	const alphabet = "a ()<>[]\";,\\\n"
	var walk func(text string, depth int)
	walk = func(text string, depth int) {
		last := 0
		for _, tok := range recvScan(text) {
			if tok.start < last || tok.end <= tok.start || strings.TrimSpace(text[last:tok.start]) != "" {
				t.Errorf("%q: token %+v behind %d", text, tok, last)
			}
			last = tok.end
		}
		if strings.TrimSpace(text[last:]) != "" {
			t.Errorf("%q: %q is in no token", text, text[last:])
		}
		if depth == 0 {
			return
		}
		for i := range alphabet {
			walk(text+alphabet[i:i+1], depth-1)
		}
	}
	walk("", 4)
}

// TestRecvUnfold: a fold within a name is none, any other is one blank.
func TestRecvUnfold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"plain text", "plain text"},
		{"a\r\n b", "a b"},
		{"a \r\n\t b", "a b"},
		{"mx.\r\n\texample.org", "mx.example.org"},
		{"a-\n b", "a-b"},
		{"<a\n b>", "<ab>"},
		{"\n a", "a"},
		{"Frontend\n Transport", "Frontend Transport"},
	}
	for _, tt := range tests {
		if got := recvUnfold(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestRecvWordOf: every keyword in any letter case, and words that only begin
// like one.
func TestRecvWordOf(t *testing.T) {
	words := map[string]recvWord{
		"from": recvFrom, "BY": recvBy, "Via": recvVia, "with": recvWith, "ID": recvID, "for": recvFor, "tls": recvTLS,
		"over": recvOver, "envelope-from": recvEnvelope, "pod-id": recvOther, "state": recvOther, "priority": recvOther,
		"": 0, "b": 0, "bye": 0, "fro": 0, "form": 0, "identity": 0, "i": 0, "withal": 0, "envelope-fror": 0, "\xe2y": 0,
	}
	for s, want := range words {
		if got := recvWordOf(s); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	}
}

// TestRecvProtocols: the table holds each value once, and a registered name
// says by its letters what RFC 3848 lets them say.
func TestRecvProtocols(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range recvProtocols {
		key := strings.ToLower(p.with)
		if seen[key] || p.is.Name == "" {
			t.Errorf("%q: twice or without a name", p.with)
		}
		seen[key] = true
		if got := recvProtocolOf(strings.ToUpper(p.with)); got != p.is {
			t.Errorf("%q: %+v", p.with, got)
		}
		_, letters, mtp := strings.Cut(p.is.Name, "MTP")
		if mtp && (strings.Contains(letters, "S") != p.is.TLS || strings.Contains(letters, "A") != p.is.Auth || p.is.Local) {
			t.Errorf("%q: %+v", p.with, p.is)
		}
		if mtp != p.is.smtp() {
			t.Errorf("%q: smtp %v", p.with, p.is.smtp())
		}
	}
	if got := recvProtocolOf("x"); got != (RecvProtocol{}) {
		t.Errorf("unknown value: %+v", got)
	}
}

// TestRecvProducts: each entry is found by its own text, in any letter case,
// and none hides a later one.
func TestRecvProducts(t *testing.T) {
	for _, p := range recvProducts {
		for _, s := range []string{p.begins + " 1.0", strings.ToUpper(p.begins)} {
			if got := recvProduct(s); got != p.product {
				t.Errorf("%q: got %q, want %q", s, got, p.product)
			}
		}
	}
	for _, s := range []string{"", "x", "mxgmxus004", "PostFi", "SG1"} {
		if got := recvProduct(s); got != "" {
			t.Errorf("%q: %q", s, got)
		}
	}
}

// TestRecvSendmail: the version pair is sendmail's, a single version is not.
func TestRecvSendmail(t *testing.T) {
	tests := map[string]bool{
		"8.14.4/8.14.4": true, "8.12.5/8.12.5/Submit": true, "4.1/UCD.CS.2.0": true, "8.11.6/8.11.6/EXAMPLE": true, "8.12.3/8.12.3/Debian -4": true, "8.9.3+Sun/8.9.1": true,
		"8.8.6 (PHNE_17135)/8.8.6": true, "8.12.0.Beta16/8.12.0.Beta16": true, "8.12.1/Road Runner SMTP Server 1.0": true,
		"8.14.4": false, "7.1 x/8": false, "6.5.007": false, "a/b": false, "8/8": false, "6.1/8.1 x": false, "": false, "/8.1": false,
	}
	for s, want := range tests {
		if got := recvSendmail(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// TestRecvEximID: a line that names no software is Exim's only with an id of
// Exim's two shapes.
func TestRecvEximID(t *testing.T) {
	tests := map[string]bool{
		"17aWyy-0006i4-00": true, "1sAbCd-00000001xyz-0aBc": true,
		"": false, "17aWyy-0006i4-0": false, "17aWyy-0006i4_00": false, "17aWy-y0006i4-00": false, "17aWyy-0006i4-0-": false,
		"1sAbCd-00000001xyz0aBc-": false, "-7aWyy-0006i4-00": false,
	}
	for s, want := range tests {
		if got := recvEximID(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// TestRecvPrefix: a blank stands for any run of blanks and line breaks, since
// relays fold lines at any of them; nothing else is let through.
func TestRecvPrefix(t *testing.T) {
	tests := []struct {
		s, prefix string
		want      bool
	}{
		{"using TLS", "using ", true}, {"USING\r\n\tTLS", "using ", true}, {"no  client\n certificate x", "no client certificate", true},
		{"usingTLS", "using ", false}, {"using", "using ", false}, {"no client", "no client certificate", false}, {"no clients certificate", "no client certificate", false},
		{"", "a", false}, {"b", "a", false}, {"\xe1", "a", false},
	}
	for _, tt := range tests {
		if got := recvPrefix(tt.s, tt.prefix); got != tt.want {
			t.Errorf("%q, %q: %v", tt.s, tt.prefix, got)
		}
	}
}

// TestRecvAddrSpan: what is read as an address, with brackets, tag, port and
// zone, and what only looks like one.
func TestRecvAddrSpan(t *testing.T) {
	tests := []struct{ word, want string }{
		{"192.0.2.1", "192.0.2.1"}, {"[192.0.2.1]", "192.0.2.1"}, {"[192.0.2.1]:25", "192.0.2.1"}, {"[192.0.2.1:25]", "192.0.2.1"},
		{"192.0.2.1:25", "192.0.2.1"}, {"[192.0.2.1].", "192.0.2.1"},
		{"[IPv6:2001:db8::1]", "2001:db8::1"}, {"[ipv6:::1]", "::1"}, {"[::1]", "::1"}, {"::1", "::1"}, {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
		{"[fe80::1%6]", "fe80::1%6"}, {"fe80::1%eth0", "fe80::1%eth0"}, {"2001:db8::", "2001:db8::"}, {"[2001:db8::1]:25", "2001:db8::1"},
		{"[192.0.2.999]", "?192.0.2.999"}, {"[x.x.x.x]", "?x.x.x.x"}, {"[1.2.3.*]", "?1.2.3.*"}, {"[2001:db8:::1]", "?2001:db8:::1"},
		{"192.0.2.999", ""}, {"x.x.x.x", ""}, {"[local]", ""}, {"[]", ""}, {"[", ""}, {"", ""}, {"a.example", ""}, {"1.2.3", ""}, {"[1.2.3.4]x", ""},
		{"[1.2.3.4]:", ""}, {"[1.2.3.4]:x", ""}, {"cafe", ""}, {"[unix", ""}, {"[" + strings.Repeat("1", 80) + "]", ""},
	}
	for _, tt := range tests {
		span, ok := recvAddrSpan(tt.word, Span{0, len(tt.word)})
		got := ""
		if ok {
			got = tt.word[span.Start:span.End]
			if !recvAddr(got).IsValid() {
				got = "?" + got
			}
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.want)
		}
	}
}

// TestRecvConnection: each form of connection data, taken alone.
func TestRecvConnection(t *testing.T) {
	tests := []struct{ text, want string }{
		{"192.0.2.1", "ip=192.0.2.1"},
		{"[192.0.2.1]", "ip=192.0.2.1"},
		{"r.example.net [192.0.2.1]", "name=r.example.net ip=192.0.2.1"},
		{"unknown [192.0.2.1]", "ip=192.0.2.1"},
		{"u@r.example.net [192.0.2.1]", "ident=u name=r.example.net ip=192.0.2.1"},
		{"IDENT:u@r.example.net [192.0.2.1]", "ident=u name=r.example.net ip=192.0.2.1"},
		{"u@[192.0.2.1]", "ident=u ip=192.0.2.1"},
		{"@[192.0.2.1]", "ip=192.0.2.1"},
		{"a@b@192.0.2.1", "ident=a@b ip=192.0.2.1"},
		{"[192.0.2.1] helo=h ident=u", "ident=u ip=192.0.2.1 helo=h"},
		{"[192.0.2.1]:25 helo=h i j", "ip=192.0.2.1 helo=h i j"},
		{"[192.0.2.1]:25 \"EHLO h\" flags", "ip=192.0.2.1 helo=h"},
		{"[192.0.2.1] RDNS failed", "ip=192.0.2.1"},
		{"192.0.2.1 with plain", "ip=192.0.2.1"},
		{"r [local]", "name=r"},
		{"r.example.net[192.0.2.1]", "name=r.example.net ip=192.0.2.1"},
		{"u@192.0.2.1 with login", "ident=u ip=192.0.2.1"},
		{"r [192.0.2.1] auth=yes user=u", "name=r ip=192.0.2.1"},
		{"really [192.0.2.1]", "ip=192.0.2.1"},
		{"NXDOMAIN [192.0.2.1]", "ip=192.0.2.1"},
		{"helo=[192.0.2.1]", "none"},
		{"HELO [192.0.2.1]", "none"}, {"HELO h", "none"}, {"account u [192.0.2.1] verified", "none"}, {"proxying for 192.0.2.1", "none"},
		{"192.0.2.1 and more", "none"}, {"Postfix", "none"}, {"", "none"}, {"r [x", "none"}, {"client [", "none"},
	}
	for _, tt := range tests {
		p := recvParser{recvState: recvState{text: tt.text}}
		peer, ok := p.connection(Span{0, len(tt.text)})
		got := "none"
		if ok {
			var out []string
			for _, v := range []struct {
				name string
				at   Span
			}{{"ident", peer.ident}, {"name", peer.name}, {"ip", peer.ip}, {"helo", peer.helo}} {
				if !v.at.Empty() {
					out = append(out, fmt.Sprintf("%s=%s", v.name, tt.text[v.at.Start:v.at.End]))
				}
			}
			got = strings.Join(out, " ")
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
