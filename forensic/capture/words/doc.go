// Package words answers: what do the commands and replies of a mail dialogue
// mean, in plain words, in English and in Spanish?
//
// The texts are half-sentences without a full stop. What a code means depends
// on the command it answers (RFC 5321 4.3.2), so the verb is asked for, too.
package words

import (
	"strconv"
	"strings"
)

// Language is that of the texts; "" means English.
type Language string

// The languages.
const (
	English Language = "en"
	Spanish Language = "es"
)

// ParseLanguage reads a language as RFC 5646 writes it, with or without a
// region.
func ParseLanguage(s string) (Language, bool) {
	tag, _, _ := strings.Cut(strings.ToLower(s), "-")
	tag, _, _ = strings.Cut(tag, "_")
	switch Language(tag) {
	case English:
		return English, true
	case Spanish:
		return Spanish, true
	}
	return "", false
}

// text is one thing said in both languages.
type text struct{ en, es string }

func (t text) in(l Language) string {
	if l == Spanish {
		return t.es
	}
	return t.en
}

// Reply says what an SMTP reply code means as the answer to a verb: "" if the
// command is not known, "CONNECT" for the greeting, "." for the end of a message.
// enhanced is the code of RFC 3463 in the reply, "" without one. An unknown code is
// explained by its digits (RFC 5321 4.2.1). The result is never empty.
func Reply(code int, enhanced, verb string, lang Language) string {
	out := basic(code, strings.ToUpper(verb), lang)
	if more := Enhanced(enhanced, lang); more != "" {
		out += "; " + more
	}
	return out
}

// basic is the meaning of the three digits.
func basic(code int, verb string, lang Language) string {
	for i := range special {
		if s := &special[i]; s.code == code && s.verb == verb {
			return s.text.in(lang)
		}
	}
	for i := range general {
		if general[i].code == code {
			return general[i].text.in(lang)
		}
	}
	return byDigits(code, lang)
}

// byDigits is RFC 5321 4.2.1: the first digit says whether, the second about
// what.
func byDigits(code int, lang Language) string {
	if code < 100 || code > 599 {
		return text{
			strconv.Itoa(code) + " is no reply code of SMTP",
			strconv.Itoa(code) + " no es un código de respuesta de SMTP",
		}.in(lang)
	}
	out := classes[code/100-1].in(lang)
	if about := code / 10 % 10; about < len(subjects) && subjects[about].en != "" {
		out += ": " + subjects[about].in(lang)
	}
	return out
}

// Codes are the codes that are explained by name, ascending.
func Codes() []int {
	out := make([]int, len(general))
	for i := range general {
		out[i] = general[i].code
	}
	return out
}

// Enhanced says what a status code of RFC 3463 means; "" for what is none. Where the
// detail is not registered, class and subject are told.
func Enhanced(code string, lang Language) string {
	class, rest, ok := strings.Cut(code, ".")
	subject, detail, ok2 := strings.Cut(rest, ".")
	if !ok || !ok2 || class != "2" && class != "4" && class != "5" {
		return ""
	}
	if len(subject) > 3 || len(detail) > 3 || !number(subject) || !number(detail) {
		return ""
	}
	var kind text
	switch class {
	case "2":
		kind = text{"done", "hecho"}
	case "4":
		kind = text{"failed for now", "fallo temporal"}
	default:
		kind = text{"failed for good", "fallo permanente"}
	}
	about := subject + "." + detail
	for i := range details {
		if details[i].code == about {
			return kind.in(lang) + ": " + details[i].text.in(lang)
		}
	}
	if n, _ := strconv.Atoi(subject); n < len(areas) {
		return kind.in(lang) + ": " + areas[n].in(lang)
	}
	return kind.in(lang)
}

func number(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Command says what a verb asks for; "" if it is not known. protocol is "smtp",
// "lmtp", "pop3" or "imap".
func Command(protocol, verb string, lang Language) string {
	table := smtpVerbs[:]
	switch protocol {
	case "pop3":
		table = popVerbs[:]
	case "imap":
		table = imapVerbs[:]
	}
	return lookUp(table, verb, lang)
}

// Extension says what a keyword in the reply to EHLO offers; "" if it is not known.
func Extension(keyword string, lang Language) string {
	return lookUp(extensions[:], keyword, lang)
}

// entry is a word and what it means.
type entry struct {
	word string
	text text
}

func lookUp(table []entry, word string, lang Language) string {
	for i := range table {
		if strings.EqualFold(table[i].word, word) {
			return table[i].text.in(lang)
		}
	}
	return ""
}
