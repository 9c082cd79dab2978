package clock

import (
	"strings"
	"testing"
	"time"
)

// midCase is an identifier with the one reading, or the two, that it holds:
// "rule time digits", the digits being what from and to must cut out.
type midCase struct {
	id   string
	want []string
}

// midShow writes a reading down as the cases do: a local clock without Z.
func midShow(f found, value string) string {
	layout := "2006-01-02T15:04:05.9999999Z"
	if f.clock != UTC {
		layout = "2006-01-02T15:04:05.9999999"
	}
	return f.rule + " " + f.at.Format(layout) + " " + value[f.from:f.to]
}

func midRun(t *testing.T, cases []midCase) {
	t.Helper()
	for _, c := range cases {
		got, value := readMessageID(t, "<"+c.id+">", &clue{})
		var show []string
		for _, f := range got {
			show = append(show, midShow(f, value))
		}
		if strings.Join(show, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\n got %q\nwant %q", c.id, show, c.want)
		}
	}
}

// TestMessageIDServers: what servers write. Most identifiers here were encoded
// from 2016-03-09T14:25:36.789012Z by another program than this one.
func TestMessageIDServers(t *testing.T) {
	midRun(t, []midCase{
		{"20160309142536.3A5C118E07@mx.example", []string{"mid.postfix 2016-03-09T14:25:36Z 20160309142536"}},
		{"3qKwg45bnJz3Kx7@mx.example", []string{"mid.postfix-long 2016-03-09T14:25:36.789012Z 3qKwg45bnJ"}},
		{"20160309142536.3qKwg45bnJz3Kx7@mx.example", []string{
			"mid.postfix-long 2016-03-09T14:25:36.789012Z 3qKwg45bnJ", "mid.postfix 2016-03-09T14:25:36Z 20160309142536"}},
		{"201603091425.u29EPaXk023456@mx.example", []string{"mid.sendmail 2016-03-09T14:25:36Z 201603091425.u29EPa"}},
		{"201603091425.u29EPaX23456@mx.example", []string{"mid.sendmail 2016-03-09T14:25:36Z 201603091425.u29EPa"}},
		{"199603091425.OAA23456@mx.example", []string{"mid.sendmail 1996-03-09T14:25:00Z 199603091425"}},
		{"8903091425.AA23456@mx.example", []string{"mid.sendmail5 1989-03-09T14:25:00Z 8903091425"}},
		{"E1adf3Q-00089R-PS@mx.example", []string{"mid.exim 2016-03-09T14:25:36.789Z 1adf3Q"}},
		{"EO3S02O-000O6H-LX@mx.example", []string{"mid.exim 2016-03-09T14:25:36Z O3S02O"}},
		{"E1adf3Q-00089R-fF@mx.example", []string{"mid.exim 2016-03-09T14:25:36.785Z 1adf3Q"}},
		{"E1adf3Q-00089R-02@mx.example", []string{"mid.exim 2016-03-09T14:25:36Z 1adf3Q"}},
		{"E1adf3Q-0000000089R-3JG0@mx.example", []string{"mid.exim4.97 2016-03-09T14:25:36.789012Z 1adf3Q-0000000089R-3JG0"}},
		{"E1adf3Q-0000000089R-KXHe@mx.example", []string{"mid.exim4.97 2016-03-09T14:25:36Z 1adf3Q"}},
		{"20160309142536.4711.qmail@mx.example", []string{"mid.qmail 2016-03-09T14:25:36Z 20160309142536"}},
		{"20160309142536.QWRT4711.fep1-int.example.net@pc", []string{"mid.intermail 2016-03-09T14:25:36Z 20160309142536"}},
		{"courier.0000000056E03260.00001267@mx.example", []string{"mid.courier 2016-03-09T14:25:36Z 0000000056E03260"}},
		{"cmu-lmtpd-4711-1457533536-3@mx.example", []string{"mid.cyrus 2016-03-09T14:25:36Z 1457533536"}},
		{"0O3S00K4X02O8B@mx.example", []string{"mid.iplanet 2016-03-09T14:25:36Z O3S00K4X02O"}},
		{"nbpbp0$3k1$2@news.example", []string{"mid.inn 2016-03-09T14:25:36Z nbpbp0"}},
		{"C81497CA02E6E5119A2B0016D3C4E5F604C1F2@mail", []string{
			"mid.exchange-guid 2016-03-09T14:25:36.789012Z C81497CA02E6E5119A2B0016D3C4E5F6"}},
		{"mailman.17.1457533536.4711.the-list@mx.example", []string{"mid.mailman 2016-03-09T14:25:36Z 1457533536"}},
		{"mailman.1457533536.4711.the.list@mx.example", []string{"mid.mailman 2016-03-09T14:25:36Z 1457533536"}},
	})
}

