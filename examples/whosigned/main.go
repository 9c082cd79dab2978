// Whosigned prints who signed what in saved messages, against the roots in a PEM
// file, and which bytes are shown that no signature covers:
//
//	whosigned roots.pem message.eml…
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: whosigned ROOTS.pem MESSAGE.eml…")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	roots, err := pki.ReadCertificates(text)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	for _, path := range args[1:] {
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		// Without a moment of its own the message is judged at the time of its Date.
		found, err := smime.Inspect(context.Background(), mimeparse.Parse(raw, nil), &smime.Options{Roots: roots})
		if err != nil {
			return err
		}
		show(path, found)
	}
	return nil
}

func show(path string, r *smime.Report) {
	if r == nil {
		fmt.Printf("%s: no signature\n", path)
		return
	}
	fmt.Printf("%s: %s\n", path, r.Verdict)
	layers(r.Layers)
	for _, p := range r.Uncovered {
		fmt.Printf("  nobody signed part %s, %s, bytes %d to %d\n", p.Path, p.ContentType, p.Body.Start, p.Body.End)
	}
}

func layers(list []*smime.Layer) {
	for _, l := range list {
		for _, s := range l.Signers {
			who := "an unknown signer"
			if s.Certificate != nil {
				who = s.Certificate.Subject.String()
			}
			fmt.Printf("  part %s: %s by %s\n", l.Part, s.Verdict, who)
			if s.Reason != "" {
				fmt.Printf("    %s\n", s.Reason)
			}
			for _, c := range l.Covers {
				fmt.Printf("    covers bytes %d to %d\n", c.Start, c.End)
			}
		}
		layers(l.Children)
	}
}
