// Package cli answers: what did the user of the emlcheck command ask for, and where does the answer
// go?
//
// It turns arguments into questions to the library. Nothing here judges a message.
//
// The command tree in app.go is the only description of commands and flags:
// the parser, the help, the completions and the manual page are drawn from it.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Streams is all that a run touches besides the files it is given.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	// InTTY, OutTTY and ErrTTY say which of them are terminals.
	InTTY, OutTTY, ErrTTY bool
	// Getenv returns environment variables; nil means none are set.
	Getenv func(string) string
}

// Main runs the command with the process's own streams and returns its exit
// code. An interrupt ends the run in good order; a second one ends it at once.
func Main(args []string) int {
	tuneCollector()
	// A reader that went away is an error of Write here, not a signal: files
	// that are being written must still be cleared away.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return Run(ctx, args, Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTTY: isTerminal(os.Stdin), OutTTY: isTerminal(os.Stdout), ErrTTY: isTerminal(os.Stderr),
		Getenv: os.Getenv,
	})
}

// Run runs the command. args does not hold the program's name.
func Run(ctx context.Context, args []string, streams Streams) int {
	if streams.Getenv == nil {
		streams.Getenv = func(string) string { return "" }
	}
	s := &session{Streams: streams, ctx: ctx}
	app := s.app()
	line, err := permute(app, args, pathExists)
	switch {
	case err != nil:
	case line.help:
		err = s.help(app, line.command)
	default:
		err = app.RunContext(ctx, line.args)
	}
	return s.exitCode(err)
}

// session is one run.
type session struct {
	Streams
	ctx context.Context
	cfg settings
	progress

	done    int  // messages that were examined
	failed  int  // inputs or messages that were not
	passed  int  // files in folders and archives that are no mail
	flagged bool // a finding reached --fail-on
}

// The exit codes. The strongest one wins: 130, 2, 4, 3, 1, 0.
const (
	exitDone        = 0
	exitFindings    = 1
	exitUsage       = 2
	exitSomeFailed  = 3
	exitNothingDone = 4
	exitInterrupted = 130
)

// exitCode tells the user about err and turns the run into its exit code.
func (s *session) exitCode(err error) int {
	var usage *usageError
	switch {
	case s.ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &usage):
		s.sayUsage(usage)
		return exitUsage
	case err != nil && !isBrokenPipe(err):
		s.sayError("", err)
		return exitNothingDone
	case s.failed > 0 && s.done == 0:
		return exitNothingDone
	case s.failed > 0:
		return exitSomeFailed
	case s.flagged:
		return exitFindings
	}
	return exitDone
}

// usageError is a command line that cannot be carried out: nothing was done.
type usageError struct{ message, hint string }

func (e *usageError) Error() string { return e.message }

func pathExists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
