package report

import (
	"encoding/json"
	"testing"
)

// TestStatedJSON: what is not stated is null, never "", and comes back as it
// was; HTML characters stay readable.
func TestStatedJSON(t *testing.T) {
	for s, want := range map[Stated]string{
		"":              "null",
		"a":             `"a"`,
		"<a@b.example>": `"<a@b.example>"`,
		"é\x00\"":       `"é\u0000\""`,
	} {
		b, err := json.Marshal(struct{ V Stated }{s})
		if err != nil {
			t.Fatal(err)
		}
		// The encoder above escapes HTML again; the text must survive either way.
		var back struct{ V Stated }
		if err := json.Unmarshal(b, &back); err != nil || back.V != s {
			t.Errorf("%q came back as %q, %v", s, back.V, err)
		}
		if own, err := s.MarshalJSON(); err != nil || string(own) != want {
			t.Errorf("%q is %s, want %s, %v", s, own, want, err)
		}
	}
}

// TestStatedFromJSON: null empties what was there; a number is an error.
func TestStatedFromJSON(t *testing.T) {
	s, r := Stated("old"), Raw("old")
	if err := json.Unmarshal([]byte("null"), &s); err != nil || s != "" {
		t.Errorf("Stated from null is %q, %v", s, err)
	}
	if err := json.Unmarshal([]byte(`"x"`), &r); err != nil || r != "x" {
		t.Errorf("Raw is %q, %v", r, err)
	}
	if err := s.UnmarshalJSON([]byte("1")); err == nil {
		t.Error("a number was taken for text")
	}
}

// TestRawJSON: bytes that are not UTF-8 stay visible instead of becoming the
// replacement character, which would hide which bytes they were.
func TestRawJSON(t *testing.T) {
	for r, want := range map[Raw]string{
		"":             `""`,
		"caf\xe9":      `"caf\\xE9"`,
		"\xff\xfe":     `"\\xFF\\xFE"`,
		"é <a>":        `"é <a>"`,
		"cut \xe2\x82": `"cut \\xE2\\x82"`,
		"\uFFFD":       "\"\uFFFD\"",
	} {
		if got, err := r.MarshalJSON(); err != nil || string(got) != want {
			t.Errorf("%q is %s, want %s, %v", r, got, want, err)
		}
	}
}

// TestStatedShowsBytes: an address with bytes that are not UTF-8 is not shown
// with replacement characters, which would make different ones look alike.
func TestStatedShowsBytes(t *testing.T) {
	if got, err := Stated("caf\xe9@a.example").MarshalJSON(); err != nil || string(got) != `"caf\\xE9@a.example"` {
		t.Errorf("got %s, %v", got, err)
	}
}
