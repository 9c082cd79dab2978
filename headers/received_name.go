package headers

import "strings"

// nameRoles gives the text between "from" and the connection data its role;
// tokens is how many it has. The shape of the line and the software decide,
// and where they do not, the text stays without a role.
func (p *recvParser) nameRoles(tokens int) {
	r, s := p.r, &p.r.Spans
	if !p.helo.Empty() {
		p.set(&r.HELO, &s.HELO, p.helo)
		p.lookedUp(tokens)
		return
	}
	if p.name.Empty() {
		return
	}
	if !p.peer.found {
		p.nameAlone(tokens)
		return
	}
	switch {
	case p.customer(tokens), p.account(tokens), p.netMail(tokens), p.fetched():
	case p.peer.plain && p.text[p.name.End-1] == ')':
		p.fullHost()
	case p.peer.name.Empty() && p.nameIsLookedUp(tokens):
		p.lookedUp(tokens)
		if r.Product == "Exim" {
			// Exim shows a HELO only where it differs from the name.
			r.HELO, s.HELO = r.RDNS, s.RDNS
		}
	case p.saysName():
		if !p.placeholder() {
			p.set(&r.HELO, &s.HELO, p.name)
		}
	}
}

// lookedUp stores the name before connection data that hold a marked HELO:
// there it is what the stamping host looked up, or the address itself.
func (p *recvParser) lookedUp(tokens int) {
	if tokens != 1 {
		return
	}
	if ip, ok := recvAddrSpan(p.text, p.name); ok {
		// Yahoo: "192.0.2.1 (EHLO x)"; elsewhere that is a client's text.
		if p.peer.ip.Empty() && p.r.Product == "" {
			p.peerIP(ip)
		}
		return
	}
	if p.peer.name.Empty() && recvHostName(p.text[p.name.Start:p.name.End]) {
		p.rdns(p.name)
	}
}

// nameIsLookedUp reports whether the software writes the client's name from
// DNS before the address: Exim "name ([IP])", and qmail "name (IP)", which
// gives a HELO only where it differs.
func (p *recvParser) nameIsLookedUp(tokens int) bool {
	if tokens != 1 {
		return false
	}
	switch p.r.Product {
	case "Exim":
		return p.peer.literal
	case "qmail", "qpsmtpd":
		return true
	}
	if p.r.Protocol.Name == "HTTP" {
		// A browser says no name: webmail looks it up. Exchange hosts that talk
		// over HTTP name themselves, and have no brackets.
		return p.peer.literal
	}
	return p.r.Product == "" && !p.peer.literal && !p.peer.auth && p.r.Software == "" && p.r.ID == "" && p.qmailDate()
}

// saysName reports whether the client names itself in the protocol: in HELO,
// EHLO and LHLO, and between the mailbox servers of Exchange.
func (p *recvParser) saysName() bool {
	proto := &p.r.Protocol
	return proto.Name == "" || proto.smtp() || proto.Name == "MAPI" || proto.Name == "HTTP" && !p.peer.literal
}

// fullHost reads what Exim calls $sender_fullhost, which some put into the
// line: "name (helo) [IP]", and without a name "(helo) [IP]". Of any other
// line it is not to be known which of the two is the client's.
func (p *recvParser) fullHost() {
	if p.r.Product != "Exim" && (p.r.Product != "" || !recvEximID(p.r.ID)) {
		return
	}
	i := p.name.Start + strings.IndexByte(p.text[p.name.Start:p.name.End], '(')
	if i < p.name.Start {
		return
	}
	name := recvTrim(p.text, Span{p.name.Start, i})
	if _, rest := recvStep(p.text, name); !rest.Empty() {
		return
	}
	p.set(&p.r.HELO, &p.r.Spans.HELO, recvTrim(p.text, Span{i + 1, p.name.End - 1}))
	if recvHostName(p.text[name.Start:name.End]) {
		p.rdns(name)
	}
}

// recvEximID reports whether s has the shape of Exim's ids: three groups of
// letters and digits, 6-6-2, since 4.97 6-11-4.
func recvEximID(s string) bool {
	if len(s) != 16 && len(s) != 23 {
		return false
	}
	dash := len(s) - 3
	if len(s) == 23 {
		dash = len(s) - 5
	}
	for i := 0; i < len(s); i++ {
		if (i == 6 || i == dash) != (s[i] == '-') || s[i] != '-' && !recvAlnum(s[i]) {
			return false
		}
	}
	return true
}

