// Package emlcheck is the map of this module: evidence analysis of saved
// e-mail. It holds no code. The rooms, in the order in which a byte travels:
//
//   - [github.com/emlcheck/emlcheck/forensic/evidence]: which messages are in
//     this file, and at which offsets?
//   - [github.com/emlcheck/emlcheck/headers]: which fields does the header
//     hold, and what do their values say?
//   - [github.com/emlcheck/emlcheck/mimeparse]: which parts does the message
//     have, where are they, and what do they decode to?
//   - [github.com/emlcheck/emlcheck/smime]: who signed what, and does it hold?
//   - [github.com/emlcheck/emlcheck/forensic/route]: which way do the trace
//     fields say the message went, and what does not fit among them?
//   - [github.com/emlcheck/emlcheck/forensic/clock]: which moments do its dates
//     and identifiers hold, and which of them cannot all be true?
//   - [github.com/emlcheck/emlcheck/forensic]: all of this in one [forensic.Report],
//     and the findings: the only place with opinions.
//   - [github.com/emlcheck/emlcheck/forensic/capture]: which mail dialogues does
//     a network capture or transcript hold, and which messages passed in them?
//   - [github.com/emlcheck/emlcheck/forensic/render]: a report as text, JSON,
//     JSON Lines or a timeline.
//
// The parsers can be used without the opinions. In one minute:
//
//	report, err := forensic.Analyze(ctx, file, nil)
//	if err != nil {
//		return err // nothing can be said: unreadable, too large, cancelled
//	}
//	for _, from := range report.Message.From {
//		fmt.Println(from.Name, from.Address, from.Span) // the bytes it rests on
//	}
//	for _, f := range report.Findings {
//		fmt.Println(f.Severity, f.Title, f.Innocent)
//	}
//
// # What holds everywhere
//
// Every value carries a [headers.Span]: byte offsets into the message as
// stored. Nothing is changed, dropped or guessed in silence; what breaks the
// grammar is a [headers.Defect] beside a result that stays usable. What the
// evidence does not state is absent, never a zero date or an empty address.
// The same bytes and options give the same report, byte for byte. Nothing is
// executed, fetched or written, and no package here can reach a network.
//
// [forensic.Report]: https://pkg.go.dev/github.com/emlcheck/emlcheck/forensic#Report
// [headers.Span]: https://pkg.go.dev/github.com/emlcheck/emlcheck/headers#Span
// [headers.Defect]: https://pkg.go.dev/github.com/emlcheck/emlcheck/headers#Defect
package emlcheck
