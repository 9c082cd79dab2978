// Whowrote prints who wrote each saved message to whom and when, and the
// byte offsets that each statement rests on.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/emlcheck/emlcheck/forensic"
)

func main() {
	for _, path := range os.Args[1:] {
		for report, err := range forensic.AnalyzeFile(context.Background(), path, nil) {
			if err != nil {
				fmt.Fprintln(os.Stderr, path, err)
				continue
			}
			show(report)
		}
	}
}

func show(r *forensic.Report) {
	fmt.Printf("%s #%d sha256:%s\n", r.Evidence.Path, r.Evidence.Index, r.Evidence.SHA256)
	for _, a := range r.Message.From {
		fmt.Printf("  from %q <%s> %v\n", a.Name, a.Address, a.Span)
	}
	for _, a := range r.Message.To {
		fmt.Printf("  to   %q <%s> %v\n", a.Name, a.Address, a.Span)
	}
	switch date := r.Message.Date; {
	case date == nil:
		fmt.Println("  date not stated")
	case date.Time == "":
		fmt.Printf("  date unreadable (%s): %q %v\n", date.Reason, date.Raw, date.Span)
	default:
		fmt.Printf("  date %s, zone %s %v\n", date.Time, date.Zone, date.Span)
	}
}
