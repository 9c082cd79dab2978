package smimeforge

import (
	"bytes"
	"fmt"
	"math/big"
)

// This file answers one question: which objects cost a careless reader time or memory before any check?

// exhaustions makes the cases dos-*.
func (f *forge) exhaustions() error {
	f.dosExponential()
	f.dosDeep()
	f.dosLong()
	f.dosCostly()
	return nil
}

// rewind is n indefinite elements that run past their definite parents: 2^n steps for a reader that goes back.
func rewind(n int) []byte {
	return bytes.Join([][]byte{{0x30, 0x80}, bytes.Repeat([]byte{0x30, 0x02, 0x30, 0x80}, n), {2, 1, 0, 0, 0}}, nil)
}

func (f *forge) dosExponential() {
	const why = "X.690 8.1.3.6: an indefinite element runs past its definite parent"
	f.addDER("dos-exponential-18", Malformed, why, rewind(18))
	f.addDER("dos-exponential-22", Malformed, why, rewind(22))
	f.addDER("dos-exponential-40", Malformed, why, rewind(40))
	f.addDER("dos-exponential-5000", Malformed, why, rewind(5000))
	f.addBody("dos-exponential-opaque", Malformed, why, opaque("signed-data", rewind(40)))
	f.addBody("dos-exponential-enveloped", Malformed, why, opaque("enveloped-data", rewind(40))).reader(f.bob)
	n := tree(f.cms(f.part()).der())
	n.at(1, 0).kids = append(n.at(1, 0).kids, &node{tag: 0xa5, body: rewind(30)[2:]})
	f.addDER("dos-exponential-inside", Malformed, why, n.bytes())
}

func (f *forge) dosDeep() {
	open := []byte{0x30, 0x80}
	const why = "X.690 8.1: levels without end; no object of CMS is that deep"
	f.addDER("dos-recursion-10k", Malformed, why, bytes.Repeat(open, 10_000))
	f.addDER("dos-recursion-1m", Malformed, why, bytes.Repeat(open, 1_000_000))
	f.addDER("dos-recursion-2m", Malformed, why, bytes.Repeat(open, 2_000_000))
	closed := func(n int) []byte { return append(bytes.Repeat(open, n), make([]byte, 2*n)...) }
	f.addDER("dos-closed-levels-80k", Malformed, why+", here closed", closed(20_000))
	f.addDER("dos-closed-levels-320k", Malformed, why+", here closed", closed(80_000))
	strings := append(bytes.Repeat([]byte{0x24, 0x80}, 50_000), make([]byte, 100_000)...)
	f.addDER("dos-string-levels", Malformed, why+", here constructed strings", strings)
	s := f.cms(f.part())
	s.embedded = f.part()
	n := tree(s.der())
	for _, k := range frame(n) {
		k.form = indefinite
	}
	value := n.at(1, 0, 2, 1)
	value.kids = []*node{{tag: 0x24, form: indefinite, body: strings}}
	f.addBody("dos-string-levels-inside", Malformed, why+", here inside the signed content", opaque("signed-data", n.bytes()))
	deep := octets(make([]byte, 4<<20))
	f.addDER("dos-definite-levels", Malformed, why+", here 3,000 definite ones around 4 MB", wrapped(deep, 3000))
}

// wrapped puts n definite sequences around an element, from the inside, without copying it each time.
func wrapped(inner []byte, n int) []byte {
	heads := make([][]byte, n+1)
	size := len(inner)
	for i := n - 1; i >= 0; i-- {
		heads[i] = append([]byte{0x30}, lengthOf(size)...)
		size += len(heads[i])
	}
	heads[n] = inner
	return bytes.Join(heads, nil)
}

