package headers

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"
)

// recvShow writes all that was read of a line, in a fixed order.
func recvShow(r Received) string {
	var out []string
	add := func(name, value string) {
		if value != "" {
			out = append(out, name+"="+value)
		}
	}
	addr := func(a netip.Addr) string {
		if !a.IsValid() {
			return ""
		}
		return a.String()
	}
	add("helo", r.HELO)
	add("rdns", r.RDNS)
	add("ident", r.Ident)
	add("ip", addr(r.IP))
	if addr(r.IP) != r.IPText {
		add("iptext", r.IPText)
	}
	add("by", r.By)
	add("byip", addr(r.ByIP))
	add("via", r.Via)
	add("with", r.With)
	add("id", r.ID)
	add("for", r.For)
	add("tls", r.TLSVersion)
	add("cipher", r.TLSCipher)
	add("auth", r.AuthenticatedAs)
	add("env", r.EnvelopeFrom)
	add("user", r.Submitter)
	add("orcpt", r.OriginalFor)
	add("soft", r.Software)
	add("date", r.Date.RFC3339())
	for _, d := range r.Defects {
		add("!", strings.TrimPrefix(d.Code, "received."))
	}
	return strings.Join(out, "|")
}

type recvCase struct{ name, value, want string }

func recvRun(t *testing.T, tests []recvCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := recvCheck(t, tt.value)
			if got := recvShow(r); got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.value, got, tt.want)
			}
			// Line ends are white space, whichever they are.
			crlf := strings.ReplaceAll(strings.ReplaceAll(tt.value, "\r\n", "\n"), "\n", "\r\n")
			if got := recvShow(recvCheck(t, crlf)); got != tt.want {
				t.Errorf("with CRLF: %s", got)
			}
		})
	}
}

// recvCheck parses the value at an offset and checks what must hold for any
// text: each value is the text at its span, all spans lie in the value, the
// reading is the same twice.
func recvCheck(t *testing.T, value string) Received {
	t.Helper()
	const lead = "Received: "
	raw := []byte(lead + value + "\nBy: tail")
	at := Span{len(lead), len(lead) + len(value)}
	r := ParseReceived(raw, at)
	if r.Raw != value || r.Span != at {
		t.Fatalf("%q: raw %q at %v", value, r.Raw, r.Span)
	}
	s := r.Spans
	pairs := []struct {
		name, value string
		span        Span
	}{
		{"From", r.From, s.From}, {"HELO", r.HELO, s.HELO}, {"RDNS", r.RDNS, s.RDNS}, {"Ident", r.Ident, s.Ident}, {"IPText", r.IPText, s.IP},
		{"By", r.By, s.By}, {"Via", r.Via, s.Via}, {"With", r.With, s.With}, {"ID", r.ID, s.ID}, {"For", r.For, s.For},
		{"TLSVersion", r.TLSVersion, s.TLSVersion}, {"TLSCipher", r.TLSCipher, s.TLSCipher}, {"AuthenticatedAs", r.AuthenticatedAs, s.AuthenticatedAs},
		{"EnvelopeFrom", r.EnvelopeFrom, s.EnvelopeFrom}, {"Submitter", r.Submitter, s.Submitter}, {"OriginalFor", r.OriginalFor, s.OriginalFor},
		{"Software", r.Software, s.Software},
	}
	for i := range r.ForAll {
		pairs = append(pairs, struct {
			name, value string
			span        Span
		}{"ForAll", r.ForAll[i], s.ForAll[i]})
	}
	for _, p := range pairs {
		if p.span.Empty() != (p.value == "") || !p.span.Empty() && !at.Contains(p.span) || recvUnfold(string(p.span.Of(raw))) != p.value {
			t.Errorf("%q: %s is %q, at its span %v stands %q", value, p.name, p.value, p.span, p.span.Of(raw))
		}
	}
	recvCheckRest(t, value, r, at)
	if again := ParseReceived(raw, at); !reflect.DeepEqual(again, r) {
		t.Errorf("%q: read again it is another: %+v", value, again)
	}
	return r
}

