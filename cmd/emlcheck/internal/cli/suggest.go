package cli

import (
	"cmp"
	"strings"

	"github.com/urfave/cli/v2"
)

// usage is a usage error; without a hint of its own it points to the help.
func (p *permuter) usage(message, hint string) error {
	name := p.app.Name
	if p.command != nil && p.command.Name != defaultCommand {
		name += " " + p.command.Name
	}
	return &usageError{message, cmp.Or(hint, `"`+name+` --help" tells more`)}
}

func (p *permuter) unknownFlag(flag string) error {
	var known []string
	for _, list := range [][]cli.Flag{p.app.Flags, p.command.Flags} {
		for _, f := range list {
			known = append(known, "--"+f.Names()[0])
		}
	}
	if len(flag) < 4 {
		known = nil // too short to resemble anything
	}
	return p.usage("unknown flag "+flag, didYouMean(flag, known))
}

// unknownShort tells of an unknown letter, which may stand in a cluster.
func (p *permuter) unknownShort(arg, letter string) error {
	if arg == "-"+letter {
		return p.usage("unknown flag "+arg, "")
	}
	return p.usage("unknown flag -"+letter+" in "+arg, "")
}

func (p *permuter) unknownCommand(word string) error {
	var known []string
	for _, c := range p.app.Commands {
		if !c.Hidden {
			known = append(known, c.Name)
		}
	}
	hint := didYouMean(word, known)
	if hint == "" {
		hint = `"emlcheck --help" lists the commands; a file of that name is written ./` + word
	}
	return &usageError{`unknown command "` + word + `"`, hint}
}

// didYouMean suggests the nearest of the known words; "" when none is near.
func didYouMean(word string, known []string) string {
	best, least := "", 1+len(strings.TrimLeft(word, "-"))/3
	for _, k := range known {
		if d := distance(word, k); d < least || d == least && best == "" {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// distance counts the letters to insert, drop, change or swap with their
// neighbour to turn a into b (optimal string alignment).
func distance(a, b string) int {
	const most = 64 // words are short; anything else is far away
	if len(a) > most || len(b) > most {
		return most
	}
	var rows [3][most + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