func (f *forge) dosLong() {
	const why = "RFC 5652 3: a sequence of numbers is no ContentInfo"
	numbers := bytes.Repeat([]byte{2, 1, 1}, 400_000)
	f.addDER("dos-integers-open", Malformed, why+"; its end is missing", append([]byte{0x30, 0x80}, numbers...))
	f.addDER("dos-integers-closed", Malformed, why, append(append([]byte{0x30, 0x80}, numbers...), 0, 0))
	f.addDER("dos-integers-indefinite", Malformed, why+"; each is an empty indefinite sequence", append(bytes.Repeat([]byte{0x30,
		0x80, 0, 0}, 300_000), 0))
	f.addDER("dos-high-tag", Malformed, "X.690 8.1.2.4: an identifier of a megabyte", append([]byte{0x3f},
		bytes.Repeat([]byte{0xff}, 1<<20)...))
	f.addDER("dos-high-tag-short", Malformed, "X.690 8.1.2.4: the identifier does not end", []byte{0x1f, 0x80})
	f.addDER("dos-length-short", Malformed, "X.690 8.1.3.5: the length does not end", []byte{0x30, 0x81})
	f.addDER("dos-length-negative", Malformed, "X.690 8.1.3.5: a length that overflows a signed number", append([]byte{0x30, 0x88},
		bytes.Repeat([]byte{0xff}, 8)...))
	n := tree(f.cms(f.part()).der())
	id := n.at(0)
	id.body = append(bytes.Repeat([]byte{0xff}, 1<<20), 1)
	f.addDER("dos-long-oid", Malformed, "X.690 8.19: an object identifier of a megabyte names no type", n.bytes()).also(Unsupported)
	n = tree(f.cms(f.part()).der())
	n.at(1, 0, -1).kids = nil
	n.at(1, 0, -1).body = bytes.Repeat([]byte{0x30, 0}, 200_000)
	f.addDER("dos-empty-signers", Malformed, "RFC 5652 5.3: 200,000 signers that are empty", n.bytes()).also(Invalid)
}

func (f *forge) dosCostly() {
	big32k := *f.alice.key
	modulus := new(big.Int).SetBytes(append([]byte{0xc1}, random(4095)...))
	big32k.spki = rsaSPKI(modulus.SetBit(modulus, 0, 1), new(big.Int).Sub(modulus, big.NewInt(2)))
	f.addAlg("dos-rsa-32768", Invalid, "a key of 32,768 bits with an exponent as long is refused or does not verify", &big32k,
		sha256Hash, func(s *signed) {
			s.signers[0].mangle = func([]byte) []byte { return random(4096)[1:] }
		}).also(Unsupported, Malformed)
	f.addSigned("dos-many-attributes", Valid, "RFC 5652 5.3: 5,000 attributes that nobody knows; a reader may stop at a limit",
		func(s *signed) {
			s.signers[0].edit = func(l [][]byte) [][]byte {
				for i := range 5000 {
					l = append(l, attribute("1.3.6.1.4.1.99999.30", num(int64(i))))
				}
				return l
			}
		}).also(Malformed, Invalid)
	f.addSigned("dos-many-certificates", Valid, "RFC 5652 5.1: the certificate 1,000 times; a reader may stop at a limit",
		func(s *signed) {
			for range 1000 {
				s.certs = append(s.certs, f.mallory.der)
			}
		}).also(Malformed, Unsupported)
	n := tree(f.cms(f.part()).der())
	infos := n.at(1, 0, -1)
	one := infos.kids[0]
	for range 2999 {
		infos.kids = append(infos.kids, one)
	}
	f.addDER("dos-many-signers", Valid, "RFC 5652 5.1: the signer 3,000 times; a reader may stop at a limit", n.bytes()).also(Malformed, Unsupported)
	deep := f.entity()
	for i := range 1000 {
		deep = multi("multipart/mixed", fmt.Sprintf("level-%d", i), deep)
	}
	f.addBody("dos-mime-depth", Malformed, "RFC 2046 5.1: a thousand multiparts around the signed one; a reader may stop at a limit", deep).
		also(Valid, Partial, Unsigned, Unsupported, "")
}
