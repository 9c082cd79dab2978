package words

import (
	"slices"
	"strings"
	"testing"
)

// every calls f with each text of every table.
func every(f func(where string, t text)) {
	for _, m := range general {
		f("general", m.text)
	}
	for _, m := range special {
		f("special "+m.verb, m.text)
	}
	for _, d := range details {
		f("detail "+d.code, d.text)
	}
	for _, table := range [][]entry{smtpVerbs[:], popVerbs[:], imapVerbs[:], extensions[:]} {
		for _, e := range table {
			f(e.word, e.text)
		}
	}
	for _, list := range [][]text{classes[:], areas[:]} {
		for _, t := range list {
			f("list", t)
		}
	}
}

// A reader of either language must be told everything, in the form of a
// half-sentence that others are put together from.
func TestBothLanguages(t *testing.T) {
	every(func(where string, x text) {
		for _, s := range [2]string{x.en, x.es} {
			if s == "" || strings.HasSuffix(s, ".") || strings.TrimSpace(s) != s {
				t.Errorf("%s: %q", where, s)
			}
		}
		if x.en == x.es {
			t.Errorf("%s: not translated: %q", where, x.en)
		}
	})
}

// The table is the list of codes that --help and the documents speak of, so it is in order
// and without doubles.
func TestCodes(t *testing.T) {
	codes := Codes()
	if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Error("not sorted, or twice")
	}
	// RFC 5321 4.2.3 in full.
	for _, c := range []int{211, 214, 220, 221, 250, 251, 252, 354, 421, 450, 451, 452, 455, 500, 501, 502, 503, 504, 550, 551, 552, 553, 554, 555} {
		if !slices.Contains(codes, c) {
			t.Errorf("%d is missing", c)
		}
	}
}

// What a code means depends on the command, and an unknown one is told by its digits.
func TestReply(t *testing.T) {
	for _, c := range []struct {
		code           int
		enhanced, verb string
		lang           Language
		want           string
	}{
		{503, "", "AUTH", "", "AUTH is not possible at this point: EHLO has to come first, and it is possible once only"},
		{503, "", "rcpt", English, "wrong order: there is no sender yet"},
		{250, "2.1.5", "RCPT", English, "the recipient is accepted; done: the recipient's address is valid"},
		{250, "", ".", Spanish, "mensaje aceptado: el servidor se hace responsable de él"},
		{550, "5.1.1", "RCPT", Spanish, "destinatario rechazado: el buzón no existe, o una regla lo impide; fallo permanente: el buzón no existe"},
		{259, "", "", English, "done: about the mail system"},
		{498, "", "", English, "not possible for now: try again later"},
		{599, "5.99.1", "", English, "refused for good; failed for good"},
		{554, "5.7.99", "", English, "the transaction failed; failed for good: about security or policy"},
		{999, "", "", English, "999 is no reply code of SMTP"},
		{0, "", "", Spanish, "0 no es un código de respuesta de SMTP"},
	} {
		if got := Reply(c.code, c.enhanced, c.verb, c.lang); got != c.want {
			t.Errorf("%d %s %s: %q, want %q", c.code, c.enhanced, c.verb, got, c.want)
		}
	}
}

// Words are found whatever their case; unknown ones are told as such by an empty text.
func TestLookUp(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Command("smtp", "ehlo", English), "names the client and asks for extensions"},
		{Command("pop3", "RETR", Spanish), "recoge un mensaje"},
		{Command("imap", "fetch", English), "fetches messages or parts of them"},
		{Command("smtp", "RETR", English), ""},
		{Extension("starttls", Spanish), "cifrado"},
		{Extension("X-UNKNOWN", English), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// A language is taken as users write it.
func TestParseLanguage(t *testing.T) {
	for in, want := range map[string]Language{"en": English, "ES": Spanish, "es-ES": Spanish, "es_MX.UTF-8": Spanish, "de": "", "": ""} {
		if got, ok := ParseLanguage(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// Whatever a server sends has a meaning, and never ends the program.
func FuzzReply(f *testing.F) {
	f.Add(250, "2.1.5", "RCPT", "es")
	f.Add(-1, "5..", ".", "xx")
	f.Fuzz(func(t *testing.T, code int, enhanced, verb, lang string) {
		if Reply(code, enhanced, verb, Language(lang)) == "" {
			t.Error("nothing is said")
		}
	})
}
