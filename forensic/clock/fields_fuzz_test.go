package clock

import (
	"slices"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// checkAll asserts what holds of every reading of every message: it stands
// inside, what stands as written stands where it is said to, and a time that
// is not stated in so many words lies in the window.
func checkAll(t *testing.T, raw []byte, readings []Reading) {
	t.Helper()
	for _, r := range readings {
		if r.Span.Start < 0 || r.Span.End < r.Span.Start || r.Span.End > len(raw) {
			t.Fatalf("%s: span %v of %d bytes", r.Rule, r.Span, len(raw))
		}
		if r.Rule == "" || r.Event == "" || r.Source == "" || r.Part == "" || r.Precision <= 0 {
			t.Fatalf("incomplete: %+v", r)
		}
		if y := r.Time.Year(); y < -1 || y > 9999 {
			t.Fatalf("year %d: %+v", y, r)
		}
		if !inWindow(r.Time) && !stated(r) {
			t.Fatalf("out of the window: %+v", r)
		}
	}
}

// stated reports whether a reading is a number or date that its field states.
func stated(r Reading) bool {
	if r.Event == Signed || r.Event == Expires || r.Precision == time.Minute {
		return true
	}
	for _, prefix := range []string{"date.", "dsn.", "arf.", "from-line", "x-originalarrivaltime", "x-ms-exchange.", "disposition.",
		"messagelabs.", "barracuda.start-time", "yandex.", "x-mc-ingress-time", "nntp.x-trace", "rcvd.", "x-received."} {
		if len(r.Rule) >= len(prefix) && r.Rule[:len(prefix)] == prefix {
			return true
		}
	}
	return false
}

// No value of a field that is known makes the reader fail or invent a time.
func FuzzFields(f *testing.F) {
	var names []string
	for name := range knownFields {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, value := range []string{
		"Tue, 5 Mar 2024 06:07:08 +0000", "server-6.tower-144.messagelabs.com!1709618828!1!1", "v=2.4 cv=a c=1 ts=65e6b68c a=1",
		"05 Mar 2024 06:07:08.0123 (UTC) FILETIME=[5AC2A487:01DA6EC3]", "3605f0b77398cca0_1709618828009_1", "S at 2019/08/29 PM 05:07:51,",
		"v=1; t=1709618828; x=1", "<SRS0=63fc=KL=a.example=b@c.example>", "tlsNG-33051d/1709618828-4846E72C-1019620C/0/0",
		"<E1rhOzE-0001Bg-00@a.example> <20240305060708.GA12345@b.example>", "8A566F14:A2F0F576-48258AD7:00219CB9", "(", " - ", "",
	} {
		f.Add(uint16(i*7), value)
	}
	f.Fuzz(func(t *testing.T, which uint16, value string) {
		name := "X-Any-Thing"
		if i := int(which) % (len(names) + 1); i < len(names) {
			name = names[i]
		}
		raw := []byte("Date: Tue, 5 Mar 2024 06:07:08 +0000\n" + name + ": " + value + "\n\n")
		checkAll(t, raw, Read(mimeparse.Parse(raw, nil), nil))
	})
}

// No content of a part does either.
func FuzzFiles(f *testing.F) {
	types := []string{"application/octet-stream", "text/plain", "application/pgp-signature", "application/pkcs7-mime", "text/calendar",
		"message/delivery-status", "application/ms-tnef", "multipart/mixed; boundary=b"}
	f.Add(uint8(0), []byte("%PDF-1.4\n/CreationDate (D:20240305070708+01'00')"))
	f.Add(uint8(0), oleFileOf(1709618828))
	f.Add(uint8(0), zipOf(f, [3]string{"docProps/core.xml", "2024-03-05 06:07:08", "<dcterms:created>2024-03-05T06:07:08Z</dcterms:created>"}))
	f.Add(uint8(1), []byte(armour(pgpPacket(4, true))))
	f.Add(uint8(2), []byte(armour(pgpPacket(6, false))))
	f.Add(uint8(3), []byte(signingTimeOID+"\x31\x0F\x17\x0D240305060708Z"))
	f.Add(uint8(4), []byte("BEGIN:VEVENT\nDTSTAMP:20240305T060708Z\n"))
	f.Add(uint8(5), []byte("Arrival-Date: Tue, 5 Mar 2024 06:07:08 +0000\n"))
	f.Fuzz(func(t *testing.T, which uint8, content []byte) {
		raw := append([]byte("Content-Type: "+types[int(which)%len(types)]+"\n\n"), content...)
		checkAll(t, raw, Read(mimeparse.Parse(raw, nil), nil))
		raw = []byte(attached(content))
		checkAll(t, raw, Read(mimeparse.Parse(raw, nil), nil))
	})
}

// Over real mail every reading stands inside its message, and the clocks that
// hide in a field agree with what the message states: of those that are no
// bound and no hint, nine in ten lie within an hour of the Date or a trace
// line's date.
func TestFieldsOfRealMail(t *testing.T) {
	near, far := 0, 0
	for _, path := range corpus.Files(t, "eml", "phishing") {
		raw := corpus.Read(t, path)
		msg := mimeparse.Parse(raw, nil)
		readings := Read(msg, nil)
		checkAll(t, raw, readings)
		for _, r := range readings {
			if r.Field < 0 || r.Strength != Evidence || r.Clock != UTC || r.Event != Queued && r.Event != Scanned && r.Event != Received {
				continue
			}
			if nearStated(msg, r.Time) {
				near++
			} else {
				far++
			}
		}
	}
	t.Logf("%d near, %d far", near, far)
	if far*9 > near {
		t.Errorf("%d of %d readings are far from all that is stated", far, near+far)
	}
}

// nearStated reports whether the Date or a trace line is within an hour of t.
func nearStated(msg *mimeparse.Message, at time.Time) bool {
	for _, f := range msg.Header.Fields {
		d := f.Date()
		if f.Is("Received") {
			d = f.Received().Date
		} else if !f.Is("Date") {
			continue
		}
		if d.OK && d.Time.Sub(at).Abs() <= time.Hour {
			return true
		}
	}
	return false
}

// The cost of an ordinary header: 24 fields, five of which hold clocks.
func BenchmarkReadFields(b *testing.B) {
	text := "Return-Path: <a@b.example>\nDKIM-Signature: v=1; a=rsa-sha256; d=x.example; t=1709618828; h=from:to; bh=abc; b=def\n"
	for range 18 {
		text += "X-Some-Header-Of-Nobody: with a value of some length that holds nothing at all\n"
	}
	text += "Date: Tue, 5 Mar 2024 06:07:08 +0000\nSubject: x\nX-OriginalArrivalTime: 05 Mar 2024 06:07:08.0123 (UTC) FILETIME=[5AC2A487:01DA6EC3]\nX-Msg-Ref: server-6.tower-144.messagelabs.com!1709618828!1!1\n\nx\n"
	r := messageOf(b, text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r.out = r.out[:0]
		r.readFields()
	}
}

// The cost of a message that is a PDF of 300 KB, which is decoded whole.
func BenchmarkReadParts(b *testing.B) {
	pdf := append([]byte("%PDF-1.4\n/CreationDate (D:20240305070708+01'00')"), make([]byte, 300_000)...)
	r := messageOf(b, attached(pdf))
	b.SetBytes(int64(len(r.msg.Raw)))
	b.ReportAllocs()
	for b.Loop() {
		r.out = r.out[:0]
		r.readParts()
	}
}