// TestMessageIDServices: what the services of the web write.
func TestMessageIDServices(t *testing.T) {
	midRun(t, []midCase{
		{"000000000000b56214052d9e785a@google.com", []string{"mid.gmail-us 2016-03-09T14:25:36.789012Z b56214052d9e78"}},
		{"56e03260.8a7b370a.1c2d3.0f1e@mx.google.com", []string{"mid.gmail.hexsec 2016-03-09T14:25:36Z 56e03260"}},
		{"56e03260.8a7b370a.1c2d3.0f1e.GMRIR@mx.google.com", []string{"mid.gmail.hexsec 2016-03-09T14:25:36Z 56e03260"}},
		{"56e03260.8a7b370a.1c2d.ffff9f1eSMTPIN_ADDED_BROKEN@mx.google.com", []string{"mid.gmail.hexsec 2016-03-09T14:25:36Z 56e03260"}},
		{"3f9a1c70803091425k5b1d2e3fw8a7c6b5d4e3f2a1b@mail.gmail.com", []string{"mid.gmail-pacific 2008-03-09T14:25:00 0803091425"}},
		{"3f9a1c7f0503091425b1d2e3f4@mail.gmail.com", []string{"mid.gmail-pacific 2005-03-09T14:25:00 0503091425"}},
		{"010201535bc4ca15-9f1b0c5e-77aa-4d3c-8e21-5b6a7c8d9e0f-000000@eu-west-1.amazonses.com", []string{"mid.ses 2016-03-09T14:25:36.789Z 01535bc4ca15"}},
		{"0.1.0.3A4.1D17A0F8C5454C8.1F0@bulk.example", []string{"mid.powermta 2016-03-09T14:25:36.789012Z 1D17A0F8C5454C8"}},
		{"A1.B2.04711.06230E65@mta.example", []string{"mid.momentum 2016-03-09T14:25:36Z 06230E65"}},
		{"20160309142536.1f0c9a8b7d6e5f43@mg.example", []string{"mid.mailgun 2016-03-09T14:25:36Z 20160309142536"}},
		{"201603091425.86420975319@smtp-relay.mail.example", []string{"mid.sendinblue 2016-03-09T14:25:00Z 201603091425"}},
		{"3f9a1c7f0503091425b1d2e3f.0a1b2c3d4e.20160309142536.5f6a7b8c9d.e0f1a2b3@mail.example", []string{"mid.mailchimp 2016-03-09T14:25:36Z 20160309142536"}},
		{"1457533536789.9f1b0c5e-77aa-4d3c-8e21-5b6a7c8d9e0f@bf01.hubspotemail.example", []string{"mid.hubspot 2016-03-09T14:25:36.789Z 1457533536789"}},
		{"A7XQ_56e03260c0a14_3fe82b4c10245d3_sprut@zendesk.com", []string{"mid.rubymail 2016-03-09T14:25:36.789012Z 56e03260c0a14"}},
		{"2a1f.4d5e6f7a8b.m1.ca9714c8-e602-11e5-9a2b-0016d3c4e5f6.1535bc4ca15@mailer.example", []string{
			"mid.uuid1 2016-03-09T14:25:36.789012Z ca9714c8-e602-11e5-9a2b-0016d3c4e5f6", "mid.zoho 2016-03-09T14:25:36.789Z 1535bc4ca15"}},
		{"56e03260a1b2c3d4e5f60718@mailersend.net", []string{"mid.objectid 2016-03-09T14:25:36Z 56e03260"}},
		{"987654321.1234.1457533536789@mail.yahoo.com", []string{"mid.yahoo-java 2016-03-09T14:25:36.789Z 1457533536789"}},
		{"1457533536.47110.YahooMailNeo@web1.mail.yahoo.com", []string{"mid.yahoo-web 2016-03-09T14:25:36Z 1457533536"}},
		{"pull.17.v2.git.1457533536.gitgitgadget@gmail.com", []string{"mid.git-send-email 2016-03-09T14:25:36Z 1457533536"}},
		{"pull.1207.git.1657533536789.gitgitgadget@gmail.com", []string{"mid.git-send-email 2022-07-11T09:58:56.789Z 1657533536789"}},
	})
}

