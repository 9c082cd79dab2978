package clock

import (
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// Messages made to be slow: 4 MB of each would not end if the work on any of
// them grew with the square of its length, and the number of readings is
// bounded.
func TestHostileMessages(t *testing.T) {
	const size = 4 << 20
	fields := func(field string) string { return strings.Repeat(field+"\n", size/(len(field)+1)) + "\nx\n" }
	for name, raw := range map[string]string{
		"shape with blanks":  fields("X-Any: v=2.4 cv=" + strings.Repeat(" ", 2000)),
		"one long value":     "X-Any: v=2.4 cv=" + strings.Repeat(" t", size/2) + "\n\n",
		"shape of letters":   fields("X-QQ-mid: " + strings.Repeat("t", 2000)),
		"shape of lines":     fields("X-Envid: " + strings.Repeat("-", 2000)),
		"tags":               fields("DKIM-Signature: " + strings.Repeat("t=1;", 500)),
		"one list of tags":   "DKIM-Signature: " + strings.Repeat("t=1;", size/4) + "\n\n",
		"dates":              fields("Date: Tue, 5 Mar 2024 06:07:08 +0000"),
		"stations":           fields("X-MIMETrack: " + strings.Repeat(" at 22.07.2002 15:59:23", 100)),
		"brackets":           fields("Return-Path: " + strings.Repeat("<", 2000)),
		"references":         fields("References: " + strings.Repeat("<20240305060708.GA12345@b.example> ", 60)),
		"armours":            "\n" + strings.Repeat("-----BEGIN PGP SIGNATURE-----\n\n", size/31),
		"signing times":      "Content-Type: application/pkcs7-mime\n\n" + strings.Repeat(signingTimeOID, size/11),
		"calendar":           "Content-Type: text/calendar\n\n" + strings.Repeat("DTSTAMP:20240305060708Z\n", size/24),
		"report":             "Content-Type: message/delivery-status\n\n" + strings.Repeat("Arrival-Date: Tue, 5 Mar 2024 06:07:08 +0000\n", size/45),
		"directory of a zip": "Content-Type: a/b\n\nPK\x03\x04" + strings.Repeat("PK\x01\x02"+strings.Repeat("\x01", 42), size/46) + "PK\x05\x06" + strings.Repeat("\x00", 12) + "\x04\x00\x00\x00\x00\x00",
		"parts":              "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: a/b\n\n%PDF-/CreationDate (D:20240305060708Z)\n", size/64),
	} {
		msg := mimeparse.Parse([]byte(raw), nil)
		got := Read(msg, nil)
		checkAll(t, msg.Raw, got)
		if len(got) > 2*maxReadings {
			t.Errorf("%s: %d readings", name, len(got))
		}
	}
}
