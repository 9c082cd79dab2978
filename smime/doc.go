// Package smime answers: who signed what of this message (S/MIME, RFC 8551), does
// it hold, and what of that which a reader is shown did nobody sign?
//
// [Inspect] finds every layer of a message, at any depth: clear and opaque
// signatures, encrypted and compressed objects, bags of certificates. It verifies
// each signer on its own, offline and without a clock: trust, revocation and the
// moment come from [Options]. What cannot be checked is never called valid.
//
// It is made for hostile input. Objects are read within bounds and without
// recursion; package pkcs7, which is asked for a second opinion, never sees one
// that was not read before.
package smime
