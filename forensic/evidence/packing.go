package evidence

import (
	"bytes"
	bunzip2 "compress/bzip2"
	gunzip "compress/gzip"
	"io"
	"slices"

	unzstd "github.com/klauspost/compress/zstd"
)

// packing is a way in which files are put together or compressed.
type packing string

const (
	zipped packing = "zip"
	tarred packing = "tar"
	gzip   packing = "gzip"
	bzip2  packing = "bzip2"
	zstd   packing = "zstd"
)

// packings are the ways that are recognised. Of 4 bytes at least, that is: the shortest mark.
var packings = [...]struct {
	name packing
	is   func(head []byte) bool
	// open decompresses a single file; nil for an archive, which is walked, and for what this version
	// cannot look into. name is that of the file when the stream states one.
	open func(io.Reader) (r io.Reader, name string, err error)
}{
	{zipped, beginsWith("PK\x03\x04", "PK\x05\x06"), nil},
	{gzip, beginsWith("\x1F\x8B\x08"), openGzip},
	{bzip2, isBzip2, openBzip2},
	{zstd, isZstd, openZstd},
	{"xz", beginsWith("\xFD7zXZ\x00"), nil},
	{"7z", beginsWith("7z\xBC\xAF\x27\x1C"), nil},
	{"rar", beginsWith("Rar!\x1A\x07"), nil},
	{tarred, isTarHeader, nil},
}

// packingOf recognises something packed by its first bytes; "" for what is not.
func packingOf(head []byte) packing {
	if len(head) < 4 {
		return ""
	}
	for i := range packings {
		if packings[i].is(head) {
			return packings[i].name
		}
	}
	return ""
}

// compresses reports whether one file is compressed so.
func (p packing) compresses() bool {
	for i := range packings {
		if packings[i].name == p {
			return packings[i].open != nil
		}
	}
	return false
}

// unpacked reports whether this version can look inside.
func (p packing) unpacked() bool { return p == zipped || p == tarred || p.compresses() }

// decompress opens a compressed stream. name is that of the file in it when
// the stream states one.
func decompress(kind packing, in io.Reader) (r io.Reader, name string, err error) {
	for i := range packings {
		if packings[i].name == kind {
			return packings[i].open(in)
		}
	}
	return nil, "", damaged(io.ErrUnexpectedEOF) // not reached: the caller asks compresses
}

func beginsWith(marks ...string) func([]byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return bytes.HasPrefix(head, []byte(m)) })
	}
}

func isBzip2(head []byte) bool {
	return bytes.HasPrefix(head, []byte("BZh")) && head[3] >= '1' && head[3] <= '9'
}

// isZstd: RFC 8878 3.1.1; 3.1.2, a skippable frame in front.
func isZstd(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\x28\xB5\x2F\xFD")) || head[0]&0xF0 == 0x50 && bytes.HasPrefix(head[1:], []byte("\x2A\x4D\x18"))
}

// openGzip also gives the name that the stream states (RFC 1952 2.3.1, FNAME).
func openGzip(in io.Reader) (io.Reader, string, error) {
	z, err := gunzip.NewReader(in)
	if err != nil {
		return nil, "", damaged(err)
	}
	return z, z.Name, nil
}

func openBzip2(in io.Reader) (io.Reader, string, error) { return bunzip2.NewReader(in), "", nil }

// maxWindow is how far back a zstd stream may refer, all of which is held: as
// much as "zstd --long" asks for.
const maxWindow = 128 << 20

func openZstd(in io.Reader) (io.Reader, string, error) {
	z, err := unzstd.NewReader(in, unzstd.WithDecoderConcurrency(1), unzstd.WithDecoderMaxWindow(maxWindow), unzstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, "", damaged(err)
	}
	return z, "", nil
}

// hint says what to do about something packed that was found.
func (p packing) hint() string {
	if p.unpacked() {
		return "name the file itself to look into it"
	}
	return "unpack it first"
}

// isTarHeader reports whether a tar begins: with a block whose sum is stated
// in it (POSIX.1-1988, ustar; tars before that have no other mark). No text
// passes for one, whatever is written in it, as the fields end in zero bytes.
func isTarHeader(b []byte) bool {
	if len(b) < 263 || b[0] == 0 || bytes.IndexByte(b[:257], 0) < 0 {
		return false
	}
	if len(b) < tarBlock { // cut in its first block
		return bytes.HasPrefix(b[257:], []byte("ustar"))
	}
	b = b[:tarBlock]
	field := bytes.Trim(b[148:156], " \x00")
	if len(field) == 0 || len(field) > 7 {
		return false
	}
	want := 0
	for _, c := range field {
		if c < '0' || c > '7' {
			return false
		}
		want = want<<3 | int(c-'0')
	}
	unsigned, signed := 0, 0 // some tars add the bytes with a sign
	for i, c := range b {
		if i >= 148 && i < 156 {
			c = ' '
		}
		unsigned += int(c)
		signed += int(int8(c))
	}
	return want == unsigned || want == signed
}
