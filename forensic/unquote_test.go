package forensic

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"mime/quotedprintable"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// quoteBody is what a writer of the dialect mboxrd does to a message.
func quoteBody(message string) string {
	head, body, ok := strings.Cut(message, "\n\n")
	sep := "\n\n"
	if i := strings.Index(message, "\r\n\r\n"); i >= 0 && (!ok || i < len(head)) {
		head, body, sep = message[:i], message[i+4:], "\r\n\r\n"
	}
	var out strings.Builder
	out.WriteString(head + sep)
	for line := range strings.Lines(body) {
		if strings.HasPrefix(strings.TrimLeft(line, ">"), "From ") {
			out.WriteByte('>')
		}
		out.WriteString(line)
	}
	return out.String()
}

// inMailbox is the report on a message that stands in a mailbox.
func inMailbox(t testing.TB, message string) *Report {
	t.Helper()
	end := "\n"
	if strings.Contains(message, "\r\n") {
		end = "\r\n"
	}
	box := "From a@example.org Tue Jan  2 10:00:00 2024" + end + message + end
	return analyzed(t, "box.mbox", []byte(box), nil)
}

// contents lists what all leaves decode to, and the messages inside them, as
// they were before anything was quoted.
func contents(r *Report, out []string) []string {
	sum := string(r.Evidence.SHA256Unquoted)
	if sum == "" {
		sum = r.Evidence.SHA256
	}
	out = append(out, "message "+sum)
	for _, p := range r.Parts {
		out = append(out, fmt.Sprint(p.Path, " ", p.ContentType, " ", p.Encoding, " ", p.DetectedType, " ", p.SHA256))
		if p.Size != nil {
			out = append(out, fmt.Sprint(*p.Size))
		}
		if p.Message != nil {
			out = contents(p.Message, out)
		}
	}
	return out
}

// checkUnquoted quotes the message and wants to find the same in it.
func checkUnquoted(t *testing.T, message string) {
	t.Helper()
	want, got := contents(reportOn(t, message), nil), contents(inMailbox(t, quoteBody(message)), nil)
	if a, b := strings.Join(want, "\n"), strings.Join(got, "\n"); a != b {
		t.Fatalf("%q:\nin the mailbox\n%s\nwant\n%s", message[:min(len(message), 2000)], b, a)
	}
}

const quotedHead = "From: Ann <ann@example.org>\nDate: Tue, 02 Jan 2024 10:00:00 +0100\nMIME-Version: 1.0\n"

// A mark is taken away in every encoding that can hold one, wherever the line
// stands; lines of the header and what base64 encodes stay as they are.
func TestUnquotedParts(t *testing.T) {
	nested := quotedHead + "\nFrom me\n>From you\n"
	for why, message := range map[string]string{
		"first line of the body, and the last": quotedHead + "\nFrom x\ntext\n>From y\n>>>From z\n",
		"line of the header":                   "From: a@example.org\n>From a Tue Jan  2 10:00:00 2024\nSubject: x\n\ntext\nFrom y\n",
		"8bit":                                 quotedHead + "Content-Transfer-Encoding: 8bit\n\nFrom \xc3\xa4\n",
		"binary":                               quotedHead + "Content-Type: application/octet-stream\nContent-Transfer-Encoding: binary\n\nFrom \x00\n",
		"unknown":                              quotedHead + "Content-Transfer-Encoding: x-none\n\nFrom x\n",
		"quoted-printable":                     quotedHead + "Content-Transfer-Encoding: quoted-printable\n\nFrom =\nFrom x=20\n>From=20 y \nFrom =3D\n",
		"quoted-printable with bare CR":        quotedHead + "Content-Type: multipart/mixed; boundary=b\n\nFrom x\n--b\nContent-Transfer-Encoding: quoted-printable\n\na =\rb \rFrom c\rd\n--b--\n",
		"nested":                               quotedHead + "Content-Type: message/rfc822\n\n" + nested,
		"nested, with a From_ line on top":     quotedHead + "Content-Type: message/rfc822\n\nFrom a Tue Jan  2 10:00:00 2024\n" + nested,
		"nested in quoted-printable":           quotedHead + "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n" + strings.ReplaceAll(nested, ": ", ":=20"),
		"nested in base64":                     quotedHead + "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(nested)) + "\nFrom x\n",
		"uuencoded beside text":                quotedHead + "\nFrom x\nbegin 644 a.txt\n#0V%T\n`\nend\nFrom y\n",
	} {
		t.Run(why, func(t *testing.T) {
			checkUnquoted(t, message)
			if !strings.Contains(message, "\r") {
				checkUnquoted(t, strings.ReplaceAll(message, "\n", "\r\n"))
			}
		})
	}
}

// quotedLines are lines of which some get a mark.
var quotedLines = []string{"From x", ">From y", ">>From z", "> From", "From", "text", "", "more of the text, and more", " From x", ">>>>"}

func randomText(rnd *rand.Rand, end string) string {
	var b strings.Builder
	for range rnd.IntN(12) {
		b.WriteString(quotedLines[rnd.IntN(len(quotedLines))] + end)
		if rnd.IntN(40) == 0 {
			b.WriteString(strings.Repeat(strings.Repeat("long ", 14)+end, rnd.IntN(5000)))
		}
	}
	return b.String()
}

