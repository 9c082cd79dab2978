package route

import (
	"strings"
	"testing"
)

// Other fields state the client's address, too. Each is set against the
// addresses that the chain shows; the span cuts out just the address.
func TestOriginSupport(t *testing.T) {
	tests := []struct {
		field, text string
		agrees      bool
	}{
		{"X-Originating-IP: [203.0.113.44]", "203.0.113.44", true},
		{"X-Originating-IP: 203.0.113.45", "203.0.113.45", false},
		{"X-Sender-IP: 198.51.100.7", "198.51.100.7", true},
		{"X-Forefront-Antispam-Report: CTRY:;CIP:198.51.100.7;SRV:;IPV:NLI", "198.51.100.7", true},
		{"Received-SPF: pass (mx: domain of a@b.test designates 198.51.100.7) client-ip=198.51.100.7; envelope-from=a@b.test", "198.51.100.7", true},
		{"Authentication-Results: spf=fail (sender IP is 192.0.2.99) smtp.mailfrom=b.test", "192.0.2.99", false},
		{"X-PHP-Script: www.b.test/form.php for 203.0.113.44, 10.0.0.1", "203.0.113.44", true},
		{"X-Source-IP: 2001:db8::1", "2001:db8::1", false},
		{"NNTP-Posting-Host: dsl.b.test (203.0.113.44)", "203.0.113.44", true},
		{"X-Get-Message-Sender-Via: host.b.test: authenticated_id: a@b.test", "host.b.test: authenticated_id: a@b.test", true},
		{"X-PHP-Originating-Script: 1000:mail.php", "1000:mail.php", true},
	}
	for _, tt := range tests {
		block, r := follow(tt.field, lineMX, lineMSA)
		got := r.Origin.Corroboration
		if len(got) != 1 || got[0].Text != tt.text || got[0].Agrees != tt.agrees {
			t.Errorf("%s: %+v", tt.field, got)
			continue
		}
		f := block.Fields[0]
		if cut := string(f.Raw()[got[0].Span.Start-f.Value.Start : got[0].Span.End-f.Value.Start]); cut != tt.text {
			t.Errorf("%s: span cuts %q", tt.field, cut)
		}
	}
}

// What is no address states none, and a private one is of the sender's network.
func TestOriginLAN(t *testing.T) {
	tests := []struct{ field, lan string }{
		{"X-Originating-IP: [10.1.2.3]", "10.1.2.3"},
		{"X-Originating-IP: unknown", ""},
		{"X-Sender-IP: 300.1.2.3", ""},
		{"Message-ID: <000801c2a5f0$4d5a1c80$0500a8c0@pc>", "192.168.0.5"},
		{"Message-ID: <000801c2a5f0$4d5a1c80$057100cb@pc>", ""},
		{"Message-ID: <1234.10.0.0.7.1020304050.squirrel@www.b.test>", "10.0.0.7"},
		{"Message-ID: <abc@[192.168.1.9]>", "192.168.1.9"},
	}
	for _, tt := range tests {
		_, r := follow(tt.field, lineMX)
		got := ""
		for _, s := range r.Origin.LAN {
			got += s.Text
		}
		if got != tt.lan || len(r.Origin.Corroboration) > 0 {
			t.Errorf("%s: LAN %q, want %q; %+v", tt.field, got, tt.lan, r.Origin.Corroboration)
		}
	}
}

// The origin is the oldest line that tells a client: account, program, page.
func TestOriginHop(t *testing.T) {
	tests := []struct {
		lines             []string
		hop               int
		ip, host, account string
	}{
		{[]string{lineMX, "by out.isp.net.test (Postfix, from userid 33) id 1A2B3C4D5E; Mon, 6 May 2024 08:00:04 +0000"}, 0, "invalid IP", "", "userid 33"},
		{[]string{lineMX, "with NNFMP; Mon, 6 May 2024 08:00:04 +0000"}, 1, "198.51.100.7", "out.isp.net.test", ""},
		{nil, -1, "invalid IP", "", ""},
	}
	for _, tt := range tests {
		_, r := follow(tt.lines...)
		if o := r.Origin; o.Hop != tt.hop || o.IP.String() != tt.ip || o.Host != tt.host || o.Account != tt.account {
			t.Errorf("%s: %+v", strings.Join(tt.lines, " | "), o)
		}
	}
}
