package headers

import (
	"fmt"
	"testing"
)

// Each of these was read wrong once. What is wrong in a header decides whom a message seems to be from:
// a boundary that is missed hides a part, a span beside its text cannot be shown in court.

// The boundary parameter may end with blanks that the delimiter does not have (RFC 2046 5.1.1). The first
// part must not be read as part of the message's header when no empty line stands before it.
func TestBoundaryWithBlanks(t *testing.T) {
	const raw = "Content-Type: multipart/mixed; boundary=\"abc \"\r\n--abc\r\nContent-Type: text/html\r\n\r\nx\r\n"
	b := Parse([]byte(raw))
	if len(b.Fields) != 1 || b.Span.End != len("Content-Type: multipart/mixed; boundary=\"abc \"\r\n") {
		t.Errorf("%d fields up to %d", len(b.Fields), b.Span.End)
	}
}

// A product that is known keeps its own words and their place when a second name follows.
func TestProductOnce(t *testing.T) {
	const raw = "from a by b (Postfix) with Microsoft SMTPSVC(5.0.2195); Tue, 14 Nov 2023 22:13:00 +0000"
	r := ParseReceived([]byte(raw), Span{0, len(raw)})
	if got := r.Spans.Software.Of([]byte(raw)); r.Product != "Postfix" || r.Software != "Postfix" || string(got) != "Postfix" {
		t.Errorf("product %q, software %q at %q", r.Product, r.Software, got)
	}
}

// Values are cut out of the text they stand in, not of another one of the same length.
func TestReadReceivedText(t *testing.T) {
	raw := []byte("Received: from a.test by b; Tue, 14 Nov 2023 22:13:00 +0000\r\n\r\n")
	f := Parse(raw).Fields[0]
	other := []byte(string(f.Raw()))
	copy(other[len("from "):], "z.evil")
	var got Received
	f.ReadReceived(&got, string(other))
	if got.HELO != "a.test" || string(got.Spans.HELO.Of(raw)) != "a.test" {
		t.Errorf("%q at %q", got.HELO, got.Spans.HELO.Of(raw))
	}
}

// A comment that is not closed does not keep those behind it from being comments.
func TestCommentBehindAnOpenOne(t *testing.T) {
	for text, want := range map[string]string{
		"text/plain (a; charset=utf-8 (b)":           "utf-8",
		"text/plain (a; x=(b; charset=utf-8 (c) ":    "utf-8",
		"text/plain; charset=utf-8 (b) (c); d=(e) f": "utf-8",
	} {
		v := ParseMediaType([]byte(text), Span{0, len(text)})
		if p, _ := v.Get("charset"); p.Value != want {
			t.Errorf("%q: charset %q, want %q", text, p.Value, want)
		}
	}
}

// An arrival time that cannot be read is an arrival time, and no unknown clause (RFC 2156 2.3.1.1).
func TestX400Arrival(t *testing.T) {
	for text, want := range map[string]string{
		"by mta a in /C=us/; 31 Feb 2002 12:00:00 +0000":          "[x400.action-missing date.unreadable]",
		"by mta a in /C=us/; Relayed; 30 Apr 2002 12:00:00 +0000": "[]",
		"by mta a in /C=us/; Relayed":                             "[x400.date-missing]",
		"by mta a in /C=us/; Refused; 30 Apr 2002 12:00:00 +0000": "[x400.clause-unknown x400.action-missing]",
	} {
		r := ParseX400Received([]byte(text), Span{0, len(text)})
		codes := []string{}
		for _, d := range append(r.Defects, r.Date.Defects...) {
			codes = append(codes, d.Code)
		}
		if got := fmt.Sprint(codes); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// The protocol behind "/TLS/" has the name that IANA has registered for it (RFC 3848).
func TestProtocolWithTLS(t *testing.T) {
	for with, want := range map[string]string{
		"ESMTP/TLS/AES256-SHA": "ESMTPS", "ESMTPA/TLS/AES256-SHA": "ESMTPSA", "ESMTPS/TLS/AES256-SHA": "ESMTPS", "ESMTPSA/TLS/AES256-SHA": "ESMTPSA", "LMTPA/TLS/X": "LMTPSA",
	} {
		raw := "from a by b with " + with + "; Tue, 14 Nov 2023 22:13:00 +0000"
		if r := ParseReceived([]byte(raw), Span{0, len(raw)}); r.Protocol.Name != want || !r.Protocol.TLS {
			t.Errorf("%s: %+v, want %s", with, r.Protocol, want)
		}
	}
}

// The place of a backslash that stays is its own, whatever was unfolded or unquoted before it.
func TestBackslashPlace(t *testing.T) {
	for _, raw := range []string{
		"attachment; filename=\"a\\\"b\r\n c:\\dir\\x\"",
		"attachment; filename=\"a\r\n \\\\b\r\n\tc:\\dir\"",
		"attachment; filename=\"c:\\dir\"",
	} {
		v := ParseDisposition([]byte(raw), Span{0, len(raw)})
		n := 0
		for _, d := range v.Defects {
			if d.Code != "param.backslash" {
				continue
			}
			if n++; string(d.Span.Of([]byte(raw))) != "\\" || raw[d.Span.End] != 'd' {
				t.Errorf("%q: %v is %q", raw, d.Span, d.Span.Of([]byte(raw)))
			}
		}
		if n != 1 {
			t.Errorf("%q: %v", raw, v.Defects)
		}
	}
}
