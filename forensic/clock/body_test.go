package clock

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
)

func messageOf(t testing.TB, text string) *reader {
	t.Helper()
	return &reader{msg: mimeparse.Parse([]byte(text), nil)}
}

// partsOf reads the parts alone.
func partsOf(t testing.TB, text string) []Reading {
	r := messageOf(t, text)
	r.readParts()
	return r.out
}

func checkReadings(t *testing.T, name string, got []Reading, want ...reading) {
	t.Helper()
	var have []reading
	for _, r := range got {
		have = append(have, brief(r))
	}
	if fmt.Sprint(have) != fmt.Sprint(want) {
		t.Errorf("%s:\n got %v\nwant %v", name, have, want)
	}
}

// Every multipart's boundary is read, that of the message with its field, and
// stands where it is written, in quotes or without.
func TestBoundariesOfParts(t *testing.T) {
	raw := "Content-Type: multipart/mixed; boundary=\"----=_Part_1_22.1709618828009\"\n\n" +
		"------=_Part_1_22.1709618828009\nContent-Type: multipart/alternative; boundary=----=_Part_2_23.1709618828010\n\n" +
		"------=_Part_2_23.1709618828010\n\na\n------=_Part_2_23.1709618828010--\n" +
		"------=_Part_1_22.1709618828009\nContent-ID: <55.1709618828.3@x.example>\n\nb\n------=_Part_1_22.1709618828009--\n"
	got := partsOf(t, raw)
	if len(got) < 2 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []struct {
		part  string
		field int
		text  string
	}{{"1", 0, "1709618828009"}, {"1.1", -1, "1709618828010"}} {
		r := got[i]
		at := string(r.Span.Of([]byte(raw)))
		if r.Part != want.part || r.Field != want.field || !strings.Contains(at, want.text) || at != r.Raw || r.Source != "MIME boundary" {
			t.Errorf("%+v at %q", r, at)
		}
	}
}

// The dates that stand beside a file's name are the file's.
func TestDispositionDates(t *testing.T) {
	raw := "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt; size=5;\n" +
		" creation-date=\"Tue, 05 Mar 2024 06:07:08 GMT\"; modification-date=\"Wed, 6 Mar 2024 06:07:08 +0100\"; read-date=soon\n\nx\n"
	got := partsOf(t, raw)
	checkReadings(t, "disposition", got,
		reading{"disposition.creation-date", "Tue, 05 Mar 2024 06:07:08 GMT", "2024-03-05T06:07:08", File, UTC, Bound, second},
		reading{"disposition.modification-date", "Wed, 6 Mar 2024 06:07:08 +0100", "2024-03-06T05:07:08", File, UTC, Bound, second})
	for _, r := range got {
		if at := string(r.Span.Of([]byte(raw))); at != r.Raw || r.Field != 1 {
			t.Errorf("%q at %q, field %d", r.Raw, at, r.Field)
		}
	}
}

// A report's dates are those of the message it is about; they are read as they
// stand and out of base64.
func TestReportDates(t *testing.T) {
	fields := "Reporting-MTA: dns; a.example\nArrival-Date: Tue, 5 Mar 2024 06:07:08 +0000\n\nFinal-Recipient: rfc822; b@c.example\n" +
		"Last-Attempt-Date: Tue, 5 Mar 2024\n 06:07:09 +0000\nWill-Retry-Until: Sun, 10 Mar 2024 06:07:08 +0000\nX-Arrival-Date: Tue, 5 Mar 2024 06:07:08 +0000\n"
	for _, encoding := range []string{"7bit", "base64"} {
		body := fields
		if encoding == "base64" {
			body = base64.StdEncoding.EncodeToString([]byte(fields)) + "\n"
		}
		raw := "Content-Type: message/delivery-status\nContent-Transfer-Encoding: " + encoding + "\n\n" + body
		got := partsOf(t, raw)
		checkReadings(t, encoding, got,
			reading{"dsn.arrival-date", "Tue, 5 Mar 2024 06:07:08 +0000", "2024-03-05T06:07:08", Other, UTC, Evidence, second},
			reading{"dsn.last-attempt-date", "Tue, 5 Mar 2024 06:07:09 +0000", "2024-03-05T06:07:09", Other, UTC, Evidence, second},
			reading{"dsn.will-retry-until", "Sun, 10 Mar 2024 06:07:08 +0000", "2024-03-10T06:07:08", Expires, UTC, Evidence, second})
		if at := string(got[0].Span.Of([]byte(raw))); encoding == "7bit" && at != got[0].Raw {
			t.Errorf("at %q", at)
		}
	}
}

