package clock

import (
	"testing"
	"time"
)

// One line for each vendor's form, with identifiers computed for 2024-03-05
// 06:07:08 UTC (1709618828, 65E6B68C), and look-alikes that must give no time.
func TestVendorFields(t *testing.T) {
	const at, ms = "2024-03-05T06:07:08", "2024-03-05T06:07:08.009"
	secs := func(rule, raw string, event Event) []reading {
		return []reading{{rule, raw, at, event, UTC, Evidence, second}}
	}
	millis := func(rule string) []reading {
		return []reading{{rule, "1709618828009", ms, Queued, UTC, Evidence, milli}}
	}
	for _, test := range []fieldTest{
		{"X-Msg-Ref", "server-6.tower-144.messagelabs.com!1709618828!96428158!1", secs("messagelabs.msg-ref", "1709618828", Scanned)},
		{"X-Msg-Ref", "server-6.tower-144.messagelabs.org!1709618828!96428158!1", nil},
		{"X-Msg-Ref", "server-6.tower-144.messagelabs.com!0000000022!96428158!1", []reading{{"messagelabs.msg-ref", "0000000022", "1970-01-01T00:00:22", Scanned, UTC, Evidence, second}}},
		{"X-ASG-Debug-ID", "1709618828-2434be532c20fc00001-TMukAv", secs("barracuda.asg-debug-id", "1709618828", Scanned)},
		{"X-ASG-Debug-ID", "17096188280-2434be532c20fc00001-TMukAv", nil},
		{"X-Barracuda-Start-Time", "1709618828", secs("barracuda.start-time", "1709618828", Queued)},
		{"X-Barracuda-Start-Time", "1709618828 s", nil},
		{"X-Mimecast-MFC-PROC-ID", "y_v_nFsEjrWm2OV8MiWul9vptCuXwWsTJYFn_kgBts8_1709618828", secs("mimecast.proc-id", "1709618828", Scanned)},
		{"X-CT-RefID", "str=0001.0A090203.65E6B68C.002A,ss=1,re=0.000,fgs=0", secs("cyren.refid", "65E6B68C", Scanned)},
		{"X-WatchGuard-Spam-ID", "str=0001.0A090203.65E6B68C.002A,ss=1", secs("cyren.refid", "65E6B68C", Scanned)},
		{"X-CT-RefID", "str=0001.65E6B68C.0A090203.002A,ss=1", nil}, // the groups exchanged: 1975
		{"X-Miltered", "at mx1 with ID 65E6B68C.000 by Joe's j-chkmail (http://x.example)!", secs("j-chkmail", "65E6B68C", Scanned)},
		{"X-Toi-Expurgateid", "150726::1709618828-5FB27936-1F7FAEE8/0/0 CLEAN NORMAL", secs("expurgate.id", "1709618828", Scanned)},
		{"X-purgate-ID", "tlsNG-33051d/1709618828-4846E72C-1019620C/0/0", secs("expurgate.id", "1709618828", Scanned)},
		{"X-purgate-ID", "33051d/1709618828-4846E72C-1019620C/0/0", nil},
		{"X-Trace", "news.example 1709618828 4145 192.0.2.1 (5 Mar 2024 06:07:08 GMT)", secs("nntp.x-trace", "1709618828", Queued)},
		{"X-Trace", "1709618828 news.example 4145 192.0.2.1:5000", secs("nntp.x-trace", "1709618828", Queued)},
		{"X-Trace", "news.example 1709618828 4145 192.0.2.1 (5 Mar 2024 07:07:08 GMT)", append(secs("nntp.x-trace", "1709618828", Queued),
			reading{"nntp.x-trace", "5 Mar 2024 07:07:08 GMT", "2024-03-05T07:07:08", Queued, UTC, Evidence, second})},
		{"X-Trace", "UmFuZG9tSVZS1MQn43DX+mF8g/trLv8mynH5s/LrEHehkhaZqH3TtcK5PDdI09YG", nil},
		{"X-Yandex-TimeMark", "1709618828", secs("yandex.timemark", "1709618828", Received)},
		{"X-QQ-mid", "bizesmtp77t1709618828tk8lr0p1", secs("qq.mid", "1709618828", Queued)},
		{"X-QQ-mid", "xmsmtpt1709618828tev1jruem", secs("qq.mid", "1709618828", Queued)},
		{"X-QQ-mid", "xmsmtp1709618828", nil},
		{"X-MC-Ingress-Time", "1709618828009", millis("x-mc-ingress-time")},
		{"X-MC-Loop-Signature", "1709618828009:1202641544", millis("x-mc-loop-signature")},
		{"X-Industry-Trade", "3605f0b77398cca0_1709618828009_1202641544", millis("mailchannels.random-header")},
		{"X-Well-Made-Tart", "3605f0b77398cca0_1709618828009_1202641544", millis("mailchannels.random-header")},
		{"X-Key", "3605f0b77398cca0_1709618828009_1202641544", nil},
		{"X-Industry-Trade2", "3605f0b77398cca0_1709618828009_1202641544", nil},
		{"X-Industry-Trade", "3605f0b77398ccaX_1709618828009_1202641544", nil},
		{"X-Industry-Trade", "3605f0b77398cca0_9709618828009_1202641544", nil},
		{"X-Any-Analysis", "v=2.4 cv=WpU4jPTv c=1 sm=1 tr=0 ts=65e6b68c a=F12oMY==:117", secs("cloudmark.ts", "65e6b68c", Scanned)},
		{"X-Any-Analysis", "v=2.4 cv=WpU4jPTv c=1 sm=1 tr=0\n\tts=65e6b68c", secs("cloudmark.ts", "65e6b68c", Scanned)},
		{"X-Any-Analysis", "v=2.0 cv=d8F3OGfE c=1 sm=1 a=+a/fVzVtFbLp:17", nil},
		{"X-Any-Analysis", "v=2.4 cv=Wp c=1 ts=65e6b68c9 a=F12oMY==:117", nil},
		{"X-HalOne-ID", "996759b1-dab6-11ee-9abc-0123456789ab", []reading{{"halon.uuid1", "996759b1-dab6-11ee-9abc-0123456789ab", "2024-03-05T06:07:08.7654321", Queued, UTC, Evidence, 100}}},
		{"X-HalOne-ID", "996759b1-dab6-41ee-9abc-0123456789ab", nil},
		{"X-HalOne-ID", "996759b1-dab6-11ee-cabc-0123456789ab", nil},
		{"X-Envid", "abcdef-12-1709618828", []reading{{"envid.epoch", "1709618828", at, Queued, UTC, Bound, second}}},
		{"X-Envid", "x.example", nil},
		{"X-Topica-Id", "<1709618828.svc001.4621.1000237>", secs("topica.id", "1709618828", Queued)},
		{"X-IMAPbase", "1709618828 0000000004", secs("x-imapbase", "1709618828", Other)},
		{"X-IMAPbase", "4 1709618828", nil},
		{"X-Attachment-Id", "f_ltdywq950", []reading{{"gmail.attachment-id", "ltdywq95", ms, Compose, UTC, Evidence, milli}}},
		{"X-Attachment-Id", "f_ltdywq9512", []reading{{"gmail.attachment-id", "ltdywq95", ms, Compose, UTC, Evidence, milli}}},
		{"X-Attachment-Id", "f_ltdywq95", nil},
		{"X-Attachment-Id", "f_ltdywq95x", nil},
		{"X-Attachment-Id", "f_zzdywq950", nil},
		{"X-Attachment-Id", "14af1ab4e8dbb946bc5", nil},
		{"X-KeepSent", "8A566F14:A2F0F576-48258AD7:00219CB9;\n type=4; name=$KeepSent", []reading{{"lotus.keepsent", "48258AD7:00219CB9", "2024-03-05T06:07:08.09", Compose, UTC, Evidence, 10 * milli}}},
		{"X-KeepSent", "8A566F14:A2F0F576-48258AD7:0083D600; type=4", nil}, // 24:00:00
		{"x-cbid", "24030506-3633-0000-0000-0000002A1888", []reading{{"ibm.cbid", "24030506", "2024-03-05T06:00:00", Scanned, UTC, Evidence, time.Hour}}},
		{"x-cbid", "24133106-3633-0000-0000-0000002A1888", nil},
		{"X400-MTS-Identifier", "[/PRMD=X/ADMD= /C=GB/;host.example:108770:240305060708]", secs("x400.mts-identifier", "240305060708", Queued)},
		{"X400-MTS-Identifier", "[/PRMD=X/ADMD= /C=GB/;host.example:108770:241305060708]", nil},
		{"X400-MTS-Identifier", "[/C=JP/ADMD=X/PRMD=Y/;gmml16061019165405PZ3]", nil},
		{"X-Roving-Queued", "20240305 06:07.08009", []reading{{"x-roving-queued", "20240305 06:07.08009", ms, Queued, ServerZone, Evidence, milli}}},
	} {
		test.run(t)
	}
}

