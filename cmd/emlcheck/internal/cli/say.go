package cli

import (
	"errors"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"syscall"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
)

// say writes one line to stderr. File names are attacker text too, so the
// line is made safe as a whole. Nothing can be done about an error there.
func (s *session) say(kind, text string) {
	s.progress.erase()
	_, _ = io.WriteString(s.Err, "emlcheck: "+kind+": "+render.Visible(text, s.ErrTTY)+"\n")
}

// sayError reports what failed; where names the input, "" for none.
func (s *session) sayError(where string, err error) {
	text := errorText(err)
	if where != "" {
		text = where + ": " + text
	}
	s.say("error", text)
}

func (s *session) warn(text string) {
	if !s.cfg.quiet {
		s.say("warning", text)
	}
}

func (s *session) hint(text string) {
	if !s.cfg.quiet && text != "" {
		s.say("hint", text)
	}
}

func (s *session) note(text string) {
	if s.cfg.verbose {
		s.say("note", text)
	}
}

func (s *session) sayUsage(e *usageError) {
	s.say("error", e.message)
	s.hint(e.hint)
}

// errorText puts errors into words that are the same on every system.
func errorText(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, evidence.ErrNotRegular):
		return "is a folder, not a file"
	case errors.Is(err, evidence.ErrArchive), errors.Is(err, evidence.ErrLimit):
		return strings.TrimPrefix(err.Error(), "evidence: ")
	case errors.Is(err, evidence.ErrTooLarge):
		return "larger than --max-bytes"
	case errors.Is(err, evidence.ErrChanged):
		return "changed while it was read"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	text := err.Error()
	for _, pkg := range [...]string{"evidence: ", "capture: ", "pki: "} {
		text = strings.TrimPrefix(text, pkg)
	}
	return text
}

// isBrokenPipe reports whether the reader of our output went away. That is
// its right (head does it), so it is no error worth a word.
func isBrokenPipe(err error) bool {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return true
	}
	var errno syscall.Errno
	// ERROR_BROKEN_PIPE and ERROR_NO_DATA
	return runtime.GOOS == "windows" && errors.As(err, &errno) && (errno == 109 || errno == 232)
}
