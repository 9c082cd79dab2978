//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package evidence

import (
	"io"
	"os"
)

// canMap: this system has no mapping that we use; large files are streams.
const canMap = false

// mapFile reads the file: this system has no mapping that we use.
func mapFile(f *os.File, size int64) (data []byte, unmap func() error, err error) {
	data = make([]byte, size)
	if _, err := f.ReadAt(data, 0); err != nil && err != io.EOF {
		return nil, nil, err
	}
	return data, func() error { return nil }, nil
}

func releasePages([]byte) {}
