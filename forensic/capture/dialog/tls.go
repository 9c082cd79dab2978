package dialog

import (
	"bytes"
	"crypto/x509"
	"encoding/binary"
	"strconv"
)

// opaque is a connection in TLS: the handshake is read as far as it is in
// clear, the rest is counted.
type opaque struct {
	d     *Dialog
	inner machine // what closes what was open before; nil for none
	flow  [2]handshake
	dead  [2]bool
	began bool
}

// handshake puts the records of one end together.
type handshake struct{ buf []byte }

// maxHandshake bounds what is held of a handshake.
const maxHandshake = 64 << 10

func newOpaque(d *Dialog, inner machine) *opaque {
	d.Stage = Encrypted
	d.Handshake = &Handshake{Place: d.halves[Client].at(0)}
	return &opaque{d: d, inner: inner}
}

func (o *opaque) run(final bool) bool {
	client := o.read(Client, final)
	return o.read(Server, final) || client
}

func (o *opaque) finish() {
	if o.inner != nil {
		o.inner.finish()
	}
	o.d.Stage = Encrypted
}

// read takes one record of a side (RFC 8446 5.1).
func (o *opaque) read(side Side, final bool) bool {
	h := &o.d.halves[side]
	if o.dead[side] || h.gap > 0 && len(h.buf) == 0 {
		o.dead[side] = true
		return h.discard()
	}
	if len(h.buf) < 5 {
		if final && len(h.buf) > 0 {
			return h.discard()
		}
		return false
	}
	n := int(binary.BigEndian.Uint16(h.buf[3:])) + 5
	if h.buf[0] != 0x16 || h.buf[1] != 3 {
		o.clear(side, h)
		o.dead[side] = true
		return h.discard()
	}
	if len(h.buf) < n {
		if final || h.gap > 0 {
			o.dead[side] = true
			return h.discard()
		}
		return false
	}
	o.flow[side].buf = append(o.flow[side].buf, h.buf[5:n]...)
	h.skip(n)
	o.messages(side)
	o.dead[side] = o.dead[side] || len(o.flow[side].buf) > maxHandshake
	o.began = true
	return true
}

// clear notes what is no TLS where it should begin: a server may have been made
// to answer in clear.
func (o *opaque) clear(side Side, h *half) {
	if side == Server && !o.began && o.inner != nil {
		if code, _, _ := splitReply(trimEOL(h.buf[:min(len(h.buf), 512)])); code > 0 {
			o.d.note("starttls-injection", "the server's octets in clear behind the reply to STARTTLS", Server, h.at(1))
		}
	}
}

// messages reads the whole handshake messages at hand (RFC 8446 4).
func (o *opaque) messages(side Side) {
	f := &o.flow[side]
	for len(f.buf) >= 4 {
		n := int(f.buf[1])<<16 | int(f.buf[2])<<8 | int(f.buf[3])
		if len(f.buf) < 4+n {
			return
		}
		body := f.buf[4 : 4+n]
		switch f.buf[0] {
		case 1:
			o.d.Handshake.ServerName = serverName(body)
		case 2:
			o.d.Handshake.Version = serverVersion(body)
		case 11:
			o.d.Handshake.Names = certificateNames(body)
		}
		f.buf = f.buf[4+n:]
	}
}

// take cuts a field with a length of n octets in front.
func take(b []byte, n int) (field, rest []byte, ok bool) {
	if len(b) < n {
		return nil, nil, false
	}
	size := 0
	for _, c := range b[:n] {
		size = size<<8 | int(c)
	}
	if len(b)-n < size {
		return nil, nil, false
	}
	return b[n : n+size], b[n+size:], true
}

// extensions calls f with each extension of a hello behind its fixed part.
func extensions(b []byte, f func(kind uint16, data []byte)) {
	all, _, ok := take(b, 2)
	for ok && len(all) >= 4 {
		kind := binary.BigEndian.Uint16(all)
		var data []byte
		if data, all, ok = take(all[2:], 2); ok {
			f(kind, data)
		}
	}
}

// serverName is the name in a ClientHello (RFC 6066 3).
func serverName(b []byte) (name string) {
	if len(b) < 34 {
		return ""
	}
	_, b, ok := take(b[34:], 1)
	if ok {
		_, b, ok = take(b, 2)
	}
	if ok {
		_, b, ok = take(b, 1)
	}
	if !ok {
		return ""
	}
	extensions(b, func(kind uint16, data []byte) {
		list, _, ok := take(data, 2)
		if kind != 0 || !ok || len(list) < 3 || list[0] != 0 {
			return
		}
		if host, _, ok := take(list[1:], 2); ok && isHostText(host) {
			name = string(host)
		}
	})
	return name
}

// isHostText: a host name is ASCII, internationalised ones as A-labels (RFC 6066 3).
func isHostText(b []byte) bool {
	return !bytes.ContainsFunc(b, func(r rune) bool { return r <= ' ' || r >= 0x7F })
}

// serverVersion is the version that a ServerHello chose (RFC 8446 4.1.3).
func serverVersion(b []byte) string {
	if len(b) < 35 {
		return ""
	}
	version := binary.BigEndian.Uint16(b)
	_, rest, ok := take(b[34:], 1)
	if ok && len(rest) >= 3 {
		extensions(rest[3:], func(kind uint16, data []byte) {
			if kind == 43 && len(data) == 2 {
				version = binary.BigEndian.Uint16(data)
			}
		})
	}
	switch version {
	case 0x0300:
		return "SSL 3.0"
	case 0x0301, 0x0302, 0x0303, 0x0304:
		return "TLS 1." + strconv.Itoa(int(version&0xFF)-1)
	}
	return ""
}

// certificateNames are the host names in the first certificate (RFC 5246 7.4.2).
func certificateNames(b []byte) []string {
	list, _, ok := take(b, 3)
	if !ok {
		return nil
	}
	der, _, ok := take(list, 3)
	if !ok {
		return nil
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil
	}
	names := cert.DNSNames
	if len(names) == 0 && cert.Subject.CommonName != "" {
		names = []string{cert.Subject.CommonName}
	}
	return names[:min(len(names), 100)]
}
