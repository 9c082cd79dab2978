package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/emlcheck/emlcheck/forensic/evidence"
)

const (
	progressAfter = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// progress shows how far a long run is, on stderr. Its zero value shows
// nothing.
type progress struct {
	mu       sync.Mutex
	w        io.Writer // nil when nothing is shown
	start    time.Time
	total    int64 // bytes of the inputs; 0 when that is not known
	bytes    int64
	before   int64 // bytes that an earlier run has done
	messages int
	width    int // of the line that stands there now
	stop     chan struct{}
}

// startProgress shows progress when somebody watches stderr, and not when the
// results scroll by on the same screen.
func (s *session) startProgress(paths []string) (stop func()) {
	if s.cfg.progress == "never" || s.cfg.quiet || s.cfg.progress == "auto" && (!s.ErrTTY || s.OutTTY) {
		return func() {}
	}
	p := &s.progress
	p.w, p.start, p.stop = s.Err, time.Now(), make(chan struct{})
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		defer done.Done()
		p.run(paths)
	}()
	return func() {
		close(p.stop)
		done.Wait()
		p.erase()
	}
}

func (p *progress) run(paths []string) {
	wait := time.NewTimer(progressAfter)
	defer wait.Stop()
	sizes := make(chan int64, 1)
	for measured := false; ; {
		select {
		case <-p.stop:
			return
		case total := <-sizes:
			p.mu.Lock()
			p.total = total
			p.mu.Unlock()
		case now := <-wait.C:
			if !measured {
				measured = true // not for a quick run
				go func() { sizes <- totalSize(paths, p.stop) }()
			}
			p.draw(now)
			wait.Reset(progressEvery)
		}
	}
}

// totalSize is the number of bytes to be read; 0 when it cannot be known before:
// of pipes, and of archives, which hold more than they weigh.
func totalSize(paths []string, stop <-chan struct{}) (total int64) {
	for _, root := range paths {
		root = realPath(root) // WalkDir enters no link
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			select {
			case <-stop:
				return fs.SkipAll
			default:
			}
			switch {
			case d == nil:
				return err // the root: a pipe, or not there
			case err != nil || d.IsDir():
				return nil // what cannot be looked at is not read either
			case namesPacked(path) || path == root && !d.Type().IsRegular():
				return errNoTotal
			case d.Type().IsRegular():
				total += sizeOf(path)
			}
			return nil
		})
		if err != nil {
			return 0
		}
	}
	return total
}

var errNoTotal = errors.New("the size cannot be known")

// namesPacked reports whether the name is that of something compressed.
func namesPacked(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".zip", ".tar", ".tgz", ".gz", ".tbz", ".tbz2", ".bz2", ".tzst", ".zst":
		return true
	}
	return false
}

// add counts a message that was examined.
func (p *progress) add(m *evidence.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.messages++
	p.bytes += int64(len(m.Bytes()))
}

func (p *progress) draw(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := p.line(now.Sub(p.start))
	pad := strings.Repeat(" ", max(0, p.width-len(line)))
	_, _ = io.WriteString(p.w, "\r"+line+pad) // nothing can be done about an error
	p.width = len(line)
}

// line says what is done after a time: bytes, messages, rate, time left.
func (p *progress) line(after time.Duration) string {
	rate := float64(p.bytes-p.before) / max(after.Seconds(), 1e-3)
	text := fmt.Sprintf("%.1f", float64(p.bytes)/1e6)
	if p.total >= p.bytes && p.total > 0 {
		text += fmt.Sprintf("/%.1f", float64(p.total)/1e6)
	}
	text += fmt.Sprintf(" MB, %d messages, %.1f MB/s", p.messages, rate/1e6)
	if left := p.total - p.bytes; left > 0 && rate > 0 {
		text += ", " + time.Duration(float64(left)/rate*float64(time.Second)).Round(time.Second).String() + " left"
	}
	return text
}

// erase clears the line, so that something else can be written.
func (p *progress) erase() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		_, _ = io.WriteString(p.w, "\r"+strings.Repeat(" ", p.width)+"\r")
		p.width = 0
	}
}
