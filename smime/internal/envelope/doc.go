// Package envelope answers: with these private keys, what is inside an encrypted
// CMS object, and what inside a compressed one?
//
// Nothing is released of a content whose authentication code does not fit. Of a
// content without one (AES-CBC and its like) every key and every change of the
// ciphertext gives some plaintext: that it could be decrypted proves nothing
// about who wrote it, nor that nobody changed it on the way.
package envelope