// What bounds a message from below or is as coarse as a day.
func TestCoarseFields(t *testing.T) {
	const day0 = "2024-03-05T00:00:00"
	released := func(rule, raw string) []reading { return []reading{{rule, raw, day0, Released, UTC, Bound, day}} }
	for _, test := range []fieldTest{
		{"X-SES-Outgoing", "2024.03.05-192.0.2.7", []reading{{"ses.outgoing", "2024.03.05", day0, Queued, UTC, Bound, day}}},
		{"X-SES-Outgoing", "2024.13.05-192.0.2.7", nil},
		{"X-SES-Outgoing", "2024.03.05-host", nil},
		{"X-Spam-Checker-Version", "SpamAssassin 3.4.4 (2024-03-05) on mx.example", released("spamassassin.version", "2024-03-05")},
		{"X-Spam-Checker-Version", "SpamAssassin 3.4.4 on mx.example", nil},
		{"User-Agent", "Mozilla/5.0 (X11; Linux) Gecko/20240305 Thunderbird/3.0", released("agent.build", "20240305")},
		{"User-Agent", "Mozilla/5.0 (X11; Linux) Gecko/20241305 Thunderbird/3.0", nil},
		{"User-Agent", "Thunderbird 1.5.0.4 (Windows/20240305)", released("agent.build", "20240305")},
		{"User-Agent", "Mutt/1.5.18 (2024-03-05)", released("agent.build", "2024-03-05")},
		{"User-Agent", "NeoMutt/20240305 (1.7.2)", released("agent.build", "20240305")},
		{"X-Mailer", "Some Mailer/20240305", nil},
		{"X-IronPort-AV", "E=Sophos;i=\"5.97,222,1709618828\"; d=\"scan'208\";a=\"60840111\"", []reading{{"ironport.definitions", "1709618828", "2024-03-05T06:07:08", Released, UTC, Bound, second}}},
		{"X-IronPort-AV", "E=McAfee;i=\"5400,1158,6222\"; a=\"2439461\"", nil},
	} {
		test.run(t)
	}
}

