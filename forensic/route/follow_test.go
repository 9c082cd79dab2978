package route

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// follow reads a header of the given lines, newest first as in a message; a
// line without a field name is a Received line.
func follow(lines ...string) (*headers.Block, *Route) {
	var b strings.Builder
	for _, l := range lines {
		if name, _, ok := strings.Cut(l, ": "); !ok || strings.ContainsAny(name, " (;") {
			b.WriteString("Received: ")
		}
		b.WriteString(l)
		b.WriteString("\n")
	}
	b.WriteString("From: a@sender.test\nSubject: s\n\n")
	block := headers.Parse([]byte(b.String()))
	return block, Follow(block, nil)
}

// show gives one letter-coded line for each hop.
func show(r *Route) string {
	var out []string
	for _, h := range r.Hops {
		out = append(out, fmt.Sprintf("%s/%s/%s", h.Class, h.Link.Fit, h.Author))
	}
	return strings.Join(out, " ")
}

// The common way: a client, its provider, the recipient's host, the mailbox.
// Every role that a reader of the report needs comes out of it.
func TestFollowCommon(t *testing.T) {
	_, r := follow(
		"from mx1.recipient.test (mx1.recipient.test [192.0.2.10]) by store.recipient.test with LMTP id aA; Mon, 6 May 2024 10:00:07 +0200",
		"from out.isp.test (out.isp.test [198.51.100.7]) by mx1.recipient.test (Postfix) with ESMTPS id 9C1D22B0F1 for <b@recipient.test>; Mon, 6 May 2024 10:00:06 +0200 (CEST)",
		"from [192.168.1.4] (p4-5-6.dsl.isp.test [203.0.113.44]) (Authenticated sender: anna) by out.isp.test (Postfix) with ESMTPSA id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000 (UTC)",
	)
	if got, want := show(r), "submission/exact/relay mta/exact/receiver store//receiver"; got != want {
		t.Errorf("hops %s, want %s", got, want)
	}
	if r.Boundary != 1 || len(r.Breaks) != 0 || len(r.Doubts) != 0 {
		t.Errorf("boundary %d, breaks %v, doubts %v", r.Boundary, r.Breaks, r.Doubts)
	}
	o := r.Origin
	if o.Hop != 0 || o.Account != "anna" || o.IP.String() != "203.0.113.44" || o.Host != "p4-5-6.dsl.isp.test" {
		t.Errorf("origin %+v", o)
	}
	if len(o.LAN) != 1 || o.LAN[0].Text != "192.168.1.4" {
		t.Errorf("LAN %+v", o.LAN)
	}
	if d := r.Hops[1].Delay; d != 2*time.Second || !r.Hops[1].HasDelay {
		t.Errorf("delay %v", d)
	}
}

// qmail writes two lines for one step, the second program's on top. Apart they
// would be two hops, one of them without any host.
func TestFollowQmailPair(t *testing.T) {
	block, r := follow(
		"(qmail 4021 invoked from network); 6 May 2024 10:00:02 -0000",
		"from out.isp.test (HELO out.isp.test) (198.51.100.7)\n  by mx.recipient.test with SMTP; 6 May 2024 10:00:01 -0000",
		"(qmail 311 invoked by uid 500); 6 May 2024 10:00:00 -0000",
	)
	if len(r.Hops) != 2 || r.Hops[1].By != "mx.recipient.test" || len(r.Hops[1].Also) != 1 || r.Hops[1].Also[0].Field != 0 {
		t.Fatalf("hops %+v", r.Hops)
	}
	if r.Hops[0].Class != Submission || r.Origin.Account != "uid 500" {
		t.Errorf("oldest hop %s, account %q", r.Hops[0].Class, r.Origin.Account)
	}
	covered(t, block, r)
}

// A Delivered-To between the two lines begins a new delivery: they are not one
// step.
func TestFollowQmailDelivery(t *testing.T) {
	_, r := follow(
		"(qmail 4021 invoked by uid 500); 6 May 2024 10:00:02 -0000",
		"Delivered-To: mailing list dev@list.test",
		"from out.isp.test (HELO out.isp.test) (198.51.100.7) by mx.list.test with SMTP; 6 May 2024 10:00:01 -0000",
	)
	if len(r.Hops) != 2 || r.Hops[1].Class != List || r.Hops[1].Segment != 1 {
		t.Errorf("hops %s %+v", show(r), r.Hops)
	}
}