func recvCheckRest(t *testing.T, value string, r Received, at Span) {
	t.Helper()
	if r.Date.Raw != "" && !at.Contains(r.Date.Span) || !r.Spans.ByIP.Empty() && !at.Contains(r.Spans.ByIP) {
		t.Errorf("%q: date at %v, address at %v", value, r.Date.Span, r.Spans.ByIP)
	}
	if r.Date.OK && r.Spans.Date != r.Date.Span {
		t.Errorf("%q: date at %v and %v", value, r.Spans.Date, r.Date.Span)
	}
	if r.IP.IsValid() != (recvAddr(r.IPText).IsValid()) || r.ByIP.IsValid() && r.Spans.ByIP.Empty() {
		t.Errorf("%q: address %v of %q", value, r.IP, r.IPText)
	}
	for _, d := range r.Defects {
		if !at.Contains(d.Span) || d.Span.Len() < 0 || !strings.HasPrefix(d.Code, "received.") {
			t.Errorf("%q: defect %+v", value, d)
		}
	}
	// Roles are never mixed: no byte is the client's claim and the server's
	// finding at once, but where Exim writes the two once because they agree.
	if r.Product == "Exim" && r.HELO == r.RDNS && r.Spans.HELO == r.Spans.RDNS {
		return
	}
	for _, seen := range []Span{r.Spans.RDNS, r.Spans.IP, r.Spans.By, r.Spans.ID} {
		if c := r.Spans.HELO; !seen.Empty() && !c.Empty() && seen.Start < c.End && c.Start < seen.End {
			t.Errorf("%q: HELO %q and %v share bytes", value, r.HELO, seen)
		}
	}
}

