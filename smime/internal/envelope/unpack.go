package envelope

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"

	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

const oidZlib = "1.2.840.113549.1.9.16.3.8" // RFC 3274 1.2

// Unpack is the content of a compressed object, of limit bytes at most.
func Unpack(c *cms.CompressedData, limit int) ([]byte, error) {
	if c.Algorithm.OID != oidZlib {
		return nil, fmt.Errorf("%w: compression %s", ErrUnsupported, c.Algorithm.OID)
	}
	r, err := zlib.NewReader(bytes.NewReader(c.Content.Bytes()))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDecrypt, err)
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	switch {
	case len(out) > limit:
		return out[:limit], ErrLimit
	case err != nil && !errors.Is(err, io.EOF):
		return out, fmt.Errorf("%w: %w", ErrDecrypt, err)
	}
	return out, nil
}