// randomPart is a part in one of the encodings, or a message inside one.
func randomPart(rnd *rand.Rand, depth int, end string) string {
	text := randomText(rnd, end)
	switch rnd.IntN(8) {
	case 0:
		return "Content-Transfer-Encoding: 7bit" + end + end + text
	case 1:
		return "Content-Transfer-Encoding: 8bit" + end + end + "\xc3\xa4" + end + text
	case 2:
		var b bytes.Buffer
		w := quotedprintable.NewWriter(&b)
		_, _ = w.Write([]byte(text)) // neither fails on a buffer
		_ = w.Close()
		return "Content-Transfer-Encoding: quoted-printable" + end + end + strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\n", end)
	case 3:
		return "Content-Type: application/pdf" + end + "Content-Transfer-Encoding: base64" + end + end + base64.StdEncoding.EncodeToString([]byte(text)) + end
	case 4:
		return "Content-Type: text/html" + end + "Content-Transfer-Encoding: x-other" + end + end + text
	case 5:
		return "Content-Type: message/rfc822" + end + end + randomMessage(rnd, depth+1, end)
	case 6:
		return "Content-Type: message/rfc822" + end + "Content-Transfer-Encoding: base64" + end + end + base64.StdEncoding.EncodeToString([]byte(randomMessage(rnd, depth+1, end))) + end
	}
	return end + text
}

func randomMessage(rnd *rand.Rand, depth int, end string) string {
	head := strings.ReplaceAll(quotedHead, "\n", end)
	if depth > 2 || rnd.IntN(4) == 0 {
		return head + end + randomText(rnd, end)
	}
	b := fmt.Sprint("b", depth, rnd.IntN(1000))
	out := head + "Content-Type: multipart/mixed; boundary=" + b + end + end + randomText(rnd, end)
	for range 1 + rnd.IntN(4) {
		out += "--" + b + end + randomPart(rnd, depth, end) + end
	}
	return out + "--" + b + "--" + end + randomText(rnd, end)
}

// Whatever a message is made of, a mailbox gives back all that was in it.
func TestUnquotedProperty(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		for _, end := range []string{"\n", "\r\n"} {
			checkUnquoted(t, randomMessage(rnd, 0, end))
		}
	}
}

// Marks count from an offset on, over the edges of chunks; without one there
// is no digest.
func TestHashUnquoted(t *testing.T) {
	for _, before := range []int{0, 1, 63, 64, 65, chunk - 3, chunk, chunk + 5} {
		for _, between := range []int{0, 100, chunk - 2, chunk - 1, chunk, chunk + 1, 2*chunk + 9} {
			head := strings.Repeat("a", before) + "\n"
			tail := strings.Repeat("c", between) + "\n"
			raw := []byte(head + ">From b" + tail + ">>From d\n>From e")
			want := sha256.Sum256([]byte(head + "From b" + tail + ">From d\nFrom e"))
			d := testDigester()
			src := &source{raw: raw, t: t}
			if got := hashUnquoted(src, d, len(head)); string(got) != hexOf(want[:]) {
				t.Errorf("%d bytes before, %d between: %s, want %x", before, between, got, want)
			}
			src.released = 0
			if got := hashUnquoted(src, d, len(raw)); got != "" {
				t.Errorf("%d bytes before, %d between, no mark: %s", before, between, got)
			}
		}
	}
}

// BenchmarkReadParts is what parsing, decoding and digesting of one ordinary
// message cost together, with few digests, as a scan takes them.
func BenchmarkReadParts(b *testing.B) {
	raw := []byte(quotedHead + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n" +
		"--c\nContent-Transfer-Encoding: quoted-printable\n\n" + strings.Repeat("some text =C3=BC of a letter that is cut so=\nftly\n", 60) +
		"--c\nContent-Type: text/html\n\n<html>" + strings.Repeat("<p>some text of a letter</p>\n", 100) + "\n--c--\n" +
		"--b\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n" + strings.Repeat(strings.Repeat("iVBO", 19)+"\n", 60) + "\n--b--\n")
	opt := &Options{Digests: DigestsMinimal}
	a := &analysis{ctx: context.Background(), opt: opt, digest: testDigester()}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		f := &facts{msg: mimeparse.Parse(raw, &opt.Parse), report: &Report{}}
		a.identify(f.msg, &f.report.Evidence)
		a.readParts(f)
	}
}

// The second reader must be given what the message was: a mark of the mailbox
// is no difference between two readers.
func TestSecondReaderOfQuoted(t *testing.T) {
	box := "From a@example.org Tue Jan  2 10:00:00 2024\nFrom: a@example.org\n\n>From here on\n\n"
	file, err := evidence.Read("box.mbox", strings.NewReader(box), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for r, err := range AnalyzeAll(context.Background(), file, &Options{SecondReader: true}) {
		if err != nil || r.SecondReading == nil || len(r.SecondReading.Missed)+len(r.SecondReading.Other) > 0 {
			t.Errorf("%v: %+v", err, r.SecondReading)
		}
	}
}
