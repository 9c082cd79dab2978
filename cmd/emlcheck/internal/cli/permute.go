package cli

import (
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// call is a command line in the order that urfave/cli reads rightly: program,
// root flags, command, its flags, "--", operands; each flag under its first
// name and with its value behind "=".
type call struct {
	args    []string
	command *cli.Command // nil when the root itself is meant
	help    bool
}

// permuter sorts one command line.
type permuter struct {
	app      *cli.App
	exists   func(path string) bool
	command  *cli.Command
	root     []string
	own      []string
	operands []string
	help     bool
	version  bool
}

// permute puts arguments in order: flags may stand behind operands, root flags
// behind the command, "-vj4" is "-v -j 4", and the default command may be left
// out. Its errors are usage errors.
func permute(app *cli.App, args []string, exists func(string) bool) (*call, error) {
	p := &permuter{app: app, exists: exists}
	at, err := p.findCommand(args)
	if err != nil {
		return nil, err
	}
	for i := 0; i < len(args); {
		if i == at {
			i++
			continue
		}
		n, err := p.take(args[i:])
		if err != nil {
			return nil, err
		}
		i += n
	}
	return p.result(at >= 0), nil
}

// result joins the sorted arguments. named says that the command was written.
func (p *permuter) result(named bool) *call {
	c := &call{command: p.command, help: p.help, args: append([]string{p.app.Name}, p.root...)}
	switch {
	case p.help && !named:
		c.command = nil
	case p.version:
		c.command = p.app.Command("version")
		c.args = append(c.args, c.command.Name)
	default:
		c.args = append(append(append(c.args, c.command.Name), p.own...), "--")
		c.args = append(c.args, p.operands...)
	}
	return c
}

// findCommand finds the word that names the command and returns its index; -1
// when the default command is meant.
func (p *permuter) findCommand(args []string) (int, error) {
	p.command = p.app.Command(defaultCommand)
	for i := 0; i < len(args) && args[i] != "--"; i++ {
		if isFlag(args[i]) {
			if p.unknownAnywhere(args[i]) {
				return -1, nil // what follows it cannot be told; take tells of it
			}
			if p.takesNext(args[i]) {
				i++
			}
			continue
		}
		if c := p.app.Command(args[i]); c != nil {
			p.command = c
			return i, nil
		}
		if isWord(args[i]) && !p.exists(args[i]) {
			return -1, p.unknownCommand(args[i])
		}
		break
	}
	return -1, nil
}

// take sorts the argument on top of args and returns how many it used.
func (p *permuter) take(args []string) (int, error) {
	arg := args[0]
	switch {
	case arg == "--":
		p.operands = append(p.operands, args[1:]...)
		return len(args), nil
	case !isFlag(arg):
		p.operands = append(p.operands, arg)
		return 1, nil
	case strings.HasPrefix(arg, "--"):
		return p.long(args)
	}
	return p.cluster(args)
}

// long sorts "--name", "--name=value" or "--name value".
func (p *permuter) long(args []string) (int, error) {
	name, value, attached := strings.Cut(args[0][2:], "=")
	f := p.find(name)
	switch {
	case f == nil || len(name) < 2:
		return 0, p.unknownFlag("--" + name)
	case !takesValue(f) && attached:
		return 0, p.usage("flag --"+name+" takes no value", "")
	case !takesValue(f):
		p.add(f, "")
		return 1, nil
	case attached:
		p.add(f, value)
		return 1, nil
	case len(args) < 2:
		return 0, p.usage("flag --"+name+" needs a value", "")
	}
	p.add(f, args[1])
	return 2, nil
}

// cluster sorts "-q", "-qv", "-j4", "-j=4" or "-j 4".
func (p *permuter) cluster(args []string) (int, error) {
	letters := args[0][1:]
	if len(letters) > 1 && p.find(letters) != nil {
		return 0, p.unknownFlag(args[0]) // "-json" is a long flag with one dash
	}
	for letters != "" {
		letter, rest := cutLetter(letters)
		f := p.find(letter)
		switch {
		case f == nil:
			return 0, p.unknownShort(args[0], letter)
		case !takesValue(f):
			p.add(f, "")
		case rest != "":
			p.add(f, strings.TrimPrefix(rest, "="))
			return 1, nil
		case len(args) < 2:
			return 0, p.usage("flag -"+letter+" needs a value", "")
		default:
			p.add(f, args[1])
			return 2, nil
		}
		letters = rest
	}
	return 1, nil
}

// cutLetter cuts the first character off; a byte that is none is one as well.
func cutLetter(s string) (letter, rest string) {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n], s[n:]
}

// add files a flag. Help and version are acted upon here: urfave/cli would
// want the rest of the line to be right first.
func (p *permuter) add(f cli.Flag, value string) {
	name := f.Names()[0]
	switch name {
	case "help":
		p.help = true
		return
	case "version":
		p.version = true
		return
	}
	text := "--" + name
	if takesValue(f) {
		text += "=" + value
	}
	if lookup(p.app.Flags, name) != nil {
		p.root = append(p.root, text)
	} else {
		p.own = append(p.own, text)
	}
}

// find looks a flag up among those of the root and of the command.
func (p *permuter) find(name string) cli.Flag {
	if f := lookup(p.app.Flags, name); f != nil {
		return f
	}
	return lookup(p.command.Flags, name)
}

// takesNext reports whether the argument behind arg is its value. The command
// is not known yet, so the flags of all commands count; a name means the same
// kind of flag everywhere.
func (p *permuter) takesNext(arg string) bool {
	if strings.HasPrefix(arg, "--") {
		f := p.findAnywhere(arg[2:])
		return f != nil && takesValue(f)
	}
	for letters := arg[1:]; letters != ""; {
		letter, rest := cutLetter(letters)
		if f := p.findAnywhere(letter); f != nil && takesValue(f) {
			return rest == ""
		}
		letters = rest
	}
	return false
}

// unknownAnywhere reports whether a long flag is one of no command.
func (p *permuter) unknownAnywhere(arg string) bool {
	name, long := strings.CutPrefix(arg, "--")
	name, _, _ = strings.Cut(name, "=")
	return long && p.findAnywhere(name) == nil
}

func (p *permuter) findAnywhere(name string) cli.Flag {
	if f := lookup(p.app.Flags, name); f != nil {
		return f
	}
	for _, c := range p.app.Commands {
		if f := lookup(c.Flags, name); f != nil {
			return f
		}
	}
	return nil
}

func lookup(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		for _, n := range f.Names() {
			if n == name {
				return f
			}
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

// isFlag reports whether arg is a flag; "-" alone is standard input.
func isFlag(arg string) bool { return len(arg) > 1 && arg[0] == '-' }

// isWord reports whether arg looks like a command rather than a path.
func isWord(arg string) bool {
	for _, c := range []byte(arg) {
		if (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return arg != "" && arg[0] != '-'
}
