package render

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/emlcheck/emlcheck/forensic"
)

// jsonStream prints one document, or an array when there are several. Only the
// first one is held back, until the second one comes.
type jsonStream struct {
	w      io.Writer
	escape bool
	first  any
	count  int
}

func newJSONStream(w io.Writer, o Options) stream { return &jsonStream{w: w, escape: o.Escape} }

func (s *jsonStream) item(doc func() any, _ func(*textPrinter)) error {
	s.count++
	switch s.count {
	case 1:
		s.first = doc()
		return nil
	case 2:
		if err := s.write("[\n  ", s.first, "  "); err != nil {
			return err
		}
		s.first = nil
	}
	return s.write(",\n  ", doc(), "  ")
}

func (s *jsonStream) close() error {
	switch {
	case s.count == 0:
		return nil // nothing was read, so there is nothing to say
	case s.count == 1:
		if err := s.write("", s.first, ""); err != nil {
			return err
		}
		_, err := io.WriteString(s.w, "\n")
		return err
	}
	_, err := io.WriteString(s.w, "\n]\n")
	return err
}

// write prints before and then the value, without a line break behind it.
func (s *jsonStream) write(before string, v any, prefix string) error {
	var b bytes.Buffer
	b.WriteString(before)
	if err := encode(&b, v, prefix, "  "); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1)
	_, err := s.w.Write(visibleJSON(b.Bytes(), s.escape))
	return err
}

// jsonlStream prints one document a line (JSON Lines).
type jsonlStream struct {
	w      io.Writer
	escape bool
	buf    []byte
}

func newJSONLStream(w io.Writer, o Options) stream { return &jsonlStream{w: w, escape: o.Escape} }

func (s *jsonlStream) item(doc func() any, _ func(*textPrinter)) error {
	v := doc()
	if r, ok := v.(*forensic.Report); ok {
		s.buf = appendJSONL(s.buf[:0], r, s.escape)
	} else {
		var b bytes.Buffer
		if err := encode(&b, v, "", ""); err != nil {
			return err
		}
		s.buf = append(s.buf[:0], visibleJSON(b.Bytes(), s.escape)...)
	}
	_, err := s.w.Write(s.buf)
	return err
}

func (s *jsonlStream) close() error { return nil }

// encode writes v and a line break. HTML escapes are left out: they would make
// every address unreadable. Reports have a faster way to JSON.
func encode(b *bytes.Buffer, v any, prefix, indent string) error {
	if r, ok := v.(*forensic.Report); ok {
		return json.Indent(b, appendJSONL(nil, r, false), prefix, indent)
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, indent)
	return enc.Encode(v)
}

// appendJSONL appends a report as one line of JSON. escape is that of
// [Options].
func appendJSONL(b []byte, r *forensic.Report, escape bool) []byte {
	start := len(b)
	b = r.AppendJSON(b)
	b = append(b[:start], visibleJSON(b[start:], escape)...)
	return append(b, '\n')
}
