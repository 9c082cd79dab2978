package transfer

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// breaks are the forms in which one mail is stored; every span must hold in
// all of them.
var breaks = []string{"\n", "\r\n", "\r"}

// marked cuts the markers ⟦ and ⟧ out of a text and returns the spans that
// they mark, in order, so that a test shows where a defect stands.
func marked(text string) (raw []byte, spans []headers.Span) {
	for {
		open := strings.Index(text, "⟦")
		shut := strings.Index(text, "⟧")
		if open < 0 {
			return append(raw, text...), spans
		}
		raw = append(raw, text[:open]...)
		start := len(raw)
		raw = append(raw, text[open+len("⟦"):shut]...)
		spans = append(spans, headers.Span{Start: start, End: len(raw)})
		text = text[shut+len("⟧"):]
	}
}

// all decodes everything and checks what holds for every decode: pieces of a
// bounded size, progress that only grows, and a size that is the truth.
func all(t testing.TB, kind Kind, raw []byte, at headers.Span, opt Options) ([]byte, Result) {
	t.Helper()
	var out []byte
	last := at.Start
	res, err := Decode(kind, raw, at, opt, func(piece []byte, upTo int) error {
		if len(piece) > plainPiece || upTo < last || upTo > at.End {
			t.Errorf("piece of %d bytes, progress %d after %d", len(piece), upTo, last)
		}
		last = upTo
		out = append(out, piece...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if res.Size != int64(len(out)) {
		t.Errorf("size %d, but %d bytes", res.Size, len(out))
	}
	checkDefects(t, res.Defects, at)
	return out, res
}

func checkDefects(t testing.TB, list []headers.Defect, at headers.Span) {
	t.Helper()
	if len(list) > maxDefects {
		t.Errorf("%d defects", len(list))
	}
	last := at.Start
	for _, d := range list {
		if !at.Contains(d.Span) || d.Span.End < d.Span.Start || d.Span.Start < last {
			t.Errorf("%s stands at %v of %v, after %d", d.Code, d.Span, at, last)
		}
		last = d.Span.Start
		if d.Code == "" || d.Detail == "" {
			t.Errorf("defect says nothing: %+v", d)
		}
	}
}

func whole(raw []byte) headers.Span { return headers.Span{Start: 0, End: len(raw)} }

func codes(list []headers.Defect) (c []string) {
	for _, d := range list {
		c = append(c, d.Code)
	}
	return c
}

// decodeCase is a body with marked defects, and what it holds.
type decodeCase struct {
	name, in, want string
	codes          string // of the marked defects, in order, between blanks
}

// runCases decodes each case in each form of line break, at an offset that
// is not zero. In the wanted content a line break is "\n" too.
func runCases(t *testing.T, kind Kind, cases []decodeCase) {
	for _, c := range cases {
		for _, br := range breaks {
			text := strings.ReplaceAll(c.in, "\n", br)
			body, spans := marked(text)
			const before, behind = "Header: x", "=behind*"
			raw := []byte(before + string(body) + behind)
			at := headers.Span{Start: len(before), End: len(before) + len(body)}
			out, res := all(t, kind, raw, at, Options{})
			if want := strings.ReplaceAll(c.want, "\n", br); string(out) != want {
				t.Errorf("%s %q: got %q, want %q", c.name, br, out, want)
			}
			var got []headers.Span
			for _, d := range res.Defects {
				got = append(got, d.Span.Shift(-at.Start))
			}
			if !slices.Equal(codes(res.Defects), strings.Fields(c.codes)) || !slices.Equal(got, spans) {
				t.Errorf("%s %q: defects %v, want %s at %v", c.name, br, res.Defects, c.codes, spans)
			}
			checkStrict(t, kind, raw, at, out, res)
		}
	}
}

// checkStrict: a strict decode is the beginning of a tolerant one and tells
// its first defect, and no other.
func checkStrict(t testing.TB, kind Kind, raw []byte, at headers.Span, out []byte, res Result) {
	t.Helper()
	strict, sres := all(t, kind, raw, at, Options{Strict: true})
	if !bytes.HasPrefix(out, strict) {
		t.Errorf("strict content %q does not begin %q", strict, out)
	}
	if len(res.Defects) == 0 && len(strict) != len(out) || len(sres.Defects) != min(1, len(res.Defects)) {
		t.Errorf("strict: %d bytes of %d, defects %v", len(strict), len(out), sres.Defects)
	}
}

// checkLimits: a limit gives the first bytes of the content, and an error of
// the sink comes back and ends the decode.
func checkLimits(t testing.TB, kind Kind, raw, out []byte) {
	t.Helper()
	if len(out) == 0 {
		return
	}
	half := len(out)/2 + 1
	cut, res := all(t, kind, raw, whole(raw), Options{MaxOutput: int64(half)})
	if !bytes.Equal(cut, out[:half]) || res.Truncated != (half < len(out)) {
		t.Errorf("limit %d of %d: %d bytes, truncated %v", half, len(out), len(cut), res.Truncated)
	}
	full := errors.New("full")
	calls := 0
	_, err := Decode(kind, raw, whole(raw), Options{}, func([]byte, int) error { calls++; return full })
	if err != full || calls != 1 {
		t.Errorf("error %v after %d calls", err, calls)
	}
}