// TestMessageIDLibraries: what libraries and scripts write.
func TestMessageIDLibraries(t *testing.T) {
	midRun(t, []midCase{
		{"-987654321.1.1457533536789.JavaMail.jo.doe@app", []string{"mid.javamail 2016-03-09T14:25:36.789Z 1457533536789"}},
		{"987654321.1457533536789.JavaMail.root@app", []string{"mid.javamail 2016-03-09T14:25:36.789Z 1457533536789"}},
		{"987654321.171457533536789.JavaMail.root@app", []string{"mid.javamail 2016-03-09T14:25:36.789Z 1457533536789"}},
		{"987654321.17.1457533536789@app.example", []string{"mid.javamail 2016-03-09T14:25:36.789Z 1457533536789"}},
		{"20160309142536.4711.123456789.swift@shop.example", []string{"mid.swift-old 2016-03-09T14:25:36Z 20160309142536"}},
		{"56e03260c0a14_3fe82b4c10245d3@box.mail", []string{"mid.rubymail 2016-03-09T14:25:36.789012Z 56e03260c0a14"}},
		{"56e032604d2_3fe82b4c10245d3@box.mail", []string{"mid.rubymail 2016-03-09T14:25:36.001234Z 56e032604d2"}},
		{"O42KTOZTMXT4.Q1W2E3R4T5Y61@pc", []string{"mid.mimekit 2016-03-09T14:25:36.789012Z O42KTOZTMXT4"}},
		{"145753353678.4711.8116820166582475543@app.example", []string{"mid.python 2016-03-09T14:25:36.78Z 145753353678"}},
		{"145753353678.4711.8116820166582475543.word@app.example", []string{"mid.python 2016-03-09T14:25:36.78Z 145753353678"}},
		{"20060309142536.4711.86420@app.example", []string{"mid.python2 2006-03-09T14:25:36Z 20060309142536"}},
		{"20060309142536.4711.86420.stgit@app.example", []string{"mid.python2 2006-03-09T14:25:36Z 20060309142536"}},
		{"1457533536-4711-3-git-send-email-jo.doe@dev.example", []string{"mid.git-send-email 2016-03-09T14:25:36Z 1457533536"}},
		{"11575335361234-git-send-email-jo@dev.example", []string{"mid.git-send-email 2006-09-06T09:05:36Z 1157533536"}},
		{"20160309142536.4711-3-jo.doe@dev.example", []string{"mid.git-send-email 2016-03-09T14:25:36Z 20160309142536"}},
		{"cover.1457533536.git.jo.doe@dev.example", []string{"mid.git-send-email 2016-03-09T14:25:36Z 1457533536"}},
		{"0123456789abcdef0123456789abcdef01234567.1457533536.git.jo@dev.example", []string{"mid.git-send-email 2016-03-09T14:25:36Z 1457533536"}},
		{"ca9714c8-e602-11e5-9a2b-0016d3c4e5f6@pc.example", []string{"mid.uuid1 2016-03-09T14:25:36.789012Z ca9714c8-e602-11e5-9a2b-0016d3c4e5f6"}},
		{"x-CA9714C8-E602-11E5-9A2B-0016D3C4E5F6.y@pc.example", []string{"mid.uuid1 2016-03-09T14:25:36.789012Z CA9714C8-E602-11E5-9A2B-0016D3C4E5F6"}},
		{"1457533536.56e03260c0a14@webmail.example", []string{
			"mid.horde-imp-uniqid 2016-03-09T14:25:36Z 1457533536", "mid.horde-uniqid-part 2016-03-09T14:25:36.789012Z 56e03260c0a14"}},
		{"20160309142536.Horde.k2hQvX8xyJR6v3HyM5Yb2w1@webmail.example", []string{"mid.horde 2016-03-09T14:25:36 20160309142536"}},
		{"20070309142536.3xq8b1z5skgc4o8w@webmail.example", []string{"mid.horde 2007-03-09T14:25:36 20070309142536"}},
		{"4711.10.0.0.7.1457533536.squirrel@webmail.example", []string{"mid.squirrelmail 2016-03-09T14:25:36Z 1457533536"}},
		{"1457533536.4711.TMDA@pc.example", []string{"mid.tmda 2016-03-09T14:25:36Z 1457533536"}},
	})
}

