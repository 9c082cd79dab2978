package forensic_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
)

// A finding says what was found and how it can be innocent; Explain adds why
// it matters.
func ExampleExplain() {
	raw := "From: \"boss@bank.example\" <x@evil.example>\nTo: ana@example.org\nDate: Tue, 02 Jan 2024 10:00:00 +0100\nMessage-ID: <1@evil.example>\n\nHello"
	report, err := forensic.Analyze(context.Background(), strings.NewReader(raw), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Findings {
		fmt.Println(f.Severity, f.ID)
		fmt.Println(f.Detail)
		rule, _ := forensic.Explain(f.ID)
		fmt.Println(strings.Join(rule.References, ", "))
	}
	// Output:
	// high deception.display-name-address
	// From: the display name "boss@bank.example" holds the address "boss@bank.example", the mailbox is "x@evil.example"
	// RFC 5322 3.4, RFC 7489 12.4
}

// Rules lists every kind of finding, for a catalogue or a filter.
func ExampleRules() {
	for r := range forensic.Rules() {
		if strings.HasPrefix(r.ID, "date.") {
			fmt.Println(r.ID, r.Severity)
		}
	}
	// Output:
	// date.missing low
	// date.unreadable low
	// date.weekday-mismatch medium
	// date.zone-absent info
	// date.zone-unknown info
	// date.zone-unusual low
}
