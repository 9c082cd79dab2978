package capture_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
)

// A connection that stays open must not hold back all that end behind it: beyond a bound it is cut,
// what comes later of it says what it continues, and every command of it is there. Connections come
// in the order of their first packets nevertheless.
func TestCrowd(t *testing.T) {
	if testing.Short() {
		t.Skip("a capture of 20,000 connections")
	}
	const n = 20000
	file := captureforge.Crowd(n)
	c, err := capture.Read(context.Background(), "crowd.pcap", bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	count, verbs, cut := 0, []string{}, 0
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	most := uint64(0)
	for conn, err := range c.Connections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if conn.Conn != count {
			t.Fatalf("connection %d comes as number %d", conn.Conn, count)
		}
		if count++; count%2000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
		if string(conn.Client) == "10.0.0.0" {
			verbs = append(verbs, conn.Verbs...)
			if slices.Contains(ids(conn.Findings), "connection-cut") {
				cut++
			}
		}
	}
	if count != n+2 || cut != 2 || !slices.Equal(verbs, []string{"HELO", "QUIT"}) {
		t.Errorf("%d connections, %d of the long one are told as cut, its verbs are %v", count, cut, verbs)
	}
	if grown := int64(most) - int64(before.HeapAlloc); grown > 256<<20 {
		t.Errorf("%d MiB are held", grown>>20)
	}
}

// A conversation of very many commands must not be held whole: beyond a bound it is cut, and each
// command is told once.
func TestLongConversation(t *testing.T) {
	const n = 40000
	var b bytes.Buffer
	b.WriteString("S: 220 mail.example.org ESMTP\n")
	for range n {
		b.WriteString("C: NOOP\nS: 250 ok\n")
	}
	c, err := capture.Read(context.Background(), "long.txt", &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var told [][]string
	commands := 0
	for conn, err := range c.Connections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		commands += len(conn.Commands)
		var details []string
		for _, f := range conn.Findings {
			if f.ID == "connection-cut" {
				details = append(details, f.Detail)
			}
		}
		told = append(told, details)
	}
	if len(told) != 2 || len(told[0]) != 1 || len(told[1]) != 1 || told[1][0] != "it goes on from connection 0" {
		t.Errorf("connections say %q", told)
	}
	if commands != n {
		t.Errorf("%d commands, want %d", commands, n)
	}
}

// Of a text with more lines than are read, the report must say where reading ended, and its digest
// is of all.
func TestLongTranscript(t *testing.T) {
	if testing.Short() {
		t.Skip("a text of a million lines")
	}
	text := "S: 220 mail.example.org ESMTP\nC: QUIT\nS: 221 bye\n" + strings.Repeat("\n", 1<<20)
	c, err := capture.Read(context.Background(), "long.txt", strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	at := strings.Index(text, "bye\n") + 4 + 1<<20 - 3
	if want := "too long: what stands from byte " + strconv.Itoa(at) + " on was not read"; !c.File.Truncated || string(c.File.Note) != want {
		t.Errorf("truncated %v: %q, want %q", c.File.Truncated, c.File.Note, want)
	}
	if sum := sha256.Sum256([]byte(text)); c.File.SHA256 != hex.EncodeToString(sum[:]) || c.File.Size != int64(len(text)) {
		t.Errorf("%d bytes of %d, digest %s", c.File.Size, len(text), c.File.SHA256)
	}
}

// Two servers whose names a transcript does not tell are not one: what the first offered says nothing
// of the second.
func TestUnknownServers(t *testing.T) {
	const text = "S: 220 a.example.org ESMTP\nC: EHLO c\nS: 250-a.example.org\nS: 250 STARTTLS\nC: QUIT\nS: 221 bye\n" +
		"S: 220 b.example.org ESMTP\nC: EHLO c\nS: 250-b.example.org\nS: 250 SIZE\nC: QUIT\nS: 221 bye\n"
	c, err := capture.Read(context.Background(), "two.txt", strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	n := 0
	for conn, err := range c.Connections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; slices.Contains(ids(conn.Findings), "starttls-stripped") {
			t.Errorf("connection %d, to %q: %v", conn.Conn, conn.Server, ids(conn.Findings))
		}
	}
	if n != 2 {
		t.Errorf("%d sessions, want 2", n)
	}
}

// What the caller asked to be called with must not be called any more once iteration has ended: it may
// have closed what it writes to. Here the second connection ends, and its message is at work, before
// the first one does.
func TestStopsWhole(t *testing.T) {
	file := captureforge.Play(append(append([]string{`S 220 mx ESMTP\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`, "@"}, mailOf("", plain+`\r\nx\r\n`)...), "@")...)
	var first, others []byte
	for at := 24; at < len(file); {
		n := 16 + int(binary.LittleEndian.Uint32(file[at+8:]))
		record := file[at : at+n]
		tcp := record[16+14+20:]
		if binary.BigEndian.Uint16(tcp) == 4000 || binary.BigEndian.Uint16(tcp[2:]) == 4000 {
			first = append(first, record...)
		} else {
			others = append(others, record...)
		}
		at += n
	}
	syn := 16 + int(binary.LittleEndian.Uint32(first[8:]))
	file = slices.Concat(file[:24], first[:syn], others, first[syn:])

	var called, over atomic.Bool
	opt := &capture.Options{Workers: 2, Message: func(*capture.Message) error {
		time.Sleep(50 * time.Millisecond)
		called.Store(true)
		if over.Load() {
			t.Error("called when iteration was over")
		}
		return nil
	}}
	c, err := capture.Read(context.Background(), "two.pcap", bytes.NewReader(file), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range c.Connections(context.Background()) {
		break
	}
	over.Store(true)
	time.Sleep(100 * time.Millisecond)
	if !called.Load() {
		t.Error("the message was not begun before the first connection ended: this shows nothing")
	}
}
