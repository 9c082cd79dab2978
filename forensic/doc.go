// Package forensic answers: what do all the facts about a message say together, and what is odd about
// it?
//
// [Analyze] examines one message, [AnalyzeFile] those of a file in order, [Scan] those of any number
// of files, folders and archives on all processors. Each gives a [Report], the types of which are in
// package report: facts from the rooms below (header fields, parts, route, clocks, signatures), each
// with its bytes, and findings, the only place with opinions. A finding names the facts it rests on,
// the clause that it follows from, and how the same can come about without ill intent; [Rules] lists
// every kind of finding, [Explain] tells of one.
//
//	for scanned, err := range forensic.Scan(ctx, []string{"export.mbox"}, nil) {
//		if err != nil {
//			log.Print(err) // one message, with its place; the scan goes on
//			continue
//		}
//		for _, f := range scanned.Report.Findings {
//			fmt.Println(scanned.Message.Index, f.Severity, f.Title)
//		}
//	}
package forensic
