package dialog

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// sasl reads the client's half of an authentication (RFC 4422). It shows who
// somebody says he is, and hides what proves it.
type sasl struct {
	// challenge is the server's last one, as sent.
	challenge string
	// answers counts the client's.
	answers int
}

// begin is a new attempt with its initial response, as sent; "" for none. It
// returns the text of both that may be printed.
func (x *sasl) begin(d *Dialog, mechanism, initial string, step int) string {
	x.challenge, x.answers = "", 0
	d.Auth = append(d.Auth, Auth{Mechanism: upper(mechanism), Step: step})
	if initial == "" {
		return upper(mechanism)
	}
	return upper(mechanism) + " " + x.answer(d, initial)
}

// end is the server's decision.
func (x *sasl) end(d *Dialog, ok bool) *Auth {
	a := &d.Auth[len(d.Auth)-1]
	a.OK, a.Answered = ok, true
	c := *a
	return &c
}

// answer takes one answer in base64 and returns what may be printed of it.
func (x *sasl) answer(d *Dialog, raw string) string {
	n := x.answers
	x.answers++
	if n == 0 && x.challenge == "" && (d.halves[Client].gaps > 0 || d.halves[Server].gaps > 0) {
		n = 1 // it may be the second one: what is not known to be a name is not shown
	}
	defer func() { x.challenge = "" }() // it was answered
	switch raw {
	case "*":
		return "* (cancelled)" // RFC 4954 4
	case "=", "":
		return "(empty)"
	}
	plain, ok := unbase64(raw)
	a := &d.Auth[len(d.Auth)-1]
	if !ok {
		return x.undecoded(d, a, n, raw)
	}
	text, secret := readMechanism(d, a, n, x.challenge, plain)
	if secret != "" {
		mark := d.hide(secret)
		d.hideForm(raw, "[base64]")
		text += mark
	}
	return text
}

// undecoded is an answer that is no base64: people mistype, and scanners misread.
// A user's name is read as far as it can be.
func (x *sasl) undecoded(d *Dialog, a *Auth, n int, raw string) string {
	if a.Mechanism == "LOGIN" && !x.asksPassword(n) {
		user := lenientBase64(raw)
		if user != "" && printable(user) {
			a.User = &user
			return user + " (decoded leniently)"
		}
	}
	return d.hide(raw)
}

func (x *sasl) asksPassword(n int) bool {
	prompt, _ := unbase64(x.challenge)
	prompt = strings.ToLower(prompt)
	switch {
	case strings.Contains(prompt, "pass"):
		return true
	case strings.Contains(prompt, "user"):
		return false
	}
	return n > 0
}

// lenientBase64 decodes the letters of base64 in a text and overlooks the rest.
func lenientBase64(s string) string {
	kept := strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '/') {
			return r
		}
		return -1
	}, s)
	if len(kept)%4 == 1 {
		kept = kept[:len(kept)-1]
	}
	plain, _ := unbase64(kept)
	return plain
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] == 0x7F {
			return false
		}
	}
	return true
}

// readMechanism finds the name in the n-th answer. text is what may be printed,
// secret what may not; the caller puts its mark behind text.
func readMechanism(d *Dialog, a *Auth, n int, challenge, plain string) (text, secret string) {
	switch {
	case a.Mechanism == "LOGIN":
		return loginAnswer(a, n, challenge, plain)
	case a.Mechanism == "PLAIN":
		return plainAnswer(a, plain)
	case a.Mechanism == "CRAM-MD5":
		return cramAnswer(a, plain)
	case a.Mechanism == "DIGEST-MD5":
		return digestAnswer(a, plain)
	case a.Mechanism == "XOAUTH2" || a.Mechanism == "OAUTHBEARER":
		return bearerAnswer(a, plain)
	case strings.HasPrefix(a.Mechanism, "SCRAM-"):
		return scramAnswer(a, plain)
	case a.Mechanism == "EXTERNAL" || a.Mechanism == "ANONYMOUS":
		a.User = &plain
		return plain, ""
	case strings.HasPrefix(plain, "NTLMSSP\x00"):
		return ntlmAnswer(a, plain)
	}
	return "", plain
}

