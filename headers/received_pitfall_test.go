package headers

import (
	"strings"
	"testing"
)

// TestReceivedPitfalls: what makes simple readers of trace lines believe the
// wrong text or lose a value, one test each.
func TestReceivedPitfalls(t *testing.T) {
	const end = " by mx.example.org (Postfix) with ESMTP id Q1; Fri, 6 Nov 2020 12:20:14 +0000"
	const tail = "|by=mx.example.org|with=ESMTP|id=Q1|soft=Postfix|date=2020-11-06T12:20:14+00:00"
	recvRun(t, []recvCase{
		// The client's text imitates connection data.
		{"address in HELO", "from [198.51.100.1] (r.example.net [192.0.2.9])" + end, "helo=[198.51.100.1]|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"connection data in HELO", "from mail.bank.example ([198.51.100.1]) (unknown [192.0.2.9])" + end, "helo=mail.bank.example ([198.51.100.1])|ip=192.0.2.9" + tail},
		{"named connection data in HELO", "from a (mail.bank.example [198.51.100.1]) (r.example.net [192.0.2.9])" + end,
			"helo=a (mail.bank.example [198.51.100.1])|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"bare address in HELO", "from a (198.51.100.1) (r.example.net [192.0.2.9])" + end, "helo=a (198.51.100.1)|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"qmail's mark in HELO", "from a (HELO mail.bank.example) (r.example.net [192.0.2.9])" + end, "helo=a (HELO mail.bank.example)|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"Exim's mark in HELO", "from [198.51.100.1] (helo=mail.bank.example) (r.example.net [192.0.2.9])" + end,
			"helo=[198.51.100.1] (helo=mail.bank.example)|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"whole line in HELO", "from a ([198.51.100.1]) by mail.bank.example (Exim 4.9) with ESMTPS id FAKE; Thu, 1 Jan 1998 00:00:00 +0000 (r.example.net [192.0.2.9])" + end,
			"helo=a ([198.51.100.1]) by mail.bank.example (Exim 4.9) with ESMTPS id FAKE; Thu, 1 Jan 1998 00:00:00 +0000|rdns=r.example.net|ip=192.0.2.9" + tail + "|!=by-repeated"},
		{"literal without connection data", "from [198.51.100.1] text by mx.example.org with SMTP (MDaemon.v2.8.7.5.R); Fri, 6 Nov 2020 12:20:14 +0000",
			"helo=[198.51.100.1] text|by=mx.example.org|with=SMTP|soft=MDaemon.v2.8.7.5.R|date=2020-11-06T12:20:14+00:00"},
		{"note without connection data", "from a (Authenticated sender: boss@bank.example) by mx.example.org with SMTP (MDaemon.v2.8.7.5.R); Fri, 6 Nov 2020 12:20:14 +0000",
			"by=mx.example.org|with=SMTP|soft=MDaemon.v2.8.7.5.R|date=2020-11-06T12:20:14+00:00"},
		{"name without an address", "from a (mail.bank.example) by mx.example.org with SMTP (MDaemon.v2.8.7.5.R); Fri, 6 Nov 2020 12:20:14 +0000",
			"by=mx.example.org|with=SMTP|soft=MDaemon.v2.8.7.5.R|date=2020-11-06T12:20:14+00:00"},
		{"mark without connection data", "from 198.51.100.1 (EHLO mail.bank.example) by mx.example.org with SMTP (MDaemon.v2.8.7.5.R); Fri, 6 Nov 2020 12:20:14 +0000",
			"helo=mail.bank.example|by=mx.example.org|with=SMTP|soft=MDaemon.v2.8.7.5.R|date=2020-11-06T12:20:14+00:00"},
		{"literal behind the client's words", "from a ([198.51.100.1]) b by mx.example.org with SMTP; Fri, 6 Nov 2020 12:20:14 +0000",
			"helo=a ([198.51.100.1]) b|by=mx.example.org|with=SMTP|date=2020-11-06T12:20:14+00:00"},
		{"qmail, two comments of one HELO", "from unknown (HELO a) (HELO b) (192.0.2.9) by mx.example.org with SMTP; 6 Nov 2020 12:20:14 -0000",
			"helo=a) (HELO b|ip=192.0.2.9|by=mx.example.org|with=SMTP|date=2020-11-06T12:20:14+00:00"},
		{"qmail, address in HELO", "from unknown (HELO a) (198.51.100.1) (192.0.2.9) by mx.example.org with SMTP; 6 Nov 2020 12:20:14 -0000",
			"helo=a) (198.51.100.1|ip=192.0.2.9|by=mx.example.org|with=SMTP|date=2020-11-06T12:20:14+00:00"},
		{"Exim, address in HELO", "from r.example.net ([192.0.2.9] helo=[198.51.100.1])" + end, "helo=[198.51.100.1]|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"Exchange, marked HELO", "from a (HELO b) (192.0.2.9) by ex.example.org (10.0.0.1) with Microsoft SMTP Server id 15.0.1; Fri, 6 Nov 2020 12:20:14 +0000",
			"helo=a (HELO b)|ip=192.0.2.9|by=ex.example.org|byip=10.0.0.1|with=Microsoft SMTP Server|id=15.0.1|soft=Microsoft SMTP Server|date=2020-11-06T12:20:14+00:00"},
		{"certificate name", "from a (r.example.net [192.0.2.9]) (Client CN \"x [198.51.100.1]\", Issuer \"y\" (not verified))" + end, "helo=a|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"proxy is not the peer", "from a (r.example.net [192.0.2.9]) (proxying for 198.51.100.1)" + end, "helo=a|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"recipient imitates a clause", "from a ([192.0.2.9]) by mx.example.org with SMTP id Q1 for <\"by x with y\"@example.org>; Fri, 6 Nov 2020 12:20:14 +0000",
			"helo=a|ip=192.0.2.9|by=mx.example.org|with=SMTP|id=Q1|for=\"by x with y\"@example.org|date=2020-11-06T12:20:14+00:00"},
		{"date in HELO, none at the end", "from Fri, 6 Nov 2020 12:20:14 +0000 by mx.example.org with SMTP id Q1",
			"helo=Fri, 6 Nov 2020 12:20:14 +0000|by=mx.example.org|with=SMTP|id=Q1|!=date-missing"},

		// The HELO may be anything.
		{"blanks in HELO", "from my own PC (r.example.net [192.0.2.9])" + end, "helo=my own PC|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"angle in HELO", "from <x (r.example.net [192.0.2.9])" + end, "helo=<x|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"open parenthesis in HELO", "from ( (r.example.net [192.0.2.9])" + end, "helo=(|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"closed parenthesis in HELO", "from a) (r.example.net [192.0.2.9])" + end, "helo=a)|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"nested comments in HELO", "from a (b (c)) (r.example.net [192.0.2.9])" + end, "helo=a (b (c))|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"UTF-8 in HELO", "from bücher.example (r.example.net [192.0.2.9])" + end, "helo=bücher.example|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"open quote in HELO", "from \"x (r.example.net [192.0.2.9])" + end, "helo=\"x|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"semicolon in HELO", "from a; b (r.example.net [192.0.2.9])" + end, "helo=a; b|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"HELO that ends in a keyword", "from by (r.example.net [192.0.2.9])" + end, "helo=by|rdns=r.example.net|ip=192.0.2.9" + tail + "|!=by-repeated"},
		{"no HELO", "from ([192.0.2.9])" + end, "ip=192.0.2.9" + tail},
		{"a dot", "from . (r.example.net [192.0.2.9])" + end, "helo=.|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"literal glued to HELO", "from r.example.net_[192.0.2.9] ([192.0.2.9])" + end, "helo=r.example.net_[192.0.2.9]|ip=192.0.2.9" + tail},
		{"unknown as HELO", "from unknown (r.example.net [192.0.2.9])" + end, "helo=unknown|rdns=r.example.net|ip=192.0.2.9" + tail},

		{"two names before a literal", "from a (b) [192.0.2.9]" + end, "ip=192.0.2.9" + tail},
		{"from twice", "from a from [192.0.2.9]" + end, "helo=a|ip=192.0.2.9" + tail},
		{"actually", "from a (actually r.example.net)" + end, "helo=a|rdns=r.example.net" + tail},
		{"quoted port", "from a (\"port 34611\"@r.example.net [192.0.2.9])" + end, "helo=a|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"account and number", "from root (uid 0) (envelope-from ann@example.net) id e06d1 by mx.example.org (DragonFly Mail Agent v0.13); Fri, 6 Nov 2020 12:20:14 +0000",
			"by=mx.example.org|id=e06d1|env=ann@example.net|user=root|soft=DragonFly Mail Agent v0.13|date=2020-11-06T12:20:14+00:00"},
		{"scanner by uid", "from ann@example.net by mx.example.org by uid 64011 with qmail-scanner-1.22 (x. Clear:RC:0(192.0.2.9):.); 6 Nov 2020 12:20:14 -0000",
			"by=mx.example.org|with=qmail-scanner-1.22|user=ann@example.net|soft=qmail-scanner-1.22|date=2020-11-06T12:20:14+00:00"},
		{"comment ahead", "(x) from a (r.example.net [192.0.2.9])" + end, "helo=a|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"account ahead", "(from ann@localhost) from a (r.example.net [192.0.2.9])" + end,
			"helo=a|rdns=r.example.net|ip=192.0.2.9|by=mx.example.org|with=ESMTP|id=Q1|user=ann@localhost" + tail[len("|by=mx.example.org|with=ESMTP|id=Q1"):]},
		{"qmail without an address", "from unknown (HELO a) (unknown) by mx.example.org with SMTP; 6 Nov 2020 12:20:14 -0000",
			"helo=a|by=mx.example.org|with=SMTP|date=2020-11-06T12:20:14+00:00"},
		{"qmail, address unreadable", "from unknown (HELO a) (192.0.2.10.105) by mx.example.org with SMTP; 6 Nov 2020 12:20:14 -0000",
			"helo=a|iptext=192.0.2.10.105|by=mx.example.org|with=SMTP|date=2020-11-06T12:20:14+00:00|!=ip-unreadable"},
		{"qmail, address and method", "from unknown (HELO a) (192.0.2.9 with plain) by mx.example.org with SMTP; 6 Nov 2020 12:20:14 -0000",
			"helo=a|ip=192.0.2.9|by=mx.example.org|with=SMTP|date=2020-11-06T12:20:14+00:00"},
		{"address in empty brackets", "from a ([] verified)" + end, "helo=a" + tail},

		// Addresses.
		{"IPv6 with tag", "from a (r.example.net [IPv6:2001:db8::9])" + end, "helo=a|rdns=r.example.net|ip=2001:db8::9" + tail},
		{"IPv6 without tag", "from a (r.example.net [2001:db8::9])" + end, "helo=a|rdns=r.example.net|ip=2001:db8::9" + tail},
		{"IPv6 and port", "from a ([2001:db8::9]:4711)" + end, "helo=a|ip=2001:db8::9" + tail},
		{"IPv4 and port inside", "from a ([192.0.2.9:4711])" + end, "helo=a|ip=192.0.2.9" + tail},
		{"bare IPv4 and port", "from a (192.0.2.9:4711)" + end, "helo=a|ip=192.0.2.9" + tail},
		{"IPv4-mapped", "from a (r.example.net [::ffff:192.0.2.9])" + end, "helo=a|rdns=r.example.net|ip=::ffff:192.0.2.9" + tail},
		{"zone id", "from a ([fe80::1%6])" + end, "helo=a|ip=fe80::1%6" + tail},
		{"loopback", "from a (localhost [::1])" + end, "helo=a|rdns=localhost|ip=::1" + tail},
		{"local", "from a (localhost [local])" + end, "helo=a|rdns=localhost" + tail},
		{"empty brackets", "from <unknown> (<unknown> [])" + end, tail[1:]},
		{"unverified", "from a (unverified [192.0.2.9])" + end, "helo=a|ip=192.0.2.9" + tail},
		{"unavailable", "from a ([UNAVAILABLE]. [192.0.2.9])" + end, "helo=a|ip=192.0.2.9" + tail},
		{"address for a name", "from a (192.0.2.9 [192.0.2.9])" + end, "helo=a|ip=192.0.2.9" + tail},
		{"anonymous", "from a (r.example.net [192.0.x.x])" + end, "helo=a|rdns=r.example.net|iptext=192.0.x.x" + tail + "|!=ip-unreadable"},
		{"out of range", "from a (r.example.net [192.0.2.999])" + end, "helo=a|rdns=r.example.net|iptext=192.0.2.999" + tail + "|!=ip-unreadable"},
		{"final dot", "from a (r.example.net. [192.0.2.9])" + end, "helo=a|rdns=r.example.net|ip=192.0.2.9" + tail},
		{"6to4 of an inner address", "by 2002:a05:1::1 with SMTP id x; Fri, 6 Nov 2020 12:20:14 +0000", "by=2002:a05:1::1|byip=2002:a05:1::1|with=SMTP|id=x|date=2020-11-06T12:20:14+00:00"},
	})
}

