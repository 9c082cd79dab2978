package captureforge

import (
	"bytes"
	"encoding/base64"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// auth are proofs of identity.
func (f *forge) auth() {
	user, pass := f.address(), f.secret()
	hidden := []string{pass, b64(pass), b64("\x00" + user + "\x00" + pass)}
	finish := func(name string, c *conv, mech, who string, code int, secrets ...string) {
		c.want.Auth = append(c.want.Auth, Auth{mech, who, code == 235})
		c.quit()
		f.add("auth/"+name, "the name is told, the secret is not", c).Secrets = append(secrets, hidden...)
	}
	begin := func() *conv {
		c := f.newConv(587)
		c.greet("AUTH PLAIN LOGIN CRAM-MD5")
		return c
	}
	for _, code := range []int{235, 535} {
		c := begin()
		c.cmd("AUTH LOGIN")
		c.reply(334, b64("Username:"))
		c.raw(b64(user) + "\r\n")
		c.reply(334, b64("Password:"))
		c.raw(b64(pass) + "\r\n")
		c.reply(code, "answer to "+b64(pass))
		c.want.Findings = []string{"credentials-cleartext"}
		finish("login", c, "LOGIN", user, code)
	}
	c := begin()
	c.cmd("AUTH LOGIN " + b64(user))
	c.reply(334, b64("Pass "+f.word()))
	c.raw(b64(pass) + "\r\n")
	c.reply(235)
	finish("login-initial", c, "LOGIN", user, 235)
	c = begin()
	c.cmd("auth plain " + b64("\x00"+user+"\x00"+pass))
	c.want.Verbs[len(c.want.Verbs)-1] = "AUTH"
	c.reply(235)
	c.want.Findings = []string{"credentials-cleartext"}
	finish("plain-initial", c, "PLAIN", user, 235)
	c = begin()
	c.cmd("AUTH PLAIN")
	c.reply(334, "")
	c.raw(b64("other\x00"+user+"\x00"+pass) + "\r\n")
	c.reply(235)
	finish("plain-separate", c, "PLAIN", user, 235, b64("other\x00"+user+"\x00"+pass))
	c = begin()
	digest := f.word() + "0123456789abcdef0123456789abcdef"
	c.cmd("AUTH CRAM-MD5")
	c.reply(334, b64("<1896.697170952@"+f.host()+">"))
	c.raw(b64(user+" "+digest) + "\r\n")
	c.reply(235)
	c.want.Forbidden = []string{"credentials-cleartext"}
	finish("cram", c, "CRAM-MD5", user, 235, digest, b64(user+" "+digest))
	c = begin()
	token := f.secret() + f.secret()
	blob := b64("user=" + user + "\x01auth=Bearer " + token + "\x01\x01")
	c.cmd("AUTH XOAUTH2 " + blob)
	c.reply(235)
	finish("xoauth2", c, "XOAUTH2", user, 235, token, blob)
	c = begin()
	proof := b64("c=biws,r=abc,p=" + f.secret())
	c.cmd("AUTH SCRAM-SHA-256 " + b64("n,,n="+user+",r="+f.word()))
	c.reply(334, b64("r=abc,s=def,i=4096"))
	c.raw(proof + "\r\n")
	c.reply(235)
	finish("scram", c, "SCRAM-SHA-256", user, 235, proof)
	c = begin()
	blob = b64("username=\"" + user + "\",realm=\"x\",nonce=\"y\",response=" + digest)
	c.cmd("AUTH DIGEST-MD5")
	c.reply(334, b64("nonce=\"y\""))
	c.raw(blob + "\r\n")
	c.reply(235)
	finish("digest", c, "DIGEST-MD5", user, 235, digest, blob)
	c = begin()
	c.cmd("AUTH LOGIN")
	c.reply(334, b64("Username:"))
	c.raw("*\r\n")
	c.reply(501)
	finish("cancelled", c, "LOGIN", "", 501)
	c = f.newConv(25)
	c.reply(220)
	c.cmd("AUTH LOGIN")
	c.reply(503)
	c.want.Auth = append(c.want.Auth, Auth{"LOGIN", "", false})
	c.hello("EHLO", "AUTH LOGIN")
	c.cmd("AUTH LOGIN")
	c.reply(334, b64("Username:"))
	c.raw(b64(user) + "\r\n")
	c.reply(334, b64("Password:"))
	c.want.Auth = append(c.want.Auth, Auth{"LOGIN", user, false})
	f.add("auth/as-in-the-course", "refused before EHLO, then left unfinished", c)
	// Refused, and the client goes on all the same: its answers are no commands to be shown.
	c = begin()
	c.cmd("AUTH LOGIN")
	c.reply(504)
	c.raw(b64(user) + "\r\n")
	c.reply(500)
	c.raw(b64(pass) + "\r\n")
	c.reply(500)
	c.want.Verbs = []string{"EHLO", "AUTH"}
	finish("refused-and-blind", c, "LOGIN", "", 504)
	c = begin()
	for range 3 {
		c.cmd("AUTH PLAIN " + b64("\x00"+user+"\x00"+pass))
		c.reply(535)
		c.want.Auth = append(c.want.Auth, Auth{"PLAIN", user, false})
	}
	c.want.Findings = []string{"auth-guessing"}
	c.quit()
	f.add("auth/guessing", "three failures", c).Secrets = hidden
	// A message under a proof of identity.
	c = begin()
	c.cmd("AUTH PLAIN " + b64("\x00"+user+"\x00"+pass))
	c.reply(235)
	c.want.Auth = append(c.want.Auth, Auth{"PLAIN", user, true})
	c.envelope(2)
	c.data(f.text(c.from, c.to, 5), 250)
	c.quit()
	f.add("auth/message", "a message behind AUTH", c).Secrets = hidden
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
	c = f.newConv(25)
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
	for _, port := range []uint16{465, 993, 995, 443} {
		c = f.newConv(port)
		c.send(true, f.record(200))
		c.send(false, f.record(900))
		c.close()
		c.want.Protocol = "tls"
		f.add("tls/implicit", "encrypted from the beginning", c)
	}
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
