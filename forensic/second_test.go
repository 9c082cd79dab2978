package forensic

import (
	"context"
	"strings"
	"testing"
)

// TestSecondReader: the other parser is asked on request only; where it finds
// the same parts there is no finding, and where it gives up the finding says
// which parts its users do not see.
func TestSecondReader(t *testing.T) {
	plain := mixed("Content-Type: text/plain\n\nhello", "Content-Type: text/plain; name=a.txt\nContent-Transfer-Encoding: base64\n\naGVsbG8=")
	broken := strings.Replace(plain, "Subject:", "CAUTION outside mail\nSubject:", 1)
	for _, c := range []struct {
		raw    string
		ask    bool
		missed string
	}{
		{plain, true, ""},
		{broken, true, "1.1 1.2"},
		{broken, false, ""},
	} {
		r, err := Analyze(context.Background(), strings.NewReader(c.raw), &Options{SecondReader: c.ask})
		if err != nil {
			t.Fatal(err)
		}
		if (r.SecondReading != nil) != c.ask {
			t.Fatalf("asked %t, reading %+v", c.ask, r.SecondReading)
		}
		found := findingsOf(r, "mime.second-reader")
		if len(found) > 0 != (c.missed != "") {
			t.Errorf("findings %+v", found)
		}
		if c.ask && strings.Join(r.SecondReading.Missed, " ") != c.missed {
			t.Errorf("missed %q, want %q", r.SecondReading.Missed, c.missed)
		}
	}
}
