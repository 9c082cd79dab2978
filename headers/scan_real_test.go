package headers

import (
	"bytes"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// Real messages without any defect must read as the standard library reads
// them: the same values for each name in the same order, and the same body.
// (It knows neither order between names nor offsets.)
func TestScanAgainstNetMail(t *testing.T) {
	compared := 0
	for _, path := range corpus.Files(t, "eml", "phishing", "bounce") {
		raw := corpus.Read(t, path)
		b := scanCheck(t, raw)
		if len(b.Defects) > 0 || len(b.Fields) == 0 || bytes.IndexByte(raw[:b.Body()], '\r') >= 0 && !bytes.Contains(raw, []byte("\r\n")) {
			continue
		}
		std, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			continue // it refuses some names that RFC 5322 allows
		}
		compared++
		got := map[string][]string{}
		for _, f := range b.Fields {
			name := textproto.CanonicalMIMEHeaderKey(f.Name)
			got[name] = append(got[name], scanFlat(string(f.Raw())))
		}
		for name, values := range std.Header {
			for i := range values {
				values[i] = scanFlat(values[i])
			}
			if !slices.Equal(got[name], values) {
				t.Errorf("%s: %s\n got %q\nwant %q", path, name, got[name], values)
			}
		}
		if len(got) != len(std.Header) {
			t.Errorf("%s: %d names, want %d", path, len(got), len(std.Header))
		}
	}
	if compared < 500 {
		t.Errorf("only %d messages compared", compared)
	}
}

// scanFlat gives every run of white space as one blank: the standard library
// unfolds so.
func scanFlat(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && dateIsBlank(byte(r)) }), " ")
}

// Every file, mail or not, tiles and reads the same in each style of line
// break: a saved file that passed through a Windows program is the same mail.
func TestScanRealStyles(t *testing.T) {
	for _, path := range corpus.Files(t, "eml", "bounce") {
		raw := corpus.Read(t, path)
		raw = bytes.ReplaceAll(raw[:min(len(raw), crLook/2)], []byte("\r\n"), []byte("\n"))
		if bytes.IndexByte(raw, '\r') < 0 && bytes.IndexByte(raw, '\n') >= 0 {
			b := scanCheck(t, raw)
			scanRestyled(t, raw, b, "\r\n")
			scanRestyled(t, raw, b, "\r")
		}
	}
}
