// Package cms answers: what does this CMS object (RFC 5652) hold?
//
// It reads and does not judge: nothing is verified here and nothing decrypted.
// Fields keep the place in the object that they were read from, and what can be
// read of a damaged object is kept with a defect beside it. Values alias the
// object that was read.
package cms
