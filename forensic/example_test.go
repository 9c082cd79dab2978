package forensic_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
)

const letter = "From: Ann <ann@example.org>\r\n" +
	"To: Bob <bob@example.net>\r\n" +
	"Date: Mon, 1 Jul 2003 10:52:37 +0200\r\n" +
	"Subject: Minutes\r\n" +
	"Message-ID: <1@example.org>\r\n" +
	"\r\n" +
	"See you.\r\n"

func ExampleAnalyze() {
	report, err := forensic.Analyze(context.Background(), strings.NewReader(letter), nil)
	if err != nil {
		fmt.Println(err) // nothing can be said
		return
	}
	from := report.Message.From[0]
	fmt.Printf("%s %s: %s at %v\n", from.Name, from.Address, from.Span.Of([]byte(letter)), from.Span)
	fmt.Println(report.Message.Date.Time, report.Message.Date.Zone)
	for _, f := range report.Findings {
		fmt.Println(f.Severity, f.ID, f.Spans)
	}
	// Output:
	// Ann ann@example.org: Ann <ann@example.org> at {6 27}
	// 2003-07-01T10:52:37+02:00 stated
	// medium date.weekday-mismatch [{62 92}]
}

func ExampleAnalyzeFile() {
	for report, err := range forensic.AnalyzeFile(context.Background(), "../testdata/cases/13-mbox-from-in-body/mailbox.mbox", nil) {
		if err != nil {
			fmt.Println(err) // of this message, or of the file
			continue
		}
		fmt.Println(report.Evidence.Index, *report.Evidence.Offset, *report.Message.Subject)
	}
	// Output:
	// 0 46 number 1
	// 1 245 number 2
	// 2 428 number 3
}
