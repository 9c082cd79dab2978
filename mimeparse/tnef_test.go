package mimeparse

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse/internal/tnef"
)

// A small writer of TNEF streams (MS-OXTNEF 2.1).

var le = binary.LittleEndian

func u32(n uint32) []byte { return le.AppendUint32(nil, n) }

// frame is an attribute: level, id, length, data, checksum.
func frame(level byte, id uint32, data []byte) []byte {
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	out := append(append([]byte{level}, u32(id)...), u32(uint32(len(data)))...)
	return le.AppendUint16(append(out, data...), sum)
}

// property is one with a size before its value.
func property(id, kind uint16, value string) []byte {
	out := le.AppendUint16(le.AppendUint16(nil, kind), id)
	out = append(append(out, u32(1)...), u32(uint32(len(value)))...)
	return append(append(out, value...), make([]byte, -len(value)&3)...)
}

func properties(all ...[]byte) []byte {
	return append(u32(uint32(len(all))), bytes.Join(all, nil)...)
}

func stream(attributes ...[]byte) []byte {
	out := append(u32(0x223E9F78), 1, 2)
	out = append(out, frame(1, 0x00069007, append(u32(1252), u32(0)...))...) // attOemCodepage
	return append(out, bytes.Join(attributes, nil)...)
}

// file is an attachment: its rendering data, title and content, and properties.
func file(name, content string, more ...[]byte) []byte {
	out := frame(2, 0x00069002, append([]byte{1, 0, 0xFF, 0xFF, 0xFF, 0xFF}, make([]byte, 8)...))
	out = append(out, frame(2, 0x00018010, []byte(name+"\x00"))...)
	if content != "" {
		out = append(out, frame(2, 0x0006800F, []byte(content))...)
	}
	return append(out, frame(2, 0x00069005, properties(more...))...)
}

// messageGUID is IID_IMessage, which stands before an embedded message.
const messageGUID = "\x07\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"

// rtfText is "{\rtf1 hi}" in uncompressed form (MS-OXRTFCP 2.1.3.1.1).
const rtfText = "\x16\x00\x00\x00\x0a\x00\x00\x00MELA\x00\x00\x00\x00{\\rtf1 hi}"

// attachMethod is PidTagAttachMethod.
func attachMethod(n uint32) []byte {
	return append(le.AppendUint16(le.AppendUint16(nil, 3), 0x3705), u32(n)...)
}

func sampleTNEF() []byte {
	inner := stream(frame(1, 0x00018004, []byte("inner subject\x00")), file("deep.txt", "deep"))
	return stream(
		frame(1, 0x00018004, []byte("outer subject\x00")),
		frame(1, 0x0002800C, []byte("plain body\x00")),
		frame(1, 0x00069003, properties(property(0x1013, 0x102, "<p>html</p>"), property(0x1009, 0x102, rtfText))),
		file("a.txt", "content", property(0x370E, 0x1E, "text/csv\x00"), property(0x3707, 0x1E, "long a.csv\x00")),
		file("inner", "", attachMethod(5), property(0x3701, 0xD, messageGUID+string(inner))),
		file("mail.eml", "Subject: y\n\nin a file\n", property(0x370E, 0x1E, "message/rfc822\x00")),
	)
}

// A stream becomes a message, however it is declared and encoded: bodies,
// files, a message inside and a mail among the files.
func TestTNEF(t *testing.T) {
	raw := sampleTNEF()
	coded := base64.StdEncoding.EncodeToString(raw)
	want := `1 application/ms-tnef "` // the stream itself comes first
	for name, part := range map[string]string{
		"by type":              "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n" + coded,
		"by other type":        "Content-Type: application/vnd.ms-tnef\nContent-Transfer-Encoding: base64\n\n" + coded,
		"by name":              "Content-Type: application/x; name=WINMAIL.DAT\nContent-Transfer-Encoding: base64\n\n" + coded,
		"by content":           "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n\n" + coded,
		"by content, as it is": "Content-Type: application/octet-stream\nContent-Transfer-Encoding: binary\n\n" + string(raw),
	} {
		m := Parse([]byte(multipart(part)), nil)
		checkSpans(t, m)
		in := m.Parts[1].Message
		if in == nil {
			t.Errorf("%s: not opened", name)
			continue
		}
		if in.Container != "tnef" || !bytes.Equal(in.Raw, raw) || in.TNEF.Subject.Value != "outer subject" {
			t.Errorf("%s: %s %+v", name, in.Container, in.TNEF)
		}
		if stored := part == "by content, as it is"; (in.Offset >= 0) != strings.Contains(part, "binary") || stored {
			t.Errorf("%s: offset %d", name, in.Offset)
		}
		got := tree(t, in)
		for _, line := range []string{want, `1.1 text/plain "plain body"`, `1.2 text/html "<p>html</p>"`, `1.3 text/rtf "{\\rtf1 hi}"`,
			`1.4 text/csv "content"`, "1.5 application/ms-tnef\n", `  1.1 text/plain "deep"`, "1.6 message/rfc822\n", `  1 text/plain "in a file\n"`} {
			if line == `  1.1 text/plain "deep"` {
				line = `  1.1 application/octet-stream "deep"`
			}
			if !strings.Contains(got, line) {
				t.Errorf("%s: no %s in\n%s", name, line, got)
			}
		}
	}
}

