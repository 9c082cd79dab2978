package dialog

// agreement is a STARTTLS that the server has accepted: the client's next octets should be TLS.
type agreement struct {
	verb   string
	end    int64 // behind the server's reply
	before Stage
	// injected takes a line that was passed over; nil drops it.
	injected func(line []byte, at Place)
}

// agree begins one; end is where the server's reply ended. The dialogue stands as in TLS until the
// client shows that it goes on in clear.
func (d *Dialog) agree(verb string, end int64) agreement {
	a := agreement{verb: verb, end: end, before: d.Stage}
	d.StartTLS, d.Stage = AcceptedTLS, Encrypted
	return a
}

// decide looks at what the client sends behind the reply. What was sent before the reply was seen is
// an injection (CVE-2011-0411) and is passed over; what comes after it, in clear, says that the
// client, or what made the capture, goes on without encryption.
func (a *agreement) decide(d *Dialog, final bool) (decided, tls bool) {
	c := &d.halves[Client]
	for {
		switch {
		case len(c.buf) == 0:
			return final || c.gap > 0, true // nothing in clear followed
		case c.buf[0] == 0x16:
			return len(c.buf) > 1 || final || c.gap > 0, true
		}
		line, whole := c.line()
		if !whole {
			if !final && c.gap == 0 && len(c.buf) < maxLine {
				return false, false
			}
			line = c.buf
		}
		place := c.at(len(line))
		if place.Ack < 0 || place.Ack >= a.end {
			d.note("starttls-then-clear", "after "+a.verb+" was accepted the dialogue goes on in clear", Client, place)
			d.Stage = a.before
			return true, false
		}
		d.note("starttls-injection", "the client's octets in clear behind "+a.verb+", sent before the reply to it", Client, place)
		if a.injected != nil {
			a.injected(line, place)
		}
		c.skip(len(line))
	}
}
