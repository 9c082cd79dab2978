package smime

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Files names where the bytes of a layer lie, or go, for the commands of
// [Layer.OpenSSL]. Names are put in quotes there.
type Files struct {
	// Object is the CMS object as [Layer.Object] gives it.
	Object string
	// Content is what [Layer.Signed] gives of a signed layer, or the content of
	// another one.
	Content string
	// Out is where openssl writes the content of a layer that holds it; "" when
	// Content is there already.
	Out string
	// Certificates holds certificates in PEM that are not in the object; "" for none.
	Certificates string
	// Roots holds the trust anchors in PEM; with "" openssl checks no path.
	Roots string
	// Recipient and Key are the certificate and key that decrypt.
	Recipient, Key string
}

// opensslDigests are the digests that openssl dgst knows by the names of this
// package.
var opensslDigests = []string{"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512-224", "sha512-256", "sha3-224", "sha3-256", "sha3-384", "sha3-512"}

// OpenSSL is a list of shell commands by which openssl repeats what was found of a
// layer: digests of the content, the signature, and where roots are named the
// path. openssl says less than this package, and is wrong in cases that the
// documentation lists.
func (l *Layer) OpenSSL(f Files) []string {
	switch l.Kind {
	case SignedClear:
		return append(l.digestCommands(f), l.verifyCommand(f, "-binary -content "+Quote(f.Content)+" -out /dev/null"))
	case SignedOpaque:
		if f.Out == "" {
			return append(l.digestCommands(f), l.verifyCommand(f, "-binary -out /dev/null"))
		}
		return append([]string{l.verifyCommand(f, "-binary -out "+Quote(f.Out))}, l.digestCommands(f)...)
	case EnvelopedLayer, AuthLayer:
		return []string{"openssl cms -decrypt -binary -inform DER -in " + Quote(f.Object) + " -recip " + Quote(f.Recipient) + " -inkey " + Quote(f.Key) + f.out()}
	case CompressLayer:
		return []string{"openssl cms -uncompress -binary -inform DER -in " + Quote(f.Object) + f.out()}
	case CertsLayer:
		return []string{"openssl pkcs7 -inform DER -in " + Quote(f.Object) + " -print_certs -noout"}
	}
	return []string{"openssl asn1parse -inform DER -in " + Quote(f.Object)}
}

// out keeps the content, or compares it with the one that is there.
func (f *Files) out() string {
	if f.Out == "" {
		return " | cmp - " + Quote(f.Content)
	}
	return " -out " + Quote(f.Out)
}

// digestCommands print the digests that the report states.
func (l *Layer) digestCommands(f Files) []string {
	var out []string
	for i := range l.Signers {
		s := &l.Signers[i]
		command := "openssl dgst -" + s.DigestAlgorithm + " " + Quote(f.Content)
		if slices.Contains(opensslDigests, s.DigestAlgorithm) && len(s.Digest) > 0 && !slices.Contains(out, command) {
			out = append(out, command)
		}
	}
	return out
}

func (l *Layer) verifyCommand(f Files, content string) string {
	command := "openssl cms -verify -inform DER -in " + Quote(f.Object) + " " + content
	if f.Certificates != "" {
		command += " -certfile " + Quote(f.Certificates)
	}
	at := l.judgedAt()
	if f.Roots == "" || at.IsZero() {
		return command + " -noverify"
	}
	return command + fmt.Sprintf(" -CAfile %s -attime %d", Quote(f.Roots), at.Unix())
}

// judgedAt is the moment for which the first signer's path was judged.
func (l *Layer) judgedAt() time.Time {
	for i := range l.Signers {
		if t := l.Signers[i].JudgedAt; !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// Quote writes a word so that a POSIX shell takes it as it is.
func Quote(word string) string {
	plain := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("_./-+=:,@", r)
	}
	if word != "" && word[0] != '-' && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	if strings.HasPrefix(word, "-") {
		word = "./" + word // not a flag
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
