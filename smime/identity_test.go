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

// The samples of RFC 3492 7.1 that have no upper case.
func TestPunycode(t *testing.T) {
	for in, want := range map[string]string{
		"b\u00fccher": "bcher-kva",
		"\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F": "egbpdaj6bu4bxfgehfvwxn",
		"\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587":                                                 "ihqwcrb4cv8a8dqg056pqjye",
		"3\u5e74b\u7d44\u91d1\u516b\u5148\u751f":                                                                 "3b-ww4c5e180e575a65lsy2b",
		"-> $1.00 <-":                                                                                            "-> $1.00 <--",
	} {
		if got := punycode(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
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