// A calendar's stamps are read, the times of its events and the age of its
// zone's rules are not.
func TestCalendarDates(t *testing.T) {
	raw := "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nLAST-MODIFIED:20050809T050000Z\nEND:VTIMEZONE\nBEGIN:VEVENT\n" +
		"DTSTART:20300101T100000Z\nDTSTAMP:20240305T060708Z\nCREATED;X=1:20240305T060707\nLAST-MODIFIED:20240230T060707Z\nEND:VEVENT\n"
	got := partsOf(t, raw)
	checkReadings(t, "calendar", got,
		reading{"ical.dtstamp", "20240305T060708Z", "2024-03-05T06:07:08", File, UTC, Bound, second},
		reading{"ical.created", "20240305T060707", "2024-03-05T06:07:07", File, SenderLocal, Bound, second})
	for _, r := range got {
		if at := string(r.Span.Of([]byte(raw))); at != r.Raw {
			t.Errorf("%q at %q", r.Raw, at)
		}
	}
}

// pgpPacket is a signature packet of a version, in the old or new format, made
// by RFC 9580 5.2 for second 1709618828.
func pgpPacket(version byte, newFormat bool) []byte {
	stamp := binary.BigEndian.AppendUint32(nil, 1709618828)
	var body []byte
	switch version {
	case 3:
		body = append([]byte{3, 5, 0}, stamp...)
	case 6:
		body = append([]byte{6, 0, 22, 8, 0, 0, 0, 9, 2, 27, 0, 5, 0x82}, stamp...)
	default:
		body = append([]byte{version, 0, 1, 8, 0, 9, 2, 27, 0, 5, 2}, stamp...)
	}
	body = append(body, make([]byte, 200)...)
	if newFormat {
		return append([]byte{0xC2, byte((len(body)-192)>>8 + 192), byte(len(body) - 192)}, body...)
	}
	return append([]byte{0x88 | 1, byte(len(body) >> 8), byte(len(body))}, body...)
}

func armour(packets []byte) string {
	text := base64.StdEncoding.EncodeToString(packets)
	var lines strings.Builder
	for len(text) > 64 {
		lines.WriteString(text[:64] + "\n")
		text = text[64:]
	}
	return "-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\n" + lines.String() + text + "\n=AbCd\n-----END PGP SIGNATURE-----\n"
}

// Every version and format of packet, in a multipart/signed and behind a
// clear-signed text; one in the middle of a text may be a copy.
func TestPGPSignatures(t *testing.T) {
	for _, version := range []byte{3, 4, 5, 6} {
		for _, newFormat := range []bool{false, true} {
			block := armour(pgpPacket(version, newFormat))
			first := strings.Split(block, "\n")[3]
			for _, test := range []struct {
				raw      string
				strength Strength
			}{
				{"Content-Type: multipart/signed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/pgp-signature\n\n" + block + "--b--\n", Evidence},
				{"Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nx\n" + block, Evidence},
				{"Content-Type: text/plain\n\nsee below\n" + block, Bound},
			} {
				got := partsOf(t, test.raw)
				checkReadings(t, test.raw, got, reading{"pgp.signature", first, "2024-03-05T06:07:08", Signed, UTC, test.strength, second})
				if len(got) == 1 && string(got[0].Span.Of([]byte(test.raw))) != first {
					t.Errorf("at %q", got[0].Span.Of([]byte(test.raw)))
				}
			}
		}
	}
	checkReadings(t, "a quoted signature", partsOf(t, "\n> "+strings.ReplaceAll(armour(pgpPacket(4, true)), "\n", "\n> ")))
}

// The signing time is found in DER and in BER, and a certificate's validity is
// not taken for one.
func TestSigningTimes(t *testing.T) {
	utc := "\x17\x0D240305060708Z"
	for _, test := range []struct {
		name, content string
		want          []reading
	}{
		{"UTCTime", signingTimeOID + "\x31\x0F" + utc, []reading{{"smime.signing-time", "240305060708Z", "2024-03-05T06:07:08", Signed, UTC, Evidence, second}}},
		{"indefinite", signingTimeOID + "\x31\x80" + utc + "\x00\x00", []reading{{"smime.signing-time", "240305060708Z", "2024-03-05T06:07:08", Signed, UTC, Evidence, second}}},
		{"1950", signingTimeOID + "\x31\x0F\x17\x0D990305060708Z", []reading{{"smime.signing-time", "990305060708Z", "1999-03-05T06:07:08", Signed, UTC, Evidence, second}}},
		{"GeneralizedTime", signingTimeOID + "\x31\x11\x18\x0F20520305060708Z", []reading{{"smime.signing-time", "20520305060708Z", "2052-03-05T06:07:08", Signed, UTC, Evidence, second}}},
		{"offset", signingTimeOID + "\x31\x13\x17\x11240305070708+0100", []reading{{"smime.signing-time", "240305070708+0100", "2024-03-05T06:07:08", Signed, UTC, Evidence, second}}},
		{"validity", "\x30\x1E" + utc + "\x17\x0D250305060708Z", nil},
		{"no such day", signingTimeOID + "\x31\x0F\x17\x0D240230060708Z", nil},
		{"cut", signingTimeOID + "\x31\x0F\x17\x0D2403", nil},
	} {
		pad := strings.Repeat("\x00", 300_000) // more than one piece of decoded content
		body := base64.StdEncoding.EncodeToString([]byte(pad + test.content))
		raw := "Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" + body + "\n"
		checkReadings(t, test.name, partsOf(t, raw), test.want...)
	}
}