// X-Received tells more of the hop that has the same time; one that stands
// alone is no hop of its own.
func TestFollowXReceived(t *testing.T) {
	block, r := follow(
		"by 2002:a05:6a10:8c0a:b0:4f1:2233:4455 with SMTP id go10csp123456pxb; Mon, 6 May 2024 01:00:03 -0700 (PDT)",
		"X-Received: by 2002:a17:902:e5c7:b0:1e2:1:2 with SMTP id u7-20020a170902e5c700b001e2abcdmr123plf.12.1714982402123; Mon, 06 May 2024 01:00:02 -0700 (PDT)",
		"from out.isp.test (out.isp.test. [198.51.100.7]) by mx.google.com with ESMTPS id x1-20020a170902si1234plf.3.2024.05.06.01.00.02 for <b@gmail.com>; Mon, 06 May 2024 01:00:02 -0700 (PDT)",
		"X-Received: by 2002:a17:902:e5c7:b0:1e2:1:2 with SMTP id zz.1.1714900000000; Sun, 05 May 2024 02:06:40 -0700 (PDT)",
		"Old-Received: from a by b; Sun, 05 May 2024 02:06:40 -0700",
	)
	if len(r.Hops) != 2 || len(r.Loose) != 2 {
		t.Fatalf("%d hops, %d loose", len(r.Hops), len(r.Loose))
	}
	if n := len(r.Hops[0].Also) + len(r.Hops[1].Also); n != 1 {
		t.Errorf("%d lines beside hops", n)
	}
	covered(t, block, r)
}

// X400-Received is the trace of another network: a hop stamped by the agent,
// with its spans in the message and not in the value.
func TestFollowX400(t *testing.T) {
	const text = "X400-Received: by mta relay.x400.test in /PRMD=Example/ADMD= /C=GB/; Relayed; Mon, 6 May 1996 10:00:00 +0100\n" +
		"X400-Received: by /PRMD=Other/ADMD= /C=FR/; Relayed; Mon, 6 May 1996 09:58:00 +0100\nFrom: a@b\n\n"
	r := Follow(headers.Parse([]byte(text)), nil)
	if len(r.Hops) != 2 || r.Hops[1].By != "relay.x400.test" || !strings.HasPrefix(r.Hops[0].By, "/PRMD=Other") {
		t.Fatalf("hops %+v", r.Hops)
	}
	if h := r.Hops[1]; string(h.Spans.By.Of([]byte(text))) != h.By || h.Class != MTA || h.Delay != 2*time.Minute {
		t.Errorf("by %q, class %s, delay %v", h.Spans.By.Of([]byte(text)), h.Class, h.Delay)
	}
	if h := r.Hops[0]; string(h.Date.Span.Of([]byte(text))) != "Mon, 6 May 1996 09:58:00 +0100" {
		t.Errorf("date span %q", h.Date.Span.Of([]byte(text)))
	}
}

// Misspelt and quoted names are trace lines all the same.
func TestFollowOddNames(t *testing.T) {
	block, r := follow("Recieved: from a.test by b.test; Mon, 6 May 2024 10:00:01 +0000", ">Received: from c.test by a.test; Mon, 6 May 2024 10:00:00 +0000")
	if len(r.Hops) != 2 || r.Hops[0].Link.Fit != FitExact {
		t.Errorf("hops %s", show(r))
	}
	covered(t, block, r)
}

// Each kind of step has its class, from the words that real software uses.
func TestFollowClasses(t *testing.T) {
	const below = "from x.test (x.test [198.51.100.1]) by mx.test (Postfix) with ESMTP id 1A2B3C4D5E; Mon, 6 May 2024 10:00:00 +0000"
	tests := []struct {
		line string
		want Class
	}{
		{"from mx.test [192.0.2.1] by localhost with POP3 (fetchmail-6.3) for b@localhost (single-drop); Mon, 6 May 2024 10:00:01 +0000", Retrieval},
		{"from mx.test by store.test (Cyrus v2.4) with LMTPA; Mon, 6 May 2024 10:00:01 +0000", Store},
		{"from localhost (localhost [127.0.0.1]) by mx.test (Postfix) with ESMTP id 1A2B3C4D5F; Mon, 6 May 2024 10:00:01 +0000", Filter},
		{"from mx.test ([127.0.0.1]) by localhost (mx.test [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id abcd; Mon, 6 May 2024 10:00:01 +0000", Filter},
		{"with ECARTIS (v1.0.0; list dev); Mon, 06 May 2024 10:00:01 +0000 (UTC)", List},
		{"(from majordomo@localhost) by mx.test (8.14.4/8.14.4) id 446A01ab123456; Mon, 6 May 2024 10:00:01 +0000", List},
		{"(from root@localhost) by mx.test (8.14.4/8.14.4/Submit) id 446A01ab123456; Mon, 6 May 2024 10:00:01 +0000", Resent},
		{"from u by mx.test with local (Exim 4.96) id 1s3vCb-000123-1x; Mon, 06 May 2024 10:00:01 +0000", Resent},
		{"from [192.0.2.9] by mx.test via HTTP; Mon, 6 May 2024 10:00:01 +0000", Submission},
		{"from A.eurprd01.prod.outlook.com ([fe80::1]) by A.eurprd01.prod.outlook.com ([fe80::1%4]) with mapi id 15.20.7544.036; Mon, 6 May 2024 10:00:01 +0000", MAPI},
		{"from A.eurprd01.prod.outlook.com (2603:10a6:1::1) by B.eurprd01.prod.outlook.com with HTTPS; Mon, 6 May 2024 10:00:01 +0000", Store},
		{"from mx.test (mx.test [192.0.2.1]) by mx2.test (Postfix) with ESMTP id 1A2B3C4D5F; Mon, 6 May 2024 10:00:01 +0000", MTA},
	}
	for _, tt := range tests {
		if _, r := follow(tt.line, below); r.Hops[len(r.Hops)-1].Class != tt.want {
			t.Errorf("%s: class %s, want %s", tt.line, r.Hops[len(r.Hops)-1].Class, tt.want)
		}
	}
}

