package forensic

import "github.com/emlcheck/emlcheck/forensic/report"

// Report is what an analysis gives; package report has the types of all of it.
type Report = report.Report

// Finding is one opinion of a [Report], with the facts it points at.
type Finding = report.Finding

// Severity is how grave a [Finding] is: report.Info, Low, Medium or High.
type Severity = report.Severity
