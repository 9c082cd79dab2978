package forensic

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"sync"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// digester computes the digests of one stretch of bytes. It is reused from
// one stretch to the next, and from one message to the next.
type digester struct {
	sha256, sha1, md5 hash.Hash
	legacy            bool // SHA-1 and MD5 are taken too
	size              int64

	leaf leafReader
	// Where a sum and its digits are written.
	raw   [sha256.Size]byte
	hex   [2 * sha256.Size]byte
	lines []byte // lines of which hashCRLF has changed the ends
}

// digesters are those that no analysis uses at the moment.
var digesters = sync.Pool{New: func() any {
	// SHA-1 and MD5 identify bytes in older records; nothing rests on them.
	d := &digester{sha256: sha256.New(), sha1: sha1.New(), md5: md5.New()}
	d.leaf.sink = d.take
	return d
}}

// reset begins a new stretch.
func (d *digester) reset(legacy bool) {
	d.size, d.legacy = 0, legacy
	d.sha256.Reset()
	if legacy {
		d.sha1.Reset()
		d.md5.Reset()
	}
}

func (d *digester) write(b []byte) {
	d.size += int64(len(b))
	d.sha256.Write(b)
	if d.legacy {
		d.sha1.Write(b)
		d.md5.Write(b)
	}
}

// digests are hexadecimal; the legacy ones are "" when not asked for.
type digests struct {
	size      int64
	sha256    string
	sha1, md5 report.Stated
}

func (d *digester) sum() digests {
	out := digests{size: d.size, sha256: d.digits(d.sha256)}
	if d.legacy {
		out.sha1, out.md5 = report.Stated(d.digits(d.sha1)), report.Stated(d.digits(d.md5))
	}
	return out
}

func (d *digester) digits(h hash.Hash) string {
	sum := h.Sum(d.raw[:0])
	return string(d.hex[:hex.Encode(d.hex[:], sum)])
}

func sumHex(h hash.Hash) string {
	var buf [sha256.Size]byte
	return hex.EncodeToString(h.Sum(buf[:0]))
}

// chunk is how much of a message is hashed in one go: it stays in the cache
// while each digest passes over it.
const chunk = 256 << 10

// breaks counts the line breaks of a message by kind.
type breaks struct {
	crlf, lf, cr int
	afterCR      bool
}

func (c *breaks) add(b []byte) {
	if len(b) == 0 {
		return
	}
	nLF, nCR := bytes.Count(b, []byte{'\n'}), bytes.Count(b, []byte{'\r'})
	nCRLF := 0
	if nCR > 0 && nLF > 0 {
		nCRLF = bytes.Count(b, []byte("\r\n"))
	}
	if c.afterCR && b[0] == '\n' { // the pair was cut by the chunk
		nCRLF++
		c.cr--
		nCR++
	}
	c.crlf += nCRLF
	c.lf += nLF - nCRLF
	c.cr += nCR - nCRLF
	c.afterCR = b[len(b)-1] == '\r'
}

// word names the line endings as the schema does.
func (c *breaks) word() string {
	kinds, word := 0, "none"
	for _, k := range []struct {
		n    int
		word string
	}{{c.crlf, "crlf"}, {c.lf, "lf"}, {c.cr, "cr"}} {
		if k.n > 0 {
			kinds++
			word = k.word
		}
	}
	if kinds > 1 {
		return "mixed"
	}
	return word
}

// hashMessage digests the stored bytes and counts their line breaks.
func hashMessage(src mimeparse.Source, d *digester) (digests, breaks) {
	var count breaks
	raw := src.Bytes()
	for pos := 0; pos < len(raw); {
		end := min(len(raw), pos+chunk)
		d.write(raw[pos:end])
		count.add(raw[pos:end])
		src.Release(end)
		pos = end
	}
	return d.sum(), count
}

// hashUnquoted is the SHA-256 of a message from an mbox as it was before the
// lines from the offset on were quoted; "" when none of them was.
func hashUnquoted(src mimeparse.Source, d *digester, from int) report.Stated {
	raw := src.Bytes()
	d.reset(false)
	d.write(raw[:from])
	for at, end := range fromquote.Stretches(raw, from, len(raw)) {
		d.write(raw[at:end])
		src.Release(end)
	}
	if d.size == int64(len(raw)) {
		return ""
	}
	return report.Stated(d.digits(d.sha256))
}

// hashCRLF is the SHA-256 of the message with each LF, CR and CRLF turned into
// CRLF, the only line break RFC 5322 2.1 knows.
func hashCRLF(src mimeparse.Source, d *digester) string {
	if d.lines == nil {
		d.lines = make([]byte, 0, 64<<10) // few digesters ever need it
	}
	d.reset(false)
	h, buf, raw := d.sha256, d.lines, src.Bytes()
	find := breakFinder{lf: -1, cr: -1}
	for pos := 0; pos < len(raw); {
		line := raw[pos:find.next(raw, pos)]
		if len(buf)+len(line)+2 > cap(buf) {
			h.Write(buf)
			buf = buf[:0]
			src.Release(pos)
		}
		if len(line)+2 > cap(buf) {
			h.Write(line)
		} else {
			buf = append(buf, line...)
		}
		pos += len(line)
		if n := breakLen(raw[pos:]); n > 0 {
			buf = append(buf, '\r', '\n')
			pos += n
		}
	}
	h.Write(buf)
	src.Release(len(raw))
	return d.digits(h)
}

// breakFinder finds the next CR or LF. It remembers how far it has looked for
// each: looking again from every line would be quadratic in a text with many
// of the one and none of the other.
type breakFinder struct{ lf, cr int }

// next is the offset of the first CR or LF from pos on. Where the next chunk
// bytes hold none it may be less: the offset up to which there is none.
func (f *breakFinder) next(raw []byte, pos int) int {
	f.lf = seek(raw, pos, f.lf, '\n')
	f.cr = seek(raw, pos, f.cr, '\r')
	return min(f.lf, f.cr)
}

// seek keeps what is known of the next c and looks no further than a chunk.
func seek(raw []byte, pos, known int, c byte) int {
	if known > pos || known == pos && raw[known] == c {
		return known
	}
	end := min(len(raw), pos+chunk)
	if i := bytes.IndexByte(raw[pos:end], c); i >= 0 {
		return pos + i
	}
	return end
}

// breakLen is the length of the line break at the head of b; 0 without one.
func breakLen(b []byte) int {
	switch {
	case len(b) > 1 && b[0] == '\r' && b[1] == '\n':
		return 2
	case len(b) > 0 && (b[0] == '\r' || b[0] == '\n'):
		return 1
	}
	return 0
}