// Addresses that a machine made for one message.
func TestEnvelopeAddresses(t *testing.T) {
	const at = "2024-03-05T06:07:08"
	for _, test := range []fieldTest{
		{"Return-Path", "<bounce-md_30477602.65e6b68c.v1-7766b75c711e4a28b74ecd0305a69a60@x.example>", []reading{{"verp.mandrill", "65e6b68c", at, Queued, UTC, Evidence, second}}},
		{"Return-Path", "bounce-md_30477602.65e6b68c.w1-7766@x.example", nil},
		{"Sender", "List <sentto-2242572-60180-1709618828-a=b.example@returns.groups.yahoo.com>", []reading{{"verp.yahoogroups", "1709618828", at, Queued, UTC, Evidence, second}}},
		{"X-eGroups-Return", "sentto-2242572-60180-1709618828-a=b.example@returns.groups.yahoo.com", []reading{{"verp.yahoogroups", "1709618828", at, Queued, UTC, Evidence, second}}},
		{"Errors-To", "<g-12-abc-1709618828009@x.example>", []reading{{"verp.ms", "1709618828009", at + ".009", Queued, UTC, Bound, milli}}},
		{"Errors-To", "<g-12-abc-91709618828009@x.example>", nil},
		{"Return-Path", "<0100018e0d3912e9-4218bd58-f11a-4bce-b20d-ad670c9a8f4a-000000@x.example>", []reading{{"verp.ses", "018e0d3912e9", at + ".009", Queued, UTC, Evidence, milli}}},
		{"Return-Path", "<SRS0=63fc=KL=a.example=b@c.example>", []reading{{"srs.day", "KL", "2024-03-05T00:00:00", Queued, Periodic, Bound, day}}},
		{"Return-Path", "<SRS0+63fc=K0=a.example=b@c.example>", nil},
		{"Return-Path", "<prvs=0794abcdef=a@b.example>", []reading{{"batv.day", "794", "2024-03-12T00:00:00", Expires, Periodic, Bound, day}}},
		{"Return-Path", "<prvs=0794abcdeg=a@b.example>", nil},
		{"From", "K <k+dated+1709618828.f17378@b.example>", []reading{{"tmda.dated", "1709618828", at, Expires, UTC, Bound, second}}},
		{"Reply-To", "k-dated-1709618828.f17378@b.example", []reading{{"tmda.dated", "1709618828", at, Expires, UTC, Bound, second}}},
		{"From", "k+updated-1709618828.f17378@b.example", nil},
		{"Return-Path", "<>", nil},
		{"Return-Path", "<a1709618828@b.example>", nil},
	} {
		test.run(t)
	}
}

// A field that holds no clock costs nothing beyond looking at it.
func TestUnknownFieldsAllocateNothing(t *testing.T) {
	r := messageOf(t, "Subject: 1709618828\nX-Spam-Level: ***\nX-Some-Long-Name-Of-Nobody: v=1 cv=1 ts=65e6b68c\nList-Id: <a.b>\n\nx\n")
	if n := testing.AllocsPerRun(100, r.readFields); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
