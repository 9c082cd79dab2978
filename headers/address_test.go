package headers

import (
	"slices"
	"strings"
	"testing"
)

// addrCase is a value and what must be read from it.
type addrCase struct {
	why string
	in  string
	// want holds for each entry "name|address", then what else it has:
	// "|comment=", "|route=", "|group=", and "|local=" without a domain.
	want []string
	// groups holds "name|text of its span", then "|comment=" and "|empty".
	groups []string
	// codes holds each defect of the address grammar: its code without
	// "address.", a blank, the text of its span.
	codes []string
}

var addrCases = slices.Concat(addrGrammarCases, addrBrokenListCases, addrBrokenSpecCases, addrBrokenNameCases)

func TestParseAddresses(t *testing.T) {
	for _, c := range addrCases {
		t.Run(c.why, func(t *testing.T) {
			addrCheck(t, []byte(c.in))
			for _, around := range []struct{ before, after string }{{"", ""}, {"To:", "\r\nX: y@z\r\n"}} {
				raw := []byte(around.before + c.in + around.after)
				at := Span{len(around.before), len(around.before) + len(c.in)}
				addrCompare(t, c, raw, ParseAddresses(raw, at))
			}
		})
	}
}

func addrCompare(t *testing.T, c addrCase, raw []byte, list AddressList) {
	t.Helper()
	for _, part := range []struct {
		what      string
		got, want []string
	}{
		{"addresses", addrShow(list.Addresses), c.want},
		{"groups", addrShowGroups(raw, list.Groups), c.groups},
		{"defects", addrShowDefects(raw, list.Defects), c.codes},
	} {
		if !slices.Equal(part.got, part.want) {
			t.Errorf("%s of %q:\n got %q\nwant %q", part.what, c.in, part.got, part.want)
		}
	}
}

func addrShow(addresses []Address) (out []string) {
	for _, a := range addresses {
		text := a.Name + "|" + a.Address
		text += addrOptional("comment", a.Comment) + addrOptional("route", a.Route) + addrOptional("group", a.Group)
		if a.Domain == "" {
			text += addrOptional("local", a.Local)
		}
		out = append(out, text)
	}
	return out
}

func addrShowGroups(raw []byte, groups []Group) (out []string) {
	for _, g := range groups {
		text := g.Name + "|" + string(g.Span.Of(raw)) + addrOptional("comment", g.Comment)
		if g.Empty {
			text += "|empty"
		}
		out = append(out, text)
	}
	return out
}

func addrShowDefects(raw []byte, defects []Defect) (out []string) {
	for _, d := range defects {
		if code, ok := strings.CutPrefix(d.Code, "address."); ok {
			out = append(out, code+" "+string(d.Span.Of(raw)))
		}
	}
	return out
}

func addrOptional(key, value string) string {
	if value == "" {
		return ""
	}
	return "|" + key + "=" + value
}

// TestAddressFields pins every field of one entry that has them all.
func TestAddressFields(t *testing.T) {
	raw := []byte("From: Team: \"Ann\\\\B\" (work)\r\n <@relay:\"a b\"@[192.0.2.1]> , c@d;\r\n")
	list := ParseAddresses(raw, Span{5, len(raw) - 2})
	if len(list.Addresses) != 2 {
		t.Fatalf("%d entries", len(list.Addresses))
	}
	a := list.Addresses[0]
	for _, f := range []struct{ field, got, want string }{
		{"Name", a.Name, `Ann\B`},
		{"Address", a.Address, `"a b"@[192.0.2.1]`},
		{"Local", a.Local, `"a b"`},
		{"Domain", a.Domain, "[192.0.2.1]"},
		{"Comment", a.Comment, "work"},
		{"Route", a.Route, "@relay"},
		{"Group", a.Group, "Team"},
		{"Raw", a.Raw, "\"Ann\\\\B\" (work)\r\n <@relay:\"a b\"@[192.0.2.1]>"},
		{"Span", string(a.Span.Of(raw)), a.Raw},
		{"group", string(list.Groups[0].Span.Of(raw)), "Team: \"Ann\\\\B\" (work)\r\n <@relay:\"a b\"@[192.0.2.1]> , c@d;"},
	} {
		if f.got != f.want {
			t.Errorf("%s: got %q, want %q", f.field, f.got, f.want)
		}
	}
	want := Defect{Code: "address.route", Span: Span{31, 38}}
	if len(a.Defects) != 1 || a.Defects[0].Code != want.Code || a.Defects[0].Span != want.Span {
		t.Errorf("defects %v, want %v", a.Defects, want)
	}
}