// TestReceivedShapes: what the software in wide use writes, one test a shape.
func TestReceivedShapes(t *testing.T) {
	recvRun(t, []recvCase{
		{"Postfix", "from client.example.net (host.example.net [192.0.2.7])\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n\t key-exchange X25519 server-signature RSA-PSS (4096 bits))\n\t(No client certificate requested)\n\t(Authenticated sender: ann@example.org)\n\tby mx.example.org (Postfix) with ESMTPSA id 4QZh7G20J0z3D\n\tfor <bob@example.org>; Mon,  5 Jun 2023 17:54:02 +0000 (UTC)",
			"helo=client.example.net|rdns=host.example.net|ip=192.0.2.7|by=mx.example.org|with=ESMTPSA|id=4QZh7G20J0z3D|for=bob@example.org|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|auth=ann@example.org|soft=Postfix|date=2023-06-05T17:54:02+00:00"},
		{"Postfix without a name", "from x (unknown [192.0.2.7]) by mx.example.org (Postfix) with ESMTP id 9F9AEE32FF; Tue, 1 Aug 2023 04:24:04 +0300 (+03)",
			"helo=x|ip=192.0.2.7|by=mx.example.org|with=ESMTP|id=9F9AEE32FF|soft=Postfix|date=2023-08-01T04:24:04+03:00"},
		{"Postfix local", "by host.example.org (Postfix, from userid 1000) id ED75620A25; Wed, 2 Aug 2023 18:30:47 +0000 (UTC)",
			"by=host.example.org|id=ED75620A25|user=userid 1000|soft=Postfix|date=2023-08-02T18:30:47+00:00"},
		{"sendmail", "from gw.example.net (IDENT:root@gw2.example.net [192.0.2.9] (may be forged)) (authenticated bits=0)\n by mx.example.org (8.14.4/8.14.4) with ESMTP id g6OD6uhY057097\n (version=TLSv1/SSLv3 cipher=EDH-DSS-DES-CBC3-SHA bits=168 verify=NO)\n for <bob@example.org>; Wed, 24 Jul 2002 08:06:57 -0500 (CDT)\n (envelope-from ann@example.net)",
			"helo=gw.example.net|rdns=gw2.example.net|ident=root|ip=192.0.2.9|by=mx.example.org|with=ESMTP|id=g6OD6uhY057097|for=bob@example.org|tls=TLSv1/SSLv3|cipher=EDH-DSS-DES-CBC3-SHA|env=ann@example.net|soft=8.14.4/8.14.4|date=2002-07-24T08:06:57-05:00"},
		{"sendmail ident without a name", "from x (ann@[192.0.2.9]) by mx.example.org (8.12.5/8.12.5) with SMTP id a; 3 Jan 2003 10:00:00 +0000",
			"helo=x|ident=ann|ip=192.0.2.9|by=mx.example.org|with=SMTP|id=a|soft=8.12.5/8.12.5|date=2003-01-03T10:00:00+00:00"},
		{"sendmail local", "(from ann@localhost) by host.example.org (8.12.5/8.12.5/Submit) id g6OD6ulP057079 for bob@example.org; Wed, 24 Jul 2002 08:06:56 -0500 (CDT)",
			"by=host.example.org|id=g6OD6ulP057079|for=bob@example.org|user=ann@localhost|soft=8.12.5/8.12.5/Submit|date=2002-07-24T08:06:56-05:00"},
		{"sendmail without an address", "from localhost (eugen@localhost) by host.example.org (8.11.6/8.11.6) with ESMTP id g6; Tue, 23 Jul 2002 23:30:33 +0200",
			"helo=localhost|rdns=localhost|ident=eugen|by=host.example.org|with=ESMTP|id=g6|soft=8.11.6/8.11.6|date=2002-07-23T23:30:33+02:00"},
		{"Exim, other HELO", "from host.example.net ([192.0.2.5]:4711 helo=mail.example.net ident=ann) by mx.example.org with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.97 #2) (envelope-from <ann@example.net>) id 1rABCD-000001-2x for bob@example.org; Fri, 01 Mar 2024 10:00:00 +0100",
			"helo=mail.example.net|rdns=host.example.net|ident=ann|ip=192.0.2.5|by=mx.example.org|with=esmtps|id=1rABCD-000001-2x|for=bob@example.org|tls=TLS1.3|cipher=TLS_AES_256_GCM_SHA384|env=ann@example.net|soft=Exim 4.97 #2|date=2024-03-01T10:00:00+01:00"},
		{"Exim, same HELO", "from host.example.net ([192.0.2.5]) by mx.example.org with esmtp (Exim 4.69) id 1OR5dG; Tue, 22 Jun 2010 17:43:26 +0200",
			"helo=host.example.net|rdns=host.example.net|ip=192.0.2.5|by=mx.example.org|with=esmtp|id=1OR5dG|soft=Exim 4.69|date=2010-06-22T17:43:26+02:00"},
		{"Exim without a name", "from [192.0.2.5] (port=4711 helo=User) by mx.example.org with esmtpsa (TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256) (Exim 4.92) id 1OR5dG; Tue, 22 Jun 2010 17:43:26 +0200",
			"helo=User|ip=192.0.2.5|by=mx.example.org|with=esmtpsa|id=1OR5dG|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|soft=Exim 4.92|date=2010-06-22T17:43:26+02:00"},
		{"Exim local", "from rick by host.example.org with local (Exim 3.35 #1 (Debian)) id 17Vmen-0005Wx-00; Fri, 19 Jul 2002 22:19:53 -0700",
			"by=host.example.org|with=local|id=17Vmen-0005Wx-00|user=rick|soft=Exim 3.35 #1 (Debian)|date=2002-07-19T22:19:53-07:00"},
		{"qmail, queue", "(qmail 20975 invoked by uid 0); 17 Nov 2022 12:27:44 -0000", "user=uid 0|soft=qmail|date=2022-11-17T12:27:44+00:00|!=by-missing"},
		{"qmail, network", "(qmail 4441 invoked from network); 2 Feb 2023 01:42:45 -0000", "soft=qmail|date=2023-02-02T01:42:45+00:00|!=by-missing"},
		{"qmail, network named", "(qmail 6 messnum 7 invoked from network[192.0.2.8/host.example.net]); 21 Aug 2002 21:19:42 -0000",
			"rdns=host.example.net|ip=192.0.2.8|soft=qmail|date=2002-08-21T21:19:42+00:00|!=by-missing"},
		{"qmail, SMTP", "from host.example.net (HELO mail.example.net) (ann@192.0.2.8)\n  by mx.example.org with SMTP; 19 Jul 2002 15:09:49 -0000",
			"helo=mail.example.net|rdns=host.example.net|ident=ann|ip=192.0.2.8|by=mx.example.org|with=SMTP|date=2002-07-19T15:09:49+00:00"},
		{"qmail, authenticated", "from unknown (HELO x) (ann@example.net@192.0.2.8) by mx.example.org with ESMTPA; 19 Jul 2002 15:09:49 -0000",
			"helo=x|ip=192.0.2.8|by=mx.example.org|with=ESMTPA|auth=ann@example.net|date=2002-07-19T15:09:49+00:00"},
		{"qmail, same HELO", "from host.example.net (192.0.2.8) by mx.example.org with SMTP; 19 Jul 2002 15:09:49 -0000",
			"rdns=host.example.net|ip=192.0.2.8|by=mx.example.org|with=SMTP|date=2002-07-19T15:09:49+00:00"},
		{"Exchange Online", "from AB1.eur01.example.com (2001:db8::23) by CD2.outlook.example.com\n (2001:db8:e6::28) with Microsoft SMTP Server (version=TLS1_2,\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.6792.28 via Frontend\n Transport; Tue, 19 Sep 2023 18:36:45 +0000",
			"helo=AB1.eur01.example.com|ip=2001:db8::23|by=CD2.outlook.example.com|byip=2001:db8:e6::28|via=Frontend Transport|with=Microsoft SMTP Server|id=15.20.6792.28|tls=TLS1_2|cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384|soft=Microsoft SMTP Server|date=2023-09-19T18:36:45+00:00"},
		{"Exchange, TLS without more", "from User (192.0.2.6) by ex.example.org (10.0.0.1) with Microsoft SMTP Server (TLS) id 15.0.1497.42; Sun, 10 Sep 2023 12:21:23 +0300",
			"helo=User|ip=192.0.2.6|by=ex.example.org|byip=10.0.0.1|with=Microsoft SMTP Server|id=15.0.1497.42|soft=Microsoft SMTP Server|date=2023-09-10T12:21:23+03:00"},
		{"Exchange store", "from AB1.example.com (::1) by CD2.example.com with HTTPS via EF3.example.com; Tue, 19 Sep 2023 18:36:46 +0000",
			"helo=AB1.example.com|ip=::1|by=CD2.example.com|via=EF3.example.com|with=HTTPS|date=2023-09-19T18:36:46+00:00"},
		{"Exchange mapi", "from AB1.example.com ([fe80::56f3:1]) by AB1.example.com ([fe80::56f3:1%6]) with mapi id 15.20.6631.046; Sat, 5 Aug 2023 01:49:39 +0000",
			"helo=AB1.example.com|ip=fe80::56f3:1|by=AB1.example.com|byip=fe80::56f3:1%6|with=mapi|id=15.20.6631.046|date=2023-08-05T01:49:39+00:00"},
		{"Exchange 5.5", "from h.example.net (r.example.net [192.0.2.4]) by ex.example.org with SMTP (Microsoft Exchange Internet Mail Service Version 5.5.2653.13) id R3BBVS74; Fri, 23 Aug 2002 06:14:34 -0500",
			"helo=h.example.net|rdns=r.example.net|ip=192.0.2.4|by=ex.example.org|with=SMTP|id=R3BBVS74|soft=Microsoft Exchange Internet Mail Service Version 5.5.2653.13|date=2002-08-23T06:14:34-05:00"},
		{"Exchange 5.5 inner", "by EX01 with Internet Mail Service (5.5.2653.19) id <QK4XKH4J>; Tue, 6 Aug 2002 14:03:08 +0100",
			"by=EX01|with=Internet Mail Service|id=QK4XKH4J|soft=Internet Mail Service (5.5.2653.19)|date=2002-08-06T14:03:08+01:00"},
		{"Gmail inner", "by 2002:a05:6402:1c8:b0:1f6:5e0e:297f with SMTP id z66-20020a4a49.13.1690394344778; Wed, 26 Jul 2023 10:59:04 -0700 (PDT)",
			"by=2002:a05:6402:1c8:b0:1f6:5e0e:297f|byip=2002:a05:6402:1c8:b0:1f6:5e0e:297f|with=SMTP|id=z66-20020a4a49.13.1690394344778|date=2023-07-26T10:59:04-07:00"},
		{"Gmail edge", "from h.example.net (r.example.net. [2001:db8::814]) by mx.google.com with ESMTPS id u64-1si.601.2023.09.02.17.57.12 for <bob@example.org> (version=TLS1_2 cipher=ECDHE-ECDSA-AES128-GCM-SHA256 bits=128/128); Sat, 02 Sep 2023 17:57:12 -0700 (PDT)",
			"helo=h.example.net|rdns=r.example.net|ip=2001:db8::814|by=mx.google.com|with=ESMTPS|id=u64-1si.601.2023.09.02.17.57.12|for=bob@example.org|tls=TLS1_2|cipher=ECDHE-ECDSA-AES128-GCM-SHA256|date=2023-09-02T17:57:12-07:00"},
		{"Gmail interface", "from 429412751972 named unknown by gmailapi.google.com with HTTPREST; Thu, 22 Dec 2022 03:30:03 -0600",
			"by=gmailapi.google.com|with=HTTPREST|user=429412751972|date=2022-12-22T03:30:03-06:00"},
	})
}

