package route

import (
	"slices"
	"strings"
	"testing"
)

// The honest chain that the forged ones are made of, newest first: a client,
// its provider's two hosts, the recipient's host and mailbox.
const (
	lineStore  = "from mx1.recipient.test (mx1.recipient.test [192.0.2.10]) by store.recipient.test (Postfix) with ESMTPS id 9C1D22B0F2; Mon, 6 May 2024 10:00:09 +0200 (CEST)"
	lineMX     = "from out.isp.net.test (out.isp.net.test [198.51.100.7]) by mx1.recipient.test (Postfix) with ESMTPS id 9C1D22B0F1 for <b@recipient.test>; Mon, 6 May 2024 10:00:06 +0200 (CEST)"
	lineOut    = "from msa.isp.net.test (msa.isp.net.test [198.51.100.5]) by out.isp.net.test (8.15.2/8.15.2) with ESMTP id 44680541012345; Mon, 6 May 2024 08:00:05 GMT"
	lineMSA    = "from [192.168.1.4] (p4-5-6.dsl.isp.net.test [203.0.113.44]) by msa.isp.net.test (Postfix) with ESMTPSA id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000 (UTC)"
	lineGmail  = "from out.isp.net.test (out.isp.net.test. [198.51.100.7]) by mx.google.com with ESMTPS id d9443c01a7336-1ec2f1b5a5dsi8123456plb.305.2024.05.06.01.00.07 for <b@gmail.com> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); Mon, 06 May 2024 01:00:07 -0700 (PDT)"
	lineOnline = "from out.isp.net.test (198.51.100.7) by AM1PEPF000012AB.mail.protection.outlook.com (10.167.16.4) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.7544.18 via Frontend Transport; Mon, 6 May 2024 08:00:07 +0000"
)

