package render

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// Real mail holds what no author of tests thinks of: none of it may reach a
// screen as a control character.
func TestRealMail(t *testing.T) {
	n := 0
	opt := &Options{Escape: true, Spans: true}
	err := filepath.WalkDir(corpus.Dir(t, "eml"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for r, err := range forensic.AnalyzeFile(context.Background(), path, nil) {
			if err != nil {
				return err
			}
			n++
			text := printed(t, "text", opt, r)
			if strings.ContainsFunc(text, func(c rune) bool { return c != '\n' && (breaksLine(c) || hides(c)) }) {
				t.Errorf("%s: a control character in the text", path)
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Error(n, "messages", err)
	}
}
