package report

import (
	"encoding/json"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
)

// Stated is text that the evidence may or may not state. "" means that it
// does not, and marshals as null: absence is never an empty value. Bytes that
// are not UTF-8 marshal as those of [Raw] do. cmp.Or(s, "not stated") gives an
// absent one a word.
type Stated string

// MarshalJSON writes null for the empty string.
func (s Stated) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return marshalString(rawtext.Visible(string(s)))
}

// UnmarshalJSON reads a string or null.
func (s *Stated) UnmarshalJSON(b []byte) error { return unmarshalString(b, (*string)(s)) }

// Raw is text exactly as it stands in the evidence. JSON cannot hold bytes
// that are not UTF-8: each such byte is written as \xNN, so that it stays
// visible; the span beside the text leads to the byte itself.
type Raw string

// MarshalJSON writes the text with bytes that are not UTF-8 made visible.
func (r Raw) MarshalJSON() ([]byte, error) { return marshalString(rawtext.Visible(string(r))) }

// UnmarshalJSON reads a string.
func (r *Raw) UnmarshalJSON(b []byte) error { return unmarshalString(b, (*string)(r)) }

// marshalString is json.Marshal without the HTML escapes, which would make
// addresses unreadable.
func marshalString(s string) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

func unmarshalString(b []byte, s *string) error {
	*s = ""
	if string(b) == "null" {
		return nil
	}
	return json.Unmarshal(b, s)
}
