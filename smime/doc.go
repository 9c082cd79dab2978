// Package smime reads the Cryptographic Message Syntax (RFC 5652) as mail
// carries it (RFC 8551).
//
// This version finds out what an object is and takes the content out of
// SignedData, so that what is inside an opaque signature can be examined. It
// verifies nothing; verification comes with the next versions.
package smime
