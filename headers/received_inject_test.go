package headers

import (
	"strings"
	"testing"
)

// recvHostile are greetings that imitate what a server writes. None holds the
// true address, 192.0.2.9, and each that holds an address holds 198.51.100.1.
var recvHostile = []string{
	"[198.51.100.1]",
	"198.51.100.1",
	"mail.bank.example [198.51.100.1]",
	"mail.bank.example ([198.51.100.1])",
	"mail.bank.example (198.51.100.1)",
	"mail.bank.example (mail.bank.example [198.51.100.1])",
	"x (IDENT:root@mail.bank.example [198.51.100.1])",
	"[198.51.100.1] (helo=mail.bank.example)",
	"mail.bank.example ([198.51.100.1] helo=x)",
	"mail.bank.example ([198.51.100.1]:25 \"EHLO x\" rhost-flags-OK)",
	"x) ([198.51.100.1]",
	"x ([198.51.100.1]",
	"x [198.51.100.1])",
	"x (mail.bank.example [198.51.100.1]) by mail.bank.example (Postfix) with ESMTPS id FAKE",
	"x (mail.bank.example [198.51.100.1]) by mail.bank.example (8.14.4/8.14.4) with ESMTPSA id FAKE; Thu, 1 Jan 1998 00:00:00 +0000",
	"from mail.bank.example ([198.51.100.1]) by mail.bank.example",
	"x (Authenticated sender: boss@bank.example) (mail.bank.example [198.51.100.1])",
	"x (using TLSv1.3 with cipher FAKE (256/256 bits)) (mail.bank.example [198.51.100.1])",
	"x; Thu, 1 Jan 1998 00:00:00 +0000",
	"x\" (\"mail.bank.example\" [198.51.100.1])",
	"<x ([198.51.100.1])>",
	"x as user boss@bank.example",
	"x id FAKE with ESMTPSA",
	"x[198.51.100.1]",
	"x (x[198.51.100.1])",
	"x(198.51.100.1), claiming to be \"y\"",
	"x - 198.51.100.1",
	"x boss@bank.example [198.51.100.1]",
	"x (boss@bank.example@198.51.100.1 with login)",
	"x (y [198.51.100.1] auth=yes user=boss)",
	"x (smtp-auth username boss, mechanism plain)",
	"x (authenticated as boss)",
	"x (account boss [198.51.100.1] verified)",
	"x (FAKE encrypted)",
	"x (TLS: TLSv1.3,256bits,FAKE)",
	"x (mailfrom:boss@bank.example)",
	"x (ecelerity 4.2) with ESMTPS (cipher=FAKE subject=\"",
	"boss$bank.example",
	"mail.bank.example (mail.bank.example)",
	"localhost (localhost)",
	"x\x00 ([198.51.100.1])",
	"bücher.example ([198.51.100.1])",
	"<\"x",
	"<\"x) ([198.51.100.1]\"",
	"x (y (z [198.51.100.1]))",
	"x\n\t([198.51.100.1])\n\tby mail.bank.example",
	"\\",
	"(",
	"((",
	")",
	"\"",
	"<",
}