// loginAnswer is LOGIN (draft-murchison-sasl-login): the name, then the
// password, whatever the prompts say.
func loginAnswer(a *Auth, n int, challenge, plain string) (text, secret string) {
	if x := (&sasl{challenge: challenge}); x.asksPassword(n) {
		a.Clear = true
		return "", plain
	}
	a.User = &plain
	return plain, ""
}

// plainAnswer is PLAIN (RFC 4616 2): authorization identity, authentication
// identity and password, with NUL between them.
func plainAnswer(a *Auth, plain string) (text, secret string) {
	fields := strings.SplitN(plain, "\x00", 3)
	if len(fields) != 3 {
		return "", plain
	}
	a.User, a.Clear = &fields[1], true
	if fields[0] != "" && fields[0] != fields[1] {
		text = fields[0] + " as "
	}
	return text + fields[1] + " ", fields[2]
}

// cramAnswer is CRAM-MD5 (RFC 2195 2): name and keyed digest.
func cramAnswer(a *Auth, plain string) (text, secret string) {
	i := strings.LastIndexByte(plain, ' ')
	if i < 0 {
		return "", plain
	}
	user := plain[:i]
	a.User = &user
	return user + " ", plain[i+1:]
}

// digestAnswer is DIGEST-MD5 (RFC 2831 2.1.2).
func digestAnswer(a *Auth, plain string) (text, secret string) {
	_, rest, ok := strings.Cut(plain, "username=\"")
	user, _, ok2 := strings.Cut(rest, "\"")
	if !ok || !ok2 {
		return "", plain
	}
	a.User = &user
	return user + " ", plain
}

// bearerAnswer is XOAUTH2 (user=…) or OAUTHBEARER (RFC 7628 3.1: n,a=…): whoever
// holds the token is the user.
func bearerAnswer(a *Auth, plain string) (text, secret string) {
	for _, key := range [...]string{"user=", "a="} {
		for _, field := range strings.FieldsFunc(plain, func(r rune) bool { return r == 1 || r == ',' }) {
			if user, ok := strings.CutPrefix(field, key); ok {
				a.User, a.Clear = &user, true
				return user + " ", token(plain)
			}
		}
	}
	return "", plain
}

// token is the bearer token of an answer, or all of it.
func token(plain string) string {
	if _, t, ok := strings.Cut(plain, "auth=Bearer "); ok {
		t, _, _ = strings.Cut(t, "\x01")
		return t
	}
	return plain
}

// scramAnswer is SCRAM (RFC 5802 5): "n,,n=user,r=nonce", then the proof.
func scramAnswer(a *Auth, plain string) (text, secret string) {
	for i, field := range strings.Split(plain, ",") {
		if user, ok := strings.CutPrefix(field, "n="); ok && i > 0 {
			user = strings.NewReplacer("=2C", ",", "=3D", "=").Replace(user)
			a.User = &user
			return user + " ", plain
		}
	}
	return "", plain
}

// ntlmAnswer is NTLM ([MS-NLMP] 2.2.1): the third message holds the name.
func ntlmAnswer(a *Auth, plain string) (text, secret string) {
	b := []byte(plain)
	if len(b) < 64 || binary.LittleEndian.Uint32(b[8:]) != 3 {
		return "", plain
	}
	unicode := binary.LittleEndian.Uint32(b[60:])&1 != 0
	domain, user := ntlmField(b, 28, unicode), ntlmField(b, 36, unicode)
	a.User = &user
	if domain != "" {
		domain += `\`
	}
	return domain + user + " ", plain
}

// ntlmField is one of the fields of [MS-NLMP] 2.2.1.3.
func ntlmField(b []byte, at int, unicode bool) string {
	n, off := int(binary.LittleEndian.Uint16(b[at:])), int64(binary.LittleEndian.Uint32(b[at+4:]))
	if off > int64(len(b)) || int64(n) > int64(len(b))-off {
		return ""
	}
	f := b[off : off+int64(n)]
	if !unicode {
		return string(f)
	}
	u := make([]uint16, len(f)/2)
	for i := range u {
		u[i] = binary.LittleEndian.Uint16(f[2*i:])
	}
	return string(utf16.Decode(u))
}
