// Routes prints for each message of mailboxes, folders and archives by which hosts it says that it
// came, how long each step took, and who could have written the line that says so.
package main

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
)

func main() {
	failed := false
	for item, err := range forensic.Scan(context.Background(), os.Args[1:], nil) {
		switch {
		case err == nil:
			show(item.Message.Place, &item.Report.Route)
		case !evidence.Skipped(err): // a file of a folder that is no mail is no failure
			fmt.Fprintln(os.Stderr, "routes:", err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

func show(at evidence.Place, r *report.Route) {
	fmt.Println(at)
	if len(r.Hops) == 0 {
		fmt.Println("  no Received field: the message does not say how it came")
	}
	for i := range r.Hops {
		h := &r.Hops[i]
		fmt.Printf("  %d. %s from %s: %s, %s\n", h.Index, cmp.Or(h.By, "a host without a name"), client(h), when(h), h.Author)
	}
	for _, b := range r.Breaks {
		fmt.Printf("  between %d and %d: %s\n", b.After, b.After+1, b.Detail)
	}
}

// client prefers what the host saw to what the client said of itself.
func client(h *report.Hop) report.Stated {
	return cmp.Or(h.From.IP, h.From.RDNS, h.From.HELO, "nobody named")
}

func when(h *report.Hop) string {
	switch {
	case h.Time == nil:
		return "not dated"
	case h.Time.Time == "":
		return "date unreadable (" + string(h.Time.Reason) + ")"
	case h.DelaySeconds == nil:
		return string(h.Time.Time)
	}
	return fmt.Sprintf("%s, after %g s", h.Time.Time, *h.DelaySeconds)
}
