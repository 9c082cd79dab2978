package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// help prints the help of the program or of one command. It is drawn here
// rather than by urfave/cli, which cannot keep it on one screen.
func (s *session) help(app *cli.App, c *cli.Command) error {
	text := rootHelp(app)
	if c != nil {
		text = commandHelp(app, c)
	}
	_, err := io.WriteString(s.Out, text)
	return err
}

func rootHelp(app *cli.App) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nUsage: emlcheck [FLAGS] [COMMAND] FILE|-...\n\nCommands:\n", app.Name, app.Usage)
	for _, c := range app.Commands {
		if !c.Hidden {
			fmt.Fprintf(&b, "  %-11s  %s\n", c.Name, c.Usage)
		}
	}
	b.WriteString("\nFlags:\n")
	writeFlags(&b, app.Flags)
	b.WriteString("\nExit codes: 0 done, 1 findings from --fail-on up, 2 wrong usage, 3 some inputs failed,\n  4 nothing examined, 130 interrupted. More: emlcheck COMMAND --help\n")
	return b.String()
}

func commandHelp(app *cli.App, c *cli.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %s\n\nUsage: %s %s", app.Name, c.Name, c.Usage, app.Name, c.Name)
	if len(c.Flags) > 0 {
		b.WriteString(" [FLAGS]")
	}
	if c.ArgsUsage != "" {
		b.WriteString(" " + c.ArgsUsage)
	}
	b.WriteString("\n")
	if c.Description != "" {
		b.WriteString("\n" + fillText(c.Description, 88) + "\n")
	}
	if len(c.Flags) > 0 {
		b.WriteString("\nFlags:\n")
		writeFlags(&b, c.Flags)
	}
	var common []string
	for _, f := range app.Flags {
		if name := f.Names()[0]; name != "help" && name != "version" {
			common = append(common, "--"+name)
		}
	}
	b.WriteByte('\n')
	if names := elsewhere(c.Flags); len(names) > 0 {
		b.WriteString("Flags as of verify: " + strings.Join(names, " ") + "\n")
	}
	b.WriteString("Flags of every command: " + strings.Join(common, " ") + "\n")
	return b.String()
}

// elsewhere lists the flags that another command's help explains.
func elsewhere(flags []cli.Flag) (names []string) {
	for _, f := range flags {
		if !isShown(f) {
			names = append(names, "--"+f.Names()[0])
		}
	}
	return names
}

func isShown(f cli.Flag) bool {
	v, ok := f.(cli.VisibleFlag)
	return !ok || v.IsVisible()
}

// writeFlags lists flags, one line each.
func writeFlags(b *strings.Builder, flags []cli.Flag) {
	for _, f := range flags {
		if !isShown(f) {
			continue
		}
		i := describe(f)
		fmt.Fprintf(b, "  %-28s  %s\n", i.short()+i.long(), i.usage)
	}
}

// flagInfo is what the tree says of one flag.
type flagInfo struct {
	names []string
	value string // the name of its value; "" for a flag without one
	usage string // without backquotes
}

// describe reads a flag. The value's name stands in backquotes in its usage.
func describe(f cli.Flag) flagInfo {
	i := flagInfo{names: f.Names()}
	d, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return i
	}
	i.usage = strings.ReplaceAll(d.GetUsage(), "`", "")
	if d.TakesValue() {
		_, rest, _ := strings.Cut(d.GetUsage(), "`")
		i.value, _, _ = strings.Cut(rest, "`")
	}
	return i
}

func (i flagInfo) short() string {
	for _, n := range i.names {
		if len(n) == 1 {
			return "-" + n + ", "
		}
	}
	return "    "
}

func (i flagInfo) long() string {
	text := "--" + i.names[0]
	switch {
	case i.value == "":
		return text
	case len(i.choices()) > 0:
		return text + " WHICH"
	}
	return text + " " + i.value
}

// choices lists the values that the flag can have; nil when they are free.
func (i flagInfo) choices() []string { return choicesOf(i.value) }

func choicesOf(word string) []string {
	if !strings.Contains(word, "|") || strings.ToUpper(word) == word {
		return nil
	}
	return strings.Split(word, "|")
}

// fillText breaks text at blanks into lines of at most width bytes.
func fillText(text string, width int) string {
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case used+1+len(word) > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += len(word)
	}
	return b.String()
}