// TestReceivedOrder: clauses and comments in any order, repeated, missing or
// broken over lines, and dates in odd places.
func TestReceivedOrder(t *testing.T) {
	const date = "Fri, 6 Nov 2020 12:20:14 +0000"
	const stamp = "date=2020-11-06T12:20:14+00:00"
	recvRun(t, []recvCase{
		{"comments before by, swapped", "from a (Authenticated sender: ann) (r.example.net [192.0.2.9]) by b; " + date, "helo=a (Authenticated sender: ann)|rdns=r.example.net|ip=192.0.2.9|by=b|" + stamp},
		{"comments behind by, swapped", "from a (r.example.net [192.0.2.9]) by b (version=TLSv1.2 cipher=X) (Postfix) with SMTP; " + date,
			"helo=a|rdns=r.example.net|ip=192.0.2.9|by=b|with=SMTP|tls=TLSv1.2|cipher=X|soft=Postfix|" + stamp},
		{"clauses swapped", "from a ([192.0.2.9]) by b for <bob@example.org> id Q1 with SMTP via UUCP; " + date, "helo=a|ip=192.0.2.9|by=b|via=UUCP|with=SMTP|id=Q1|for=bob@example.org|" + stamp},
		{"by first", "by b with SMTP id Q1 from a (r.example.net [192.0.2.9]); " + date, "helo=a|rdns=r.example.net|ip=192.0.2.9|by=b|with=SMTP|id=Q1|" + stamp},
		{"upper case", "FROM a ([192.0.2.9]) BY b WITH smtp ID Q1 FOR <bob@example.org>; " + date, "helo=a|ip=192.0.2.9|by=b|with=smtp|id=Q1|for=bob@example.org|" + stamp},
		{"host names without dots", "from a (b [192.0.2.9]) by c with SMTP; " + date, "helo=a|rdns=b|ip=192.0.2.9|by=c|with=SMTP|" + stamp},
		{"by of several words", "from a ([192.0.2.9]) by MailEnable Inbound Mail Agent with ESMTP; " + date, "helo=a|ip=192.0.2.9|by=MailEnable Inbound Mail Agent|with=ESMTP|" + stamp},
		{"by a literal", "from a ([192.0.2.9]) by [192.0.2.1] with SMTP; " + date, "helo=a|ip=192.0.2.9|by=[192.0.2.1]|byip=192.0.2.1|with=SMTP|" + stamp},
		{"no by", "with ECARTIS (v1.0.0; list x); " + date, "with=ECARTIS|soft=ECARTIS|" + stamp + "|!=by-missing"},
		{"no by, software", "from a.example.net (Oracle Communications Messaging Server 7.0 64bit (built Aug 27 2014)) id <0N@a>; " + date,
			"helo=a.example.net|id=0N@a|soft=Oracle Communications Messaging Server 7.0 64bit (built Aug 27 2014)|" + stamp + "|!=by-missing"},
		{"by without value", "from a ([192.0.2.9]) by; " + date, "helo=a|ip=192.0.2.9|" + stamp + "|!=by-missing"},
		{"recipient called by", "from a ([192.0.2.9]) by b with SMTP for by; " + date, "helo=a|ip=192.0.2.9|by=b|with=SMTP|" + stamp},
		{"for with several", "from a ([192.0.2.9]) by b for <x@example.org>, <y@example.org>,\n\t<z@example.org>; " + date, "helo=a|ip=192.0.2.9|by=b|for=x@example.org|" + stamp},
		{"for with a comment", "from a ([192.0.2.9]) by b for <x@example.org> (single-drop); " + date, "helo=a|ip=192.0.2.9|by=b|for=x@example.org|" + stamp},
		{"for a local name", "from a ([192.0.2.9]) by b id Q1 for majordomo; " + date, "helo=a|ip=192.0.2.9|by=b|id=Q1|for=majordomo|" + stamp},
		{"for nobody named", "from a ([192.0.2.9]) by b for multiple recipients; " + date, "helo=a|ip=192.0.2.9|by=b|" + stamp},
		{"with twice", "from a ([192.0.2.9]) by b with ESMTP with STARTTLS; " + date, "helo=a|ip=192.0.2.9|by=b|with=ESMTP|" + stamp},
		{"folded in a name", "from a (r.exam-\n\tple.net [192.0.2.9]) by mx.\n\texample.org with SMTP; " + date, "helo=a|rdns=r.exam-ple.net|ip=192.0.2.9|by=mx.example.org|with=SMTP|" + stamp},
		{"no date", "from a ([192.0.2.9]) by b with SMTP id Q1", "helo=a|ip=192.0.2.9|by=b|with=SMTP|id=Q1|!=date-missing"},
		{"empty date", "from a ([192.0.2.9]) by b with SMTP id Q1;", "helo=a|ip=192.0.2.9|by=b|with=SMTP|id=Q1|!=date-missing"},
		{"bad date", "from a ([192.0.2.9]) by b with SMTP; Fri, 32 Nov 2020 99:20:14", "helo=a|ip=192.0.2.9|by=b|with=SMTP"},
		{"date without semicolon", "from a ([192.0.2.9]) by b (8.8) with SMTP id Q1 " + date, "helo=a|ip=192.0.2.9|by=b|with=SMTP|id=Q1|soft=8.8|" + stamp + "|!=semicolon-missing"},
		{"date without id before it", "from a ([192.0.2.9]) by b with SMTP id " + date, "helo=a|ip=192.0.2.9|by=b|with=SMTP|" + stamp + "|!=semicolon-missing"},
		{"semicolon in a comment behind", "from a ([192.0.2.9]) by b; " + date + " (x; y)", "helo=a|ip=192.0.2.9|by=b|" + stamp},
		{"text behind the date", "from a ([192.0.2.9]) by b; " + date + " (UTC) (envelope-from ann@example.net)", "helo=a|ip=192.0.2.9|by=b|env=ann@example.net|" + stamp},
		{"only a date", date, stamp + "|!=by-missing"},
		{"several semicolons", "from a ([192.0.2.9]); by b; with SMTP; id Q1; " + date, "helo=a|ip=192.0.2.9|by=b|with=SMTP|id=Q1|" + stamp},
		{"empty", "", "!=date-missing"},
		{"blank", " \r\n\t", "!=date-missing"},
	})
}

