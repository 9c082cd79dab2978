package headers

import (
	"bytes"
	"fmt"
	"testing"
)

// recvSeeds are lines whose parts a fuzzer can recombine.
var recvSeeds = []string{
	"from a (r.example.net [192.0.2.9])\r\n\t(using TLSv1.3 with cipher C (256/256 bits))\r\n\t(Authenticated sender: ann)\r\n\tby mx.example.org (Postfix) with ESMTPSA id Q1\r\n\tfor <bob@example.org>; Fri,  6 Nov 2020 12:20:14 +0000 (UTC)",
	"from h ([192.0.2.5]:4711 helo=m.example.net ident=ann) by b with esmtps (TLS1.3) tls C (Exim 4.97 #2) (envelope-from <>) id X for a@b; 1 Mar 24 10:00 EST",
	"from h (HELO a) (HELO b) (ann@x@192.0.2.8) by c with SMTP; 19 Jul 2002 15:09:49 -0000",
	"(qmail 6 messnum 7 invoked from network[192.0.2.8/h.example.net]); 21 Aug 2002 21:19:42 -0000",
	"from [127.0.0.1] (unknown) by g (SG) with HTTP id x 2023-01-02 03:04:05.678901234 +0000 UTC m=+1.5",
	"from r ([fe80::1%6]:1 \"EHLO h\" flags) by v with ESMTP id S (ORCPT <rfc822;b@c>); x",
	"from a (IDENT:u@r [IPv6:::1] (may be forged)) by b ([10.0.0.1]) over TLS secured channel with Microsoft SMTPSVC(5.0) envelope-from <a@b>; (x; y)",
	"(from a@b) by c (8.1/8.1) id d for <e@f>,<g@h>; 3 Jan 94 9:00 +0000 (envelope-from i)",
	"from ( ) [ ] < > \" by by from id for ; ;; with via tls",
}

func FuzzParseReceived(f *testing.F) {
	for _, seed := range recvSeeds {
		f.Add(seed)
	}
	last := ""
	for _, line := range recvSuite(f) {
		if line.Shape != last { // one of each shape
			f.Add(line.Raw)
		}
		last = line.Shape
	}
	f.Fuzz(func(t *testing.T, value string) {
		r := recvCheck(t, value)
		// What a client says cannot change what the server found: behind a
		// HELO of that text the believed address stays the same.
		if len(value) > 2000 {
			return
		}
		const peer = " (r.example.net [192.0.2.9]) by mx.example.org (Postfix) with ESMTP id Q1; Fri, 6 Nov 2020 12:20:14 +0000"
		r = recvCheck(t, "from "+value+peer)
		if r.By != "mx.example.org" && !bytes.ContainsAny([]byte(value), "()<\"\\") {
			t.Errorf("%q: by %q", value, r.By)
		}
		if r.IPText != "192.0.2.9" && !bytes.ContainsAny([]byte(value), "()<\"\\") {
			t.Errorf("%q: ip %q", value, r.IPText)
		}
	})
}

func BenchmarkParseReceived(b *testing.B) {
	lines := []struct{ name, value string }{
		{"postfix", "from a.example.net (r.example.net [192.0.2.9])\r\n\tby mx.example.org (Postfix) with ESMTP id 9F9AEE32FF\r\n\tfor <bob@example.org>; Fri,  6 Nov 2020 12:20:14 +0000 (UTC)"},
		{"postfix-tls", recvSeeds[0]},
		{"exchange", "from AB1.eur01.example.com (2001:db8::23) by CD2.outlook.example.com\r\n (2001:db8:e6::28) with Microsoft SMTP Server (version=TLS1_2,\r\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.6792.28 via Frontend\r\n Transport; Tue, 19 Sep 2023 18:36:45 +0000"},
		{"qmail", "(qmail 20975 invoked by uid 0); 17 Nov 2022 12:27:44 -0000"},
	}
	for _, line := range lines {
		b.Run(line.name, func(b *testing.B) {
			raw := []byte(line.value)
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				ParseReceived(raw, Span{0, len(raw)})
			}
		})
	}
}

// TestReceivedAllocs: a line costs the copy of its text, the tokens and what the
// date holds, not a piece for every value that is cut out.
func TestReceivedAllocs(t *testing.T) {
	raw := []byte(recvSeeds[0])
	if n := testing.AllocsPerRun(100, func() { ParseReceived(raw, Span{0, len(raw)}) }); n > 5 {
		t.Errorf("%v allocations", n)
	}
}

// The HELO is the client's own claim; the name and the address are what the
// stamping host found out.
func ExampleParseReceived() {
	raw := []byte("from mail.bank.example (dsl.example.net [192.0.2.9]) by mx.example.org (Postfix) with ESMTPS id 9F9AEE32FF; Fri, 6 Nov 2020 12:20:14 +0000")
	r := ParseReceived(raw, Span{0, len(raw)})
	fmt.Println("claimed:", r.HELO)
	fmt.Println("seen:   ", r.RDNS, r.IP)
	fmt.Println("stamped:", r.By, r.Date.RFC3339(), r.Encrypted)
	fmt.Printf("%s\n", r.Spans.IP.Of(raw))
	// Output:
	// claimed: mail.bank.example
	// seen:    dsl.example.net 192.0.2.9
	// stamped: mx.example.org 2020-11-06T12:20:14+00:00 true
	// 192.0.2.9
}
