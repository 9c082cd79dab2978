package evidence

import (
	"bytes"
	"cmp"
	"context"
	"io"
)

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