// TestReceivedMoreShapes: the less common software.
func TestReceivedMoreShapes(t *testing.T) {
	recvRun(t, []recvCase{
		{"SMTPSVC", "from h ([192.0.2.4] RDNS failed) by mx.example.org over TLS secured channel with Microsoft SMTPSVC(7.5.7601.22712); Fri, 21 Nov 2014 14:17:54 -0800",
			"helo=h|ip=192.0.2.4|by=mx.example.org|with=Microsoft SMTPSVC|soft=Microsoft SMTPSVC(7.5.7601.22712)|date=2014-11-21T14:17:54-08:00"},
		{"SMTPSVC pickup", "from mail pickup service by mx.example.org with Microsoft SMTPSVC; Fri, 9 Aug 2002 03:45:23 -0700",
			"by=mx.example.org|with=Microsoft SMTPSVC|soft=Microsoft SMTPSVC|date=2002-08-09T03:45:23-07:00"},
		{"Domino", "from h.example.net ([192.0.2.4]) by mx.example.org (Lotus Domino Release 5.0.2b (Intl)) with SMTP id 2001080410571913:59502 ; Sat, 4 Aug 2001 10:57:19 +0800",
			"helo=h.example.net|ip=192.0.2.4|by=mx.example.org|with=SMTP|id=2001080410571913:59502|soft=Lotus Domino Release 5.0.2b (Intl)|date=2001-08-04T10:57:19+08:00"},
		{"Zimbra LMTP", "from h.example.net (LHLO x.example.net) (192.0.2.9) by zm.example.org with LMTP; Thu, 1 Dec 2022 10:50:49 -0300 (BRT)",
			"helo=x.example.net|rdns=h.example.net|ip=192.0.2.9|by=zm.example.org|with=LMTP|date=2022-12-01T10:50:49-03:00"},
		{"Cyrus LMTP", "from murder ([unix socket]) by imap.example.org (Cyrus v2.2.12) with LMTPA; Thu, 03 Dec 2009 10:50:45 -0800",
			"helo=murder|by=imap.example.org|with=LMTPA|soft=Cyrus v2.2.12|date=2009-12-03T10:50:45-08:00"},
		{"Dovecot LMTP", "from h.example.net ([10.0.0.2]) by imap.example.org with LMTP id cKYa (envelope-from <ann@example.net>) for <bob@example.org>; Tue, 27 Jan 2026 19:47:06 +0000",
			"helo=h.example.net|ip=10.0.0.2|by=imap.example.org|with=LMTP|id=cKYa|for=bob@example.org|env=ann@example.net|date=2026-01-27T19:47:06+00:00"},
		{"SES", "from h.example.net (h.example.net [192.0.2.27]) by inbound-smtp.us-west-2.amazonaws.com with SMTP id k6sb for bob@example.org; Thu, 14 Jan 2016 07:45:12 +0000",
			"helo=h.example.net|rdns=h.example.net|ip=192.0.2.27|by=inbound-smtp.us-west-2.amazonaws.com|with=SMTP|id=k6sb|for=bob@example.org|date=2016-01-14T07:45:12+00:00"},
		{"SES submission", "by email-smtp.amazonaws.com with SMTP (SimpleEmailService-d-X) id K1 for bob@example.org; Thu, 14 Jan 2016 07:45:12 +0000 (UTC)",
			"by=email-smtp.amazonaws.com|with=SMTP|id=K1|for=bob@example.org|soft=SimpleEmailService-d-X|date=2016-01-14T07:45:12+00:00"},
		{"SendGrid", "from [127.0.0.1] (unknown) by geopod-ismtpd-23 (SG) with ESMTP id N_My for <bob@example.org>; Mon, 04 Sep 2023 21:11:24.404 +0000 (UTC)",
			"helo=[127.0.0.1]|by=geopod-ismtpd-23|with=ESMTP|id=N_My|for=bob@example.org|soft=SG|date=2023-09-04T21:11:24.404+00:00"},
		{"SendGrid HTTP", "from MTIzNDU2Nzg (unknown) by geopod-ismtpd-13 (SG) with HTTP id _pdh Sun, 12 Oct 2025 02:40:16.466 +0000 (UTC)",
			"by=geopod-ismtpd-13|with=HTTP|id=_pdh|user=MTIzNDU2Nzg|soft=SG|date=2025-10-12T02:40:16.466+00:00|!=semicolon-missing"},
		{"SendGrid filter", "by filterdrecv-1 with SMTP id filterdrecv-1-5 2023-01-02 03:04:05.678901234 +0000 UTC m=+123.456",
			"by=filterdrecv-1|with=SMTP|id=filterdrecv-1-5|date=2023-01-02T03:04:05.678901234+00:00|!=semicolon-missing"},
		{"PowerMTA", "from h (192.0.2.3) by mx.example.org (PowerMTA(TM) v1.5) id hfoo for <bob@example.org>; Tue, 9 Jul 2002 15:49:15 -0700 (envelope-from <ann@example.net>)",
			"helo=h|ip=192.0.2.3|by=mx.example.org|id=hfoo|for=bob@example.org|env=ann@example.net|soft=PowerMTA(TM) v1.5|date=2002-07-09T15:49:15-07:00"},
		{"PowerMTA, null path", "from h (192.0.2.3) by mx.example.org id hfoo; Wed, 2 Jul 2025 18:28:58 +0000 (envelope-from <>)",
			"helo=h|ip=192.0.2.3|by=mx.example.org|id=hfoo|env=<>|date=2025-07-02T18:28:58+00:00"},
		{"Momentum", "from [192.0.2.5] ([192.0.2.5:7115] helo=[10.88.44.192]) by mx.example.org (envelope-from <ann@example.net>) (ecelerity 4.8.0.74147 r(msys-ecelerity:tags/4.8.0.4)) with ESMTPSA (cipher=AES-256-GCM)  id E8/14-02628-CFD48076; Thu, 10 Oct 2024 21:58:20 +0000",
			"helo=[10.88.44.192]|ip=192.0.2.5|by=mx.example.org|with=ESMTPSA|id=E8/14-02628-CFD48076|cipher=AES-256-GCM|env=ann@example.net|soft=ecelerity 4.8.0.74147 r(msys-ecelerity:tags/4.8.0.4)|date=2024-10-10T21:58:20+00:00"},
		{"MDaemon", "from h.example.net [192.0.2.6] by mx.example.org [192.0.2.1] with SMTP (MDaemon.PRO.v6.0.0m.R) for <bob@example.org>; Mon, 09 Sep 2002 17:10:24 -0400",
			"helo=h.example.net|ip=192.0.2.6|by=mx.example.org|byip=192.0.2.1|with=SMTP|for=bob@example.org|soft=MDaemon.PRO.v6.0.0m.R|date=2002-09-09T17:10:24-04:00"},
		{"CommuniGate", "from [192.0.2.6] (HELO h.example.net) by mx.example.org (CommuniGate Pro SMTP 3.5.9) with SMTP id 1249334; Thu, 02 May 2002 21:23:21 -0400",
			"helo=h.example.net|ip=192.0.2.6|by=mx.example.org|with=SMTP|id=1249334|soft=CommuniGate Pro SMTP 3.5.9|date=2002-05-02T21:23:21-04:00"},
		{"CommuniGate account", "from [192.0.2.6] (account ann HELO h.example.net) by mx.example.org (CommuniGate Pro SMTP 3.5.9) with ESMTP id 5; Thu, 02 May 2002 21:23:21 -0400",
			"helo=h.example.net|ip=192.0.2.6|by=mx.example.org|with=ESMTP|id=5|auth=ann|soft=CommuniGate Pro SMTP 3.5.9|date=2002-05-02T21:23:21-04:00"},
		{"CommuniGate verified", "from [192.0.2.6] (account ann@example.net [192.0.2.6] verified) by mx.example.org (CommuniGate Pro SMTP 5.4.6) with ESMTPA id 6; Thu, 02 May 2002 21:23:21 -0400",
			"ip=192.0.2.6|by=mx.example.org|with=ESMTPA|id=6|auth=ann@example.net|soft=CommuniGate Pro SMTP 5.4.6|date=2002-05-02T21:23:21-04:00"},
		{"OpenSMTPD", "from localhost (h.example.org [local]) by h.example.org (OpenSMTPD) with ESMTPA id e4608d30 for <bob@example.org>; Thu, 9 Oct 2025 03:19:28 +0000 (UTC)",
			"helo=localhost|rdns=h.example.org|by=h.example.org|with=ESMTPA|id=e4608d30|for=bob@example.org|soft=OpenSMTPD|date=2025-10-09T03:19:28+00:00"},
		{"OpenSMTPD 5", "from localhost (localhost [local]); by localhost (OpenSMTPD) with ESMTPA id 1e2a9eaa; for <bob@example.org>; Thu, 17 Jul 2014 11:20:14 +0000 (UTC)",
			"helo=localhost|rdns=localhost|by=localhost|with=ESMTPA|id=1e2a9eaa|for=bob@example.org|soft=OpenSMTPD|date=2014-07-17T11:20:14+00:00"},
		{"fetchmail", "from pop.example.net [192.0.2.8] by localhost with POP3 (fetchmail-5.9.0) for ann@localhost (single-drop); Fri, 19 Jul 2002 14:32:45 +0100 (IST)",
			"ip=192.0.2.8|by=localhost|with=POP3|for=ann@localhost|soft=fetchmail-5.9.0|date=2002-07-19T14:32:45+01:00"},
		{"webmail", "from 192.0.2.8 (SquirrelMail authenticated user ann) by web.example.org with HTTP; Wed, 28 Aug 2002 00:11:36 +0100 (IST)",
			"ip=192.0.2.8|by=web.example.org|with=HTTP|auth=ann|soft=SquirrelMail|date=2002-08-28T00:11:36+01:00"},
		{"webmail behind a proxy", "from h.example.net ([192.0.2.8]) (proxying for 198.51.100.7) (SquirrelMail authenticated user ann) by web.example.org with HTTP; Wed, 28 Aug 2002 00:11:36 +0100",
			"rdns=h.example.net|ip=192.0.2.8|by=web.example.org|with=HTTP|auth=ann|soft=SquirrelMail|date=2002-08-28T00:11:36+01:00"},
		{"webmail as user", "from 192.0.2.8 ( [192.0.2.8]) as user ann@example.org by web.example.org with HTTP; Fri, 19 Jul 2002 20:48:40 +0100",
			"ip=192.0.2.8|by=web.example.org|with=HTTP|auth=ann@example.org|date=2002-07-19T20:48:40+01:00"},
		{"via HTTP", "from [192.0.2.8] by web.example.org via HTTP; Tue, 06 Aug 2002 23:19:41 +0000",
			"ip=192.0.2.8|by=web.example.org|via=HTTP|date=2002-08-06T23:19:41+00:00"},
		{"Yahoo", "from 192.0.2.97 (EHLO h.example.net) by 10.222.142.150 with SMTPs (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256); Mon, 18 Sep 2023 13:30:17 +0000",
			"helo=h.example.net|ip=192.0.2.97|by=10.222.142.150|byip=10.222.142.150|with=SMTPs|tls=TLS1_3|cipher=TLS_AES_128_GCM_SHA256|date=2023-09-18T13:30:17+00:00"},
		{"Yahoo pod", "from 192.0.2.50 by atlas.example.com pod-id NONE with HTTPS; Mon, 18 Sep 2023 13:30:17 +0000",
			"ip=192.0.2.50|by=atlas.example.com|with=HTTPS|date=2023-09-18T13:30:17+00:00"},
		{"ZMailer", "from r.example.net ([192.0.2.2]:42692 \"EHLO h.example.net\" rhost-flags-OK-OK-OK-FAIL) by vger.example.org with ESMTP id S1755686 convert rfc822-to-8bit (ORCPT <rfc822;bob@example.org>); Tue, 16 Nov 2010 13:12:29 -0500",
			"helo=h.example.net|rdns=r.example.net|ip=192.0.2.2|by=vger.example.org|with=ESMTP|id=S1755686|orcpt=bob@example.org|date=2010-11-16T13:12:29-05:00"},
		{"amavis", "from mx.example.org ([127.0.0.1]) by localhost (mx.example.org [127.0.0.1]) (amavisd-new, port 10024) with LMTP id 70060-03; Tue, 10 May 2005 17:26:49 +0000 (GMT)",
			"helo=mx.example.org|ip=127.0.0.1|by=localhost|byip=127.0.0.1|with=LMTP|id=70060-03|soft=amavisd-new|date=2005-05-10T17:26:49+00:00"},
		{"Haraka", "from h (r.example.net [192.0.2.4]) by mx.example.org (Haraka/2.8.25) with ESMTPS id B3C0.1 envelope-from <ann@example.net> (cipher=TLS_AES_256_GCM_SHA384); Fri, 06 Nov 2020 12:20:14 +0000",
			"helo=h|rdns=r.example.net|ip=192.0.2.4|by=mx.example.org|with=ESMTPS|id=B3C0.1|cipher=TLS_AES_256_GCM_SHA384|env=ann@example.net|soft=Haraka/2.8.25|date=2020-11-06T12:20:14+00:00"},
		{"DMA", "from MAILER-DAEMON id e0720 by h.example.org (DragonFly Mail Agent v0.13); Tue, 11 Jun 2024 18:02:02 +0900",
			"by=h.example.org|id=e0720|user=MAILER-DAEMON|soft=DragonFly Mail Agent v0.13|date=2024-06-11T18:02:02+09:00"},
		{"UUCP", "from gate.example.net by hub.example.org with UUCP id AA04711; Thu, 5 Mar 92 10:11:12 GMT",
			"by=hub.example.org|with=UUCP|id=AA04711|date=1992-03-05T10:11:12+00:00"},
		{"sendmail 4", "from gate.example.net by hub.example.org (4.1/EX.2.0) id AA26833; Fri, 2 Oct 92 10:39:05 PDT",
			"helo=gate.example.net|by=hub.example.org|id=AA26833|soft=4.1/EX.2.0|date=1992-10-02T10:39:05-07:00"},
		{"1&1", "from [127.0.0.1] ([192.0.2.62]) by mrelay.example.net (mreue009 [192.0.2.103]) with ESMTPSA (Nemesis) id 1Mrh; Fri, 22 Dec 2023 01:19:34 +0100",
			"helo=[127.0.0.1]|ip=192.0.2.62|by=mrelay.example.net|byip=192.0.2.103|with=ESMTPSA|id=1Mrh|soft=Nemesis|date=2023-12-22T01:19:34+01:00"},
		{"Courier", "from h (r.example.net [::ffff:192.0.2.4]) (AUTH: PLAIN ann@example.org, TLS: TLSv1.2,128bits) by mx.example.org with SMTP id 0001; Fri, 22 Dec 2023 01:19:34 +0100",
			"helo=h|rdns=r.example.net|ip=::ffff:192.0.2.4|by=mx.example.org|with=SMTP|id=0001|auth=ann@example.org|date=2023-12-22T01:19:34+01:00"},
	})
}

