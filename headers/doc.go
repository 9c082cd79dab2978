// Package headers reads the header block of an RFC 5322 message: every field
// with the byte span it came from, and the values inside fields (dates,
// addresses, message-ids, encoded words, parameters, trace lines) with theirs.
//
// Nothing is lost and nothing is corrected in silence: input that breaks the
// grammar gives a result that stays usable and a list of [Defect].
//
// A value parser takes the raw bytes of the message and the [Span] to read,
// and reports spans that are offsets into those same raw bytes. Folding line
// breaks inside the span are white space to every parser (RFC 5322 2.2.3).
package headers
