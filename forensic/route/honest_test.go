package route

import "testing"

// Chains that look odd and are honest. Whoever examines mail sees them daily:
// none may have a doubt above low weight.
func TestHonestOddities(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
	}{
		{"list that held the message for days", []string{lineStore,
			"from lists.club.test (lists.club.test [198.51.100.20]) by mx1.recipient.test (Postfix) with ESMTPS id 9C1D22B0F1 for <b@recipient.test>; Mon, 6 May 2024 10:00:06 +0200 (CEST)",
			"from lists.club.test (localhost [127.0.0.1]) by lists.club.test (Postfix) with ESMTP id 0F2B3C4D5E; Mon, 6 May 2024 08:00:01 +0000 (UTC)",
			"from out.isp.net.test (out.isp.net.test [198.51.100.7]) by lists.club.test (Postfix) with ESMTPS id 1F2B3C4D5E for <all@lists.club.test>; Wed, 1 May 2024 08:00:01 +0000 (UTC)"}},
		{"greylisting", []string{lineStore, "from out.isp.net.test (out.isp.net.test [198.51.100.7]) by mx1.recipient.test (Postfix) with ESMTPS id 9C1D22B0F1; Mon, 6 May 2024 14:31:06 +0200 (CEST)", lineOut, lineMSA}[1:]},
		{"clock five minutes ahead", []string{lineStore, lineMX,
			"from msa.isp.net.test (msa.isp.net.test [198.51.100.5]) by out.isp.net.test (8.15.2/8.15.2) with ESMTP id 44680541012345; Mon, 6 May 2024 08:05:05 GMT", lineMSA}},
		{"summer time unknown to a host", []string{lineStore, lineMX,
			"from msa.isp.net.test (msa.isp.net.test [198.51.100.5]) by out.isp.net.test (8.15.2/8.15.2) with ESMTP id 44680541012345; Mon, 6 May 2024 09:00:05 GMT", lineMSA}},
		{"wall clock stated as universal time", []string{lineStore, lineMX,
			"from msa.isp.net.test (msa.isp.net.test [198.51.100.5]) by out.isp.net.test (8.15.2/8.15.2) with ESMTP id 44680541012345; Mon, 6 May 2024 10:00:05 GMT", lineMSA}},
		{"forwarder", []string{lineStore,
			"from fwd7.alumni.test (fwd7.alumni.test [198.51.100.30]) by mx1.recipient.test (Postfix) with ESMTPS id 9C1D22B0F1 for <b@recipient.test>; Mon, 6 May 2024 10:00:08 +0200 (CEST)",
			"from out.isp.net.test (out.isp.net.test [198.51.100.7]) by fwd2.alumni.test (Postfix) with ESMTPS id 1F2B3C4D5E for <b99@alumni.test>; Mon, 6 May 2024 08:00:07 +0000 (UTC)", lineOut, lineMSA}},
		{"client behind a translator with its inner name", []string{lineStore,
			"from buero-pc.local (p4-5-6.dsl.isp.net.test [203.0.113.44]) by mx1.recipient.test (Postfix) with ESMTP id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000 (UTC)"}},
		{"inner mail server with a private name", []string{lineStore,
			"from mail.firm.test (gw.firm.test [203.0.113.44]) by mx1.recipient.test (Postfix) with ESMTP id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000 (UTC)",
			"from PC17.firm.local (192.168.3.17) by EX01.firm.local (192.168.3.2) with Microsoft SMTP Server id 15.1.2507.39; Mon, 6 May 2024 10:00:02 +0200"}},
		{"host with two names of the sender's", []string{lineStore,
			"from mail.sender-mail.test (mail.sender-mail.test [203.0.113.44]) by mx1.recipient.test (Postfix) with ESMTP id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000 (UTC)",
			"from pc9 (pc9.sender.test [203.0.113.45]) by app1.sender.test (Postfix) with ESMTP id 2A2B3C4D5E; Mon, 6 May 2024 08:00:03 +0000 (UTC)", "From: a@sender.test"}},
		{"content filters", []string{
			"from localhost (localhost [127.0.0.1]) by mx1.recipient.test (Postfix) with ESMTP id 9C1D22B0F3; Mon, 6 May 2024 10:00:08 +0200 (CEST)",
			"from mx1.recipient.test ([127.0.0.1]) by localhost (mx1.recipient.test [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id kQ-r3bXy7z1o for <b@recipient.test>; Mon, 6 May 2024 10:00:07 +0200 (CEST)",
			lineMX, lineOut, lineMSA}},
		{"Exchange hosts out of step", []string{
			"from A.eurprd01.prod.outlook.com (2603:10a6:1::1) by B.eurprd01.prod.outlook.com with HTTPS; Mon, 6 May 2024 07:52:09 +0000",
			"from AM1PEPF000012AB.eurprd01.prod.outlook.com (2603:10a6:1::3) by A.outlook.office365.com (2603:10a6:1::1) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.7544.29 via Frontend Transport; Mon, 6 May 2024 07:52:00 +0000",
			lineOnline, lineOut, lineMSA}},
		{"qmail", []string{
			"(qmail 4021 invoked from network); 6 May 2024 08:00:07 -0000",
			"from out.isp.net.test (HELO out.isp.net.test) (198.51.100.7) by mx.recipient.test with SMTP; 6 May 2024 08:00:07 -0000", lineOut, lineMSA}},
		{"fetched after days", []string{
			"from pop.recipient.test [192.0.2.3] by localhost with POP3 (fetchmail-6.3.26) for b@localhost (single-drop); Sat, 11 May 2024 10:00:03 +0200 (CEST)", lineStore, lineMX, lineOut, lineMSA}},
		{"anonymised hosts", []string{
			"from mx1.example.com (mx1.example.com [192.0.2.10]) by store.example.com (Postfix) with ESMTPS id 9C1D22B0F2; Mon, 6 May 2024 10:00:09 +0200 (CEST)",
			"from xxx.xxxxxxxx.xxx (xxx.xxxxxxxx.xxx [xxx.xx.xx.x]) by mx1.example.com (Postfix) with ESMTPS id 9C1D22B0F1 for <x@example.com>; Mon, 6 May 2024 10:00:06 +0200 (CEST)"}},
		{"IPv6", []string{
			"from out.isp.net.test (out.isp.net.test [IPv6:2001:db8::7]) by mx1.recipient.test (Postfix) with ESMTPS id 9C1D22B0F1; Mon, 6 May 2024 10:00:06 +0200 (CEST)",
			"from pc (unknown [IPv6:2001:db8:1::44]) by out.isp.net.test (Postfix) with ESMTPSA id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000 (UTC)"}},
		{"hosts without dots", []string{
			"from mx1 (mx1 [10.0.0.2]) by zimbra01 (Postfix) with ESMTP id 9C1D22B0F2; Mon, 6 May 2024 10:00:09 +0200 (CEST)",
			"from out.isp.net.test (out.isp.net.test [198.51.100.7]) by mx1 (Postfix) with ESMTPS id 9C1D22B0F1; Mon, 6 May 2024 10:00:06 +0200 (CEST)", lineOut, lineMSA}},
		{"Google with X-Received", []string{
			"by 2002:a05:6a10:8c0a:b0:4f1:2233:4455 with SMTP id go10csp123456pxb; Mon, 6 May 2024 01:00:08 -0700 (PDT)",
			"X-Received: by 2002:a17:902:e5c7:b0:1e2:1:2 with SMTP id u7-20020a170902e5c700b001e2abcdmr123plf.12.1714982407123; Mon, 06 May 2024 01:00:07 -0700 (PDT)", lineGmail, lineOut, lineMSA}},
		{"mailbox moved years later", []string{
			"from imap.old.test ([192.0.2.77]) by imap.new.test with LMTP id aBcD; Fri, 9 May 2025 10:00:00 +0000", lineStore, lineMX, lineOut, lineMSA}},
		{"China", []string{lineStore, lineMX,
			"from msa.isp.net.test (msa.isp.net.test [198.51.100.5]) by out.isp.net.test (Postfix) with ESMTP id 2A2B3C4D5E; Mon, 6 May 2024 16:00:05 +0800 (CST)", lineMSA}},
		{"sendmail's remark", []string{
			"from out.isp.net.test (p9.isp.net.test [198.51.100.7] (may be forged)) by mx1.recipient.test (8.17.1/8.17.1) with ESMTPS id 44680641012345 (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NO) for <b@recipient.test>; Mon, 6 May 2024 10:00:06 +0200", lineOut, lineMSA}},
		{"web page's script", []string{lineStore, lineMX,
			"by out.isp.net.test (Postfix, from userid 33) id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000 (UTC)"}},
		{"Exim's long id", []string{lineStore, lineMX,
			"from msa.isp.net.test ([198.51.100.5] helo=msa) by out.isp.net.test with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.97.1) (envelope-from <a@isp.net.test>) id 1s3tEk-00000007aB9-2xyz for b@recipient.test; Mon, 06 May 2024 08:00:05 +0000", lineMSA}},
		{"Postfix's long id", []string{lineStore, lineMX,
			"from msa.isp.net.test (msa.isp.net.test [198.51.100.5]) by out.isp.net.test (Postfix) with ESMTPS id 4VXt5K1b2cz9sXV; Mon, 06 May 2024 08:00:05 +0000 (UTC)", lineMSA}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, r := follow(tt.lines...)
			for _, d := range r.Doubts {
				if d.Weight != low {
					t.Errorf("%s of hop %d: %s", d.Test, d.Hop, d.Detail)
				}
			}
		})
	}
}