// The kinds of forgeries, each made from the honest chain by one change. A
// reader must be led to it: a doubt of at least medium weight, or a break.
func TestForgedChains(t *testing.T) {
	swap := func(s, from, to string) string {
		if !strings.Contains(s, from) {
			t.Fatalf("%q is not in %q", from, s)
		}
		return strings.Replace(s, from, to, 1)
	}
	bank := "from core.bank.test (core.bank.test [203.0.113.9]) by mail.bank.test (Postfix) with ESMTP id 1A2B3C4D60; Mon, 6 May 2024 08:00:01 +0000 (UTC)"
	tests := []struct {
		name  string
		test  string // "break" where the gap itself is the finding
		lines []string
	}{
		{"below the client's own line", "below-entry", []string{lineStore, lineMX, lineOut, lineMSA, bank}},
		{"below a plain client", "unlinked", []string{lineStore, swap(lineMX, "out.isp.net.test (out.isp.net.test ", "srv9.hoster.test (srv9.hoster.test "), bank}},
		{"below a subscriber's line, From of the bank", "below-entry", []string{lineStore, swap(lineMX, "out.isp.net.test (out.isp.net.test ", "win7pc (p5-44.dsl.hoster.test "), bank, "From: Bank <x@bank.test>"}},
		{"in the middle", "inserted", []string{lineStore, lineMX, bank, lineOut, lineMSA}},
		{"host removed", "break", []string{lineStore, lineMX, lineMSA}},
		{"store's client removed", "break", []string{lineStore, lineOut, lineMSA}},
		{"two exchanged", "order", []string{lineStore, lineOut, lineMX, lineMSA}},
		{"word by word", "duplicate", []string{lineStore, lineMX, lineMX, lineOut, lineMSA}},
		{"copied with another client", "copied-hop", []string{lineStore, lineMX, lineOut, lineMSA, swap(swap(lineMSA, "203.0.113.44", "203.0.113.99"), "08:00:04", "07:59:58")}},
		{"shifted back", "time-reversed", []string{lineStore, swap(lineMX, "10:00:06", "06:17:06"), lineOut, lineMSA}},
		{"shifted ahead", "time-reversed", []string{lineStore, lineMX, swap(lineOut, "08:00:05", "12:40:05"), lineMSA}},
		{"shifted by 20 minutes", "time-reversed", []string{lineStore, lineMX, swap(lineOut, "08:00:05", "08:20:05"), lineMSA}},
		{"in the future", "future", []string{lineStore, lineMX, swap(lineOut, "Mon, 6 May 2024", "Thu, 16 May 2024"), lineMSA}},
		{"newest in the far future", "future", []string{swap(lineStore, "Mon, 6 May 2024", "Wed, 6 May 2026"), lineMX, lineOut, lineMSA}},
		{"wrong weekday", "weekday", []string{lineStore, lineMX, lineOut, swap(lineMSA, "Mon", "Tue")}},
		{"Exim's id in a Postfix line", "id-grammar", []string{lineStore, lineMX, lineOut, swap(lineMSA, "1A2B3C4D5E", "1s3tEk-0007aB-2x")}},
		{"Postfix id above a million", "id-grammar", []string{lineStore, lineMX, lineOut, swap(lineMSA, "1A2B3C4D5E", "FA2B3C4D5E")}},
		{"sendmail 8.9's id under 8.15", "id-grammar", []string{lineStore, lineMX, swap(lineOut, "44680541012345", "KAA12345"), lineMSA}},
		{"8.15's id under sendmail 8.9", "id-grammar", []string{lineStore, lineMX, swap(lineOut, "8.15.2/8.15.2", "8.9.3/8.9.3"), lineMSA}},
		{"long id under an old Exim", "id-grammar", []string{lineStore, lineMX, "from msa.isp.net.test ([198.51.100.5]) by out.isp.net.test with esmtps (TLS1.3) (Exim 4.94) id 1s3tEk-00000007aB9-2xyz; Mon, 06 May 2024 08:00:05 +0000", lineMSA}},
		{"short id under a new Exim", "id-grammar", []string{lineStore, lineMX, "from msa.isp.net.test ([198.51.100.5]) by out.isp.net.test with esmtps (TLS1.3) (Exim 4.98) id 1s3tEk-0007aB-2x; Mon, 06 May 2024 08:00:05 +0000", lineMSA}},
		{"Postfix id at Google", "id-grammar", []string{swap(lineGmail, "d9443c01a7336-1ec2f1b5a5dsi8123456plb.305.2024.05.06.01.00.07", "4A2B3C4D5E"), lineOut, lineMSA}},
		{"Exchange without a build", "id-grammar", []string{swap(lineOnline, "15.20.7544.18", "4A2B3C4D5E"), lineOut, lineMSA}},
		{"Google's id elsewhere", "id-host", []string{lineStore, swap(lineMX, "(Postfix) with ESMTPS id 9C1D22B0F1", "with ESMTPS id d9443c01a7336-1ec2f1b5a5dsi8123456plb.305.2024.05.06.01.00.07"), lineOut, lineMSA}},
		{"Exchange Online's build elsewhere", "id-host", []string{lineStore, swap(lineMX, "(Postfix) with ESMTPS id 9C1D22B0F1", "with ESMTPS id 15.20.7544.18"), lineOut, lineMSA}},
		{"Google in Moscow", "zone-host", []string{swap(lineGmail, "-0700 (PDT)", "+0300"), lineOut, lineMSA}},
		{"Google in winter time in May", "zone-host", []string{swap(lineGmail, "01:00:07 -0700 (PDT)", "00:00:07 -0800 (PST)"), lineOut, lineMSA}},
		{"Exchange Online in Paris", "zone-host", []string{swap(lineOnline, "08:00:07 +0000", "10:00:07 +0200"), lineOut, lineMSA}},
		{"zone's name of another place", "zone-comment", []string{lineStore, lineMX, lineOut, swap(lineMSA, "(UTC)", "(EST)")}},
		{"greeting of the recipient's host", "helo-recipient", []string{lineStore, swap(lineMX, "out.isp.net.test (out.isp", "mx1.recipient.test (out.isp"), lineOut, lineMSA}},
		{"greeting of the recipient's domain", "helo-recipient", []string{lineStore, swap(lineMX, "out.isp.net.test (out.isp.net.test ", "recipient.test (unknown ")}},
		{"greeting of another host of the recipient's", "helo-recipient", []string{lineStore, swap(lineMX, "out.isp.net.test (out.isp", "mail.recipient.test (out.isp")}},
		{"below the subject", "position", []string{lineStore, lineMX, lineOut, "From: a@isp.net.test", "Subject: x", lineMSA}},
		{"private relay", "unlinked-private", []string{lineStore, swap(lineMX, "198.51.100.7", "10.20.30.40"), lineOut, lineMSA}},
		{"reserved address", "ip-reserved", []string{lineStore, lineMX, lineOut, swap(lineMSA, "203.0.113.44", "245.0.113.44")}},
		{"no address", "ip-reserved", []string{lineStore, lineMX, lineOut, swap(lineMSA, "203.0.113.44", "203.0.413.44")}},
		{"sendmail's remark in a Postfix line", "shape", []string{lineStore, swap(lineMX, "[198.51.100.7])", "[198.51.100.7] (may be forged))"), lineOut, lineMSA}},
		{"Postfix without a name", "shape", []string{lineStore, swap(lineMX, "(out.isp.net.test [198.51.100.7])", "([198.51.100.7])"), lineOut, lineMSA}},
		{"Microsoft with brackets", "shape", []string{swap(lineOnline, "(198.51.100.7)", "(out.isp.net.test [198.51.100.7])"), lineOut, lineMSA}},
		{"Exim with a name before the address", "shape", []string{lineStore, lineMX, "from msa.isp.net.test (msa.isp.net.test [198.51.100.5]) by out.isp.net.test with esmtp (Exim 4.94) id 1s3tEk-0007aB-2x; Mon, 06 May 2024 08:00:05 +0000", lineMSA}},
		{"qmail-smtpd alone", "shape", []string{lineStore, lineMX, "from msa.isp.net.test (HELO msa.isp.net.test) (198.51.100.5) by out.isp.net.test with SMTP; 6 May 2024 08:00:05 -0000", lineMSA}},
		{"Postfix at Google", "shape", []string{swap(lineGmail, "by mx.google.com with", "by mx.google.com (Postfix) with"), lineOut, lineMSA}},
		{"two hosts", "shape", []string{lineStore, lineMX, swap(lineOut, "by out.isp.net.test", "by gw.isp.net.test by out.isp.net.test"), lineMSA}},
		{"TLS before its time", "tls-old-software", []string{"from a.test (a.test [192.0.2.1]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) by b.test (Postfix) with ESMTPS id 1A2B3C4D5E; Thu, 6 May 2010 08:00:04 +0000 (UTC)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, r := follow(tt.lines...)
			if tt.test == "break" {
				if len(r.Breaks) == 0 {
					t.Errorf("no break in %s", show(r))
				}
				return
			}
			if !slices.ContainsFunc(r.Doubts, func(d Doubt) bool { return d.Test == tt.test && d.Weight != low }) {
				t.Errorf("%s: %+v", show(r), r.Doubts)
			}
		})
	}
}

// The honest chains themselves raise nothing.
func TestForgedChainsBase(t *testing.T) {
	for _, lines := range [][]string{{lineStore, lineMX, lineOut, lineMSA}, {lineGmail, lineOut, lineMSA}, {lineOnline, lineOut, lineMSA}} {
		if _, r := follow(lines...); len(r.Doubts) != 0 || len(r.Breaks) != 0 {
			t.Errorf("%s: %+v %+v", show(r), r.Doubts, r.Breaks)
		}
	}
}

// Each doubt says where to look and what speaks against a forgery.
func TestDoubtTexts(t *testing.T) {
	_, r := follow(lineStore, strings.Replace(lineMX, "9C1D22B0F1", "1s3tEk-0007aB-2x", 1), lineOut, lineMSA)
	if len(r.Doubts) != 1 {
		t.Fatalf("%+v", r.Doubts)
	}
	d := r.Doubts[0]
	if d.Hop != 2 || len(d.Against) == 0 || len(d.For) != 1 || d.For[0] != "it is one that Exim makes" || len(d.Spans) != 1 || d.Spans[0] != r.Hops[2].Spans.ID {
		t.Errorf("%+v", d)
	}
}
