package cli

import (
	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
)

// digestsFlag says what is digested beside the SHA-256 of messages and parts.
func digestsFlag(usual string) cli.Flag {
	return &cli.StringFlag{Name: "digests", Value: usual, Usage: "digests of messages and parts: `minimal|sha256|all`"}
}

func (s *session) readDigests(c *cli.Context) error {
	word := c.String("digests")
	switch word {
	case "": // a command without the flag
	case "all":
	default:
		s.cfg.digests = forensic.Digests(word)
	}
	return oneOf("digests", c.String("digests"), "", "minimal", "sha256", "all")
}
