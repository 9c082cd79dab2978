package headers

import "strings"

// recvProducts holds how known software begins to name itself, and its name.
var recvProducts = [...]struct{ begins, product string }{
	{"Postfix", "Postfix"},
	{"Exim", "Exim"},
	{"sendmail", "sendmail"},
	{"qmail-scanner", "qmail-scanner"},
	{"qmail", "qmail"},
	{"qpsmtpd", "qpsmtpd"},
	{"qp ", "qmail"},
	{"netqmail", "qmail"},
	{"Microsoft SMTP Server", "Microsoft Exchange"},
	{"Microsoft Exchange", "Microsoft Exchange"},
	{"Internet Mail Service", "Microsoft Exchange"},
	{"Microsoft SMTPSVC", "Microsoft SMTPSVC"},
	{"PowerMTA", "PowerMTA"},
	{"ecelerity", "Momentum"},
	{"OpenSMTPD", "OpenSMTPD"},
	{"Lotus Domino", "Domino"},
	{"IBM Domino", "Domino"},
	{"HCL Domino", "Domino"},
	{"CommuniGate", "CommuniGate Pro"},
	{"MDaemon", "MDaemon"},
	{"MailEnable", "MailEnable"},
	{"Cyrus", "Cyrus"},
	{"Dovecot", "Dovecot"},
	{"Pigeonhole", "Dovecot"},
	{"Zimbra", "Zimbra"},
	{"amavis", "amavis"},
	{"fetchmail", "fetchmail"},
	{"getmail", "getmail"},
	{"mpop", "mpop"},
	{"Haraka", "Haraka"},
	{"KumoMTA", "KumoMTA"},
	{"Merak", "IceWarp"},
	{"IceWarp", "IceWarp"},
	{"InterMail", "InterMail"},
	{"iPlanet Messaging", "Oracle Messaging"},
	{"Sun Java System Messaging", "Oracle Messaging"},
	{"Sun Java(tm) System Messaging", "Oracle Messaging"},
	{"Oracle Communications Messaging", "Oracle Messaging"},
	{"Netscape Messaging", "Netscape Messaging"},
	{"PMDF", "PMDF"},
	{"DragonFly Mail Agent", "DragonFly Mail Agent"},
	{"nullmailer", "nullmailer"},
	{"trex/", "MailChannels"},
	{"SimpleEmailService", "Amazon SES"},
	{"Nemesis", "Nemesis"},
	{"Zendesk", "Zendesk"},
	{"Mailchimp", "Mailchimp"},
	{"Yandex", "Yandex"},
	{"nwsmtp/Yandex", "Yandex"},
	{"smtp/Yandex", "Yandex"},
	{"SMTPD32", "IMail"},
	{"EMWAC", "EMWAC"},
	{"Mercury", "Mercury"},
	{"JAMES SMTP", "Apache James"},
	{"ASF Mail Server", "ASF Mail Server"},
	{"Horde", "Horde"},
	{"Courier", "Courier"},
	{"ZMailer", "ZMailer"},
	{"Smail", "Smail"},
	{"ECARTIS", "Ecartis"},
	{"Axigen", "Axigen"},
	{"hMailServer", "hMailServer"},
	{"Kerio", "Kerio Connect"},
	{"chasquid", "chasquid"},
	{"Stalwart", "Stalwart"},
	{"LSMTP", "LSMTP"},
	{"Coremail", "Coremail"},
	{"Content Technologies SMTPRS", "MAILsweeper"},
	{"Sun Internet Mail Server", "Sun Internet Mail Server"},
	{"NeXT-", "sendmail"},
	{"AIX", "sendmail"},
	{"SMI-8.", "sendmail"},
	{"Switch-2", "sendmail"}, // Sendmail Switch
	{"NetMail SMTP Agent", "NetMail"},
}

// recvProduct is the name of the software that s begins to name, or empty.
func recvProduct(s string) string {
	if s == "SG" {
		return "SendGrid"
	}
	if s == "" {
		return ""
	}
	for i := recvProductFirst[s[0]|0x20]; i > 0; i = recvProductNext[i-1] {
		if k := &recvProducts[i-1]; len(s) >= len(k.begins) && recvPrefix(s, k.begins) {
			return k.product
		}
	}
	return ""
}

// recvProductFirst and recvProductNext chain the places in recvProducts, from 1
// on, of those that begin with the same letter.
var recvProductFirst, recvProductNext = recvChainProducts()

func recvChainProducts() (first [256]uint8, next [len(recvProducts)]uint8) {
	for i := len(recvProducts); i > 0; i-- {
		c := recvProducts[i-1].begins[0] | 0x20
		next[i-1], first[c] = first[c], uint8(i)
	}
	return first, next
}