// TestMessageIDPrograms: what people's mail programs write; half of them keep
// the local time.
func TestMessageIDPrograms(t *testing.T) {
	midRun(t, []midCase{
		{"001f01d17a0f$8c5454c8$6401a8c0@pc", []string{"mid.outlook 2016-03-09T14:25:36.789012Z 01d17a0f$8c5454c8"}},
		{"3a001f01d17a0f$8c5454c8$6401a8c0@pc", []string{"mid.outlook 2016-03-09T14:25:36.789012Z 01d17a0f$8c5454c8"}},
		{"01D17A0F.8C5454C8.jo.doe@pc", []string{"mid.outlook97 2016-03-09T14:25:36.789012 01D17A0F.8C5454C8"}},
		{"20160309142536.GB4711@pc", []string{"mid.mutt 2016-03-09T14:25:36Z 20160309142536"}},
		{"20180309142536.ulfh2sq4h6uz2xoz@pc", []string{"mid.mutt 2018-03-09T14:25:36Z 20180309142536"}},
		{"20010309142536.B4711@pc", []string{"mid.mutt-old 2001-03-09T14:25:36 20010309142536"}},
		{"Pine.LNX.4.44L.0203091425361.4711-100000@pc", []string{"mid.pine 2002-03-09T14:25:36 020309142536"}},
		{"Pine.GSO.3.96.980309142536.4711B-100000@pc", []string{"mid.pine 1998-03-09T14:25:36 980309142536"}},
		{"Pine.GSO.3.96.1010110142536.4711B-100000@pc", []string{"mid.pine 2001-01-10T14:25:36 010110142536"}},
		{"Pine.3.89.9403091425.A4711-0100000@pc", []string{"mid.pine 1994-03-09T14:25:00 9403091425"}},
		{"alpine.DEB.2.22.394.160309142536F.4711@pc", []string{"mid.alpine 2016-03-09T14:25:36 160309142536"}},
		{"20020309142536.T4711-100000@pc", []string{"mid.pine 2002-03-09T14:25:36 20020309142536"}},
		{"87vb4vpw2n.fsf@pc.example", []string{"mid.gnus 2016-03-09T14:25:36Z vb4vpw2n"}},
		{"87vb4vpw2n.fsf_-_@pc.example", []string{"mid.gnus 2016-03-09T14:25:36Z vb4vpw2n"}},
		{"87vb4vpw2n.wl%jo.doe@pc.example", []string{"mid.wanderlust 2016-03-09T14:25:36Z vb4vpw2n"}},
		{"22240.12896.789012.123456@pc.example", []string{"mid.vm 2016-03-09T14:25:36.789012Z 22240.12896.789012"}},
		{"4711.1457533536@pc.example", []string{"mid.nmh 2016-03-09T14:25:36Z 1457533536"}},
		{"4711-1457533536.789012@p_Xa.9-kQ.mM2b", []string{"mid.nmh 2016-03-09T14:25:36.789012Z 1457533536.789012"}},
		{"1457533536.4711.2.camel@pc", []string{"mid.camel 2016-03-09T14:25:36Z 1457533536"}},
		{"56E03260.8070605@pc.example", []string{"mid.mozilla 2016-03-09T14:25:36Z 56E03260"}},
		{"36E03260.4711.8D0B2A@pc.example", []string{"mid.pegasus 1999-03-05T19:37:04 36E03260"}},
		{"5.1.0.14.2.20020309142536.00a96a61@pop.example", []string{"mid.eudora-win 2002-03-09T14:25:36 20020309142536"}},
		{"2.2.32.19970309142536.00a96a61@pop.example", []string{"mid.eudora-win 1997-03-09T14:25:36 19970309142536"}},
		{"p06200a12d305e2e01f2e@[10.0.0.7]", []string{"mid.eudora-mac 2016-03-09T14:25:36Z d305e2e0"}},
		{"D305E2E0.5D2F%jo.doe@pc.example", []string{"mid.entourage 2016-03-09T14:25:36 D305E2E0"}},
		{"20160309142536.1f0c9a8b.jo.doe@pc.example", []string{"mid.sylpheed 2016-03-09T14:25:36 20160309142536"}},
		{"20160309142536.1f0c9a8b@pc.example", []string{"mid.claws 2016-03-09T14:25:36 20160309142536"}},
		{"20160309142536.1F0C9A8B.jo.doe@pc.example", []string{"mid.npop 2016-03-09T14:25:36 20160309142536"}},
		{"86420975.20160309142536@pc.example", []string{"mid.thebat 2016-03-09T14:25:36 20160309142536"}},
		{"864209753124.20160309142536@pc.example", []string{"mid.thebat 2016-03-09T14:25:36 20160309142536"}},
		{"200603091425.36789.jo.doe@pc.example", []string{"mid.kmail 2006-03-09T14:25:36.789 200603091425.36789"}},
		{"0203091425360B.04711@pc", []string{"mid.kmail 2002-03-09T14:25:36 020309142536"}},
		{"20160309.142536.86420.jo.doe@pc.example", []string{"mid.mew 2016-03-09T14:25:36 20160309.142536"}},
		{"OF1A2B3C4D.5E6F7081-ONC1257F71.004F3FCE@corp.example", []string{"mid.lotus 2016-03-09T14:25:36.78Z C1257F71.004F3FCE"}},
		{"OF1A2B3C4D.5E6F7081-ONC1257F71.004F3FCE-C1257F71.004F5162@corp.example", []string{
			"mid.lotus 2016-03-09T14:25:36.78Z C1257F71.004F3FCE", "mid.lotus.unid-trailer 2016-03-09T14:26:21.78Z C1257F71.004F5162"}},
		{"CMM.0.90.2.689533536.jo@pc.example", nil},
		{"CMM.0.90.689533536.jo@pc.example", []string{"mid.mm 1991-11-07T17:05:36Z 689533536"}},
	})
}