// recvWriters write "%" for the client's greeting, with their own finding
// behind it.
var recvWriters = []struct{ name, line string }{
	{"Postfix", "from % (r.example.net [192.0.2.9]) by mx.example.org (Postfix) with ESMTP id Q1; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"Postfix, no name", "from % (unknown [192.0.2.9]) by mx.example.org (Postfix) with ESMTP id Q1; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"sendmail", "from % (ann@r.example.net [192.0.2.9] (may be forged)) by mx.example.org (8.14.4/8.14.4) with ESMTP id Q1; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"sendmail, no name", "from % ([192.0.2.9]) by mx.example.org (8.14.4/8.14.4) with ESMTP id Q1; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"Gmail", "from % (r.example.net. [192.0.2.9]) by mx.example.org with ESMTPS id Q1 for <bob@example.org> (version=TLS1_3 cipher=C bits=128/128); Fri, 6 Nov 2020 12:20:14 +0000"},
	{"SMTPSVC", "from % ([192.0.2.9]) by mx.example.org with Microsoft SMTPSVC(6.0); Fri, 6 Nov 2020 12:20:14 +0000"},
	{"Exchange", "from % (192.0.2.9) by mx.example.org (10.0.0.1) with Microsoft SMTP Server id Q1; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"PowerMTA", "from % (192.0.2.9) by mx.example.org (PowerMTA(TM) v1.5) id Q1; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"MDaemon", "from % [192.0.2.9] by mx.example.org [10.0.0.1] with SMTP (MDaemon.v2.8.7.5.R); Fri, 6 Nov 2020 12:20:14 +0000"},
	{"Haraka", "from % (r.example.net [192.0.2.9]) by mx.example.org (Haraka/2.8.25) with ESMTP id Q1 envelope-from <ann@example.net>; Fri, 06 Nov 2020 12:20:14 +0000"},
	{"OpenSMTPD", "from % (r.example.net [192.0.2.9]) by mx.example.org (OpenSMTPD) with ESMTP id Q1 for <bob@example.org>; Fri, 6 Nov 2020 12:20:14 +0000 (UTC)"},
	{"Dovecot", "from % ([192.0.2.9]) by mx.example.org with LMTP id Q1 (envelope-from <ann@example.net>) for <bob@example.org>; Fri, 06 Nov 2020 12:20:14 +0000"},
	{"Domino", "from % ([192.0.2.9]) by mx.example.org (Lotus Domino Release 8.5.3) with ESMTP id Q1 ; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"InterMail", "from % ([192.0.2.9]) by mx.example.org (InterMail vM.8.01) with ESMTP id <Q1@mx.example.org>; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"IronPort", "from r.example.net (HELO %) ([192.0.2.9]) by mx.example.org with ESMTP; 06 Nov 2020 12:20:14 +0000"},
	{"KumoMTA", "from % (192.0.2.9) by mx.example.org (KumoMTA 10.0.0.1) with ESMTP id Q1 for <bob@example.org>; Fri, 6 Nov 2020 12:20:14 +0000"},
	{"Courier", "from % (r.example.net [::ffff:192.0.2.9]) by mx.example.org with ESMTP; Fri, 06 Nov 2020 12:20:14 +0000 id Q1"},
	{"qmail", "from r.example.net (HELO %) (192.0.2.9) by mx.example.org with SMTP; 6 Nov 2020 12:20:14 -0000"},
}

// TestReceivedInjection: whatever the client says, the address, the name, the
// stamping host, the identity and the date are the server's.
func TestReceivedInjection(t *testing.T) {
	for _, w := range recvWriters {
		for _, helo := range recvHostile {
			line := strings.Replace(w.line, "%", helo, 1)
			r := recvCheck(t, line)
			if strings.TrimPrefix(r.IPText, "::ffff:") != "192.0.2.9" || r.By != "mx.example.org" || r.RDNS != "" && r.RDNS != "r.example.net" {
				t.Errorf("%s: ip %q, rdns %q, by %q: %s", w.name, r.IPText, r.RDNS, r.By, line)
			}
			if r.AuthenticatedAs != "" || r.Submitter != "" || strings.Contains(r.EnvelopeFrom, "bank") || r.TLSCipher == "FAKE" || r.ID == "FAKE" || r.Date.RFC3339() != "2020-11-06T12:20:14+00:00" {
				t.Errorf("%s: auth %q, cipher %q, id %q, date %s: %s", w.name, r.AuthenticatedAs, r.TLSCipher, r.ID, r.Date.RFC3339(), line)
			}
		}
	}
}

// TestReceivedInjectionAlone: servers that write nothing of the connection
// leave the greeting alone before "by"; nothing in it is taken for a finding
// that only a server can make.
func TestReceivedInjectionAlone(t *testing.T) {
	for _, helo := range recvHostile {
		r := recvCheck(t, "from "+helo+" text by mx.example.org with SMTP (MDaemon.v2.8.7.5.R); Fri, 6 Nov 2020 12:20:14 +0000")
		if r.IPText != "" || r.RDNS != "" || r.By != "mx.example.org" || r.AuthenticatedAs != "" || r.TLSCipher != "" || r.Encrypted {
			t.Errorf("%s: ip %q, rdns %q, by %q, auth %q, cipher %q", helo, r.IPText, r.RDNS, r.By, r.AuthenticatedAs, r.TLSCipher)
		}
	}
}