// The fit of the older line's host to the newer line's client. A shared word
// such as "mail" is no likeness; a greeting alone is one, but says who claims it.
func TestFollowLinks(t *testing.T) {
	tests := []struct {
		by, client string
		want       Fit
	}{
		{"out.isp.test", "from out.isp.test (x.test [192.0.2.1])", FitExact},
		{"OUT.isp.test", "from helo.test (out.isp.test [192.0.2.1])", FitRDNS},
		{"out.isp.test (192.0.2.1)", "from other.test (192.0.2.1)", FitIP},
		{"[192.0.2.1]", "from other.test ([192.0.2.1])", FitIP},
		{"phobos.inner.test", "from phobos.outer.test (x.other.test [192.0.2.1])", FitShort},
		{"mail.inner.test", "from mail.outer.test (x.other.test [192.0.2.1])", FitNone},
		{"out3.isp.test", "from out7.isp.test (out7.isp.test [192.0.2.1])", FitOrg},
		{"a.prod.outlook.com", "from b.outbound.exchangelabs.com (192.0.2.1)", FitProvider},
		{"mx.test", "from localhost (localhost [127.0.0.1])", FitLoopback},
		{"out.isp.test", "from dialup.other.test (x.other.test [192.0.2.1])", FitNone},
		{"out.isp.test", "from [192.0.2.1] ([192.0.2.1])", FitUnknown},
		{"MailEnable Inbound Agent", "from other.test (x.other.test [192.0.2.1])", FitUnknown},
	}
	for _, tt := range tests {
		_, r := follow(tt.client+" by mx.test with ESMTP; Mon, 6 May 2024 10:00:01 +0000", "from c.test by "+tt.by+" with ESMTP; Mon, 6 May 2024 10:00:00 +0000")
		if got := r.Hops[0].Link; got.Fit != tt.want || got.Score != score(tt.want) {
			t.Errorf("by %s, %s: %+v, want %s", tt.by, tt.client, got, tt.want)
		}
	}
}

// covered: every trace field is part of just one hop or loose.
func covered(t *testing.T, block *headers.Block, r *Route) {
	t.Helper()
	seen := map[int]int{}
	for _, h := range r.Hops {
		seen[h.Field]++
		for _, e := range h.Also {
			seen[e.Field]++
		}
	}
	for _, e := range r.Loose {
		seen[e.Field]++
	}
	for i, f := range block.Fields {
		if want := min(1, int(lineKindOf(&f))); seen[i] != want {
			t.Errorf("field %d %s is listed %d times", i, f.Name, seen[i])
		}
	}
}

// A header of a hundred thousand lines is read in a time that grows with its
// length: what compares all lines with one another would not end here.
func TestFollowHuge(t *testing.T) {
	var b strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&b, "Received: from a%d.test (b%d.test [10.0.%d.%d]) by c%d.org%d.test (Postfix) with ESMTP id 1A2B3C4D5E; Mon, 6 May 2024 10:00:00 +0000\n", i, i, i>>8&255, i&255, i, i)
		fmt.Fprintf(&b, "X-Received: by 2002:a05:: with SMTP id x%d\nX-Originating-IP: 192.0.2.%d\nDelivered-To: a@d%d.test\n", i, i&255, i)
	}
	b.WriteString("\n")
	block := headers.Parse([]byte(b.String()))
	r := Follow(block, nil)
	if len(r.Hops) < 20_000 {
		t.Errorf("%d hops", len(r.Hops))
	}
	covered(t, block, r)
}
