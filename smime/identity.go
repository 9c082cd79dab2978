package smime

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/idna"
)

// Identity says whether the certificate speaks for the message's author.
type Identity string

// The answers. A certificate without any address is IdentityNone: it says
// nothing about who may write under an address.
const (
	IdentityMatch    Identity = "match"
	IdentityMismatch Identity = "mismatch"
	IdentityNone     Identity = "none"
)

// Flags of identity.
const (
	flagSenderDiffers  = "sender-differs"
	flagSeveralAuthors = "several-authors"
	flagSeveralFrom    = "duplicate-from"
	flagNoAuthor       = "no-author"
	flagNameIsAddress  = "display-name-is-address"
	flagCaseDiffers    = "address-case-differs"
	flagNameControls   = "display-name-controls"
	flagGroupAuthor    = "author-in-group"
	flagReplyDiffers   = "reply-to-differs"
	flagResent         = "resent"
	flagNUL            = "nul-in-name"
	flagHomograph      = "homograph"
)

// authors are the addresses of a header that say who wrote.
type authors struct {
	from, sender, reply []headers.Address
	fields              int // From fields
	resent, nul         bool
}

func authorsOf(h *headers.Block) authors {
	var a authors
	for f := range h.All("From") {
		a.fields++
		a.from = append(a.from, f.Addresses().Addresses...)
	}
	for f := range h.All("Sender") {
		a.sender = append(a.sender, f.Addresses().Addresses...)
	}
	for f := range h.All("Reply-To") {
		a.reply = append(a.reply, f.Addresses().Addresses...)
	}
	a.resent = h.Count("Resent-From") > 0
	if f, ok := h.First("From"); ok {
		a.nul = bytes.IndexByte(f.Raw(), 0) >= 0
	}
	return a
}

// compareIdentity compares the addresses of a certificate with those that a
// reader is shown (RFC 8550 3). That demands a match of From or Sender. Here
// every author must match: readers show From, and a signature of one of two
// authors, or of a Sender whom nobody sees, speaks for no other one.
func compareIdentity(emails []string, a authors) (id Identity, flags []string) {
	flags = a.flags()
	if len(emails) == 0 {
		return IdentityNone, flags
	}
	matched, differs := 0, false
	for _, author := range a.from {
		exact, fold := matchAny(emails, author.Address)
		if isDoubtful(&author) || a.nul { // readers end the field at a NUL
			exact, fold = false, false
		}
		if exact || fold {
			matched++
		}
		differs = differs || fold && !exact
	}
	if matched > 0 && matched == len(a.from) {
		if differs {
			flags = append(flags, flagCaseDiffers)
		}
		return IdentityMatch, flags
	}
	return IdentityMismatch, flags
}

// isDoubtful reports whether readers differ in what an address is.
func isDoubtful(a *headers.Address) bool {
	return slices.ContainsFunc(a.Defects, func(d headers.Defect) bool { return d.Code == "address.unexpected" })
}

// flags are the oddities of the author's fields that deceive a reader.
func (a *authors) flags() []string {
	var flags []string
	add := func(is bool, flag string) {
		if is && !slices.Contains(flags, flag) {
			flags = append(flags, flag)
		}
	}
	add(a.fields > 1, flagSeveralFrom)
	add(len(a.from) > 1, flagSeveralAuthors)
	add(len(a.from) == 0, flagNoAuthor)
	add(differs(a.sender, a.from), flagSenderDiffers)
	add(differs(a.reply, a.from), flagReplyDiffers)
	add(a.resent, flagResent)
	add(a.nul, flagNUL)
	for i := range a.from {
		f := &a.from[i]
		add(f.Group != "", flagGroupAuthor)
		add(namesAnother(f.Name, f.Address), flagNameIsAddress)
		add(strings.ContainsFunc(f.Name+f.Address, isHidden), flagNameControls)
		add(mixesScripts(f.Address), flagHomograph)
	}
	return flags
}

// differs reports whether an address of the one list is not in the other.
func differs(list, in []headers.Address) bool {
	return slices.ContainsFunc(list, func(l headers.Address) bool {
		return !slices.ContainsFunc(in, func(i headers.Address) bool { return strings.EqualFold(l.Address, i.Address) })
	})
}

// mixesScripts reports whether letters of Latin stand in one word with letters of
// another script that has look-alikes of them (Unicode TR 39 5).
func mixesScripts(address string) bool {
	for word := range strings.FieldsFuncSeq(address, func(r rune) bool { return strings.ContainsRune("@.-_+", r) }) {
		latin, other := false, false
		for _, r := range word {
			latin = latin || unicode.Is(unicode.Latin, r)
			other = other || unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic)
		}
		if latin && other {
			return true
		}
	}
	return false
}

// namesAnother reports whether a display name shows an address that is not the
// one behind it.
func namesAnother(name, address string) bool {
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune(" \t\"'<>()[],;:", r) }) {
		at := strings.LastIndexByte(word, '@')
		if at > 0 && strings.Contains(word[at:], ".") && !strings.EqualFold(word, address) {
			return true
		}
	}
	return false
}

// isHidden reports characters that a reader does not see, or that move others:
// controls, marks of direction, characters of no width.
func isHidden(r rune) bool {
	return r < 0x20 || r >= 0x7F && r < 0xA0 || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E ||
		r >= 0x2060 && r <= 0x2069 || r == 0xFEFF || r >= 0xE0000 && r <= 0xE007F
}

// matchAny compares an address with those of a certificate. exact follows RFC
// 5280 7.5: the local part octet by octet, the domain without regard to case;
// fold disregards it in both: no known host tells such mailboxes apart.
func matchAny(emails []string, address string) (exact, fold bool) {
	local, domain, ok := cutAddress(address)
	if !ok {
		return false, false
	}
	for _, e := range emails {
		l, d, ok := cutAddress(e)
		if !ok || asciiDomain(d) != asciiDomain(domain) {
			continue
		}
		exact = exact || l == local
		fold = fold || idna.LowerASCII(l) == idna.LowerASCII(local)
	}
	return exact, fold
}

// cutAddress cuts an address at its last "@".
func cutAddress(s string) (local, domain string, ok bool) {
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 {
		return "", "", false
	}
	return s[:at], s[at+1:], true
}

// asciiDomain is a domain in lower case with its labels in the form of RFC 5891 4.4,
// so that "bücher.example" and "xn--bcher-kva.example" are the same.
func asciiDomain(domain string) string {
	return idna.ToASCII(idna.LowerASCII(strings.TrimSuffix(domain, ".")))
}