// product stores a known product and the text that states it. It takes the
// place of a text that is not known here.
func (p *recvParser) product(name string, at Span) (stored bool) {
	r := p.r
	if r.Product != "" {
		return false
	}
	r.Product = name
	at = recvTrim(p.text, at)
	r.Software, r.Spans.Software = recvUnfold(p.text[at.Start:at.End]), p.abs(at)
	return true
}

// software reads the comment of the "by" or "with" clause in which software
// states its name. The first known name counts, else the first such text.
func (p *recvParser) software(t recvToken) {
	at := recvTrim(p.text, t.inner())
	s := p.text[at.Start:at.End]
	if i := strings.Index(s, ", "); i > 0 {
		p.userid(Span{at.Start + i + 2, at.End})
		s, at.End = s[:i], at.Start+i
	}
	if s == "" || s[0] == '[' || recvEqual(s, "unknown") || recvNoSoftware(s) {
		return
	}
	product := recvProduct(s)
	if product == "" && recvSendmail(s) {
		product = "sendmail"
	}
	if product != "" {
		p.product(product, at)
		return
	}
	if p.r.By != "" || p.r.With != "" {
		p.set(&p.r.Software, &p.r.Spans.Software, at)
	}
}

// recvNoSoftware reports whether a comment begins as those do that stand where
// software names itself and tell of something else.
func recvNoSoftware(s string) bool {
	for _, other := range [...]string{"HELO ", "EHLO ", "for ", "invoked ", "crosscheck:", "num_hops "} {
		if recvPrefix(s, other) {
			return true
		}
	}
	return false
}

// userid reads Postfix's "Postfix, from userid 1000".
func (p *recvParser) userid(at Span) {
	if recvPrefix(p.text[at.Start:at.End], "from userid ") {
		p.set(&p.r.Submitter, &p.r.Spans.Submitter, p.afterWord(at))
	}
}

// local reads a comment at the very beginning, which tells how the message
// came from the host itself: sendmail's "(from user@host)", qmail's "(qmail 42
// invoked by uid 0)", "(majordomo@host)".
func (p *recvParser) local(t recvToken) bool {
	at := recvTrim(p.text, t.inner())
	s := p.text[at.Start:at.End]
	if recvPrefix(s, "from ") {
		p.set(&p.r.Submitter, &p.r.Spans.Submitter, p.afterWord(at))
		return true
	}
	if i := strings.Index(s, " invoked "); i > 0 {
		p.invoked(Span{at.Start + i + len(" invoked "), at.End})
		at.End = at.Start + strings.IndexByte(s, ' ')
		if product := recvProduct(s); product != "" {
			p.product(product, at)
		}
		return true
	}
	if strings.IndexByte(s, ' ') < 0 && recvHasAt(s) {
		p.set(&p.r.Submitter, &p.r.Spans.Submitter, at)
		return true
	}
	return false
}

// invoked reads who started qmail-queue: "by uid 0", "by alias", "from
// network", "from network[192.0.2.1/name]".
func (p *recvParser) invoked(at Span) {
	s := p.text[at.Start:at.End]
	if recvPrefix(s, "by ") {
		p.set(&p.r.Submitter, &p.r.Spans.Submitter, p.afterWord(at))
		return
	}
	i := strings.IndexByte(s, '[')
	if i < 0 || !recvPrefix(s, "from network[") || s[len(s)-1] != ']' {
		return
	}
	inner := Span{at.Start + i + 1, at.End - 1}
	ip, name, _ := strings.Cut(p.text[inner.Start:inner.End], "/")
	p.peerIP(Span{inner.Start, inner.Start + len(ip)})
	if recvHostName(name) {
		p.rdns(Span{inner.End - len(name), inner.End})
	}
}

// recvSendmail reports whether s is the version pair that sendmail writes in
// the place of its name: "8.14.4/8.14.4", "8.12.5/8.12.5/Submit", "4.1/UCD",
// "8.12.3/8.12.3/Debian -4".
func recvSendmail(s string) bool {
	version, config, ok := strings.Cut(s, "/")
	config, _, _ = strings.Cut(config, "/")
	if ok && recvVersion(version) && strings.IndexByte(version, '.') > 0 {
		return strings.IndexByte(config, ' ') < 0 || strings.HasPrefix(version, "8.")
	}
	// "8.9.3+Sun/8.9.1", "8.8.6 (PHNE_17135)/8.8.6", "8.12.0.Beta16/8.12.0.Beta16"
	return ok && strings.HasPrefix(version, "8.") && config != "" && recvDigit(config[0])
}

// recvVersion reports whether s is a version number.
func recvVersion(s string) bool {
	for i := 0; i < len(s); i++ {
		if !recvDigit(s[i]) && s[i] != '.' {
			return false
		}
	}
	return s != "" && recvDigit(s[0])
}
