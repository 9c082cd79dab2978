package smimeforge

import (
	"bytes"
	"fmt"
	"math/big"
	"sort"
	"strconv"
	"strings"
	"time"
)

// This file answers one question: how is a value written in DER? The helpers do not check what they are given,
// because half of the cases need objects that no honest encoder would write.

// tlv writes one element with the shortest definite length.
func tlv(tag byte, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append([]byte{tag}, lengthOf(len(body))...), body...)
}

// lengthOf is the DER form of a length.
func lengthOf(n int) []byte {
	if n < 0x80 {
		return []byte{byte(n)}
	}
	b := big.NewInt(int64(n)).Bytes()
	return append([]byte{0x80 | byte(len(b))}, b...)
}

func seq(parts ...[]byte) []byte          { return tlv(0x30, parts...) }
func set(parts ...[]byte) []byte          { return tlv(0x31, parts...) }
func octets(b []byte) []byte              { return tlv(0x04, b) }
func bits(b []byte) []byte                { return tlv(0x03, []byte{0}, b) }
func null() []byte                        { return []byte{5, 0} }
func utf8s(s string) []byte               { return tlv(0x0c, []byte(s)) }
func printable(s string) []byte           { return tlv(0x13, []byte(s)) }
func ia5(s string) []byte                 { return tlv(0x16, []byte(s)) }
func boolean(v bool) []byte               { return tlv(0x01, []byte{map[bool]byte{true: 0xff}[v]}) }
func num(n int64) []byte                  { return bigInt(big.NewInt(n)) }
func enum(n byte) []byte                  { return tlv(0x0a, []byte{n}) }
func explicit(n byte, p ...[]byte) []byte { return tlv(0xa0|n, p...) }
func context(n byte, b []byte) []byte     { return tlv(0x80|n, b) }

// retag gives an element another identifier octet.
func retag(tag byte, der []byte) []byte {
	out := bytes.Clone(der)
	out[0] = tag
	return out
}

// bigInt writes an INTEGER in two's complement.
func bigInt(n *big.Int) []byte {
	if n.Sign() < 0 {
		size := len(new(big.Int).Not(n).Bytes())
		for {
			size = max(size, 1)
			m := new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), uint(8*size)))
			if m.Sign() >= 0 && m.Bit(8*size-1) == 1 {
				return tlv(0x02, m.FillBytes(make([]byte, size)))
			}
			size++
		}
	}
	b := n.Bytes()
	if len(b) == 0 || b[0]&0x80 != 0 {
		b = append([]byte{0}, b...)
	}
	return tlv(0x02, b)
}

// sorted is the DER order of a SET OF.
func sorted(parts [][]byte) [][]byte {
	out := append([][]byte(nil), parts...)
	sort.SliceStable(out, func(i, j int) bool { return bytes.Compare(out[i], out[j]) < 0 })
	return out
}

func setOf(parts ...[]byte) []byte { return set(sorted(parts)...) }

// oid writes a dotted identifier; a wrong one is a fault of the programmer.
func oid(dotted string) []byte {
	var body []byte
	words := strings.Split(dotted, ".")
	var first uint64
	for i, w := range words {
		n, err := strconv.ParseUint(w, 10, 63)
		if err != nil {
			panic(fmt.Sprintf("smimeforge: object identifier %q: %v", dotted, err))
		}
		switch i {
		case 0:
			first = n
			continue
		case 1:
			n += 40 * first
		}
		body = append(body, base128(n)...)
	}
	return tlv(0x06, body)
}

func base128(n uint64) []byte {
	out := []byte{byte(n & 0x7f)}
	for n >>= 7; n > 0; n >>= 7 {
		out = append([]byte{byte(n&0x7f) | 0x80}, out...)
	}
	return out
}

// when writes a Time: UTCTime for 1950 to 2049, GeneralizedTime otherwise (RFC 5280 section 4.1.2.5).
func when(t time.Time) []byte {
	if y := t.UTC().Year(); y >= 1950 && y < 2050 {
		return tlv(0x17, []byte(t.UTC().Format("060102150405Z")))
	}
	return genTime(t)
}

func genTime(t time.Time) []byte { return tlv(0x18, []byte(t.UTC().Format("20060102150405Z"))) }

// algID is an AlgorithmIdentifier; nil parameters are absent.
func algID(dotted string, params []byte) []byte { return seq(oid(dotted), params) }

// attribute is an Attribute with its values in DER order.
func attribute(dotted string, values ...[]byte) []byte { return seq(oid(dotted), setOf(values...)) }

// element reads the element at the front of DER data: its identifier, its content and what follows.
func element(b []byte) (tag byte, body, rest []byte, err error) {
	if len(b) < 2 {
		return 0, nil, nil, fmt.Errorf("element of %d octets", len(b))
	}
	n, at := int(b[1]), 2
	if n >= 0x80 {
		k := n & 0x7f
		if k == 0 || k > 4 || len(b) < 2+k {
			return 0, nil, nil, fmt.Errorf("length form %#x", b[1])
		}
		n, at = 0, 2+k
		for _, c := range b[2 : 2+k] {
			n = n<<8 | int(c)
		}
	}
	if len(b)-at < n {
		return 0, nil, nil, fmt.Errorf("length %d runs past the end", n)
	}
	return b[0], b[at : at+n], b[at+n:], nil
}
