package route

import (
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// addressForm is the way in which a line writes the client's address.
type addressForm int

const (
	formNone  addressForm = iota
	formName              // (name [192.0.2.1]
	formBox               // ([192.0.2.1]
	formParen             // (192.0.2.1
	formUser              // (user@192.0.2.1
	formLoose             // [192.0.2.1] or 192.0.2.1 outside of parentheses
)

// formOf looks at what stands before the address.
func formOf(r *headers.Received) addressForm {
	if r.Spans.IP.Empty() {
		return formNone
	}
	s := r.Raw[:max(0, min(r.Spans.IP.Start-r.Span.Start, len(r.Raw)))]
	s = strings.TrimSuffix(s, "IPv6:")
	box := strings.HasSuffix(s, "[")
	if s = strings.TrimSuffix(s, "["); s == "" {
		return formLoose
	}
	switch open := strings.LastIndexByte(s, '('); {
	case open < 0 || strings.IndexByte(s[open:], ')') >= 0:
		return formLoose
	case strings.HasSuffix(s, "@"):
		if box {
			return formName
		}
		return formUser
	case !box:
		return formParen
	case open == len(s)-1:
		return formBox
	}
	return formName
}

// shape: the line has a form that the software which it names does not write.
func (t *tracer) shape(i int, h *Hop) {
	fault := shapeFault(h)
	if fault == "" {
		fault = foreignSoftware(h)
	}
	if fault != "" {
		d := t.doubt("shape", i, medium, fault, h.Span)
		d.speaksAgainst("a program in front of the server, or a changed configuration, may write lines of its own")
	}
	t.qmailHalf(i, h)
	for _, def := range h.Defects {
		if def.Code == "received.by-repeated" {
			d := t.doubt("shape", i, medium, "the line names two stamping hosts", def.Span)
			d.speaksAgainst("the client may have put the word into its greeting")
		}
	}
}

// qmailHalf: qmail writes two lines, that of the program that took the message
// in and that of qmail-queue on top; one of them is missing. In 1,792 honest
// messages 17 have the second alone, most at the oldest end, and none the first,
// hosts that hand on by QMQP or to a scanner aside.
func (t *tracer) qmailHalf(i int, h *Hop) {
	weight, detail := low, ""
	switch {
	case isQmailQueue(&h.Received) && strings.Contains(h.Raw, "invoked from network"):
		weight, detail = medium, "qmail took the message in from the network, but the line of the program that did so is missing"
	case isQmailSMTP(h) && len(h.Also) == 0 && !(i+1 < len(t.r.Hops) && takesFromQmail(&t.r.Hops[i+1])):
		weight, detail = medium, "the line has the form of qmail-smtpd, but that of qmail-queue above it is missing"
	default:
		return
	}
	d := t.doubt("shape", i, weight, detail, h.Span)
	d.speaksAgainst("a program in the place of one of the two may leave no line")
}

// takesFromQmail reports whether a line is one that stands in the place of that
// of qmail-queue: QMQP hands the message to another host, scanners take it first.
func takesFromQmail(h *Hop) bool {
	return strings.EqualFold(h.With, "QMQP") || h.By == "" || h.Product == "qmail-scanner" || h.Product == "qmail"
}

// isQmailSMTP reports whether a line has the form of qmail-smtpd: "from NAME
// (HELO x) (192.0.2.1) by HOST with SMTP; 1 Jan 2002 10:00:00 -0000".
func isQmailSMTP(h *Hop) bool {
	if h.Product != "" || h.Software != "" || h.ID != "" || h.Authenticated || h.With != "SMTP" || h.Date.ZoneText != "-0000" || !h.by().public {
		return false
	}
	form := formOf(&h.Received)
	return (form == formParen || form == formUser) && !strings.Contains(h.Raw, " with login)")
}

// shapeFault compares with the known habits of the software. Its name alone is
// not enough where it stands for other products, too.
func shapeFault(h *Hop) string {
	form := formOf(&h.Received)
	switch h.Product {
	case "qmail":
		if strings.Contains(h.Raw, " invoked ") && (h.By != "" || h.From != "" || h.With != "" || h.ID != "") {
			return "qmail-queue writes its note alone, without hosts, protocol or identifier"
		}
	case "Postfix":
		return postfixShape(h, form)
	case "sendmail":
		return sendmailShape(h, form)
	case "Exim":
		return eximShape(h, form)
	case "Microsoft Exchange":
		return exchangeShape(h, form)
	case "Microsoft SMTPSVC":
		if form == formName || form == formParen {
			return "Microsoft SMTPSVC writes the client's address in brackets, without a name"
		}
	}
	return ""
}

// postfixShape: "from HELO (name [address])", with "unknown" for a missing name.
func postfixShape(h *Hop, form addressForm) string {
	notes := notesOf(h.Raw)
	switch {
	case notes&noteUserid != 0 && (h.IP.IsValid() || h.HELO != ""):
		return "Postfix names no client on the line of a local account"
	case form == formBox, form == formParen, form == formUser:
		return "Postfix writes the client's name, or unknown, before its address"
	case notes&(noteForged|noteIdent) != 0:
		return "the line has a remark of sendmail's, but names Postfix"
	case notes&noteVersion != 0:
		return "the line has sendmail's note on the encryption, but names Postfix"
	case form == formName && h.Spans.IP.End > 0 && strings.Contains(h.Raw, "] helo="):
		return "the line has Exim's note of the greeting, but names Postfix"
	}
	return ""
}

func sendmailShape(h *Hop, form addressForm) string {
	switch {
	case form == formParen, form == formUser:
		return "sendmail writes the client's address in brackets"
	case form == formName && strings.Contains(h.Raw, "(unknown ["):
		return "the line has Postfix's word for a missing name, but names sendmail"
	case postfixNote(h.Raw):
		return "the line has a note of Postfix's, but names sendmail"
	}
	return ""
}

// The comments by which software is known, as bits.
const (
	noteUserid  = 1 << iota // Postfix, for a local account
	noteForged              // sendmail
	noteIdent               // sendmail
	noteVersion             // sendmail
	noteSender              // Postfix
	noteUsing               // Postfix
)

// notesOf finds those comments in one pass.
func notesOf(raw string) (notes int) {
	for {
		i := strings.IndexByte(raw, '(')
		if i < 0 || i+1 == len(raw) {
			return notes
		}
		raw = raw[i+1:]
		switch raw[0] {
		case 'P':
			notes |= noteAs(raw, "Postfix, from userid ", noteUserid)
		case 'm':
			notes |= noteAs(raw, "may be forged)", noteForged)
		case 'I':
			notes |= noteAs(raw, "IDENT:", noteIdent)
		case 'v':
			notes |= noteAs(raw, "version=TLS", noteVersion)
		case 'A':
			notes |= noteAs(raw, "Authenticated sender: ", noteSender)
		case 'u':
			notes |= noteAs(raw, "using TLSv", noteUsing)
		}
	}
}

func noteAs(raw, begins string, note int) int {
	if strings.HasPrefix(raw, begins) {
		return note
	}
	return 0
}

// postfixNote reports whether a line has a comment that Postfix writes:
// "(using TLSv1.3 with cipher C (256/256 bits))". Others have "TLSv1/SSLv3".
func postfixNote(raw string) bool {
	switch notes := notesOf(raw); {
	case notes&noteSender != 0:
		return true
	case notes&noteUsing == 0:
		return false
	}
	_, rest, ok := strings.Cut(raw, "(using TLSv")
	version, _, _ := strings.Cut(rest, " with cipher")
	return ok && len(version) <= 3
}

// eximShape: "from name ([address] helo=x)", "from [address] (helo=x)".
func eximShape(h *Hop, form addressForm) string {
	switch {
	case form == formName, form == formParen, form == formUser:
		return "Exim writes the client's address in brackets and first in its parentheses"
	case postfixNote(h.Raw):
		return "the line has a note of Postfix's, but names Exim"
	}
	return ""
}

// exchangeShape: "from HELO (address) by HOST (address)"; brackets are seen
// around inner IPv6 addresses. Exchange 5.5, another program, looks names up.
func exchangeShape(h *Hop, form addressForm) string {
	if !hasPrefixFold(h.With, "Microsoft SMTP Server") {
		return ""
	}
	switch {
	case form == formName:
		return "Microsoft SMTP Server writes no name before the client's address"
	case form == formBox && !h.IP.Is6():
		return "Microsoft SMTP Server writes the client's address without brackets"
	case postfixNote(h.Raw), notesOf(h.Raw)&noteForged != 0:
		return "the line has a note of another program's, but names Microsoft SMTP Server"
	}
	return ""
}

// foreignSoftware: hosts of Google and of Exchange Online that name a program
// which their operators do not run there.
func foreignSoftware(h *Hop) string {
	switch h.Product {
	case "Postfix", "sendmail", "Exim", "qmail", "PowerMTA", "Microsoft SMTPSVC", "Domino":
	case "Microsoft Exchange":
		if h.by().operator == google {
			return "Google does not run Microsoft Exchange"
		}
		return ""
	default:
		return ""
	}
	switch {
	case h.By != "" && (within(h.By, "mx.google.com") || within(h.By, "smtp.gmail.com") || within(h.By, "gmr-mx.google.com")):
		return "Google's mail servers do not name software, and " + h.Product + " is not theirs"
	case within(h.By, "protection.outlook.com") || within(h.By, "prod.outlook.com"):
		return "the hosts of Exchange Online do not run " + h.Product
	}
	return ""
}

// tls: the line states an encryption that did not exist yet at its date, or
// that its software does not have.
func (t *tracer) tls(i int, h *Hop) {
	if h.TLSVersion == "" {
		return
	}
	year := 0
	if h.Date.OK {
		year = h.Date.Time.Year()
	}
	version, fault := tlsMinor(h.TLSVersion), ""
	switch {
	case year > 0 && year < 2016 && version == 3:
		fault = "TLS 1.3 did not exist at that date (RFC 8446 is of 2018, its first drafts in use of 2016)"
	case year > 0 && year < 2008 && version >= 2:
		fault = "TLS 1.2 did not exist at that date (RFC 5246 is of 2008)"
	case h.Product == "sendmail":
		if minor, ok := minorOf(h.Software, 8); ok && minor < 11 {
			fault = "sendmail has had TLS since 8.11 only"
		}
	}
	if fault != "" {
		d := t.doubt("tls-old-software", i, medium, fault, h.Spans.TLSVersion, h.Date.Span)
		d.speaksAgainst("the host's clock may have been years off")
	}
}

// tlsMinor is n of "TLSv1.n", "TLS1_n", "TLS1.n"; -1 for any other text.
func tlsMinor(version string) int {
	if !hasPrefixFold(version, "TLS") {
		return -1
	}
	v := strings.TrimLeft(version[3:], "vV")
	if len(v) != 3 || v[0] != '1' || v[1] != '.' && v[1] != '_' || !decimalSet.has(v[2]) {
		return -1
	}
	return int(v[2] - '0')
}
