package cli

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// fishScript gives one line for each word. The default command's flags are
// offered as long as no other command was written.
func fishScript(app *cli.App) string {
	var b strings.Builder
	b.WriteString("# fish completion for emlcheck, printed by \"emlcheck completion fish\"\n")
	names := commandNames(app)
	for _, c := range visibleCommands(app) {
		fmt.Fprintf(&b, "complete -c emlcheck -n __fish_use_subcommand -a %s -d %s\n", c.Name, shellQuote(c.Usage))
	}
	for _, f := range app.Flags {
		writeFishFlag(&b, "", describe(f))
	}
	for _, c := range visibleCommands(app) {
		when := "__fish_seen_subcommand_from " + c.Name
		if c.Name == defaultCommand {
			when = "not __fish_seen_subcommand_from " + strings.Join(names[1:], " ")
		}
		for _, f := range c.Flags {
			writeFishFlag(&b, when, describe(f))
		}
		if words := operandWords(c); len(words) > 0 {
			fmt.Fprintf(&b, "complete -c emlcheck -n %s -f -a %s\n", shellQuote(when), shellQuote(strings.Join(words, " ")))
		}
	}
	return b.String()
}

func writeFishFlag(b *strings.Builder, when string, i flagInfo) {
	b.WriteString("complete -c emlcheck")
	if when != "" {
		b.WriteString(" -n " + shellQuote(when))
	}
	for _, n := range i.names {
		if len(n) == 1 {
			b.WriteString(" -s " + n)
		} else {
			b.WriteString(" -l " + n)
		}
	}
	switch {
	case i.value == "":
	case len(i.choices()) > 0:
		b.WriteString(" -x -a " + shellQuote(strings.Join(i.choices(), " ")))
	case i.value == "FILE":
		b.WriteString(" -r -F")
	case i.value == "DIR":
		b.WriteString(" -x -a '(__fish_complete_directories)'")
	default:
		b.WriteString(" -x")
	}
	b.WriteString(" -d " + shellQuote(i.usage) + "\n")
}

// powershellScript gives a native argument completer. Without a result
// PowerShell completes files by itself.
func powershellScript(app *cli.App) string {
	var b strings.Builder
	b.WriteString(powershellHead)
	for _, c := range visibleCommands(app) {
		flags := append(dashedAll(app.Flags), dashedAll(c.Flags)...)
		fmt.Fprintf(&b, "        '%s' = @{ flags = @(%s); words = @(%s) }\n", c.Name, powershellList(flags), powershellList(operandWords(c)))
	}
	b.WriteString("    }\n    $values = @{\n")
	for _, i := range otherChoices(app) {
		fmt.Fprintf(&b, "        '%s --%s' = @(%s)\n", i.command, i.names[0], powershellList(i.choices()))
	}
	for _, i := range valueFlags(app) {
		if words := i.choices(); len(words) > 0 {
			fmt.Fprintf(&b, "        '--%s' = @(%s)\n", i.names[0], powershellList(words))
		}
	}
	b.WriteString(powershellTail)
	return b.String()
}

const powershellHead = `# PowerShell completion for emlcheck, printed by "emlcheck completion powershell"
Register-ArgumentCompleter -Native -CommandName emlcheck -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $commands = [ordered]@{
`

const powershellTail = `    }
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }
    $command = @($typed | Where-Object { $commands.Contains($_) }) + 'analyze' | Select-Object -First 1
    $last = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
    if ($values.ContainsKey("$command $last")) {
        $words = $values["$command $last"]
    } elseif ($values.ContainsKey($last)) {
        $words = $values[$last]
    } elseif ($wordToComplete -like '-*') {
        $words = $commands[$command].flags
    } elseif ($typed.Count -eq 0) {
        $words = @($commands.Keys)
    } else {
        $words = $commands[$command].words
    }
    $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
`

func powershellList(words []string) string {
	quotedWords := make([]string, len(words))
	for i, w := range words {
		quotedWords[i] = "'" + strings.ReplaceAll(w, "'", "''") + "'"
	}
	return strings.Join(quotedWords, ", ")
}
