package route

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// FuzzQuickText: what is written out for speed says the same as the package
// strings does.
func FuzzQuickText(f *testing.F) {
	for _, seed := range [][2]string{
		{"[192.0.2.1]", "]x[."}, {"MAIL.example.org.", "mail.Example.org"}, {"\u212aelvin", "kelvin"}, {"\u017fmtp", "SMTP"}, {"", "a"}, {"..", "[[.]]"},
		{"(may be forged) (Postfix, from userid 1) (IDENT:x", "(version=TLSv1 (Authenticated sender: a) (using TLSv1 ("},
		{"@", "`"}, {"[", "{"}, {"\xff", "\xfe"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if got, want := equalFold(a, b), strings.EqualFold(a, b); got != want {
			t.Errorf("equalFold(%q, %q) = %v", a, b, got)
		}
		if got, want := bare(a), strings.TrimRight(strings.Trim(a, "[]"), "."); got != want {
			t.Errorf("bare(%q) = %q, want %q", a, got, want)
		}
		notes := notesOf(a + b)
		for note, text := range map[int]string{
			noteUserid: "(Postfix, from userid ", noteForged: "(may be forged)", noteIdent: "(IDENT:", noteVersion: "(version=TLS",
			noteSender: "(Authenticated sender: ", noteUsing: "(using TLSv",
		} {
			if got, want := notes&note != 0, strings.Contains(a+b, text); got != want {
				t.Errorf("%q: %q found: %v", a+b, text, got)
			}
		}
	})
}

// TestBeginsAs: the letters by which the lists of programs are asked are those
// that the programs begin with, and none is shorter than the least length.
func TestBeginsAs(t *testing.T) {
	for _, list := range []struct {
		letters  digitSet
		programs []string
	}{{listLetters, listPrograms[:]}, {filterLetters, filterPrograms[:]}} {
		for _, p := range list.programs {
			if !beginsAs(strings.ToUpper(p)+" 1.0", &list.letters, list.programs) || !beginsAs(p, &list.letters, list.programs) {
				t.Errorf("%s is not known by its name", p)
			}
		}
	}
	if beginsAs("ESMTP", &listLetters, listPrograms[:]) {
		t.Error("ESMTP is no program")
	}
}

// TestNaming: every fact that is kept of a name, also of one that is an address
// and of one that is too long to be kept.
func TestNaming(t *testing.T) {
	long := strings.Repeat("a.", 200) + "example.org"
	for _, tt := range []struct {
		host      string
		want      naming
		short     string
		role      bool
		operating int
	}{
		{host: "Mail2.Example.org.", want: naming{bare: "Mail2.Example.org", valid: true, public: true, org: "example.org"}, short: "Mail2", role: true, operating: noFamily},
		{host: "mx.google.com", want: naming{bare: "mx.google.com", valid: true, public: true, org: "google.com", brand: "google"}, short: "mx", role: true, operating: google},
		{host: "[192.0.2.1]", want: naming{bare: "192.0.2.1", valid: true, addr: netip.MustParseAddr("192.0.2.1")}, short: "192", role: true, operating: noFamily},
		{host: "2002:a00::1", want: naming{bare: "2002:a00::1", valid: true, private: true, addr: netip.MustParseAddr("2002:a00::1")}, short: "2002:a00::1", operating: google},
		{host: "localhost.localdomain", want: naming{bare: "localhost.localdomain", valid: true, private: true, localhost: true}, short: "localhost", role: true, operating: noFamily},
		{host: long, want: naming{bare: long}, short: "a", role: true, operating: noFamily},
		{host: "", want: naming{private: true}, role: true, operating: noFamily},
	} {
		n := nameOf(tt.host)
		got := naming{bare: n.bare, valid: n.valid, public: n.public, private: n.private, localhost: n.localhost, org: n.org, addr: n.addr, brand: n.brand}
		if got != tt.want || n.short() != tt.short || n.isRole() != tt.role || n.operator != tt.operating {
			t.Errorf("%.40q: got %+v short %q role %v operator %d", tt.host, got, n.short(), n.isRole(), n.operator)
		}
	}
}

// TestLineTexts: lines far apart in the header are read one by one, and say the
// same as lines that share their text.
func TestLineTexts(t *testing.T) {
	const a, b = "Received: from a (r [192.0.2.9]) by x.example (Postfix) with ESMTP id 1; 6 Nov 2020 12:20:14 +0000\n", "Received: by y.example; 6 Nov 2020 12:20:12 +0000\n"
	near := Follow(headers.Parse([]byte(a+b+"\n")), nil)
	apart := Follow(headers.Parse([]byte(a+"X-Filler: "+strings.Repeat("x", 2*lineGap)+"\n"+b+"\n")), nil)
	if len(near.Hops) != 2 || len(apart.Hops) != 2 {
		t.Fatalf("%d and %d hops", len(near.Hops), len(apart.Hops))
	}
	for i := range near.Hops {
		if n, f := &near.Hops[i], &apart.Hops[i]; n.Raw != f.Raw || n.By != f.By || n.HELO != f.HELO || !n.Date.Time.Equal(f.Date.Time) {
			t.Errorf("hop %d: %+v and %+v", i, n.Received, f.Received)
		}
	}
}
