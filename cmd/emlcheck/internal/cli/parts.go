package cli

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// parts lists the parts, extracts them, or prints the content of one.
func (s *session) parts(c *cli.Context) error {
	if err := s.readData(c); err != nil {
		return err
	}
	only := strings.ReplaceAll(c.String("part"), "/", "~")
	if c.IsSet("part") && !isPartPath(only) {
		return invalid("part", c.String("part"), "it is a path such as 1.2, or 1.2~1.3 in the message inside 1.2")
	}
	if c.IsSet("extract") && c.String("extract") == "" {
		return invalid("extract", "", "it is the name of a folder")
	}
	paths, err := s.operands(c)
	if err != nil {
		return err
	}
	switch {
	case c.IsSet("extract"):
		return s.extract(paths, c.String("extract"), only)
	case only != "":
		return s.content(paths, only)
	}
	return s.printPaths(paths, func(out *output) (printer, error) {
		p, err := render.NewParts(s.cfg.format, out, s.ink(out.terminal))
		return reports{p}, err
	})
}

func (s *session) extract(paths []string, dir, only string) error {
	return s.printPaths(paths, func(out *output) (printer, error) {
		p, err := render.NewExtract(s.cfg.format, out, s.ink(out.terminal))
		if err != nil {
			return nil, err
		}
		return s.openExtractor(dir, only, paths, p)
	})
}

// isPartPath reports whether text is numbers parted by "." and "~".
func isPartPath(text string) bool {
	for item := range strings.SplitSeq(strings.ReplaceAll(text, "~", "."), ".") {
		if n, err := strconv.ParseUint(item, 10, 31); err != nil || n == 0 {
			return false
		}
	}
	return true
}

// content prints the decoded content of one part of one message.
func (s *session) content(paths []string, only string) error {
	if s.cfg.format != "text" {
		return &usageError{"--part alone prints content, which is no " + s.cfg.format, "leave --part out to list the parts, or add --extract DIR"}
	}
	if len(paths) > 1 {
		return &usageError{"--part without --extract takes one file", ""}
	}
	return s.printPaths(paths, func(out *output) (printer, error) {
		return &onePart{s: s, out: out, only: only}, nil
	})
}

// onePart writes the content of a part as it is.
type onePart struct {
	s    *session
	out  *output
	only string
	// count is the number of messages so far.
	count int
}

func (o *onePart) Close() error { return nil }

// task prints the part. A mailbox has no single content.
func (o *onePart) task(t *task) error {
	if o.count++; t.msg.Container == evidence.Mbox || o.count > 1 {
		return errors.New("a mailbox holds several messages: --part needs --extract there")
	}
	msg := mimeparse.Parse(t.msg.Bytes(), nil)
	p := findPart(msg, o.only)
	switch {
	case p == nil:
		return noSuchPart(o.only, msg)
	case !p.IsLeaf():
		return errors.New("part " + o.only + " is a multipart and has no content of its own; its parts are " + o.only + ".1 and so on")
	case o.out.terminal && o.s.cfg.output != "-" && !isPlainText(p):
		return errors.New("the content holds control, invisible or binary bytes and would go to a terminal; -o FILE writes it to a file, -o - prints it all the same")
	}
	_, err := p.WriteTo(o.out)
	return err
}

// findPart finds a part by its path through the messages inside.
func findPart(m *mimeparse.Message, id string) *mimeparse.Part {
	head, rest, inside := strings.Cut(id, "~")
	for _, p := range m.Parts {
		switch {
		case p.Path != head:
		case !inside:
			return p
		case p.Message != nil:
			return findPart(p.Message, rest)
		}
	}
	return nil
}

func noSuchPart(id string, m *mimeparse.Message) error {
	last := m.Parts[len(m.Parts)-1].Path
	if len(m.Parts) == 1 {
		return errors.New("no part " + id + ": there is only part 1")
	}
	return errors.New("no part " + id + ": there are " + strconv.Itoa(len(m.Parts)) + ", from 1 to " + last)
}

// errNotText stops a decode.
var errNotText = errors.New("not plain text")

// isPlainText reports whether a terminal would show the content as it is.
func isPlainText(p *mimeparse.Part) bool {
	lines := strings.NewReplacer("\r\n", "", "\n", "", "\t", "")
	var rest []byte // what only the next piece can tell
	_, err := p.Decode(func(piece []byte) error {
		text := append(rest, piece...)
		cut := wholeText(text)
		line := lines.Replace(string(text[:cut]))
		rest = append([]byte(nil), text[cut:]...)
		if render.Visible(line, true) != line {
			return errNotText
		}
		return nil
	})
	return err == nil && len(rest) == 0
}

// wholeText is the length of b without an incomplete character, or a CR whose
// LF may follow, at its end.
func wholeText(b []byte) int {
	i := len(b) - 1
	for i > 0 && !utf8.RuneStart(b[i]) && len(b)-i < utf8.UTFMax {
		i--
	}
	if i >= 0 && (!utf8.FullRune(b[i:]) || b[len(b)-1] == '\r') {
		return i
	}
	return len(b)
}
