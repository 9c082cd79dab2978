package cli

import (
	"io"
	"runtime"
	"runtime/debug"
	"strconv"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
)

func quoted(s string) string { return strconv.Quote(s) }

// version prints the version. How the program was built is told only with -v:
// it differs from build to build and must not reach a report.
func (s *session) version(c *cli.Context) error {
	if err := s.readRoot(c); err != nil {
		return err
	}
	if err := noOperands(c); err != nil {
		return err
	}
	text := "emlcheck " + forensic.Version + "\n"
	if s.cfg.verbose {
		text += buildText()
	}
	_, err := io.WriteString(s.Out, text)
	return err
}

func buildText() string {
	text := runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH + "\n"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return text
	}
	for _, set := range info.Settings {
		switch set.Key {
		case "vcs.revision", "vcs.time", "vcs.modified", "-tags":
			text += set.Key + " " + set.Value + "\n"
		}
	}
	return text
}

func noOperands(c *cli.Context) error {
	if c.NArg() > 0 {
		return &usageError{"emlcheck " + c.Command.Name + " takes no argument, but got " + quoted(c.Args().First()), ""}
	}
	return nil
}
