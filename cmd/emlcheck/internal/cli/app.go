package cli

import (
	"slices"

	"github.com/urfave/cli/v2"
)

// defaultCommand is meant when the first operand names no command.
const defaultCommand = "analyze"

// app is the command tree. In a flag's usage the word in backquotes names its
// value; words parted by "|" are the values it can have.
func (s *session) app() *cli.App {
	app := &cli.App{
		Name: "emlcheck", Usage: "evidence analysis of saved e-mail",
		Flags: rootFlags(), Writer: s.Out, ErrWriter: s.Err, Reader: s.In,
		Commands: append(s.messageCommands(), s.otherCommands()...),
	}
	tame(app)
	return app
}

// messageCommands read messages.
func (s *session) messageCommands() []*cli.Command {
	return []*cli.Command{
		{
			Name: defaultCommand, Usage: "full report of each message (the default command)", ArgsUsage: "PATH|-...",
			Description: "Reads .eml files, mailboxes (mbox), folders and archives of them and reports who wrote to whom, when and about what, by which way and with which parts, and what is odd about it. \"-\" or a pipe reads standard input.",
			Flags:       slices.Concat(dataFlags(), []cli.Flag{digestsFlag("all")}, trustFlags(), evidenceFlags(true)), Action: s.analyze,
		},
		{
			Name: "scan", Usage: "one row for each message of mailboxes, folders and archives", ArgsUsage: "PATH|-...",
			Description: "Mailboxes (mbox) of any size, Maildir, MH and other folders, .eml and .emlx files, and zip, tar, gzip, bzip2 or zstd of these. --where knows from, to, subject, message-id, attachment, ip, finding (\"route.\" for all that begin so), severity, container and path; = is the same, ~ holds, != and !~ are their opposites, severity takes >= too. The Date that --since and --until compare is the sender's word.",
			Flags:       slices.Concat(scanFlags(), trustFlags(), evidenceFlags(true)), Action: s.scan,
		},
		{
			Name: "mailbox", Usage: "how a mailbox is written, and what in it is doubtful", ArgsUsage: "FILE|-...",
			Description: "Reports the dialect of each mailbox (mbox), how many messages readers of different rules count, lines that may or may not separate messages, bytes in no message, lengths that lead nowhere, messages that are deleted but still there, and steps back in the times of the From_ lines. With --second-reader go-mbox counts, too.",
			Flags:       dataFlagsWithout("spans", "fail-on", "single"), Action: s.mailbox,
		},
		{
			Name: "route", Usage: "hops, delays, breaks: by which way each message came", ArgsUsage: "FILE|-...",
			Description: "Lists the hops, oldest first, with time, delay, kind of step and whose word each is, then what is odd about them. The recipient's own system is inferred unless --trusted-host or --trusted-network names it.",
			Flags:       append(dataFlags(), trustFlags()...), Action: s.route,
		},
		{
			Name: "verify", Usage: "signatures: who signed what, and whether it holds", ArgsUsage: "FILE|-...",
			Description: "Verifies S/MIME at any depth, offline, and says what each signature covers and what not. Nobody is trusted unless --roots names him. Certificates are judged at --at: when the recipient's system took the message in, else its Date; a signer's own time proves nothing. Exit 1 unless each message has a valid signature over all that is shown.",
			Flags: slices.Concat(dataFlagsWithout("fail-on", "second-reader"), trustFlags(), evidenceFlags(false), []cli.Flag{
				&cli.StringFlag{Name: "extract", Usage: "write signatures, signed bytes and certificates into folder `DIR`"},
			}), Action: s.verify,
		},
		{
			Name: "capture", Usage: "mail dialogues in a network capture or transcript, and their messages", ArgsUsage: "FILE|-...",
			Description: "Follows SMTP, LMTP, POP3 and IMAP in pcap and pcapng files, and transcripts of telnet, openssl, swaks, curl, tshark, Python, Postfix, Exim, sendmail and Exchange. Says what each command and reply means, puts the messages together, names what was not captured, and holds envelope, clock and saved copies against them.",
			Flags:       captureFlags(), Action: s.capture,
		},
		{
			Name: "timeline", Usage: "every dated fact of all messages, in order of time", ArgsUsage: "FILE|-...",
			Description: "Prints one row for each clock found in the messages, sorted by time over all of them. Times are in UTC whatever --tz says; a wall clock whose zone is not known is marked as such and sorted by its wall time. Up to 256 MiB of rows are sorted as a whole. Lines are escaped, and cells that a spreadsheet would take for a formula begin with an apostrophe; jsonl holds the exact text.",
			Flags:       append(timelineFlags(), trustFlags()...), Action: s.timeline,
		},
		{
			Name: "headers", Usage: "decoded header fields with spans", ArgsUsage: "FILE|-...",
			Description: "Lists every header field in the order written, decoded, with what breaks the grammar in it.",
			Flags:       dataFlags(), Action: s.headers,
		},
		{
			Name: "parts", Usage: "MIME parts: list them, extract them", ArgsUsage: "FILE|-...",
			Description: "Lists the parts with type, name, size and digest. With --extract every part without parts of its own is decoded into DIR; messages inside become .eml files and their parts stand beside them under names such as 1.2~1.3_x.pdf. With --part alone the content of that part goes to standard output.",
			Flags: append(dataFlags(),
				&cli.StringFlag{Name: "extract", Usage: "write the decoded parts into the folder `DIR`"},
				&cli.StringFlag{Name: "part", Usage: "only part `PATH`: 1.2, or 1.2~1.3 for 1.3 of the message in 1.2"},
			), Action: s.parts,
		},
	}
}

