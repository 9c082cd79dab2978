// Package report answers: what does an examination say about one message?
//
// It holds the types of the schema emlcheck/report/1, one for each kind of JSON object, and nothing
// that fills them: package forensic does. Every fact stands with the bytes that it was read from
// ([headers.Span]) and with who could have written them ([Author]); what is absent is null
// ([Stated]), and bytes that are not text stay visible ([Raw]). report.schema.json beside this file
// describes the JSON form; fields may be added to it, never renamed or given another meaning.
//
// Start at [Report].
package report
