package pki

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte/asn1"
)

// String is the name in the manner of RFC 4514: the most specific attribute
// first. Characters that a reader would not see are escaped.
func (n *Name) String() string {
	if len(n.RDNs) == 0 && !n.Empty() {
		return "#" + hex.EncodeToString(n.Raw)
	}
	var out []string
	for _, rdn := range slices.Backward(n.RDNs) {
		var pairs []string
		for i := range rdn {
			pairs = append(pairs, attributeName(rdn[i].Type)+"="+rdn[i].text())
		}
		out = append(out, strings.Join(pairs, "+"))
	}
	return strings.Join(out, ", ")
}

// brief is the head of the name, for messages about it.
func (n *Name) brief() string {
	const most = 200
	s := n.String()
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}

func (a *Attribute) text() string {
	if a.StringType == "" {
		return "#" + hex.EncodeToString(a.Raw) // RFC 4514 2.4
	}
	var b strings.Builder
	for i, r := range a.Value {
		edge := i == 0 || i+utf8.RuneLen(r) == len(a.Value)
		switch {
		case strings.ContainsRune(`"+,;<>\`, r), r == ' ' && edge, r == '#' && i == 0:
			b.WriteString(`\` + string(r))
		case unseen(r):
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, `\%02X`, c)
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unseen reports what moves or hides other characters.
func unseen(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) || r == utf8.RuneError }

// quote shows the head of a text of unknown size.
func quote(s string) string {
	const most = 64
	if len(s) > most {
		return strconv.QuoteToASCII(s[:most]) + "..."
	}
	return strconv.QuoteToASCII(s)
}

var attributeNames = map[string]string{
	"2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST",
	"2.5.4.9": "STREET", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.17": "postalCode",
	"2.5.4.42": "GN", "2.5.4.43": "initials", "2.5.4.65": "pseudonym", "2.5.4.97": "organizationIdentifier",
	"0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC", oidEmailAddress: "emailAddress",
}

func attributeName(oid string) string {
	if name, ok := attributeNames[oid]; ok {
		return name
	}
	return oid
}

var stringTypes = map[asn1.Tag]string{
	12: "UTF8String", 18: "NumericString", 19: "PrintableString", 20: "TeletexString", 22: "IA5String",
	26: "VisibleString", 28: "UniversalString", 30: "BMPString",
}

// text decodes a DirectoryString or IA5String (RFC 5280 4.1.2.4). clean is false
// when octets stand in it that its type does not allow.
func text(tag asn1.Tag, b []byte) (s, kind string, clean bool) {
	kind = stringTypes[tag]
	switch kind {
	case "":
		return "", "", true
	case "BMPString":
		return bmp(b)
	case "UniversalString":
		return universal(b)
	case "UTF8String":
		return string(b), kind, utf8.Valid(b)
	case "TeletexString": // QUIRK: T.61 is written by nobody; Latin-1 or UTF-8 stands there
		if utf8.Valid(b) {
			return string(b), kind, true
		}
		return latin1(b), kind, true
	}
	if !ascii(b) {
		if utf8.Valid(b) {
			return string(b), kind, false
		}
		return latin1(b), kind, false
	}
	return string(b), kind, kind != "PrintableString" || printable(string(b))
}

func bmp(b []byte) (s, kind string, clean bool) {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units)), "BMPString", len(b)%2 == 0
}

func universal(b []byte) (s, kind string, clean bool) {
	runes := make([]rune, 0, len(b)/4)
	for i := 0; i+3 < len(b); i += 4 {
		runes = append(runes, rune(b[i])<<24|rune(b[i+1])<<16|rune(b[i+2])<<8|rune(b[i+3]))
	}
	return string(runes), "UniversalString", len(b)%4 == 0
}

func latin1(b []byte) string {
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

func ascii(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 })
}

// printable is X.680 41.4. QUIRK: "*", "@", "&" and "_" are seen in real ones.
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" '()+,-./:=?", r))
	})
}