// TestReceivedTLS: every way in which software writes of TLS.
func TestReceivedTLS(t *testing.T) {
	tests := []struct{ comment, want string }{
		{"(version=TLS1_2, cipher=TLS_RSA)", "TLS1_2 TLS_RSA"},
		{"(version=TLSv1.2 cipher=ECDHE bits=256/256 verify=NO)", "TLSv1.2 ECDHE"},
		{"(using TLSv1.3 with cipher TLS_AES (256/256 bits))", "TLSv1.3 TLS_AES"},
		{"(TLS1.3:ECDHE_X25519__AES_256_GCM:256)", "TLS1.3 ECDHE_X25519__AES_256_GCM"},
		{"(TLSv1.3:TLS_AES:256:NO)", "TLSv1.3 TLS_AES"},
		{"(Cipher TLSv1:DES-CBC3-SHA:168)", "TLSv1 DES-CBC3-SHA"},
		{"(TLS1.3) tls TLS_AES", "TLS1.3 TLS_AES"},
		{"tls TLS_AES", " TLS_AES"},
		{"(TLS_AES_256_GCM_SHA384)", " TLS_AES_256_GCM_SHA384"},
		{"(cipher=AES)", " AES"},
		{"(TLS)", " "},
		{"(TLS: TLSv1.3,256bits,TLS_AES)", "TLSv1.3 TLS_AES"},
		{"(TLS: x)", " "},
		{"(TLSv1.3:TLS_AES encrypted)", "TLSv1.3 TLS_AES"},
		{"(AES256-SHA encrypted)", " AES256-SHA"},
		{"(using\n TLSv1.3 with cipher\n TLS_AES (256/256 bits))", "TLSv1.3 TLS_AES"},
		{"(using TLS)", "none"},
		{"(tlsproxy 1.0)", "none"},
		{"(No client certificate requested)", "none"},
		{"(Client did not present a certificate)", "none"},
	}
	for _, tt := range tests {
		r := recvCheck(t, "from a ([192.0.2.9]) by mx.example.org with SMTP "+tt.comment+"; Fri, 6 Nov 2020 12:20:14 +0000")
		got := "none"
		if r.Encrypted {
			got = r.TLSVersion + " " + r.TLSCipher
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.comment, got, tt.want)
		}
	}
}

