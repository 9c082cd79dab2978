package captureforge

import (
	"bytes"
	"encoding/base64"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// auth are proofs of identity.
func (f *forge) auth() {
	p := &proofs{f: f, user: f.address(), pass: f.secret()}
	p.login()
	p.plain()
	p.digests()
	p.tokens()
	p.refused()
	p.message()
}

// proofs make sessions in which one person shows who he is.
type proofs struct {
	f          *forge
	user, pass string
}

// both is what PLAIN sends.
func (p *proofs) both() string { return b64("\x00" + p.user + "\x00" + p.pass) }

// hidden are the forms of the password that must never appear.
func (p *proofs) hidden() []string { return []string{p.pass, b64(p.pass), p.both()} }

func (p *proofs) begin() *conv {
	c := p.f.newConv(587)
	c.greet("AUTH PLAIN LOGIN CRAM-MD5")
	return c
}

func (p *proofs) finish(name string, c *conv, mech, who string, code int, secrets ...string) {
	c.want.Auth = append(c.want.Auth, Auth{mech, who, code == 235})
	c.quit()
	p.f.add("auth/"+name, "the name is told, the secret is not", c).Secrets = append(secrets, p.hidden()...)
}

func (p *proofs) login() {
	for _, code := range []int{235, 535} {
		c := p.begin()
		c.cmd("AUTH LOGIN")
		c.reply(334, b64("Username:"))
		c.raw(b64(p.user) + "\r\n")
		c.reply(334, b64("Password:"))
		c.raw(b64(p.pass) + "\r\n")
		c.reply(code, "answer to "+b64(p.pass))
		c.want.Findings = []string{"credentials-cleartext"}
		p.finish("login", c, "LOGIN", p.user, code)
	}
	c := p.begin()
	c.cmd("AUTH LOGIN " + b64(p.user))
	c.reply(334, b64("Pass "+p.f.word()))
	c.raw(b64(p.pass) + "\r\n")
	c.reply(235)
	p.finish("login-initial", c, "LOGIN", p.user, 235)
}

func (p *proofs) plain() {
	c := p.begin()
	c.cmd("auth plain " + p.both())
	c.want.Verbs[len(c.want.Verbs)-1] = "AUTH"
	c.reply(235)
	c.want.Findings = []string{"credentials-cleartext"}
	p.finish("plain-initial", c, "PLAIN", p.user, 235)
	c = p.begin()
	other := b64("other\x00" + p.user + "\x00" + p.pass)
	c.cmd("AUTH PLAIN")
	c.reply(334, "")
	c.raw(other + "\r\n")
	c.reply(235)
	p.finish("plain-separate", c, "PLAIN", p.user, 235, other)
}

func (p *proofs) digests() {
	c := p.begin()
	digest := p.f.word() + "0123456789abcdef0123456789abcdef"
	answer := b64(p.user + " " + digest)
	c.cmd("AUTH CRAM-MD5")
	c.reply(334, b64("<1896.697170952@"+p.f.host()+">"))
	c.raw(answer + "\r\n")
	c.reply(235)
	c.want.Forbidden = []string{"credentials-cleartext"}
	p.finish("cram", c, "CRAM-MD5", p.user, 235, digest, answer)
	c = p.begin()
	answer = b64("username=\"" + p.user + "\",realm=\"x\",nonce=\"y\",response=" + digest)
	c.cmd("AUTH DIGEST-MD5")
	c.reply(334, b64("nonce=\"y\""))
	c.raw(answer + "\r\n")
	c.reply(235)
	p.finish("digest", c, "DIGEST-MD5", p.user, 235, digest, answer)
	c = p.begin()
	proof := b64("c=biws,r=abc,p=" + p.f.secret())
	c.cmd("AUTH SCRAM-SHA-256 " + b64("n,,n="+p.user+",r="+p.f.word()))
	c.reply(334, b64("r=abc,s=def,i=4096"))
	c.raw(proof + "\r\n")
	c.reply(235)
	p.finish("scram", c, "SCRAM-SHA-256", p.user, 235, proof)
}

func (p *proofs) tokens() {
	c := p.begin()
	token := p.f.secret() + p.f.secret()
	blob := b64("user=" + p.user + "\x01auth=Bearer " + token + "\x01\x01")
	c.cmd("AUTH XOAUTH2 " + blob)
	c.reply(235)
	p.finish("xoauth2", c, "XOAUTH2", p.user, 235, token, blob)
}

func (p *proofs) refused() {
	c := p.begin()
	c.cmd("AUTH LOGIN")
	c.reply(334, b64("Username:"))
	c.raw("*\r\n")
	c.reply(501)
	p.finish("cancelled", c, "LOGIN", "", 501)
	c = p.f.newConv(25)
	c.reply(220)
	c.cmd("AUTH LOGIN")
	c.reply(503)
	c.want.Auth = append(c.want.Auth, Auth{"LOGIN", "", false})
	c.hello("EHLO", "AUTH LOGIN")
	c.cmd("AUTH LOGIN")
	c.reply(334, b64("Username:"))
	c.raw(b64(p.user) + "\r\n")
	c.reply(334, b64("Password:"))
	c.want.Auth = append(c.want.Auth, Auth{"LOGIN", p.user, false})
	p.f.add("auth/as-in-the-course", "refused before EHLO, then left unfinished", c)
	// Refused, and the client goes on all the same: its answers are no commands to be shown.
	c = p.begin()
	c.cmd("AUTH LOGIN")
	c.reply(504)
	c.raw(b64(p.user) + "\r\n")
	c.reply(500)
	c.raw(b64(p.pass) + "\r\n")
	c.reply(500)
	c.want.Verbs = []string{"EHLO", "AUTH"}
	p.finish("refused-and-blind", c, "LOGIN", "", 504)
	c = p.begin()
	for range 3 {
		c.cmd("AUTH PLAIN " + p.both())
		c.reply(535)
		c.want.Auth = append(c.want.Auth, Auth{"PLAIN", p.user, false})
	}
	c.want.Findings = []string{"auth-guessing"}
	c.quit()
	p.f.add("auth/guessing", "three failures", c).Secrets = p.hidden()
}

// message is one under a proof of identity.
func (p *proofs) message() {
	c := p.begin()
	c.cmd("AUTH PLAIN " + p.both())
	c.reply(235)
	c.want.Auth = append(c.want.Auth, Auth{"PLAIN", p.user, true})
	c.envelope(2)
	c.data(p.f.text(c.from, c.to, 5), 250)
	c.quit()
	p.f.add("auth/message", "a message behind AUTH", c).Secrets = p.hidden()
}

// record is one of TLS.
func (f *forge) record(n int) []byte {
	b := []byte{0x16, 3, 1, byte(n >> 8), byte(n)}
	for range n {
		b = append(b, byte(f.rng.IntN(256)))
	}
	return b
}

// tls are ways into encryption.
func (f *forge) tls() {
	c := f.newConv(25)
	c.greet("STARTTLS")
	c.cmd("STARTTLS")
	c.reply(220)
	c.send(true, f.record(200))
	c.send(false, f.record(900))
	c.send(true, append([]byte{0x17, 3, 3, 0, 60}, bytes.Repeat([]byte{7}, 60)...))
	c.close()
	c.want.StartTLS = "accepted"
	c.want.Forbidden = []string{"starttls-injection"}
	f.add("tls/accepted", "nothing behind it is read", c)
	c = f.newConv(25)
	c.greet("STARTTLS")
	c.cmd("STARTTLS")
	c.reply(454)
	c.want.StartTLS = "rejected"
	c.envelope(1)
	c.data(f.text(c.from, c.to, 5), 250)
	c.quit()
	f.add("tls/rejected", "refused, and on in clear", c)
	c = f.newConv(25)
	c.greet("STARTTLS")
	c.envelope(1)
	c.data(f.text(c.from, c.to, 5), 250)
	c.want.StartTLS = "offered"
	c.quit()
	f.add("tls/offered", "offered, not used", c)
	c = f.newConv(25)
	c.greet("STARTTLS")
	c.cmd("STARTTLS")
	c.reply(220)
	c.want.StartTLS = "accepted"
	c.hello("EHLO")
	c.envelope(1)
	c.data(f.text(c.from, c.to, 5), 250)
	c.want.Findings = []string{"starttls-then-clear"}
	c.quit()
	f.add("tls/then-clear", "decrypted by the capture: on in clear", c)
	for _, port := range []uint16{465, 993, 995, 443} {
		c = f.newConv(port)
		c.send(true, f.record(200))
		c.send(false, f.record(900))
		c.close()
		c.want.Protocol = "tls"
		f.add("tls/implicit", "encrypted from the beginning", c)
	}
	f.injections()
}

// injections are octets in clear beside STARTTLS, which are taken for encrypted ones.
func (f *forge) injections() {
	c := f.newConv(25)
	c.greet("STARTTLS")
	c.note("STARTTLS")
	c.raw("STARTTLS\r\nMAIL FROM:<" + f.address() + ">\r\n")
	c.reply(220)
	c.want.Verbs = nil
	c.send(true, f.record(200))
	c.send(false, f.record(900))
	c.close()
	c.want.StartTLS = "accepted"
	c.want.Findings = []string{"starttls-injection"}
	f.add("tls/injection-client", "commands in clear behind STARTTLS", c)
	c = f.newConv(25)
	c.greet("STARTTLS")
	c.cmd("STARTTLS")
	c.send(false, []byte("220 go\r\n250 injected\r\n"))
	c.want.Replies = nil
	c.send(true, f.record(200))
	c.send(false, f.record(900))
	c.close()
	c.want.StartTLS = "accepted"
	c.want.Findings = []string{"starttls-injection"}
	f.add("tls/injection-server", "a reply in clear behind 220", c)
}

// others hold no mail.
func (f *forge) others() {
	for _, o := range []struct{ name, client, server string }{
		{"http", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nMAIL FROM:<a@b>\r\n"},
		{"ftp", "USER anonymous\r\n", "220 FTP server ready\r\n"},
		{"ssh", "SSH-2.0-x\r\n", "SSH-2.0-y\r\n"},
		{"binary", "\x01\x02\x03\x04", "\x05\x06\x07"},
	} {
		c := f.newConv(uint16(3000 + f.rng.IntN(9000)))
		if o.name == "ftp" || o.name == "ssh" {
			c.send(false, []byte(o.server))
			c.send(true, []byte(o.client))
			c.send(false, []byte("331 password\r\n"))
		} else {
			c.send(true, []byte(o.client))
			c.send(false, []byte(o.server))
		}
		c.close()
		c.want.Protocol = "other"
		f.add("other/"+o.name, "no mail: no transaction is made of it", c)
	}
}
