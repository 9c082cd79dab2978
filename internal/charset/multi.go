package charset

import (
	"bytes"
	"errors"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/transform"
)

// multiByte returns the encoding of a charset with characters of several
// bytes; nil for another name.
func multiByte(name string) encoding.Encoding {
	switch name {
	case "gbk", "gb18030":
		// GB 18030 contains GBK, and mail labelled gb2312 or gbk uses it.
		return simplifiedchinese.GB18030
	case "hz-gb-2312":
		return simplifiedchinese.HZGB2312
	case "big5":
		return traditionalchinese.Big5
	case "shift_jis":
		return japanese.ShiftJIS
	case "euc-jp":
		return japanese.EUCJP
	case "iso-2022-jp":
		return japanese.ISO2022JP
	case "euc-kr":
		return korean.EUCKR
	}
	return nil
}

var (
	replacement = []byte("\uFFFD")
	// gbReplacement is U+FFFD itself in GB 18030: no bad byte.
	gbReplacement = []byte{0x84, 0x31, 0xA4, 0x37}
)

// decodeMulti runs a table decoder over b. The decoders write U+FFFD for what
// they cannot read, and do not say where that stood.
func decodeMulti(e encoding.Encoding, b []byte, gb bool) (text string, badAt int) {
	out := make([]byte, 0, len(b)+len(b)/2+16)
	dec := e.NewDecoder().Transformer
	for src := b; ; {
		nDst, nSrc, err := dec.Transform(out[len(out):cap(out)], src, true)
		out, src = out[:len(out)+nDst], src[nSrc:]
		if !errors.Is(err, transform.ErrShortDst) {
			break
		}
		out = append(make([]byte, 0, 2*cap(out)), out...)
	}
	return string(out), findBad(dec, b, out, gb)
}

// findBad is the offset of the first bytes in b for which the decoder wrote
// U+FFFD into out, -1 without. It decodes once more with a buffer that ends
// exactly before each U+FFFD: so far the source was read then.
func findBad(dec transform.Transformer, b, out []byte, gb bool) int {
	if !bytes.Contains(out, replacement) {
		return -1
	}
	dec.Reset()
	scratch := make([]byte, len(out))
	done, read := 0, 0 // in out and in b
	for {
		i := bytes.Index(out[done:], replacement)
		if i < 0 {
			return -1
		}
		_, n, _ := dec.Transform(scratch[:i], b[read:], true)
		if read += n; !gb || !bytes.HasPrefix(b[read:], gbReplacement) {
			return read
		}
		_, n, _ = dec.Transform(scratch[:len(replacement)], b[read:], true)
		done, read = done+i+len(replacement), read+n
	}
}
