// Attachments lists the attachments of saved messages, those of nested
// messages included, with the SHA-256 of each as decoded.
package main

import (
	"crypto/sha256"
	"fmt"
	"os"

	"github.com/emlcheck/emlcheck/mimeparse"
)

func main() {
	for _, path := range os.Args[1:] {
		raw, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for _, p := range mimeparse.Parse(raw, nil).Walk() {
			if !p.IsAttachment() {
				continue
			}
			sum := sha256.New()
			size, err := p.WriteTo(sum)
			if err != nil {
				fmt.Fprintln(os.Stderr, err) // not reached: a hash takes everything
				os.Exit(1)
			}
			fmt.Printf("%x  %8d  %-24s %q\n", sum.Sum(nil), size, p.ContentType, p.Filename())
		}
	}
}
