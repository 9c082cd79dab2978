// Package mimeparse answers: which parts does a message have (RFC 2045 to 2049), where, and what do
// they decode to?
//
// The parts are a tree in which each one knows where its header, body, delimiter lines, preamble and
// epilogue stand.
//
// [Parse] never fails and never copies the message: parts are spans. Content
// is decoded when asked for, by [Part.Decode], [Part.WriteTo] and [Part.Text],
// each of which says what it could not decode and where. What breaks the
// grammar becomes a [headers.Defect].
//
// Where real readers disagree about the same bytes, [Reading] chooses whose
// eyes to use; one parser gives every reading.
package mimeparse
