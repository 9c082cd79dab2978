package cli

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// zshScript describes the flags to _arguments. It serves both as a file
// _emlcheck on the fpath and for "source <(emlcheck completion zsh)".
func zshScript(app *cli.App) string {
	var b strings.Builder
	fmt.Fprintf(&b, zshHead, strings.Join(commandNames(app), "|"))
	for _, c := range visibleCommands(app) {
		fmt.Fprintf(&b, "\t\t%s\n", shellQuote(strings.ReplaceAll(c.Name+":"+c.Usage, "`", "")))
	}
	b.WriteString("\t)\n\tflags=(\n")
	writeZshFlags(&b, "\t\t", app.Flags)
	b.WriteString("\t)\n\tcase $cmd in\n")
	for _, c := range visibleCommands(app) {
		fmt.Fprintf(&b, "\t%s)\n\t\tflags+=(\n", c.Name)
		writeZshFlags(&b, "\t\t\t", c.Flags)
		b.WriteString("\t\t)\n")
		switch words := operandWords(c); {
		case len(words) > 0:
			fmt.Fprintf(&b, "\t\toperand='*:argument:(%s)'\n", strings.Join(words, " "))
		case readsFiles(c):
			b.WriteString("\t\toperand='*:file:_files'\n")
		}
		b.WriteString("\t\t;;\n")
	}
	b.WriteString(zshTail)
	return b.String()
}

const zshHead = `#compdef emlcheck
# zsh completion for emlcheck, printed by "emlcheck completion zsh"
_emlcheck() {
	local -a flags commands
	local cmd=analyze named= operand= i
	for ((i = 2; i < CURRENT; i++)); do
		case $words[i] in
		(%s) cmd=$words[i] named=1; break ;;
		esac
	done
	commands=(
`

const zshTail = `	esac
	if [[ -z $named ]]; then
		_arguments -s $flags '*: :->operand' && return
		[[ $state == operand ]] && { _describe command commands; _files }
		return
	fi
	_arguments -s $flags "*::command:" $operand
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
	_emlcheck "$@"
else
	compdef _emlcheck emlcheck
fi
`

func writeZshFlags(b *strings.Builder, indent string, flags []cli.Flag) {
	for _, f := range flags {
		i := describe(f)
		for _, name := range i.dashed() {
			text := name + "[" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(i.usage) + "]"
			switch {
			case i.value == "":
			case len(i.choices()) > 0:
				text += ":value:(" + strings.Join(i.choices(), " ") + ")"
			case i.value == "FILE":
				text += ":file:_files"
			case i.value == "DIR":
				text += ":folder:_files -/"
			default:
				text += ":" + i.value + ": "
			}
			b.WriteString(indent + shellQuote(text) + "\n")
		}
	}
}

// shellQuote quotes text for a POSIX shell, for zsh and for fish.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