// TestAddressOffsets pins the offsets of one list under the three line
// endings that a saved message may have.
func TestAddressOffsets(t *testing.T) {
	for _, c := range []struct {
		ending string
		spans  []Span
		comma  Span
	}{
		{"\n", []Span{{4, 13}, {16, 19}, {23, 30}}, Span{21, 22}},
		{"\r\n", []Span{{4, 13}, {17, 20}, {25, 32}}, Span{23, 24}},
		{"\r", []Span{{4, 13}, {16, 19}, {23, 30}}, Span{21, 22}},
	} {
		raw := []byte(strings.ReplaceAll("To: Ann <a@b>,\n c@d,\n,\te: <f@g\n", "\n", c.ending))
		raw = []byte(strings.Replace(string(raw), "e: <f@g", "E <f@g>", 1))
		list := ParseAddresses(raw, Span{3, len(raw) - len(c.ending)})
		var spans []Span
		for _, a := range list.Addresses {
			spans = append(spans, a.Span)
		}
		if !slices.Equal(spans, c.spans) {
			t.Errorf("%q: spans %v, want %v", c.ending, spans, c.spans)
		}
		i := slices.IndexFunc(list.Defects, func(d Defect) bool { return d.Code == "address.empty-element" })
		if i < 0 || list.Defects[i].Span != c.comma {
			t.Errorf("%q: defects %v, want the comma at %v", c.ending, list.Defects, c.comma)
		}
	}
}

// TestAddressSpanOutside: a span beyond the message is cut, as Span.Of cuts.
func TestAddressSpanOutside(t *testing.T) {
	raw := []byte("a@b")
	for _, at := range []Span{{0, 99}, {-5, 3}, {-5, 99}} {
		list := ParseAddresses(raw, at)
		if len(list.Addresses) != 1 || list.Addresses[0].Span != (Span{0, 3}) {
			t.Errorf("%v: %+v", at, list)
		}
	}
	for _, at := range []Span{{3, 3}, {2, 1}, {50, 60}, {-9, -1}} {
		if list := ParseAddresses(raw, at); len(list.Addresses) != 0 || len(list.Defects) != 1 {
			t.Errorf("%v: %+v", at, list)
		}
	}
}

// TestAddressFaults: every kind has a code of its own and words, and each but
// the limit stands in some case.
func TestAddressFaults(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range addrFaults {
		switch {
		case !strings.HasPrefix(f.code, "address.") || f.code != strings.ToLower(f.code):
			t.Errorf("code %q", f.code)
		case f.detail == "" || seen[f.code]:
			t.Errorf("%s: no words, or twice", f.code)
		}
		seen[f.code] = true
	}
	delete(seen, "address.limit")
	for _, c := range addrCases {
		for _, code := range c.codes {
			name, _, _ := strings.Cut(code, " ")
			delete(seen, "address."+name)
		}
	}
	for code := range seen {
		t.Errorf("%s: no case has it", code)
	}
}

// TestAddressPlainSpec: the short way for an ordinary addr-spec gives what the
// long way gives. A comment in front forces the long way.
func TestAddressPlainSpec(t *testing.T) {
	for _, text := range []string{"a@b", "a.b@c.d", "a+b=c@d-e.f", "!#$%&'*+-/=^_`{|}~@x"} {
		raw := []byte(text)
		p := addrParser{raw: raw, s: text, limit: -1, comma: -1}
		p.collect()
		if p.plainSpec(0, len(p.toks)) == 0 {
			t.Errorf("%q takes the long way", text)
		}
		at := p.lastAt
		left, right := p.local(0, at), p.domain(at+1, len(p.toks), false)
		a := ParseAddresses(raw, Span{0, len(raw)}).Addresses[0]
		if a.Local != left.text || a.Domain != right.text || a.Address != p.join(left, p.toks[at], right) {
			t.Errorf("%q: %+v, the long way %q at %q", text, a, left.text, right.text)
		}
	}
	for _, text := range []string{"a", "@b", "a@", "a..b@c", ".a@b", "a@b.", "a@b@c", "a @b", `"a"@b`, "a@[b]", "a@b\xe9", "a?@b"} {
		p := addrParser{raw: []byte(text), s: text, limit: -1, comma: -1}
		p.collect()
		if at := p.plainSpec(0, len(p.toks)); at != 0 {
			t.Errorf("%q takes the short way", text)
		}
	}
}

// TestAddressNoCopy: an ordinary list costs the copy of its value, its
// entries and its tokens, nothing more.
func TestAddressNoCopy(t *testing.T) {
	for _, c := range []struct {
		text string
		most float64
	}{
		{" john.doe@example.com", 3},
		{" John Q Doe <john.doe@example.com>", 3},
		{` "Doe, John" <john.doe@example.com>`, 3},
		{strings.Repeat(" \"Doe, John\" <john.doe@example.com>,\r\n", 99) + " a@b", 3},
		{" john.doe@example.com (John Doe)", 4},
	} {
		raw := []byte(c.text)
		got := testing.AllocsPerRun(20, func() { addrSink = ParseAddresses(raw, Span{0, len(raw)}) })
		if got > c.most {
			t.Errorf("%.40q: %v allocations, want at most %v", c.text, got, c.most)
		}
	}
}