// qmailDate reports whether the stamp has qmail's form, the only one in wide
// use without the name of the day: "19 Jul 2002 15:09:49 -0000". Patched ones
// write the local zone.
func (p *recvParser) qmailDate() bool {
	return p.r.Date.OK && p.r.Date.Weekday == "" && strings.IndexByte(p.r.Date.Raw, ' ') > 0
}

// placeholder reports whether the name tells that there is none: "unknown
// (192.0.2.1)", where no client name is looked for in front of it.
func (p *recvParser) placeholder() bool {
	s := p.text[p.name.Start:p.name.End]
	return recvEqual(s, "<unknown>") || recvEqual(s, "unknown") && p.r.Product == "" && !p.peer.literal
}

// customer reads the account number that stands in the place of a client:
// SendGrid's base64, given with HTTP only.
func (p *recvParser) customer(tokens int) bool {
	if p.r.Product != "SendGrid" || p.r.Protocol.Name != "HTTP" || tokens != 1 {
		return false
	}
	p.set(&p.r.Submitter, &p.r.Spans.Submitter, p.name)
	return true
}

// account reads the user of Coremail's webmail: "ann$example.com".
func (p *recvParser) account(tokens int) bool {
	if p.r.Product != "Coremail" || p.r.With != "" || tokens != 1 || strings.IndexByte(p.text[p.name.Start:p.name.End], '$') <= 0 {
		return false
	}
	p.set(&p.r.Submitter, &p.r.Spans.Submitter, p.name)
	return true
}

// netMail reads "helo user@host [IP]" of Novell's NetMail, the user being who
// authenticated.
func (p *recvParser) netMail(tokens int) bool {
	helo, rest := recvStep(p.text, p.name)
	user := recvTrim(p.text, rest)
	if p.r.Product != "NetMail" || tokens != 2 || !recvHasAt(p.text[user.Start:user.End]) {
		return false
	}
	p.set(&p.r.HELO, &p.r.Spans.HELO, helo)
	p.identity(user)
	return true
}

// fetched reports whether the line was written by a program that asked a
// server for the message: then the name is the server's, as configured.
func (p *recvParser) fetched() bool {
	switch p.r.Product {
	case "fetchmail", "getmail", "mpop":
		return true
	}
	return false
}

// nameAlone gives a name without any connection data its role.
func (p *recvParser) nameAlone(tokens int) {
	r, s := p.r, &p.r.Spans
	name := p.text[p.name.Start:p.name.End]
	first, rest := recvStep(p.text, p.name)
	next, _ := recvStep(p.text, rest)
	switch {
	case recvEqual(p.text[next.Start:next.End], "named"):
		// Gmail's API: "from 123456789012 named unknown".
		p.set(&r.Submitter, &s.Submitter, first)
	case tokens == 3 && r.Product == "Microsoft SMTPSVC" && p.dashed(first, rest):
	case tokens != 1:
		// "a (b)": which of the two is the client's is not to be known.
		if r.Protocol.smtp() && r.Product != "Microsoft SMTPSVC" && name[len(name)-1] != ')' {
			p.set(&r.HELO, &s.HELO, p.name)
		}
	case r.Protocol.Local, r.Product == "Exim", r.Product == "qmail-scanner":
		// Exim writes a client with its address, so this is a local account.
		if ip, ok := recvAddrSpan(p.text, p.name); ok {
			p.peerIP(ip)
		} else if !r.Protocol.Local || r.Protocol.Name == "LOCAL" {
			p.set(&r.Submitter, &s.Submitter, p.name)
		}
	case recvHasAt(name), recvEqual(name, "MAILER-DAEMON"), p.beforeUID():
		p.set(&r.Submitter, &s.Submitter, p.name)
	case r.Protocol.Name == "" || r.Protocol.smtp():
		// RFC 5321 4.4: the domain of the EHLO.
		p.set(&r.HELO, &s.HELO, p.name)
	}
}

// dashed reads "helo - IP" of the first releases of SMTPSVC.
func (p *recvParser) dashed(helo, rest Span) bool {
	dash, rest := recvStep(p.text, rest)
	ip, ok := recvAddrSpan(p.text, recvTrim(p.text, rest))
	if !ok || p.text[dash.Start:dash.End] != "-" {
		return false
	}
	p.set(&p.r.HELO, &p.r.Spans.HELO, helo)
	p.peerIP(ip)
	return true
}

// beforeUID reports whether the name is followed by "(uid 1000)": DragonFly
// Mail Agent's local account.
func (p *recvParser) beforeUID() bool {
	rest := recvTrim(p.text, Span{p.name.End, len(p.text)})
	return recvPrefix(p.text[rest.Start:rest.End], "(uid ")
}
