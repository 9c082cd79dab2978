package clock

import (
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// TestWord: Word says in an HTML text when its document was begun and saved;
// what is no time there gives none.
func TestWord(t *testing.T) {
	const head = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html xmlns:o=3D\"urn\"><head>"
	for body, want := range map[string]string{
		"<o:Created>2008-04-03T02:26:00Z</o:Created>":     "html.o-created 2008-04-03T02:26:00Z",
		"<o:LastSaved>2008-04-03T02:27:00Z</o:LastSaved>": "html.o-last-saved 2008-04-03T02:27:00Z",
		"<o:Created>2008-13-03T02:26:00Z</o:Created>":     "",
		"<o:Created>1601-01-01T00:00:00Z</o:Created>":     "",
		"<o:Created>": "",
		"<o:Created>" + "2008-04-03T02:26:00Z and far more text that is no date at all, with a lot of words</o:Created>": "",
	} {
		var got string
		for _, r := range Read(mimeparse.Parse([]byte(head+body), nil), nil) {
			if r.Event == File && r.Strength == Bound {
				got = r.Rule + " " + r.Time.Format("2006-01-02T15:04:05Z")
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}