// otherCommands tell about the program itself and its findings.
func (s *session) otherCommands() []*cli.Command {
	return []*cli.Command{
		{
			Name: "explain", Usage: "what a finding means and how it can be innocent", ArgsUsage: "[FINDING-ID]",
			Description: "Without an id it lists all findings that there are.",
			Action:      s.explain,
		},
		{Name: "version", Usage: "print the version; with -v, how it was built", Action: s.version},
		{
			Name: "completion", Usage: "print a completion script for a shell", ArgsUsage: "bash|zsh|fish|powershell",
			Description: "For bash: source <(emlcheck completion bash)",
			Action:      s.completion,
		},
		{Name: "man", Usage: "print the manual page (roff)", Hidden: true, Action: s.man},
	}
}

// tame turns off what urfave/cli does by itself: help commands that hide files
// named "help", whole help pages on stdout after an error, exits from within,
// values cut at commas.
func tame(app *cli.App) {
	usage := func(_ *cli.Context, err error, _ bool) error { return &usageError{message: err.Error()} }
	app.HideHelp, app.HideHelpCommand, app.HideVersion = true, true, true
	app.DisableSliceFlagSeparator = true
	app.ExitErrHandler = func(*cli.Context, error) {}
	app.OnUsageError = usage
	for _, c := range app.Commands {
		c.HideHelp, c.HideHelpCommand, c.OnUsageError = true, true, usage
	}
}

func rootFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "errors only on standard error"},
		&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "more on standard error; the results stay the same"},
		&cli.StringFlag{Name: "color", Value: "auto", Usage: "colours: `auto|always|never`"},
		&cli.StringFlag{Name: "progress", Value: "auto", Usage: "progress on standard error: `auto|always|never`"},
		&cli.StringFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "examine `N` messages at once; 0 for one per processor"},
		&cli.StringFlag{Name: "tz", Usage: "show times in `ZONE` as well, such as Europe/Berlin or +02:00"},
		&cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "help, also for each command"},
		&cli.BoolFlag{Name: "version", Aliases: []string{"V"}, Usage: "print the version"},
	}
}

func dataFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "format", Usage: "how to print: `text|json|jsonl`"},
		&cli.BoolFlag{Name: "json", Usage: "one JSON document; an array for several messages"},
		&cli.BoolFlag{Name: "jsonl", Usage: "JSON Lines, one message each"},
		&cli.BoolFlag{Name: "spans", Usage: "text: add the byte range of each statement, list defects"},
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output (-)"},
		&cli.BoolFlag{Name: "force", Usage: "overwrite existing files"},
		&cli.StringFlag{Name: "fail-on", Value: "none", Usage: "exit 1 for findings from `none|info|low|medium|high` up"},
		&cli.StringFlag{Name: "max-bytes", Usage: "refuse inputs of over `N` bytes; K, M and G may follow"},
		&cli.BoolFlag{Name: "single", Usage: "take each input for one message, never for a mailbox"},
		&cli.BoolFlag{Name: "second-reader", Usage: "have another parser read each message too and compare the parts"},
	}
}

// dataFlagsWithout are the data flags of a command that has no use for some, or
// has its own of the name.
func dataFlagsWithout(names ...string) (flags []cli.Flag) {
	for _, f := range dataFlags() {
		if !slices.Contains(names, f.Names()[0]) {
			flags = append(flags, f)
		}
	}
	return flags
}
