package capture_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
)

const wire = "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMessage-ID: <1@b.example>\r\n\r\nfirst\r\nsecond\r\nthird\r\n"

// typed is a session of telnet in which a message is sent.
func typed(message string) string {
	return "Trying 192.0.2.25...\nConnected to mx.example.\nEscape character is '^]'.\n220 mx.example ESMTP\nHELO b.example\n250 hi\nMAIL FROM:<a@b.example>\n250 ok\nRCPT TO:<c@d.example>\n250 ok\nDATA\n354 go\n" +
		strings.ReplaceAll(message, "\r\n", "\n") + ".\n250 taken\nQUIT\n221 bye\n"
}

// A saved message is compared octet by octet: what a delivery adds is told from what somebody
// changed, and the place of the change is one on the wire.
func TestMatch(t *testing.T) {
	trace := "Return-Path: <a@b.example>\r\nReceived: from b.example by mx.example for <c@d.example>; Fri, 9 Dec 2016 20:00:00 +0000\r\n"
	for _, c := range []struct {
		name, saved string
		verdict     capture.Verdict
		lineEnds    string
		said        string
		line        int
		offset      int64
	}{
		{"the same", wire, capture.SameOctets, "same", "[] [] [] true", 0, 0},
		{"delivered", trace + wire, capture.SameButAdditions, "same", "[Return-Path Received] [] [] true", 0, 0},
		{"delivered, LF", strings.ReplaceAll(trace+wire, "\r\n", "\n"), capture.SameButAdditions, "differ", "[Return-Path Received] [] [] true", 0, 0},
		{"LF alone", strings.ReplaceAll(wire, "\r\n", "\n"), capture.SameButLineEnds, "differ", "[] [] [] true", 0, 0},
		{"an empty line of a mailbox", wire + "\r\n", capture.SameButLineEnds, "same", "[] [] [] true", 0, 0},
		{"added in the middle", strings.Replace(wire, "Subject", "X-Added: y\r\nSubject", 1), capture.SameButAdditions, "same", "[X-Added] [] [] false", 0, 0},
		{"another subject", strings.Replace(wire, "Subject: x", "Subject: y", 1), capture.SameBody, "same", "[] [] [Subject] true", 0, 0},
		{"no To", strings.Replace(wire, "To: c@d.example\r\n", "", 1), capture.SameBody, "same", "[] [To] [] true", 0, 0},
		{"another line", trace + strings.Replace(wire, "second", "2nd", 1), capture.OtherBody, "same", "[Return-Path Received] [] [] true", 2, int64(strings.Index(wire, "second"))},
		{"cut", strings.Replace(wire, "third\r\n", "", 1), capture.OtherBody, "same", "[] [] [] true", 3, int64(strings.Index(wire, "third"))},
		{"longer", wire + "fourth\r\n", capture.OtherBody, "same", "[] [] [] true", 4, int64(len(wire))},
		{"another message", "From: x@y.example\r\nMessage-ID: <2@y.example>\r\n\r\nother\r\n", "", "", "", 0, 0},
		{"nothing", "", "", "", "", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, conns := read(t, []byte(typed(wire)), &capture.Options{NoReports: true, Saved: []capture.Saved{{Path: "saved.eml", Octets: []byte(c.saved)}}})
			found := conns[0].Transactions[0].Matches
			if c.verdict == "" {
				if len(found) > 0 {
					t.Fatalf("%+v", found[0])
				}
				return
			}
			if len(found) != 1 {
				t.Fatalf("%d matches", len(found))
			}
			m := found[0]
			if said := fmt.Sprint(m.Added, m.Removed, m.Changed, m.OnTop); m.Verdict != c.verdict || m.LineEnds != c.lineEnds || said != c.said {
				t.Errorf("%s, line ends %s, %s; want %s, %s, %s", m.Verdict, m.LineEnds, said, c.verdict, c.lineEnds, c.said)
			}
			switch {
			case c.line == 0 && m.BodyLine != nil:
				t.Errorf("line %d", *m.BodyLine)
			case c.line > 0 && (m.BodyLine == nil || *m.BodyLine != c.line || *m.BodyOffset != c.offset):
				t.Errorf("%v %v, want line %d at %d", m.BodyLine, m.BodyOffset, c.line, c.offset)
			}
			if strings.HasPrefix(c.saved, trace) && !slices.Contains(m.Received, "for c@d.example: as captured") {
				t.Errorf("Received: %q", m.Received)
			}
		})
	}
}

// Where the newest Received line names another client or recipient than the dialogue did, it is
// said, and that is a finding.
func TestMatchReceived(t *testing.T) {
	saved := "Received: from other.example (other.example [198.51.100.200]) by mx.example for <z@d.example>; Fri, 9 Dec 2016 20:00:00 +0000\r\n" + wire
	_, conns := read(t, []byte(typed(wire)), &capture.Options{NoReports: true, Saved: []capture.Saved{{Path: "saved.eml", Octets: []byte(saved)}}})
	tx := conns[0].Transactions[0]
	for _, want := range []string{"from other.example: not as captured", "for z@d.example: not as captured"} {
		if !slices.Contains(tx.Matches[0].Received, want) {
			t.Errorf("%q is not in %q", want, tx.Matches[0].Received)
		}
	}
	if !slices.ContainsFunc(tx.Findings, func(f capture.Finding) bool { return f.ID == "received-mismatch" }) {
		t.Errorf("no finding: %+v", tx.Findings)
	}
}

// The rules of the findings are public by their names, with and without the prefix.
func TestExplain(t *testing.T) {
	n := 0
	for r := range capture.Rules() {
		n++
		short := strings.TrimPrefix(r.ID, "capture.")
		for _, id := range []string{short, "capture." + short} {
			if got, ok := capture.Explain(id); !ok || got.Title != r.Title || got.Innocent == "" {
				t.Errorf("%s: %+v, %v", id, got, ok)
			}
		}
	}
	if _, ok := capture.Explain("no-such-rule"); ok || n < 20 {
		t.Errorf("%d rules, or one that is none", n)
	}
}
