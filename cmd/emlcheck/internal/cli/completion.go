package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// completion prints a completion script, drawn from the command tree.
func (s *session) completion(c *cli.Context) error {
	if err := s.readRoot(c); err != nil {
		return err
	}
	scripts := map[string]func(*cli.App) string{"bash": bashScript, "zsh": zshScript, "fish": fishScript, "powershell": powershellScript}
	const hint = "it is bash, zsh, fish or powershell"
	if c.NArg() != 1 {
		return &usageError{"completion takes the name of one shell", hint}
	}
	script, ok := scripts[c.Args().First()]
	if !ok {
		return &usageError{"no completion for the shell " + quoted(c.Args().First()), hint}
	}
	_, err := io.WriteString(s.Out, script(c.App))
	return err
}

// visibleCommands are those that help and completions show.
func visibleCommands(app *cli.App) []*cli.Command {
	var out []*cli.Command
	for _, c := range app.Commands {
		if !c.Hidden {
			out = append(out, c)
		}
	}
	return out
}

func commandNames(app *cli.App) []string {
	var names []string
	for _, c := range visibleCommands(app) {
		names = append(names, c.Name)
	}
	return names
}

// dashed writes every name of a flag as it is typed.
func (i flagInfo) dashed() []string {
	var out []string
	for _, n := range i.names {
		if len(n) == 1 {
			out = append(out, "-"+n)
		} else {
			out = append(out, "--"+n)
		}
	}
	return out
}

func dashedAll(flags []cli.Flag) []string {
	var out []string
	for _, f := range flags {
		out = append(out, describe(f).dashed()...)
	}
	return out
}

// operandWords lists what can stand as an operand of the command, unless it
// is a file.
func operandWords(c *cli.Command) []string {
	if c.Name == "explain" {
		return ruleIDs()
	}
	return choicesOf(c.ArgsUsage)
}

// readsFiles reports whether the operands of the command are files.
func readsFiles(c *cli.Command) bool { return strings.HasPrefix(c.ArgsUsage, "FILE") }

// valueFlags lists each flag that takes a value once.
func valueFlags(app *cli.App) []flagInfo {
	var out []flagInfo
	seen := map[string]bool{}
	lists := [][]cli.Flag{app.Flags}
	for _, c := range app.Commands {
		lists = append(lists, c.Flags)
	}
	for _, list := range lists {
		for _, f := range list {
			i := describe(f)
			if takesValue(f) && !seen[i.names[0]] {
				seen[i.names[0]] = true
				out = append(out, i)
			}
		}
	}
	return out
}

// otherChoice is a flag whose values differ in one command from those that
// the flag has elsewhere.
type otherChoice struct {
	flagInfo
	command string
}

func otherChoices(app *cli.App) []otherChoice {
	var out []otherChoice
	for _, usual := range valueFlags(app) {
		for _, c := range app.Commands {
			f := lookup(c.Flags, usual.names[0])
			if f == nil {
				continue
			}
			if i := describe(f); i.value != usual.value {
				out = append(out, otherChoice{i, c.Name})
			}
		}
	}
	return out
}

// bashAction completes the value of a flag.
func (i flagInfo) bashAction() string {
	switch {
	case len(i.choices()) > 0:
		return fmt.Sprintf(`COMPREPLY=($(compgen -W '%s' -- "$cur"))`, strings.Join(i.choices(), " "))
	case i.value == "DIR":
		return `COMPREPLY=($(compgen -d -- "$cur"))`
	}
	return ":"
}

// bashScript relies on "-o default": with no reply bash completes files.
func bashScript(app *cli.App) string {
	var b strings.Builder
	var takers []string
	for _, i := range valueFlags(app) {
		takers = append(takers, i.dashed()...)
	}
	fmt.Fprintf(&b, bashHead, strings.Join(takers, "|"), strings.Join(commandNames(app), "|"))
	others := otherChoices(app)
	for _, i := range valueFlags(app) {
		action := i.bashAction()
		for _, o := range others {
			if o.names[0] == i.names[0] {
				action = fmt.Sprintf("if [[ $cmd == %s ]]; then %s; else %s; fi", o.command, o.bashAction(), action)
			}
		}
		fmt.Fprintf(&b, "\t%s) %s; return ;;\n", strings.Join(i.dashed(), "|"), action)
	}
	b.WriteString("\tesac\n\tcase $cmd in\n")
	for _, c := range visibleCommands(app) {
		flags := append(dashedAll(app.Flags), dashedAll(c.Flags)...)
		fmt.Fprintf(&b, "\t%s) flags='%s' words='%s' ;;\n", c.Name, strings.Join(flags, " "), strings.Join(operandWords(c), " "))
	}
	fmt.Fprintf(&b, bashTail, strings.Join(commandNames(app), " "))
	return b.String()
}

const bashHead = `# bash completion for emlcheck, printed by "emlcheck completion bash"
_emlcheck() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local cmd=analyze named= flags= words= i
	COMPREPLY=()
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--) return ;;
		%s) ((i++)) ;;
		-*) ;;
		%s) cmd=${COMP_WORDS[i]} named=1; break ;;
		*) named=1; break ;;
		esac
	done
	case $prev in
`

const bashTail = `	esac
	if [[ $cur == -* ]]; then
		words=$flags
	elif [[ -z $named ]]; then
		words='%s'
	fi
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _emlcheck emlcheck
`
