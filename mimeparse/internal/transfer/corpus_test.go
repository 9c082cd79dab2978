package transfer

import (
	"bytes"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// Whole real messages, read as if they were one encoded body: no generator
// writes such a mixture of text, base64, footers and line ends. The fast
// decoders must agree with the slow ones.
func TestRealMessages(t *testing.T) {
	for _, path := range corpus.Files(t, "eml", "bounce", "phishing") {
		raw := corpus.Read(t, path)
		if len(raw) > 32<<10 {
			raw = raw[:32<<10] // the slow decoders are very slow
		}
		out, _ := all(t, Base64, raw, whole(raw), Options{})
		if want, _ := slowBase64(raw); !bytes.Equal(out, want) {
			t.Errorf("%s: base64 gives %d bytes, want %d", path, len(out), len(want))
		}
		out, _ = all(t, QuotedPrintable, raw, whole(raw), Options{})
		if want := slowQuotedPrintable(raw); bytes.IndexByte(raw, '\n') >= 0 && !bytes.Equal(out, want) {
			t.Errorf("%s: quoted-printable gives %d bytes, want %d", path, len(out), len(want))
		}
		for _, b := range FindUU(raw, whole(raw), 100) {
			if res, err := Decode(UUEncode, raw, b.Span, Options{}, func([]byte, int) error { return nil }); err != nil || b.Complete && res.Size == 0 && b.Data.Len() > 2 {
				t.Errorf("%s: block %q at %v: %v %v", path, b.Name, b.Span, res, err)
			}
		}
	}
}