// TestReceivedForAll: all recipients with their spans, nil for a single one.
func TestReceivedForAll(t *testing.T) {
	r := recvCheck(t, "by b for <x@example.org>, y@example.org,<z@example.org>; Fri, 6 Nov 2020 12:20:14 +0000")
	if got := strings.Join(r.ForAll, " "); got != "x@example.org y@example.org z@example.org" {
		t.Errorf("all: %s", got)
	}
	if r = recvCheck(t, "by b for <x@example.org>; Fri, 6 Nov 2020 12:20:14 +0000"); r.ForAll != nil {
		t.Errorf("one: %q", r.ForAll)
	}
}

// TestReceivedLinear: a hostile line costs time in proportion to its length.
// A reader that looks ahead from each byte takes minutes for these: nothing is
// timed, the test would not end.
func TestReceivedLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for _, unit := range []string{"(", ")", "()", "<", "[", "\"", ";", "by ", "from ", "for ", "(HELO a)", "([192.0.2.9])", "\r\n ", "; Fri", "id id ", "a\n -", "(a", "\\", "helo=", "([192.0.2.9] helo=", " ident=", "1 Jan ", "<a@b>,", "(from x)", "\"a\" ", " ", "a-\n", "(unknown)"} {
		for _, frame := range []string{"%", "<\n%", "by b id a\n%", "from % by b; x", "from a (%) by b", "by b for %", "from a ([192.0.2.9]) by b (%); x"} {
			text := strings.Replace(frame, "%", strings.Repeat(unit, recvMaxLen/2/len(unit)), 1)
			if r := ParseReceived([]byte(text), Span{0, len(text)}); r.Raw != text {
				t.Errorf("%q in %q: text is lost", unit, frame)
			}
		}
	}
}

