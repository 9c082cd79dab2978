package smime

import (
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// authorsIn are the authors of a header.
func authorsIn(header string) authors {
	return authorsOf(mimeparse.Parse([]byte(header+"\r\n\r\n"), nil).Header)
}

// Who is shown as the author must be whom the certificate names.
func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		why, header, emails string
		want                Identity
		flags               string
	}{
		{"the same", "From: Ada <ada@example.org>", "ada@example.org", IdentityMatch, ""},
		{"domain in another case", "From: ada@EXAMPLE.org", "ada@example.ORG", IdentityMatch, ""},
		{"local part in another case", "From: ada@example.org", "Ada@example.org", IdentityMatch, flagCaseDiffers},
		{"one of several in the certificate", "From: ada@example.org", "a@b.example ada@example.org", IdentityMatch, ""},
		{"another", "From: eve@example.org", "ada@example.org", IdentityMismatch, ""},
		{"a longer domain", "From: ada@example.org.evil.example", "ada@example.org", IdentityMismatch, ""},
		{"no address in the certificate", "From: ada@example.org", "", IdentityNone, ""},
		{"no From", "Subject: x", "ada@example.org", IdentityMismatch, flagNoAuthor},
		{"empty From", "From: ", "ada@example.org", IdentityMismatch, ""},
		{"Sender alone matches", "From: eve@example.org\r\nSender: ada@example.org", "ada@example.org", IdentityMismatch, flagSenderDiffers},
		{"two authors, one of them", "From: ada@example.org, eve@example.org", "ada@example.org", IdentityMismatch, flagSeveralAuthors},
		{"two authors, both", "From: ada@example.org, ben@example.org", "ada@example.org ben@example.org", IdentityMatch, flagSeveralAuthors},
		{"two From fields", "From: ada@example.org\r\nFrom: eve@example.org", "ada@example.org", IdentityMismatch, flagSeveralFrom + " " + flagSeveralAuthors},
		{"name is another address", "From: \"ceo@example.org\" <ada@example.org>", "ada@example.org", IdentityMatch, flagNameIsAddress},
		{"name is the same address", "From: \"ada@example.org\" <ada@example.org>", "ada@example.org", IdentityMatch, ""},
		{"name with a mark of direction", "From: =?utf-8?B?4oCuYWRh?= <ada@example.org>", "ada@example.org", IdentityMatch, flagNameControls},
		{"group", "From: Board: ada@example.org;", "ada@example.org", IdentityMatch, flagGroupAuthor},
		{"look-alike", "From: \u0430da@example.org", "ada@example.org", IdentityMismatch, flagHomograph},
		{"domain in both forms", "From: ada@b\u00fccher.example", "ada@xn--bcher-kva.example", IdentityMatch, ""},
	} {
		got, flags := compareIdentity(strings.Fields(c.emails), authorsIn(c.header))
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
		for _, f := range strings.Fields(c.flags) {
			if !slices.Contains(flags, f) {
				t.Errorf("%s: flags %v, want %s", c.why, flags, f)
			}
		}
		if c.flags == "" && len(flags) > 0 && c.why != "empty From" {
			t.Errorf("%s: flags %v", c.why, flags)
		}
	}
}

// TestCaseOfOtherLetters: letters beyond ASCII whose other case lies in ASCII make
// another mailbox and another domain.
func TestCaseOfOtherLetters(t *testing.T) {
	for _, shown := range []string{"\u212Aate@example.org", "ro\u017Fe@example.org", "kate@examp\u017Fe.org", "kate@\u212Aexample.org"} {
		for _, email := range []string{"kate@example.org", "rose@example.org", "kate@exampse.org", "kate@kexample.org"} {
			if exact, fold := matchAny([]string{email}, shown); exact || fold {
				t.Errorf("%q is %q", shown, email)
			}
		}
	}
	if _, fold := matchAny([]string{"Kate@Example.ORG"}, "kate@example.org"); !fold {
		t.Error("the case of ASCII letters matters")
	}
}

func FuzzIdentity(f *testing.F) {
	f.Add("From: Ada <ada@example.org>", "ada@example.org")
	f.Add("From: ada@b\u00fccher.example\r\nSender: x", "@")
	f.Fuzz(func(t *testing.T, header, email string) {
		id, _ := compareIdentity([]string{email}, authorsIn(header))
		if id == IdentityMatch && !strings.Contains(email, "@") {
			t.Errorf("%q matches %q", email, header)
		}
	})
}