// TestReceivedSummary: what the report says at once about the transfer.
func TestReceivedSummary(t *testing.T) {
	tests := []struct {
		value, protocol, product    string
		encrypted, authenticated, l bool
	}{
		{"from a ([192.0.2.1]) by b (Postfix) with ESMTPSA id x", "ESMTPSA", "Postfix", true, true, false},
		{"from a ([192.0.2.1]) by b (Exim 4.9) with asmtp id x", "SMTPA", "Exim", false, true, false},
		{"from a ([192.0.2.1]) by b over TLS secured channel with Microsoft SMTPSVC", "SMTP", "Microsoft SMTPSVC", true, false, false},
		{"from a ([192.0.2.1]) by b with SMTP (Google Transport Security)", "SMTP", "", true, false, false},
		{"from a ([192.0.2.1]) by b with ESMTP with STARTTLS", "ESMTP", "", true, false, false},
		{"from a ([192.0.2.1]) (authenticated) by b (8.11.6/8.11.6) with ESMTP", "ESMTP", "sendmail", false, true, false},
		{"from a ([192.0.2.1]) by b with UTF8SMTPSA", "UTF8SMTPSA", "", true, true, false},
		{"from a ([192.0.2.1]) by b with mapi", "MAPI", "", false, false, true},
		{"from a ([192.0.2.1]) by b with HTTPS", "HTTP", "", true, false, true},
		{"from a ([192.0.2.1]) by b via HTTP", "HTTP", "", false, false, true},
		{"from a ([192.0.2.1]) by b with esmtps", "ESMTPS", "", true, false, false},
		{"from a ([192.0.2.1]) by b with carrier pigeon", "", "", false, false, false},
		{"from a ([192.0.2.1]) by b", "", "", false, false, false},
	}
	for _, tt := range tests {
		r := recvCheck(t, tt.value+"; Fri, 6 Nov 2020 12:20:14 +0000")
		got := fmt.Sprint(r.Protocol.Name, r.Product, r.Encrypted, r.Authenticated, r.Protocol.Local)
		if want := fmt.Sprint(tt.protocol, tt.product, tt.encrypted, tt.authenticated, tt.l); got != want {
			t.Errorf("%s: got %s, want %s", tt.value, got, want)
		}
	}
}
