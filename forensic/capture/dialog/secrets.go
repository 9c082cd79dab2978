package dialog

import (
	"encoding/base64"
	"strconv"
	"strings"
	"sync"
)

// Secrets numbers secrets in the order in which they are first seen. Equal
// secrets have equal numbers, and nothing about a secret follows from its
// number: not even a digest of it is ever printed, since passwords can be
// guessed from digests. It may be shared by many dialogues.
type Secrets struct {
	mu     sync.Mutex
	number map[string]int
	// Reveal shows secrets instead.
	Reveal bool
}

// NewSecrets is an empty registry.
func NewSecrets() *Secrets { return &Secrets{number: map[string]int{}} }

// maxSecrets bounds the memory for secrets; those beyond share a number.
const maxSecrets = 1 << 20

// mark is what is printed for a secret.
func (s *Secrets) mark(secret string) string {
	if s.Reveal {
		return secret
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.number[secret]
	if !ok {
		if n = len(s.number) + 1; n > maxSecrets {
			return "[secret]"
		}
		s.number[strings.Clone(secret)] = n
	}
	return "[secret " + strconv.Itoa(n) + "]"
}

// secretText are the forms of secrets that must not be printed of one
// dialogue: a server may repeat what it was sent.
type secretText struct {
	forms []secretForm
}

type secretForm struct{ form, mark string }

// hide registers a secret and returns what is printed for it.
func (d *Dialog) hide(secret string) string {
	mark := d.opt.Secrets.mark(secret)
	if !d.opt.Secrets.Reveal && secret != "" {
		d.secrets.add(secret, mark)
		d.secrets.add(base64.StdEncoding.EncodeToString([]byte(secret)), mark)
	}
	return mark
}

// hideForm registers another form in which a secret was sent.
func (d *Dialog) hideForm(form, mark string) {
	if !d.opt.Secrets.Reveal {
		d.secrets.add(form, mark)
	}
}

// minForm is the length from which on a text is looked for elsewhere: shorter ones
// occur by chance.
const minForm = 4

func (t *secretText) add(form, mark string) {
	if len(form) < minForm || len(t.forms) > 64 {
		return
	}
	for _, f := range t.forms {
		if f.form == form {
			return
		}
	}
	t.forms = append(t.forms, secretForm{form, mark})
}

// clean replaces the secrets that a text repeats.
func (d *Dialog) clean(text string) string {
	for _, f := range d.secrets.forms {
		if strings.Contains(text, f.form) {
			text = strings.ReplaceAll(text, f.form, f.mark)
		}
	}
	return text
}

// unbase64 decodes what RFC 4954 4 has in base64; ok is false for what is none.
// Padding may be missing: people type it by hand.
func unbase64(s string) (string, bool) {
	s = strings.TrimRight(s, "= ")
	b, err := base64.RawStdEncoding.DecodeString(s)
	return string(b), err == nil
}

// looksSecret reports whether a line that is no command may be an answer of
// AUTH whose question was not captured.
func looksSecret(line string) bool {
	if len(line) < 4 || strings.ContainsAny(line, " \t") {
		return false
	}
	_, ok := unbase64(line)
	return ok
}

// cleanRefusal hides what a server repeats of an answer that was not captured.
func (d *Dialog) cleanRefusal(r *Reply) {
	if d.opt.Secrets.Reveal || r.Code < 400 {
		return
	}
	for i, l := range r.Lines {
		words := strings.Split(d.clean(l), " ")
		for k, w := range words {
			if encoded(strings.Trim(w, ".,:;()[]<>\"'")) {
				words[k] = d.hide(w)
			}
		}
		r.Lines[i] = strings.Join(words, " ")
	}
}

// encoded reports whether a word is base64 rather than a word of a language.
func encoded(w string) bool {
	if len(w) < 8 || !looksSecret(w) {
		return false
	}
	return strings.HasSuffix(w, "=") || strings.ContainsAny(w, "0123456789") && upper(w) != w && strings.ToLower(w) != w
}