// TestMessageIDNothing: identifiers without a clock, and shapes of a clock
// whose value none can have shown. A reading here would be an invention.
func TestMessageIDNothing(t *testing.T) {
	for _, id := range []string{
		"9f1b0c5e-77aa-4d3c-8e21-5b6a7c8d9e0f@pc",                        // UUID of version 4
		"CA+5b1d2e3fw8a7c6b5d4e3f2a1b-0803091425_k5b1d2e@mail.gmail.com", // Gmail since 2011
		"AM5PR0301MB20160309142536A7C6B5D4E3F2A@AM5PR0301MB2016.eurprd03.prod.outlook.com",
		"NDBBIAKOPKHFGPLCODIGAEKBCHAA.jo@pc.example",                 // Outlook IMO
		"a3f1c2d4e5b60718293a4b5c6d7e8f90@pc.example",                // PHPMailer
		"20161309142536.3A5C118E07@mx.example",                       // month 13
		"20160230142536.GB4711@pc",                                   // 30 February
		"20160309252536.4711.qmail@mx.example",                       // hour 25
		"20160309142561.4711.123.swift@mx.example",                   // second 61
		"20160309142536.FA5C118E07@mx.example",                       // microseconds beyond a million
		"20160309142536.047110@mx.example",                           // a time and a number: anybody's
		"20160309142536.note@mx.example",                             // a time and a word
		"201613091425.u29EPaXk023456@mx.example",                     // month 13
		"201603091425.86420975319@mx.example",                        // Brevo's form, another's host
		"5c5b78c6d5ea$1c6b9a0f$2d5a17e8@pc",                          // no FILETIME
		"001f01e17a0f$8c5454c8$6401a8c0@pc",                          // FILETIME of 2044
		"001f01d17a0f$8c5454c8@pc",                                   // two parts
		"3f9a1c70803090225k5b1d2e3fw8a7c6b5d4e3f2a1b@mail.gmail.com", // an hour that California left out
		"3D49FD9700212EB3@mx.example",                                // InterMail's sixteen digits
		"3d49fd9700212eb3@mx.example",                                // the same in small letters
		"063653437040507@mx.example",                                 // digits only, as long as iPlanet's
		"0O3SK0K4X02O8B@mx.example",                                  // iPlanet's without its zeros
		"E1adf3Q-zzzzzz-PS@mx.example",                               // a process beyond 32 bits
		"EZadf3Q-00089R-PS@mx.example",                               // seconds of the year 2984
		"0.0.0.0.0000@x",                                             // nothing
		"0.1.0.3A4.1E17A0F8C5454C8.1F0@bulk.example",                 // FILETIME of 2096
		"16E03260.8070605@pc.example",                                // 1982
		"F6E03260.8070605@pc.example",                                // 2101
		"36E0326G.8070605@pc",                                        // broken
		"p06200a12f305e2e01f2e@[10.0.0.7]",                           // 2033
		"x1f200a12d305e2e01f2e@pc",                                   // no version
		"4711.7457533536@pc.example",                                 // 2206
		"20160309.1852360941@pc.example",                             // a date and ten digits
		"A1.B2.04711.56E03260@mta.example",                           // not reversed
		"1457533536.4711.2.horse@pc",                                 // another animal
		"56e03260a1b2c3d4e5f60718@pc.example",                        // an ObjectId of nobody known: a hint at most
		"01d17a0f@8c5454c8", "OutlookExpress@localhost",              // junk
		"OF1A2B3C4D.5E6F7081-ONC1257F71.FF4F3FCE@corp.example",                // beyond a day
		"1140572329062.1134867676532.1646250070.0.182050JL.2002@bulk.example", // numbers of a service
		"VuAyYPoLY8gfB_5C@pc.example",                                         // Mutt's without Mutt
		"0201535bc4ca15ff-9f1b0c5e-77aa-4d3c-8e21-000000@pc",                  // no Amazon
		"", "@", ".", "...", "$", "$$", "%", "-", "_", "E", "OF", ".fsf@x", ".wl@x", "Pine@x", "cmu-@x", "pull.@x", "a..b@x",
	} {
		got, _ := readMessageID(t, "<"+id+">", &clue{})
		for _, f := range got {
			if f.strength != Hint {
				t.Errorf("%s: %+v", id, f)
			}
		}
	}
}

