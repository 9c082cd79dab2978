package cli

import (
	"os"
	"runtime"
)

// isTerminal reports whether f is a terminal. The null device is a character
// device as well, but nobody reads it.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// colored decides about colour: the flag, then NO_COLOR, then TERM=dumb, then
// whether somebody looks.
func (s *session) colored(flag string, toTerminal bool) bool {
	switch {
	case flag == "always":
		return true
	case flag == "never", s.Getenv("NO_COLOR") != "", s.Getenv("TERM") == "dumb":
		return false
	case runtime.GOOS == "windows" && s.Getenv("WT_SESSION")+s.Getenv("TERM") == "":
		return false // the old console shows the codes themselves
	}
	return toTerminal
}
