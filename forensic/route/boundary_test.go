package route

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// inner is a chain through three hosts of the recipient's below one of the
// sender's.
var inner = []string{
	"from mx.corp.test (mx.corp.test [10.0.0.3]) by store.corp.test (Postfix) with ESMTP id 1A2B3C4D51; Mon, 6 May 2024 10:00:03 +0000",
	"from localhost (localhost [127.0.0.1]) by mx.corp.test (Postfix) with ESMTP id 1A2B3C4D52; Mon, 6 May 2024 10:00:02 +0000",
	"from out.isp.test (out.isp.test [198.51.100.7]) by mx.corp.test (Postfix) with ESMTP id 1A2B3C4D53; Mon, 6 May 2024 10:00:01 +0000",
	"from pc (pc.isp.test [203.0.113.4]) by out.isp.test (Postfix) with ESMTP id 1A2B3C4D54; Mon, 6 May 2024 10:00:00 +0000",
}

// The recipient's system is inferred from the newest host and goes down to the
// line whose client came from outside.
func TestBoundaryInferred(t *testing.T) {
	_, r := follow(inner...)
	if r.Boundary != 1 || !strings.Contains(r.Basis, "corp.test") {
		t.Errorf("boundary %d by %q", r.Boundary, r.Basis)
	}
}

// A line with the recipient's own name below a foreign client is the sender's:
// everybody can write it. Neither the name nor the client's greeting moves the
// boundary.
func TestBoundaryForgedInner(t *testing.T) {
	_, r := follow(
		"from smtp.corp.test (host.evil.test [198.51.100.66]) by mx.corp.test (Postfix) with ESMTP id 1A2B3C4D53 for <b@corp.test>; Mon, 6 May 2024 10:00:01 +0000",
		"from ceo.corp.test (ceo.corp.test [203.0.113.1]) by smtp.corp.test (Postfix) with ESMTP id 1A2B3C4D54; Mon, 6 May 2024 10:00:00 +0000",
	)
	if r.Boundary != 1 {
		t.Errorf("boundary %d", r.Boundary)
	}
}

// Microsoft's and Google's hosts go by many names; mail inside of one system
// has no outside.
func TestBoundaryProviders(t *testing.T) {
	_, r := follow(
		"from A.eurprd01.prod.outlook.com (2603:10a6:1::1) by B.eurprd01.prod.outlook.com with HTTPS; Mon, 6 May 2024 10:00:04 +0000",
		"from C.eurprd01.prod.exchangelabs.com (2603:10a6:1::2) by A.eurprd01.prod.outlook.com (2603:10a6:1::1) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.7544.29; Mon, 6 May 2024 10:00:03 +0000",
		"from out.isp.test (198.51.100.7) by C.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.7544.18 via Frontend Transport; Mon, 6 May 2024 10:00:02 +0000",
		"from pc by mail.outlook.com (Postfix) with ESMTP id 1A2B3C4D54; Mon, 6 May 2024 10:00:00 +0000",
	)
	if r.Boundary != 1 {
		t.Errorf("boundary %d of %s", r.Boundary, show(r))
	}
	_, r = follow(
		"by 2002:a05:6a10:8c0a:b0:4f1:2233:4455 with SMTP id go10csp123456pxb; Mon, 6 May 2024 01:00:03 -0700 (PDT)",
		"from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41]) by mx.google.com with SMTPS id x1-20020a170902sor1234plf.3.2024.05.06.01.00.02; Mon, 06 May 2024 01:00:02 -0700 (PDT)",
	)
	if r.Boundary != 0 {
		t.Errorf("boundary %d of %s", r.Boundary, show(r))
	}
}

// A retrieval was made by the reader's own program, after the recipient's
// system had the message.
func TestBoundaryRetrieval(t *testing.T) {
	lines := append([]string{"from mail.corp.test [192.0.2.3] by localhost with POP3 (fetchmail-6.3) for b@localhost (single-drop); Tue, 7 May 2024 10:00:03 +0000"}, inner...)
	if _, r := follow(lines...); r.Boundary != 1 {
		t.Errorf("boundary %d of %s", r.Boundary, show(r))
	}
}

// What is configured replaces the inference: names, domains, networks.
func TestBoundaryConfigured(t *testing.T) {
	block, _ := follow(inner...)
	tests := []struct {
		name string
		opt  Options
		want int
	}{
		{"one host", Options{TrustedHosts: []string{"store.corp.test"}}, 3},
		{"domain", Options{TrustedHosts: []string{"corp.test"}}, 1},
		{"two domains", Options{TrustedHosts: []string{"corp.test", ".isp.test"}}, 0},
		{"no suffix of a label", Options{TrustedHosts: []string{"orp.test"}}, -1},
		{"network that no line names", Options{TrustedNetworks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}, -1},
	}
	for _, tt := range tests {
		if r := Follow(block, &tt.opt); r.Boundary != tt.want || r.Basis == "" {
			t.Errorf("%s: boundary %d by %q, want %d", tt.name, r.Boundary, r.Basis, tt.want)
		}
	}
	r := Follow(headers.Parse([]byte("Received: from a.test (198.51.100.7) by EX (10.1.2.3) with Microsoft SMTP Server id 15.1.1.1; Mon, 6 May 2024 10:00:00 +0000\n\n")),
		&Options{TrustedNetworks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	if r.Boundary != 0 {
		t.Errorf("network: boundary %d", r.Boundary)
	}
}

// Without a host nothing is known, and nobody vouches for any line.
func TestBoundaryNone(t *testing.T) {
	for _, lines := range [][]string{nil, {"(qmail 1 invoked by uid 5); 6 May 2024 10:00:00 -0000"}} {
		_, r := follow(lines...)
		if r.Boundary != -1 {
			t.Errorf("boundary %d", r.Boundary)
		}
		for _, h := range r.Hops {
			if h.Author != Sender {
				t.Errorf("author %s", h.Author)
			}
		}
	}
}

// Below a break all may be invented, a well-linked line too.
func TestAuthorsBreak(t *testing.T) {
	_, r := follow(
		"from out.isp.test (out.isp.test [198.51.100.7]) by mx.corp.test (Postfix) with ESMTP id 1A2B3C4D53; Mon, 6 May 2024 10:00:04 +0000",
		"from relay.isp.test (relay.isp.test [198.51.100.8]) by out.isp.test (Postfix) with ESMTP id 1A2B3C4D54; Mon, 6 May 2024 10:00:03 +0000",
		"from a.bank.test (a.bank.test [203.0.113.2]) by b.bank.test (Postfix) with ESMTP id 1A2B3C4D55; Mon, 6 May 2024 10:00:02 +0000",
		"from pc.bank.test (pc.bank.test [203.0.113.3]) by a.bank.test (Postfix) with ESMTP id 1A2B3C4D56; Mon, 6 May 2024 10:00:01 +0000",
	)
	if got, want := show(r), "mta/exact/sender mta/none/sender mta/exact/relay mta//receiver"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if len(r.Breaks) != 1 || r.Breaks[0].After != 1 {
		t.Errorf("breaks %+v", r.Breaks)
	}
}
