//go:build linux || darwin || freebsd || netbsd || openbsd

package evidence

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

const canMap = true

// mapFile maps the file read-only. The mapping outlives the descriptor.
func mapFile(f *os.File, size int64) (data []byte, unmap func() error, err error) {
	data, err = unix.Mmap(int(f.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, nil, err
	}
	// Advice only: a kernel that does not take it is no reason to fail.
	_ = unix.Madvise(data, unix.MADV_SEQUENTIAL)
	return data, func() error { return unix.Munmap(data) }, nil
}

// releasePages drops the whole pages within b from memory. The file still
// holds them, so a later read brings them back.
func releasePages(b []byte) {
	if len(b) == 0 {
		return
	}
	page := os.Getpagesize()
	skip := int(-uintptr(unsafe.Pointer(&b[0])) & uintptr(page-1))
	if skip >= len(b) {
		return
	}
	if n := (len(b) - skip) &^ (page - 1); n > 0 {
		_ = unix.Madvise(b[skip:skip+n], unix.MADV_DONTNEED)
	}
}
