// Package pki answers: which certificates, revocation lists and OCSP responses
// are there, and does a path lead from a certificate to a given root at a given
// moment, for e-mail?
//
// Reading is lenient: a certificate that has the outline of one is never lost;
// what breaks RFC 5280 in it becomes a [Problem]. Judging is strict: [BuildPath]
// follows RFC 5280 6 and RFC 8550 and keeps the reason of every refusal. Weak
// algorithms do not break a path; they are listed in [Path.Weak].
//
// Nothing is fetched and no clock is read: roots, evidence and the moment come
// from the caller.
package pki
