package captureforge

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// Sample is the capture that the documents and scripts show, and the message as its receiver
// has saved it.
type Sample struct {
	Capture, Saved []byte
}

// MakeSample makes it: a session with AUTH, a blind copy, a segment that was not captured, and a
// second connection in which a message holds a false end.
func MakeSample() Sample {
	f := &forge{rng: rand.New(rand.NewPCG(2026, 11))}
	a := f.newConv(587)
	a.now = time.Date(2026, 11, 10, 8, 15, 18, 0, time.UTC).UnixNano()
	a.segs = nil
	a.handshake()
	a.reply(220, "mx.example.net ESMTP ready")
	a.cmd("EHLO desk.example.org")
	a.reply(250, "mx.example.net", "SIZE 20971520", "PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN")
	a.cmd("AUTH LOGIN")
	a.reply(334, b64("Username:"))
	a.raw(b64("ann@example.org") + "\r\n")
	a.reply(334, b64("Password:"))
	a.raw(b64("correct horse") + "\r\n")
	a.reply(235, "2.7.0 authenticated")
	a.from, a.to = "ann@example.org", []string{"bob@example.net", "carol@example.net"}
	a.cmd("MAIL FROM:<ann@example.org> SIZE=400")
	a.reply(250, "2.1.0 ok")
	a.cmd("RCPT TO:<bob@example.net>")
	a.reply(250, "2.1.5 ok")
	a.cmd("RCPT TO:<carol@example.net>")
	a.reply(250, "2.1.5 ok")
	message := strings.ReplaceAll(`Date: Tue, 10 Nov 2026 08:15:10 +0000
From: Ann <ann@example.org>
To: Bob <bob@example.net>
Subject: The figures
Message-ID: <20261110081510.1@example.org>

Dear Bob,
the figures of October are these:
.5 of the sum is paid, the rest is due on Friday.
Ann
`, "\n", "\r\n")
	a.data([]byte(message), 250)
	a.quit()
	b := f.newConv(25)
	b.now = a.now + int64(time.Minute)
	b.segs = nil
	b.handshake()
	b.reply(220, "mx.example.net ESMTP ready")
	b.cmd("EHLO relay.example.com")
	b.reply(250, "mx.example.net", "PIPELINING")
	b.from, b.to = "news@example.com", []string{"bob@example.net"}
	b.cmd("MAIL FROM:<news@example.com>")
	b.reply(250, "2.1.0 ok")
	b.cmd("RCPT TO:<bob@example.net>")
	b.reply(250, "2.1.5 ok")
	b.cmd("DATA")
	b.reply(354, "go ahead")
	b.send(true, []byte("From: news@example.com\r\nTo: bob@example.net\r\nSubject: News\r\n\r\nhello\n.\nMAIL FROM:<admin@example.net>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\nFrom: admin@example.net\r\nSubject: Pay at once\r\n\r\nNow.\r\n.\r\n"))
	for _, code := range []int{250, 250, 250, 354, 250} {
		b.reply(code, "ok")
	}
	b.quit()
	saved := "Return-Path: <ann@example.org>\r\nReceived: from desk.example.org (" + a.c.Addr().String() + ") by mx.example.net\r\n\twith ESMTPSA id 4x1 for <bob@example.net>; Tue, 10 Nov 2026 08:15:19 +0000\r\n" + message
	return Sample{pcapFile(slices.Concat(a.framed(), b.framed()), nil), []byte(saved)}
}
