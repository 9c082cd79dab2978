package forensic

import (
	"slices"
	"strings"
	"testing"
)

// TestHostileMail: mail made to cost. Each message repeats one thing as often
// as the limits allow; work that grows with the square of it would take from
// minutes to hours here.
func TestHostileMail(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	part := func(fields string) string { return fields + "\n\n!" }
	for name, raw := range map[string]string{
		"authors in one field":       letter("x", "From: "+strings.Repeat("a@b.example, ", 60_000)+"z@z.example"),
		"replies to many":            letter("x", "From: "+strings.Repeat("a@b.example, ", 30_000)+"z@z.example", "Reply-To: "+strings.Repeat("c@d.example, ", 30_000)+"z@z.example"),
		"From fields":                letter("x", slices.Repeat([]string{"From: a@b.example"}, 50_000)...),
		"broken From fields":         letter("x", slices.Repeat([]string{"From: Ana <a@b.example"}, 50_000)...),
		"names of at signs":          letter("x", "From: \""+strings.Repeat("a@b", 300_000)+"\" <a@b.example>"),
		"parts with two encodings":   mixed(slices.Repeat([]string{part("Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 8bit")}, 9_000)...),
		"parts with broken base64":   mixed(slices.Repeat([]string{part("Content-Transfer-Encoding: base64\nContent-Disposition: attachment")}, 9_000)...),
		"parts without delimiters":   mixed(slices.Repeat([]string{part("Content-Type: multipart/mixed; boundary=c")}, 9_000)...),
		"delimiters behind the end":  letter("--b\n\nx\n--b--\n"+strings.Repeat("--b\n\nx\n", 9_000), "Content-Type: multipart/mixed; boundary=b"),
		"parameters":                 letter("x", "Content-Type: multipart/mixed"+strings.Repeat("; boundary=b", 50_000)),
		"invisible subject":          letter("x", "Subject: "+strings.Repeat("\u200B", 300_000)),
		"opaque parts":               mixed(slices.Repeat([]string{part("Content-Type: application/pkcs7-mime")}, 9_000)...),
		"nested messages with twice": strings.ReplaceAll(nestedMessages(60), "Content-Type: message/rfc822", "Content-Type: message/rfc822\nContent-Disposition: inline\nContent-Disposition: attachment"),
	} {
		r := reportOn(t, raw)
		checkFindings(t, name, r)
		if n := len(r.Findings); n > 40*maxHits {
			t.Errorf("%s: %d findings", name, n)
		}
	}
}
