package rawtext

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestVisible: valid text is untouched and not copied, and no input gives
// invalid text.
func TestVisible(t *testing.T) {
	text := strings.Repeat("é€😀", 10)
	if n := testing.AllocsPerRun(10, func() { Visible(text) }); n != 0 {
		t.Errorf("%v allocations for valid text", n)
	}
	for i := range 256 {
		for _, s := range []string{string([]byte{byte(i)}), string([]byte{'a', byte(i), 0xE2, byte(i), 'b'})} {
			got := Visible(s)
			if !utf8.ValidString(got) || utf8.ValidString(s) && got != s {
				t.Errorf("%q became %q", s, got)
			}
		}
	}
}
