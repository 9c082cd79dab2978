package evidence

import (
	"bytes"
	"cmp"
	bunzip2 "compress/bzip2"
	gunzip "compress/gzip"
	"context"
	"io"

	unzstd "github.com/klauspost/compress/zstd"
)

// decompress opens a compressed stream. name is that of the file in it when
// the stream states one (RFC 1952 2.3.1, FNAME).
func decompress(kind packing, in io.Reader) (r io.Reader, name string, err error) {
	switch kind {
	case gzip:
		z, err := gunzip.NewReader(in)
		if err != nil {
			return nil, "", damaged(err)
		}
		return z, z.Name, nil
	case bzip2:
		return bunzip2.NewReader(in), "", nil
	}
	z, err := unzstd.NewReader(in, unzstd.WithDecoderConcurrency(1), unzstd.WithDecoderMaxWindow(maxWindow), unzstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, "", damaged(err)
	}
	return z, "", nil
}

// maxWindow is how far back a zstd stream may refer, all of which is held: as
// much as "zstd --long" asks for.
const maxWindow = 128 << 20

// lookInside looks at what was found in a folder or archive and whose name does
// not say that it is packed. A stream that was compressed alone, as Dovecot
// stores messages, is decompressed in place: packed is true then, and all is
// done. The error is ErrNotMail for what is no mail.
func (f *File) lookInside() (packed bool, err error) {
	kind := packingOf(f.head())
	switch {
	case kind.compresses() && f.Compression == "":
		return true, f.unpack(kind)
	case kind != "":
		err = notMail("it is packed (" + string(kind) + "): " + kind.hint())
	case !f.source.certain && holdsNoMail(f.name(), f.head()):
		err = notMail("it does not begin like a message or a mailbox")
	default:
		return false, nil
	}
	_ = f.release()
	return false, err
}

// unpack decompresses the file in place.
func (f *File) unpack(kind packing) error {
	var in io.Reader = bytes.NewReader(f.data)
	if f.rest != nil {
		in = io.MultiReader(in, f.rest)
	}
	r, _, err := decompress(kind, in)
	if err != nil {
		return err
	}
	f.data, f.rest, f.Size, f.Compression = nil, nil, -1, string(kind)
	_, err = f.read(f.meter().metered(r), -1)
	return err
}

// meter is that of the archive which the file stands in, or one of its own.
func (f *File) meter() *meter {
	if f.source.meter != nil {
		return f.source.meter
	}
	size := f.source.Size
	if f.origin != nil {
		size = f.origin.Size()
	}
	return newMeter(cmp.Or(f.source.ctx, context.Background()), max(size, 0), f.opt.Limits)
}
