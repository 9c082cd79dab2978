package capture_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
)

// letterOf is a dialogue that sends one message: lines between the greeting and QUIT.
func letterOf(lines ...string) []string {
	all := append([]string{`S 220 mx.example.net ESMTP\r\n`, `C EHLO [10.1.2.3]\r\n`, `S 250-mx.example.net\r\n250-8BITMIME\r\n250 SIZE 1000000\r\n`}, lines...)
	return append(all, `C QUIT\r\n`, `S 221 bye\r\n`)
}

// mailOf is the transaction of a message from ann@example.org to bob@example.net.
func mailOf(params, message string) []string {
	return letterOf(`C MAIL FROM:<ann@example.org>`+params+`\r\n`, `S 250 ok\r\n`, `C RCPT TO:<bob@example.net>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C `+message+`.\r\n`, `S 250 ok\r\n`)
}

const plain = `From: Ann <ann@example.org>\r\nTo: bob@example.net\r\nDate: Tue, 14 Nov 2023 22:13:00 +0000\r\nMessage-ID: <1@example.org>\r\n`

// ruleCases are dialogues in which a rule finds something, and others that look alike in which it must
// not.
var ruleCases = []struct {
	id             string
	found, missing [][]string
}{
	{"auth-guessing",
		[][]string{letterOf(`C AUTH PLAIN AGEAYg==\r\n`, `S 535 no\r\n`, `C AUTH PLAIN AGEAYw==\r\n`, `S 535 no\r\n`, `C AUTH PLAIN AGEAZA==\r\n`, `S 535 no\r\n`)},
		[][]string{letterOf(`C AUTH PLAIN AGEAYg==\r\n`, `S 535 no\r\n`, `C AUTH PLAIN AGEAYw==\r\n`, `S 535 no\r\n`, `C AUTH PLAIN AGEAZA==\r\n`, `S 235 ok\r\n`)}},
	{"bcc",
		[][]string{mailOf("", strings.Replace(plain, "bob@example.net", "carol@example.net", 1)+`\r\nx\r\n`)},
		[][]string{mailOf("", plain+`\r\nx\r\n`), mailOf("", strings.Replace(plain, "To: bob@example.net", "Cc: BOB@example.net", 1)+`\r\nx\r\n`)}},
	{"credentials-cleartext",
		[][]string{letterOf(`C AUTH PLAIN AGEAYg==\r\n`, `S 235 ok\r\n`)},
		[][]string{letterOf(`C AUTH CRAM-MD5\r\n`, `S 334 PDFAaD4=\r\n`, `C Ym9iIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n`, `S 235 ok\r\n`)}},
	{"data-rejected",
		[][]string{letterOf(`C MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nRSET\r\n`, `S 250 ok\r\n550 no\r\n554 no\r\n250 ok\r\n`)},
		[][]string{letterOf(`C MAIL FROM:<a@example.org>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 503 no\r\n`)}},
	{"date-skew",
		[][]string{
			mailOf("", strings.Replace(plain, "22:13:00", "22:33:00", 1)+`\r\nx\r\n`),
			mailOf("", strings.Replace(plain, "Tue, 14 Nov", "Sun, 12 Nov", 1)+`\r\nx\r\n`)},
		[][]string{
			mailOf("", plain+`\r\nx\r\n`), mailOf("", strings.Replace(plain, "22:13:00 +0000", "23:13:00 +0100", 1)+`\r\nx\r\n`),
			mailOf("", strings.Replace(plain, "22:13:00 +0000", "22:33:00 -0000", 1)+`\r\nx\r\n`), // no zone is stated: nothing to compare
			mailOf("", strings.Replace(plain, "Tue, 14 Nov 2023 22:13:00 +0000", "yesterday", 1)+`\r\nx\r\n`)}},
	{"envelope-from-mismatch",
		[][]string{mailOf("", strings.Replace(plain, "ann@example.org", "eve@example.com", 1)+`\r\nx\r\n`)},
		[][]string{mailOf("", plain+`\r\nx\r\n`), mailOf("", strings.Replace(plain, "From: Ann <ann@example.org>", `From: eve@example.com\r\nSender: ann@example.org`, 1)+`\r\nx\r\n`)}},
	{"helo-mismatch",
		[][]string{
			{`S 220 mx.example.net ESMTP\r\n`, `C EHLO [198.51.100.7]\r\n`, `S 250 hi\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
			{`S 220 mx.example.net ESMTP\r\n`, `C EHLO MX.example.net\r\n`, `S 250 hi\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`}},
		[][]string{
			{`S 220 mx.example.net ESMTP\r\n`, `C EHLO [10.1.2.3]\r\n`, `S 250 hi\r\n`}, {`S 220 mx.example.net ESMTP\r\n`, `C EHLO desk.example.org\r\n`, `S 250 hi\r\n`},
			{`C PROXY TCP4 198.51.100.7 192.0.2.25 4000 25\r\n`, `S 220 mx.example.net ESMTP\r\n`, `C EHLO [198.51.100.7]\r\n`, `S 250 hi\r\n`}}},
	{"message-id-domain",
		[][]string{mailOf("", strings.Replace(plain, "<1@example.org>", "<1@example.com>", 1)+`\r\nx\r\n`)},
		[][]string{mailOf("", plain+`\r\nx\r\n`), mailOf("", strings.Replace(plain, "<1@example.org>", "<1@mail.example.org>", 1)+`\r\nx\r\n`), mailOf("", strings.Replace(plain, "<1@example.org>", "<1>", 1)+`\r\nx\r\n`)}},
	{"open-relay-shape",
		[][]string{letterOf(`C MAIL FROM:<ann@example.org>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<a@example.com>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<b@example.edu>\r\n`, `S 250 ok\r\n`)},
		[][]string{
			letterOf(`C MAIL FROM:<ann@example.org>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<a@example.com>\r\n`, `S 550 no\r\n`, `C RCPT TO:<b@example.edu>\r\n`, `S 550 no\r\n`),
			letterOf(`C AUTH PLAIN AGEAYg==\r\n`, `S 235 ok\r\n`, `C MAIL FROM:<ann@example.org>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<a@example.com>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<b@example.edu>\r\n`, `S 250 ok\r\n`),
			letterOf(`C MAIL FROM:<ann@example.net>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<a@example.com>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<b@example.edu>\r\n`, `S 250 ok\r\n`),
			letterOf(`C MAIL FROM:<>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<a@example.com>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<b@example.edu>\r\n`, `S 250 ok\r\n`)}},
	{"received-mismatch",
		[][]string{mailOf("", `Received: from a by b; Tue, 14 Nov 2023 22:43:00 +0000\r\n`+plain+`\r\nx\r\n`)},
		[][]string{mailOf("", `Received: from a by b; Tue, 14 Nov 2023 22:10:00 +0000\r\n`+plain+`\r\nx\r\n`), mailOf("", `Received: from a by b; some day\r\n`+plain+`\r\nx\r\n`)}},
	{"size-mismatch",
		[][]string{mailOf(" SIZE=9000", plain+`\r\nx\r\n`)},
		[][]string{mailOf(" SIZE=150", plain+`\r\nx\r\n`), mailOf("", plain+`\r\nx\r\n`)}},
	{"smuggling",
		[][]string{mailOf("", plain+`\r\nx\n.\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n`)},
		[][]string{mailOf("", plain+`\r\nx. y\r\n..\r\n`)}},
	{"starttls-stripped",
		[][]string{
			append([]string{`S 220 mx.example.net ESMTP\r\n`, `C EHLO a\r\n`, `S 250-hi\r\n250 STARTTLS\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`, "@"}, letterOf()...),
			{`S 220 mx.example.net ESMTP\r\n`, `C EHLO a\r\n`, `S 250-hi\r\n250 XXXXXXXA\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
			{`S 220 mx.example.net ESMTP\r\n`, `C EHLO a\r\n`, `S 250-hi\r\n250 XXXX\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`}},
		[][]string{letterOf(), append(append(letterOf(), "@"), letterOf()...), {`S 220 mx.example.net ESMTP\r\n`, `C EHLO a\r\n`, `S 250-hi\r\n250 XCLIENT NAME\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`}}},
	{"turned",
		[][]string{letterOf(`C TURN\r\n`, `S 250 ok\r\n`), letterOf(`C ATRN example.org\r\n`, `S 250 ok\r\n`)},
		[][]string{letterOf(`C TURN\r\n`, `S 502 no\r\n`)}},
	{"vrfy-expn-harvest",
		[][]string{
			letterOf(`C VRFY a\r\n`, `S 252 ok\r\n`, `C VRFY b\r\n`, `S 252 ok\r\n`, `C EXPN c\r\n`, `S 252 ok\r\n`, `C VRFY d\r\n`, `S 252 ok\r\n`, `C VRFY e\r\n`, `S 252 ok\r\n`),
			letterOf(`C MAIL FROM:<>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<a@example.net>\r\n`, `S 550 no\r\n`, `C RCPT TO:<b@example.net>\r\n`, `S 550 no\r\n`, `C RCPT TO:<c@example.net>\r\n`, `S 551 no\r\n`, `C RCPT TO:<d@example.net>\r\n`, `S 553 no\r\n`, `C RCPT TO:<e@example.net>\r\n`, `S 550 no\r\n`)},
		[][]string{letterOf(`C VRFY a\r\n`, `S 252 ok\r\n`), letterOf(`C MAIL FROM:<>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<a@example.net>\r\n`, `S 452 full\r\n`)}},
}

// allFindings are the ids of all findings in a capture.
func allFindings(t *testing.T, file []byte) (all []string) {
	t.Helper()
	_, conns := read(t, file, nil)
	for _, c := range conns {
		all = append(all, ids(c.Findings)...)
		for i := range c.Transactions {
			all = append(all, ids(c.Transactions[i].Findings)...)
		}
	}
	return all
}

// TestRuleCases: what a rule is about is found, and what only looks like it is not.
func TestRuleCases(t *testing.T) {
	for _, c := range ruleCases {
		for i, lines := range c.found {
			if all := allFindings(t, captureforge.Play(lines...)); !slices.Contains(all, c.id) {
				t.Errorf("%s is not found in case %d: %v", c.id, i, all)
			}
		}
		for i, lines := range c.missing {
			if all := allFindings(t, captureforge.Play(lines...)); slices.Contains(all, c.id) {
				t.Errorf("%s is found in the innocent case %d: %v", c.id, i, all)
			}
		}
	}
}

// TestEveryRuleIsShown: each rule is found in a made capture, and missing in an innocent one; the
// table is sorted, and Explain knows each of them.
func TestEveryRuleIsShown(t *testing.T) {
	found := map[string]bool{"connection-cut": true} // TestCrowd shows it
	for _, c := range ruleCases {
		found[c.id] = true
	}
	for _, k := range captureforge.Cases(11) {
		for _, id := range allFindings(t, k.File) {
			found[id] = true
		}
	}
	whole := captureforge.Play(mailOf("", plain+`\r\nx\r\n`)...)
	for _, id := range allFindings(t, whole[:len(whole)-300]) { // broken off before the connection's end
		found[id] = true
	}
	innocent := allFindings(t, captureforge.Play(mailOf("", plain+`\r\nx\r\n`)...))
	before := ""
	for r := range capture.Rules() {
		if !found[r.ID] {
			t.Errorf("%s is shown in no capture", r.ID)
		}
		if slices.Contains(innocent, r.ID) {
			t.Errorf("%s is found in an innocent dialogue", r.ID)
		}
		if strings.ToLower(r.ID) <= strings.ToLower(before) || r.Innocent == "" || r.Explanation == "" {
			t.Errorf("%s: not sorted, or not explained", r.ID)
		}
		if again, ok := capture.Explain("capture." + r.ID); !ok || again.ID != r.ID {
			t.Errorf("%s: Explain does not know it", r.ID)
		}
		before = r.ID
	}
	if _, ok := capture.Explain("capture.nothing"); ok {
		t.Error("Explain knows what is no finding")
	}
}
