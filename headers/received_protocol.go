package headers

import "strings"

// RecvProtocol is what the "with" value of a trace line says about the
// transfer. The zero value is a protocol that is not stated or not known.
type RecvProtocol struct {
	// Name is the protocol in one spelling: as registered with IANA ("ESMTPSA",
	// RFC 5321 4.4.1, RFC 3848, RFC 6531 4.3) where it is or means a registered
	// one, otherwise a short name of its own ("HTTP", "MAPI", "QMQP"). Empty
	// when the value is not known.
	Name string
	// TLS: the protocol is one over TLS (the S of RFC 3848).
	TLS bool
	// Auth: the client authenticated itself (the A of RFC 3848).
	Auth bool
	// Local: a submission or an inner hand-over by other means than SMTP or
	// LMTP: a pipe, a spool folder, a mailbox store, a web form.
	Local bool
}

// smtp reports whether the client says HELO, EHLO or LHLO in this protocol.
func (p RecvProtocol) smtp() bool { return strings.Contains(p.Name, "MTP") }

// recvProtocols holds the values that are seen after "with", in the letter
// case of their names or not. Registered ones come first.
var recvProtocols = [...]struct {
	with string
	is   RecvProtocol
}{
	{"SMTP", RecvProtocol{Name: "SMTP"}},
	{"ESMTP", RecvProtocol{Name: "ESMTP"}},
	{"ESMTPA", RecvProtocol{Name: "ESMTPA", Auth: true}},
	{"ESMTPS", RecvProtocol{Name: "ESMTPS", TLS: true}},
	{"ESMTPSA", RecvProtocol{Name: "ESMTPSA", TLS: true, Auth: true}},
	{"LMTP", RecvProtocol{Name: "LMTP"}},
	{"LMTPA", RecvProtocol{Name: "LMTPA", Auth: true}},
	{"LMTPS", RecvProtocol{Name: "LMTPS", TLS: true}},
	{"LMTPSA", RecvProtocol{Name: "LMTPSA", TLS: true, Auth: true}},
	{"UTF8SMTP", RecvProtocol{Name: "UTF8SMTP"}},
	{"UTF8SMTPA", RecvProtocol{Name: "UTF8SMTPA", Auth: true}},
	{"UTF8SMTPS", RecvProtocol{Name: "UTF8SMTPS", TLS: true}},
	{"UTF8SMTPSA", RecvProtocol{Name: "UTF8SMTPSA", TLS: true, Auth: true}},
	{"UTF8LMTP", RecvProtocol{Name: "UTF8LMTP"}},
	{"UTF8LMTPA", RecvProtocol{Name: "UTF8LMTPA", Auth: true}},
	{"UTF8LMTPS", RecvProtocol{Name: "UTF8LMTPS", TLS: true}},
	{"UTF8LMTPSA", RecvProtocol{Name: "UTF8LMTPSA", TLS: true, Auth: true}},
	{"MMS", RecvProtocol{Name: "MMS"}},
	{"UUCP", RecvProtocol{Name: "UUCP"}},

	{"SMTPS", RecvProtocol{Name: "SMTPS", TLS: true}},
	{"SMTPA", RecvProtocol{Name: "SMTPA", Auth: true}},
	{"ASMTP", RecvProtocol{Name: "SMTPA", Auth: true}},
	{"SMTPSA", RecvProtocol{Name: "SMTPSA", TLS: true, Auth: true}},
	{"Microsoft SMTP Server", RecvProtocol{Name: "SMTP"}},
	{"Microsoft SMTPSVC", RecvProtocol{Name: "SMTP"}},
	{"MailEnable SMTP", RecvProtocol{Name: "SMTP"}},
	{"MailEnable ESMTP", RecvProtocol{Name: "ESMTP"}},
	{"MailEnable ESMTPA", RecvProtocol{Name: "ESMTPA", Auth: true}},
	{"local", RecvProtocol{Name: "LOCAL", Local: true}},
	{"local-smtp", RecvProtocol{Name: "LOCAL", Local: true}},
	{"local-esmtp", RecvProtocol{Name: "LOCAL", Local: true}},
	{"local-bsmtp", RecvProtocol{Name: "LOCAL", Local: true}},
	{"spool", RecvProtocol{Name: "SPOOL", Local: true}},
	{"mapi", RecvProtocol{Name: "MAPI", Local: true}},
	{"MailboxResubmission", RecvProtocol{Name: "MAPI", Local: true}},
	{"Internet Mail Service", RecvProtocol{Name: "MAPI", Local: true}},
	{"HTTP", RecvProtocol{Name: "HTTP", Local: true}},
	{"HTTPS", RecvProtocol{Name: "HTTP", TLS: true, Local: true}},
	{"HTTPREST", RecvProtocol{Name: "HTTP", Local: true}},
	{"REST", RecvProtocol{Name: "HTTP", Local: true}},
	{"DAV", RecvProtocol{Name: "HTTP", Local: true}},
	{"Novell_GroupWise", RecvProtocol{Name: "GROUPWISE", Local: true}},
	{"QMQP", RecvProtocol{Name: "QMQP"}},
	{"NNFMP", RecvProtocol{Name: "NNFMP"}},
	{"IMAP", RecvProtocol{Name: "IMAP"}},
	{"POP3", RecvProtocol{Name: "POP3"}},
}

// recvProtocolOf looks up a "with" or "via" value.
func recvProtocolOf(with string) RecvProtocol {
	if with == "" {
		return RecvProtocol{}
	}
	// QUIRK: IronPort writes "ESMTP/TLS/CIPHER".
	if i := strings.Index(with, "/TLS/"); i > 0 {
		p := recvProtocolOf(with[:i])
		if p.smtp() && !p.TLS {
			base, auth := strings.CutSuffix(p.Name, "A")
			if p.Name, p.TLS = base+"S", true; auth {
				p.Name += "A" // ESMTPSA (RFC 3848)
			}
		}
		return p
	}
	for i := range recvProtocols {
		if p := &recvProtocols[i]; len(p.with) == len(with) && equalFold(p.with, with) {
			return p.is
		}
	}
	return RecvProtocol{}
}
