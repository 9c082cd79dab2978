package forensic

import (
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// ruleCases are the cases of all rules.
var ruleCases = slices.Concat(contentCases, clockCases, traceCases, smimeRuleCases)

// The hops of an honest message, oldest first, sent at 10:00:00 +0100.
const (
	hop1 = "Received: from [10.0.0.5] (unknown [203.0.113.9]) (Authenticated sender: ana)\n\tby out.example.org (Postfix) with ESMTPSA id 1C2D51C0033; Tue, 02 Jan 2024 09:00:02 +0000 (UTC)"
	hop2 = "Received: from out.example.org (out.example.org [192.0.2.25])\n\tby mx.example.net (Postfix) with ESMTPS id 5B1C31C0091\n\tfor <bob@example.net>; Tue, 02 Jan 2024 09:00:04 +0000 (UTC)"
	hop3 = "Received: from mx.example.net (mx.example.net [198.51.100.7])\n\tby store.example.net (Postfix) with ESMTP id 3A2F21C0045; Tue, 02 Jan 2024 09:00:06 +0000 (UTC)"
)

// travelled is the letter with these trace lines, oldest first, and fields
// below them.
func travelled(hops []string, fields ...string) string {
	lines := slices.Clone(hops)
	slices.Reverse(lines)
	return letter("x", append(lines, fields...)...)
}

// way is the honest way.
func way(fields ...string) string { return travelled([]string{hop1, hop2, hop3}, fields...) }

// moved is a hop with its stamp replaced.
func moved(hop, date string) string { return hop[:strings.LastIndex(hop, ";")] + "; " + date }

// clockCases are those of the clock rules and of the fingerprints.
var clockCases = []ruleCase{
	{"Date a week back, two clocks against it", way("Date: Tue, 26 Dec 2023 10:00:00 +0100", "Message-ID: <20240102090000.GA123@example.org>", "Content-Type: multipart/mixed; boundary=\"----=_Part_1_2.1704186000500\""),
		"clock.date", report.Medium, []string{"the Date field shows 2023-12-26", "7 days apart"}},
	{"Date five hours ahead", way("Date: Tue, 02 Jan 2024 15:00:00 +0100"), "clock.date", report.Medium, []string{"5 hours apart"}},
	{"Date ten minutes ahead", way("Date: Tue, 02 Jan 2024 10:10:00 +0100"), "clock.date", none, nil},
	{"outbox of a day", way("Date: Mon, 01 Jan 2024 10:00:00 +0100"), "clock.date", none, nil},
	{"2002, a clock nine hours off", travelled([]string{moved(hop1, "Wed, 02 Jan 2002 09:00:02 +0000")}, "Date: Wed, 02 Jan 2002 18:00:00 +0000"), "clock.date", report.Low, nil},

	{"file of next month", way("Content-Type: text/plain", "Content-Disposition: attachment; filename=a.txt; creation-date=\"Fri, 02 Feb 2024 10:00:00 +0000\""), "clock.file", report.Low, []string{"2024-02-02"}},
	{"old file", way("Content-Type: text/plain", "Content-Disposition: attachment; filename=a.txt; creation-date=\"Fri, 02 Feb 2018 10:00:00 +0000\""), "clock.file", none, nil},

	{"id of another day", travelled([]string{hop1, strings.Replace(strings.Replace(hop2, "5B1C31C0091", "1rJVCN-0004bZ-Co", 1), "Postfix", "Exim 4.92", 1), hop3}), "clock.id-stamp", report.High, []string{`Received id "1rJVCN-0004bZ-Co" of hop 2`}},
	{"id of its second", travelled([]string{hop1, strings.Replace(strings.Replace(hop2, "5B1C31C0091", "1rKad1-0004bZ-Co", 1), "Postfix", "Exim 4.92", 1), hop3}), "clock.id-stamp", none, nil},

	{"signed after it was received", way("DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=a; t=1704531600; h=from; bh=x; b=x"), "clock.impossible-order", report.Medium, []string{"DKIM-Signature", "4 days apart"}},
	{"a relay before its predecessor, told by the route", travelled([]string{hop1, moved(hop2, "Tue, 02 Jan 2024 03:00:04 +0000"), hop3}), "clock.impossible-order", none, nil},
	{"a relay four minutes slow", travelled([]string{hop1, moved(hop2, "Tue, 02 Jan 2024 08:56:04 +0000"), hop3}), "clock.impossible-order", none, nil},

	{"latency does not add up", exchanged("00:25:01.1234567"), "clock.latency", report.Medium, []string{"25m1.1234567s"}},
	{"latency adds up", exchanged("00:00:01.1234567"), "clock.latency", none, nil},

	{"build of another year", strings.ReplaceAll(exchanged("00:00:01.0"), "15.20.7159.13", "15.20.5588.10"), "clock.release", report.Medium, []string{"15.20.5588.10"}},
	{"build of its month", exchanged("00:00:01.0"), "clock.release", none, nil},

	{"boundary two weeks old", way("Content-Type: multipart/mixed; boundary=\"----=_Part_1_2.1702986000500\""), "clock.stale-template", report.Medium, []string{"MIME boundary", "days apart"}},
	{"boundary of its second", way("Content-Type: multipart/mixed; boundary=\"----=_Part_1_2.1704186000500\""), "clock.stale-template", none, nil},
	{"draft of four days", way("Message-ID: <Pine.LNX.4.44.2312290900000.123-100000@example.org>"), "clock.draft", report.Low, nil},
	{"draft of two days", way("Message-ID: <Pine.LNX.4.44.2312311100000.123-100000@example.org>"), "clock.draft", none, nil},

	{"Date states a zone that the clocks do not show", way("Date: Tue, 02 Jan 2024 10:00:00 +0100", "Message-ID: <000001da3d5a$10db2800$0100a8c0@example.org>", "Content-Type: multipart/mixed; boundary=\"----=_NextPart_000_0001_01DA3D30.28052000\""), "clock.zone", report.Medium, []string{"+0100"}},
	{"Date states the zone that the clocks show", way("Date: Tue, 02 Jan 2024 10:00:00 +0100", "Message-ID: <000001da3d5a$10db2800$0100a8c0@example.org>", "Content-Type: multipart/mixed; boundary=\"----=_NextPart_000_0001_01DA3D62.729F9000\""), "clock.zone", none, nil},

	{"boundary of another Message-ID", letter("x", "Message-ID: <AM0PR01MB1234ABCDEF0123456789ABCDEF012@AM0PR01MB1234.eurprd01.prod.outlook.com>", "Content-Type: multipart/mixed; boundary=\"_000_DB7PR04MB5555ABCDEF0123456789ABCDEF012DB7PR04MB5555eurp_\""), "fingerprint.exchange-boundary", report.Medium, []string{"_000_AM0PR01MB1234"}},
	{"boundary of its Message-ID", letter("x", "Message-ID: <AM0PR01MB1234ABCDEF0123456789ABCDEF012@AM0PR01MB1234.eurprd01.prod.outlook.com>", "Content-Type: multipart/mixed; boundary=\"_000_AM0PR01MB1234ABCDEF0123456789ABCDEF012AM0PR01MB1234eurp_\""), "fingerprint.exchange-boundary", none, nil},
	{"Outlook with Ruby's boundary", letter("x", "X-Mailer: Microsoft Outlook 16.0", "Content-Type: multipart/mixed; boundary=\"--==_mimepart_6593d1d0c1e5_3f8a\""), "fingerprint.mailer-mismatch", report.Medium, []string{"Ruby Mail"}},
	{"Outlook with its own boundary", letter("x", "X-Mailer: Microsoft Outlook 16.0", "Content-Type: multipart/mixed; boundary=\"----=_NextPart_000_0001_01DA3D62.729F9000\""), "fingerprint.mailer-mismatch", none, nil},
	{"MIME::Lite without its name", letter("x", "Content-Type: multipart/mixed; boundary=\"_----------=_17041860001234\""), "fingerprint.mime-lite", report.Low, nil},
	{"MIME::Lite", letter("x", "X-Mailer: MIME::Lite 3.030 (F2.85; T2.17; A2.20; B3.15; Q3.13)", "Content-Type: multipart/mixed; boundary=\"_----------=_17041860001234\""), "fingerprint.mime-lite", none, nil},
	{"Outlook's boundary without a time", letter("x", "Content-Type: multipart/mixed; boundary=\"----=_NextPart_812_1A2B_3C4D5E6F.7A8B9C0D\""), "fingerprint.no-time", report.Medium, []string{"3C4D5E6F"}},
	{"Outlook's Message-ID without a time", letter("x", "Message-ID: <00aa53c46d5a$0a6f9000$0100a8c0@example.org>"), "fingerprint.no-time", report.Medium, []string{"53c46d5a"}},
	{"Outlook's boundary with a time", letter("x", "Content-Type: multipart/mixed; boundary=\"----=_NextPart_000_0001_01DA3D62.729F9000\""), "fingerprint.no-time", none, nil},
}

// exchanged is a message that Exchange Online delivered with that latency.
func exchanged(latency string) string {
	const last = "Received: from AM0PR01CA0001.eurprd01.prod.outlook.com (2603:10a6:208:aa::11)\n\tby DB7PR04MB5555.eurprd04.prod.outlook.com (2603:10a6:10:85::20) with Microsoft SMTP Server\n\t(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.7159.13; Tue, 02 Jan 2024 09:00:05 +0000"
	return travelled([]string{hop1, last},
		"X-MS-Exchange-CrossTenant-OriginalArrivalTime: 02 Jan 2024 09:00:04.0000 (UTC)",
		"X-MS-Exchange-Transport-EndToEndLatency: "+latency)
}

// Lines that do not belong to the way.
const (
	bankLine   = "Received: from www.bank.example (www.bank.example [198.51.100.99])\n\tby gw.bank.example (Postfix) with ESMTPS id 1A2B31C0011; Tue, 02 Jan 2024 09:00:00 +0000 (UTC)"
	googleLine = "Received: from out.example.org (out.example.org. [192.0.2.25])\n\tby mx.google.com with ESMTPS id k7-20020a056402555500b004cfc2f60ca4si5335254edx.150.2024.01.02.01.00.04\n\tfor <bob@example.net>; Tue, 02 Jan 2024 01:00:04 -0800 (PST)"
	qmailLine  = "Received: from out.example.org (HELO out.example.org) (192.0.2.25)\n\tby mx.example.net with SMTP; 2 Jan 2024 09:00:04 -0000"
	filterLine = "Received: from localhost (localhost [127.0.0.1])\n\tby mx.example.net (Postfix) with ESMTP id 6C1C31C0092; Tue, 02 Jan 2024 09:00:05 +0000 (UTC)"
)

// swap is a hop with a text replaced.
func swap(hop, from, to string) string { return strings.Replace(hop, from, to, 1) }

// traceCases are those of the route rules.
var traceCases = []ruleCase{
	{"a hop before the author's login", travelled([]string{swap(bankLine, "gw.bank.example", "gw.savings-bank.com"), hop1, hop2, hop3}), "route.below-entry", report.Medium, []string{"gw.savings-bank.com"}},
	{"a login first", way(), "route.below-entry", none, nil},
	{"one identifier, two clients", travelled([]string{hop1, hop2, swap(swap(hop2, "out.example.org (out.example.org [192.0.2.25])", "a.example.com (a.example.com [198.51.100.77])"), "09:00:04", "09:00:05"), hop3}), "route.copied-hop", report.Medium, []string{"identifier"}},
	{"an identifier each", way(), "route.copied-hop", none, nil},
	{"a line twice", travelled([]string{hop1, hop2, hop2, hop3}), "route.duplicate", report.Medium, []string{"word by word"}},
	{"a filter on the way", travelled([]string{hop1, hop2, filterLine, hop3}), "route.duplicate", none, nil},
	{"a stamp of next week", travelled([]string{hop1, moved(hop2, "Tue, 09 Jan 2024 09:00:04 +0000"), hop3}), "route.future", report.High, []string{"later than every newer hop"}},
	{"greylisted for an hour", travelled([]string{hop1, moved(hop2, "Tue, 02 Jan 2024 10:00:04 +0000"), moved(hop3, "Tue, 02 Jan 2024 10:00:06 +0000")}), "route.future", none, nil},
	{"a stranger with the recipient's name", travelled([]string{swap(hop2, "out.example.org (out.example.org [192.0.2.25])", "mx.example.net (unknown [203.0.113.200])"), hop3}), "route.helo-recipient", report.Medium, []string{"mx.example.net"}},
	{"a stranger with a name of its own", way(), "route.helo-recipient", none, nil},
	{"Postfix counts too many microseconds", travelled([]string{hop1, swap(hop2, "5B1C31C0091", "FFB1C31C0091"), hop3}), "route.id-grammar", report.Medium, []string{"FFB1C31C0091"}},
	{"Postfix's own identifiers", way(), "route.id-grammar", none, nil},
	{"Google's identifier at another host", travelled([]string{hop1, swap(googleLine, "mx.google.com", "mx.recipient-mail.org")}), "route.id-host", report.Medium, []string{"mx.recipient-mail.org"}},
	{"Google's identifier at Google", travelled([]string{hop1, googleLine}), "route.id-host", none, nil},
	{"a line put in", travelled([]string{hop1, swap(bankLine, "09:00:00", "09:00:03"), hop2, hop3}), "route.inserted", report.High, []string{"gw.bank.example"}},
	{"nothing put in", way(), "route.inserted", none, nil},
	{"an address that cannot be", travelled([]string{swap(hop1, "203.0.113.9", "255.255.255.255"), hop2, hop3}), "route.ip-reserved", report.Medium, []string{"255.255.255.255"}},
	{"an address for documents", way(), "route.ip-reserved", none, nil},
	{"round and round", travelled([]string{hop1, hop2, hop3, swap(hop2, "5B1C31C0091", "5B1C31C0092"), swap(hop3, "3A2F21C0045", "3A2F21C0046"), swap(hop2, "5B1C31C0091", "5B1C31C0093"), swap(hop3, "3A2F21C0045", "3A2F21C0047")}), "route.loop", report.Low, []string{"3 times"}},
	{"once past each host", way(), "route.loop", none, nil},
	{"the recipient's name at the beginning", travelled([]string{swap(bankLine, "gw.bank.example", "store.example.net"), "Received: from a.other.example (a.other.example [198.51.100.50])\n\tby b.other.example (Postfix) with ESMTP id 2B2C31C0012; Tue, 02 Jan 2024 09:00:01 +0000 (UTC)", "Received: from b.other.example (b.other.example [198.51.100.51])\n\tby store.example.net (Postfix) with ESMTP id 3A2F21C0044; Tue, 02 Jan 2024 09:00:03 +0000 (UTC)"}), "route.own-name-below", report.Medium, []string{"store.example.net"}},
	{"the recipient's name at the end", way(), "route.own-name-below", none, nil},
	{"two lines exchanged", travelled([]string{hop1, swap(swap(hop3, "store.example.net", "in.example.net"), "09:00:06", "09:00:04"), hop2, "Received: from in.example.net (in.example.net [198.51.100.9])\n\tby store.example.net (Postfix) with ESMTP id 3A2F21C0049; Tue, 02 Jan 2024 09:00:07 +0000 (UTC)"}), "route.order", report.High, nil},
	{"lines in order", way(), "route.order", none, nil},
	{"a line below From", letter("x", hop3, hop2, "From: Ana Ruiz <ana@example.org>", "Subject: Minutes", hop1), "route.position", report.Medium, nil},
	{"lines on top", way(), "route.position", none, nil},
	{"a parenthesis of another software", travelled([]string{hop1, swap(hop2, "(Postfix)", "(Postfix, from userid 1000)"), hop3}), "route.shape", report.Medium, nil},
	{"Postfix's own line", way(), "route.shape", none, nil},
	{"six hours back", travelled([]string{hop1, moved(hop2, "Tue, 02 Jan 2024 03:07:04 +0000"), hop3}), "route.time-reversed", report.High, []string{"5h52m58s"}},
	{"a minute back", travelled([]string{hop1, moved(hop2, "Tue, 02 Jan 2024 08:59:04 +0000"), hop3}), "route.time-reversed", none, nil},
	{"TLS 1.3 in 2004", travelled([]string{hop1, swap(moved(hop2, "Fri, 02 Jan 2004 09:00:04 +0000"), "by mx", "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n\tby mx")}, "Date: Fri, 02 Jan 2004 09:00:00 +0000"), "route.tls-old-software", report.Medium, nil},
	{"TLS 1.3 in 2024", travelled([]string{hop1, swap(hop2, "by mx", "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n\tby mx"), hop3}), "route.tls-old-software", none, nil},
	{"strangers", travelled([]string{swap(bankLine, "gw.bank.example", "gw.savings-bank.com"), "Received: from mail.flowershop.org (mail.flowershop.org [192.0.2.80])\n\tby mx.example.net (Postfix) with ESMTP id 5B1C31C0095; Tue, 02 Jan 2024 09:00:05 +0000 (UTC)", hop3}), "route.unlinked", report.Medium, []string{"gw.savings-bank.com"}},
	{"neighbours", way(), "route.unlinked", none, nil},
	{"a private address at a foreign relay", travelled([]string{swap(swap(bankLine, "198.51.100.99", "10.1.2.3"), "gw.bank.example", "relay.example.edu"), hop2, hop3}), "route.unlinked-private", report.Medium, []string{"10.1.2.3"}},
	{"a private address at home", travelled([]string{hop1, hop2, swap(hop3, "198.51.100.7", "10.0.0.7")}), "route.unlinked-private", none, nil},
	{"a wrong day of the week", travelled([]string{hop1, swap(hop2, "Tue,", "Fri,"), hop3}), "route.weekday", report.Medium, []string{"Fri"}},
	{"the right day of the week", way(), "route.weekday", none, nil},
	{"a zone that is not the offset", travelled([]string{hop1, swap(hop2, "(UTC)", "(JST)"), hop3}), "route.zone-comment", report.Medium, []string{"JST"}},
	{"China's time", travelled([]string{hop1, swap(hop2, "09:00:04 +0000 (UTC)", "17:00:04 +0800 (CST)"), hop3}), "route.zone-comment", none, nil},
	{"Google in Moscow", travelled([]string{hop1, swap(googleLine, "01:00:04 -0800 (PST)", "12:00:04 +0300 (MSK)")}), "route.zone-host", report.Medium, []string{"+0300"}},
	{"Google in California", travelled([]string{hop1, googleLine}), "route.zone-host", none, nil},
	{"qmail's line alone", travelled([]string{hop1, qmailLine}), "route.weekday", none, nil},
}