// TestReceivedTooLong: the text beyond the bound is kept and named.
func TestReceivedTooLong(t *testing.T) {
	r := recvCheck(t, "from a ([192.0.2.9]) by b "+strings.Repeat("x ", recvMaxLen))
	if r.Defects[0].Code != "received.too-long" || r.HELO != "a" || r.By != "b" && !strings.HasPrefix(r.By, "b x") {
		t.Errorf("HELO %q, by %.20q, defects %v", r.HELO, r.By, r.Defects[0])
	}
}

// TestReceivedSpanOutside: a span beyond the message is cut, not followed.
func TestReceivedSpanOutside(t *testing.T) {
	for _, at := range []Span{{5, 500}, {500, 600}, {-3, 4}, {9, 2}} {
		r := ParseReceived([]byte("from a by b"), at)
		if r.Span.Start < 0 || r.Span.End > 11 || r.Span.Len() != len(r.Raw) {
			t.Errorf("%v: %v %q", at, r.Span, r.Raw)
		}
	}
}

// TestReceivedDateInToken: what looks like a date inside of a literal that ends
// the line is no date; the reader once looked for the token behind it.
func TestReceivedDateInToken(t *testing.T) {
	r := recvCheck(t, "from a ([192.0.2.9]) by b with SMTP [19ed, 11 Apr 2001 09:21:33 -0500]")
	if r.Date.OK || r.By != "b" {
		t.Errorf("by %q, date %s", r.By, r.Date.RFC3339())
	}
}
