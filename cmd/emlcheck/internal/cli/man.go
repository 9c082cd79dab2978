package cli

import (
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
)

// man prints the manual page as roff with the man macros. It bears no date:
// the same version gives the same page.
func (s *session) man(c *cli.Context) error {
	if err := s.readRoot(c); err != nil {
		return err
	}
	if err := noOperands(c); err != nil {
		return err
	}
	_, err := io.WriteString(s.Out, manPage(c.App))
	return err
}

func manPage(app *cli.App) string {
	r := &roff{}
	r.raw(`.TH EMLCHECK 1 "" "emlcheck ` + forensic.Version + `"`)
	r.section("NAME")
	r.text(app.Name + " - " + app.Usage)
	r.section("SYNOPSIS")
	r.raw(`.B emlcheck`)
	r.text("[FLAGS] [COMMAND] FILE|-...")
	r.section("DESCRIPTION")
	r.text("Without a command, emlcheck analyzes its files. Nothing in a message is executed, fetched or changed, and no network is used. Results go to standard output, everything else to standard error.")
	r.section("COMMANDS")
	for _, c := range visibleCommands(app) {
		r.command(c)
	}
	r.section("FLAGS OF EVERY COMMAND")
	r.flags(app.Flags)
	r.section("EXIT STATUS")
	for _, e := range exitTexts {
		r.item(e.code, e.meaning)
	}
	r.section("ENVIRONMENT")
	r.item("NO_COLOR", "Set to anything, it turns colours off, unless --color=always is given.")
	r.item("TERM", "The value dumb turns colours off.")
	r.item("TMPDIR", "Where standard input of over 32 MiB is kept while it is read.")
	r.section("EXAMPLES")
	r.item("emlcheck letter.eml", "A report for people.")
	r.item("emlcheck --json letter.eml", "The same as JSON.")
	r.item("emlcheck --fail-on high *.eml", "Exit status 1 when there is a grave finding.")
	r.item("emlcheck timeline *.eml --format timesketch -o case.jsonl", "Every dated fact, for Timesketch.")
	r.item("emlcheck parts letter.eml --extract parts", "Writes the attachments into the folder parts.")
	return r.b.String()
}

// exitTexts says what the exit codes mean.
var exitTexts = [...]struct{ code, meaning string }{
	{"0", "Done."},
	{"1", "There are findings as grave as --fail-on, or graver."},
	{"2", "Wrong usage; nothing was done."},
	{"3", "Some input could not be read or examined; the rest is done."},
	{"4", "Nothing could be examined."},
	{"130", "Interrupted."},
}

// roff writes a manual page.
type roff struct{ b strings.Builder }

func (r *roff) raw(line string) { r.b.WriteString(line + "\n") }

// text writes running text in lines of at most 80 bytes. A line that begins with a dot or an
// apostrophe would be a request.
func (r *roff) text(s string) {
	line := ""
	for _, word := range strings.Fields(roffEscape.Replace(s)) {
		if line != "" && len(line)+1+len(word) > 80 {
			r.raw(line)
			line = ""
		}
		if line != "" {
			word = " " + word
		} else if strings.HasPrefix(word, ".") {
			word = `\&` + word
		}
		line += word
	}
	r.raw(line)
}

var roffEscape = strings.NewReplacer(`\`, `\e`, "-", `\-`, "`", `\(ga`, "'", `\(aq`, "~", `\(ti`, "^", `\(ha`)

func (r *roff) section(name string) { r.raw(".SH " + name) }

// item writes a paragraph under a tag.
func (r *roff) item(tag, text string) {
	r.raw(".TP")
	r.raw(`\fB` + roffEscape.Replace(tag) + `\fR`)
	r.text(text)
}

func (r *roff) command(c *cli.Command) {
	r.raw(".SS " + roffEscape.Replace(strings.TrimSpace(c.Name+" "+c.ArgsUsage)))
	r.text(strings.ToUpper(c.Usage[:1]) + c.Usage[1:] + ".")
	if c.Description != "" {
		r.text(c.Description)
	}
	r.flags(c.Flags)
}

func (r *roff) flags(flags []cli.Flag) {
	for _, f := range flags {
		i := describe(f)
		tag := strings.Join(i.dashed(), ", ")
		if i.value != "" {
			tag += " " + i.value
		}
		r.item(tag, i.usage)
	}
}