// TestMessageIDClue: two forms are read by what the rest of the message says.
func TestMessageIDClue(t *testing.T) {
	at := time.Date(2016, 3, 9, 14, 25, 36, 0, time.UTC)
	mutt, near := clue{agent: "mutt/2.2.9"}, clue{near: []time.Time{at.Add(time.Hour)}}
	for _, c := range []struct {
		id       string
		clue     clue
		rule     string
		strength Strength
	}{
		{"ZYfGcPoLY8gfB_5C", mutt, "mid.mutt2", ""},
		{"20160309142536.A471100", mutt, "mid.mutt-old", ""},
		{"20160309142536.A471100", near, "mid.postfix", ""},
		{"20160309142536.864209753", near, "mid.postfix", Hint},
	} {
		got, _ := readMessageID(t, "<"+c.id+"@pc.example>", &c.clue)
		if len(got) != 1 || got[0].rule != c.rule || got[0].strength != c.strength {
			t.Errorf("%s: got %+v, want %s %s", c.id, got, c.rule, c.strength)
		}
	}
	late := clue{near: []time.Time{time.Date(2023, 12, 24, 8, 0, 0, 0, time.UTC)}}
	got, _ := readMessageID(t, "<ZYfGcPoLY8gfB_5C@pc.example>", &late)
	if len(got) != 1 || got[0].strength != Hint || got[0].at.Year() != 2023 {
		t.Errorf("near a stated date: %+v", got)
	}
}

