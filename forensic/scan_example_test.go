package forensic_test

import (
	"context"
	"fmt"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// Every message of a folder, whatever it holds, with the place of each.
func ExampleScan() {
	for s, err := range forensic.Scan(context.Background(), []string{"../testdata/messages"}, nil) {
		switch {
		case evidence.Skipped(err): // a file that is no mail
		case err != nil:
			fmt.Println("failed:", err)
		default:
			fmt.Println(s.Message.Place, s.Message.Container, len(s.Report.Findings) > 0)
		}
	}
	// Output:
	// ../testdata/messages/invoice.eml#0@0 eml true
	// ../testdata/messages/office.mbox#0@46 mbox false
	// ../testdata/messages/office.mbox#1@479 mbox false
	// ../testdata/messages/office.mbox#2@739 mbox false
}

// What is done with each message can be done on all processors; the results
// come in the order of the input.
func ExampleScanEach() {
	size := func(m *evidence.Message, _ *forensic.Report) (int, error) { return len(m.Bytes()), nil }
	for s, err := range forensic.ScanEach(context.Background(), []string{"../testdata/messages/office.mbox"}, nil, size) {
		if err == nil {
			fmt.Println(s.Message.Index, s.Value)
		}
	}
	// Output:
	// 0 400
	// 1 213
	// 2 395
}
