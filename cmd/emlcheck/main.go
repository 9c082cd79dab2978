// Emlcheck examines saved e-mail as evidence: what it says, where it says so,
// and what is odd about it. "emlcheck --help" tells how.
package main

import (
	"os"

	"github.com/emlcheck/emlcheck/cmd/emlcheck/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