// What the stream says is reachable with its place: names, subject, bodies.
func TestTNEFPlaces(t *testing.T) {
	raw := sampleTNEF()
	m := Parse([]byte("Content-Type: application/ms-tnef\n\n"+string(raw)), nil).Root().Message
	if s := m.TNEF.Subject; string(s.Span.Of(raw)) != s.Value || s.Source != "attSubject" {
		t.Errorf("%+v", s)
	}
	names := m.Parts[4].Names
	if len(names) != 2 || names[0].Value != "long a.csv" || names[1].Value != "a.txt" {
		t.Fatalf("%+v", names)
	}
	for _, n := range names {
		if string(n.Span.Of(raw)) != n.Value || !strings.HasPrefix(n.Source, "TNEF ") {
			t.Errorf("%+v", n)
		}
	}
	if in := m.Parts[5].Message; in == nil || in.TNEF.Subject.Value != "inner subject" || in.Offset != m.Parts[5].Body.Start {
		t.Errorf("%+v", in)
	}
	if !m.Parts[4].IsAttachment() || m.Parts[1].IsAttachment() || m.Parts[3].IsAttachment() {
		t.Error("files are attachments, bodies are not")
	}
	if text, charset, defects := m.Parts[1].Text(0); text != "plain body" || charset != "windows-1252" || defects != nil {
		t.Errorf("%q %s %v", text, charset, defects)
	}
}

// What is no stream, or damaged, is told and stays a part.
func TestTNEFDamage(t *testing.T) {
	m := Parse([]byte("Content-Type: application/ms-tnef\n\nhello\n"), nil)
	if m.Root().Message != nil || !slices.Equal(codes(m), []string{"mime.tnef-invalid"}) {
		t.Errorf("%v", codes(m))
	}
	raw := sampleTNEF()
	for cut := range len(raw) {
		m := Parse([]byte("Content-Type: application/ms-tnef\n\n"+string(raw[:cut])), nil)
		checkSpans(t, m)
		for _, p := range m.Walk() {
			content(t, p)
		}
	}
	broken := stream(frame(1, 0x00069003, properties(property(0x1009, 0x102, "no RTF"))))
	m = Parse([]byte("Content-Type: application/ms-tnef\n\n"+string(broken)), nil)
	p := m.Root().Message.Parts[1]
	if d, err := p.Decode(func([]byte) error { return nil }); err != nil || len(d.Defects) != 1 || d.Defects[0].Code != "tnef.rtf-invalid" || d.Defects[0].Span != p.Body {
		t.Errorf("%+v %v", d, err)
	}
}

// Depth and number of parts bound streams as they bound messages.
func TestTNEFLimits(t *testing.T) {
	raw := stream()
	for range 10 {
		raw = stream(file("in", "", attachMethod(5), property(0x3701, 0xD, messageGUID+string(raw))))
	}
	mail := []byte("Content-Type: application/ms-tnef\n\n" + string(raw))
	if m := Parse(mail, &Options{Limits: Limits{MaxDepth: 4}}); !slices.Contains(codes(m), "limit.depth") {
		t.Errorf("%v", codes(m))
	}
	if m := Parse(mail, &Options{Limits: Limits{MaxParts: 5}}); !slices.Contains(codes(m), "limit.parts") {
		t.Errorf("%v", codes(m))
	}
	n := 0
	for range Parse(mail, nil).Walk() {
		n++
	}
	if n != 1+11+10 {
		t.Errorf("%d parts", n)
	}
}

// Real streams: every attachment that the stream reader finds is a part with
// its bytes.
func TestTNEFReal(t *testing.T) {
	n := 0
	for _, path := range corpus.Files(t, "tnef") {
		raw := corpus.Read(t, path)
		said, err := tnef.Parse(raw, tnef.Limits{})
		if err != nil {
			continue
		}
		n++
		m := Parse([]byte("Content-Type: application/ms-tnef\n\n"+string(raw)), nil)
		checkSpans(t, m)
		in := m.Root().Message
		for i := range said.Attachments {
			at := said.Attachments[i].Data
			if !at.Empty() && !slices.ContainsFunc(in.Parts[1:], func(p *Part) bool { return p.Body == at }) {
				t.Errorf("%s: attachment %d at %v is no part", path, i, at)
			}
		}
		for _, p := range m.Walk() {
			content(t, p)
		}
	}
	t.Logf("%d streams", n)
}
