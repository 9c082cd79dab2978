// Package headers answers: which fields does the header of an RFC 5322 message hold, where, and what
// do their values say?
//
// Each field has the byte span it came from, and so has what is inside it: dates, addresses,
// message-ids, encoded words, parameters, trace lines.
//
// Nothing is lost and nothing is corrected in silence: input that breaks the
// grammar gives a result that stays usable and a list of [Defect].
//
// A value parser takes the raw bytes of the message and the [Span] to read,
// and reports spans that are offsets into those same raw bytes. Folding line
// breaks inside the span are white space to every parser (RFC 5322 2.2.3).
package headers