// TestMessageIDEvents: what a reading dates and how finely depends on the
// software; a wrong word here misleads every comparison of clocks.
func TestMessageIDEvents(t *testing.T) {
	for _, c := range []struct {
		id    string
		event Event
		clock Kind
		step  time.Duration
	}{
		{"20160309142536.3A5C118E07@mx.example", Queued, UTC, time.Second},
		{"199603091425.OAA23456@mx.example", Queued, UTC, time.Minute},
		{"E1adf3Q-00089R-PS@mx.example", Queued, UTC, 500 * time.Microsecond},
		{"E1adf3Q-00089R-fF@mx.example", Queued, UTC, 5 * time.Millisecond},
		{"E1adf3Q-0000000089R-KXHe@mx.example", Queued, UTC, time.Second},
		{"0O3S00K4X02O8B@mx.example", Queued, UTC, time.Second},
		{"Pine.LNX.4.44.0203091425361.4711-100000@pc", Compose, SenderLocal, time.Second},
		{"5.1.0.14.2.20020309142536.00a96a61@pop.example", Compose, SenderLocal, time.Second},
		{"OF1A2B3C4D.5E6F7081-ONC1257F71.004F3FCE-C1257F71.004F5162@corp.example", Compose, UTC, 10 * time.Millisecond},
		{"OF1A2B3C4D.5E6F7081-ONC1257F71.004F3FCE@corp.example", Built, UTC, 10 * time.Millisecond},
		{"3f9a1c70803091425k5b1d2e3fw8a7c6b5d4e3f2a1b@mail.gmail.com", Built, ServerZone, time.Minute},
		{"C81497CA02E6E5119A2B0016D3C4E5F604C1F2@mail", Other, UTC, 100},
		{"001f01d17a0f$8c5454c8$6401a8c0@pc", Built, UTC, 100},
	} {
		got, _ := readMessageID(t, "<"+c.id+">", &clue{})
		if len(got) == 0 || got[0].event != c.event || got[0].clock != c.clock || got[0].step != c.step {
			t.Errorf("%s: %+v", c.id, got)
		}
	}
}

// TestMessageIDSendmailYear: sendmail keeps the year modulo sixty; the prefix
// settles it, also over New Year, and a prefix that disagrees is read for
// itself.
func TestMessageIDSendmailYear(t *testing.T) {
	midRun(t, []midCase{
		{"201512312359.u1000AXk023456@mx.example", nil}, // day 0
		{"201512312359.u01000Xk023456@mx.example", []string{"mid.sendmail 2016-01-01T00:00:00Z 201512312359.u01000"}},
		{"201603091425.u29FPaXk023456@mx.example", []string{
			"mid.sendmail 2016-03-09T15:25:36Z u29FPa", "mid.sendmail 2016-03-09T14:25:00Z 201603091425"}},
	})
}
