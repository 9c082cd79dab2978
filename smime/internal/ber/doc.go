// Package ber answers: which values does this BER encoding (X.690) hold, where
// does each stand, and how would DER write it?
//
// It is made for hostile input. An encoding is read once, without recursion, and
// a value never reaches beyond the one around it; depth, number of values and
// the size of tags and lengths are bounded. Nothing is copied while it is read.
// What DER would write otherwise is kept as a [Fact]: it tells the producer of
// a signature.
package ber
