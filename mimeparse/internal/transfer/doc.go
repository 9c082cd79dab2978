// Package transfer answers: what do base64, quoted-printable (RFC 2045 6) and uuencoded bytes decode
// to?
//
// It goes piece by piece and never gives up: every byte that can be had is decoded, and what does
// not fit the encoding is told as a [headers.Defect] with the span where it stands.
//
// It reads the encoded bytes where they lie (a mapped file, say), reports how
// far it has come so that they can be released, and uses its working memory
// again.
package transfer
