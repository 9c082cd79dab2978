package tnef

import (
	"strings"
	"testing"
	"time"
)

// one parses a stream with one attachment made of the parts.
func one(t *testing.T, parts ...[]byte) ([]byte, *Message, *Attachment) {
	t.Helper()
	b := stream(append([][]byte{codePage(1252), rend()}, parts...)...)
	m := mustParse(t, b)
	if len(m.Attachments) != 1 {
		t.Fatalf("%d attachments", len(m.Attachments))
	}
	return b, m, &m.Attachments[0]
}

// The name is taken from the best source, in whatever order they stand, and no
// candidate is lost.
func TestNames(t *testing.T) {
	parts := []struct {
		source string
		in     []byte
	}{ // the best one first
		{"PidTagAttachLongFilename", ansi(pidAttachLongFilename, "n0")},
		{"attAttachTitle", att(attAttachTitle, z("n1"))},
		{"PidTagAttachFilename", ansi(pidAttachFilename, "n2")},
		{"PidTagDisplayName", wide(pidDisplayName, "n3")},
		{"attAttachTransportFilename", att(attAttachTransport, z("n4"))},
		{"PidTagAttachTransportName", ansi(pidAttachTransportName, "n5")},
		{"PidTagAttachLongPathname", ansi(pidAttachLongPathname, "n6")},
		{"PidTagAttachPathname", ansi(pidAttachPathname, "n7")},
	}
	for first := range parts {
		var frames, properties [][]byte
		for i := len(parts) - 1; i >= first; i-- { // the worst first
			if strings.HasPrefix(parts[i].source, "att") {
				frames = append(frames, parts[i].in)
			} else {
				properties = append(properties, parts[i].in)
			}
		}
		_, m, a := one(t, join(frames...), attachProps(properties...))
		wantCodes(t, m)
		if a.Name.Source != parts[first].source || a.Name.Value != "n"+string(rune('0'+first)) {
			t.Errorf("%d: %+v", first, a.Name)
		}
		if len(a.Names) != len(parts)-first {
			t.Errorf("%d: candidates %+v", first, a.Names)
		}
	}
}

// Names as they come: empty ones do not count, others stay as they are.
func TestNameText(t *testing.T) {
	cases := []struct {
		name  string
		in    []byte
		want  string
		codes []string
	}{
		{"an empty title", join(att(attAttachTitle, z("")), attachProps(ansi(pidAttachFilename, "a.txt"))), "a.txt", nil},
		{"no name at all", attachProps(), "", nil},
		{"8-bit by code page", att(attAttachTitle, z("r\xe9sum\xe9.doc")), "r\u00e9sum\u00e9.doc", nil},
		{"Unicode beyond the BMP", attachProps(wide(pidAttachLongFilename, "\U0001F600.png")), "\U0001F600.png", nil},
		{"a path stays", att(attAttachTitle, z(`..\..\run.bat`)), `..\..\run.bat`, nil},
		{"no closing NUL", att(attAttachTitle, []byte("a.txt")), "a.txt", nil},
		{"padded with NULs", att(attAttachTitle, []byte("a.txt\x00\x00\x00")), "a.txt", nil},
		// Which name a reader sees depends on whether it strips the NUL.
		{"a second ending", att(attAttachTitle, []byte("a.txt\x00.exe\x00")), "a.txt", []string{"tnef.string-nul"}},
		{"a second ending in Unicode", attachProps(wide(pidAttachLongFilename, "a.txt\x00.exe")), "a.txt", []string{"tnef.string-nul"}},
		{"a lone surrogate", attachProps(sized(pidAttachLongFilename, typeUnicode, []byte{0x3D, 0xD8, 'a', 0})), "\ufffda", []string{"tnef.text-undecodable"}},
		{"half a code unit", attachProps(sized(pidAttachLongFilename, typeUnicode, []byte{'a', 0, 'b'})), "a", []string{"tnef.text-undecodable"}},
		{"undefined in the code page", att(attAttachTitle, z("a\x81")), "a\ufffd", []string{"tnef.text-undecodable"}},
	}
	for _, c := range cases {
		_, m, a := one(t, c.in)
		wantCodes(t, m, c.codes...)
		if a.Name.Value != c.want {
			t.Errorf("%s: %q, want %q", c.name, a.Name.Value, c.want)
		}
	}
}

// The hidden part of a name is where the defect points.
func TestHiddenSpan(t *testing.T) {
	b, _, a := one(t, att(attAttachTitle, []byte("a\x00\x00bc\x00\x00")))
	if got := string(a.Defects[0].Span.Of(b)); got != "bc" {
		t.Errorf("defect at %q", got)
	}
	b, _, a = one(t, attachProps(wide(pidAttachLongFilename, "a\x00bc\x00")))
	if got := string(a.Defects[0].Span.Of(b)); got != "b\x00c" {
		t.Errorf("defect at %q", got)
	}
}

// Where a file's bytes may stand.
func TestContent(t *testing.T) {
	inner := stream(props(ansi(pidSubject, "in")))
	ole := "\x0B\x00\x00\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"
	notice := []byte("This is an embedded message.")
	cases := []struct {
		name                   string
		in                     []byte
		data, source, embedded string
		message                bool
		codes                  []string
	}{
		{name: "none", in: attachProps()},
		{name: "attribute", in: att(attAttachData, []byte("x")), data: "x", source: "attAttachData"},
		{name: "an empty file", in: att(attAttachData, nil), source: "attAttachData"},
		{name: "property", in: attachProps(blob(pidAttachData, []byte("x"))), data: "x", source: "PidTagAttachDataBinary"},
		{name: "empty attribute, full property", in: join(att(attAttachData, nil), attachProps(blob(pidAttachData, []byte("x")))), data: "x", source: "PidTagAttachDataBinary"},
		{name: "both", in: join(att(attAttachData, []byte("x")), attachProps(blob(pidAttachData, []byte("y")))), data: "x", source: "attAttachData",
			codes: []string{"tnef.attachment-data-repeated"}},
		{name: "OLE object", in: attachProps(method(6), object(ole, []byte("x"))), data: "x", source: "PidTagAttachDataBinary"},
		{name: "message object", in: attachProps(method(5), object(messageInterface, inner)), embedded: string(inner), message: true},
		{name: "message object before its method", in: attachProps(object(messageInterface, inner), method(5)), embedded: string(inner), message: true},
		{name: "message object without method", in: attachProps(object(messageInterface, inner)), embedded: string(inner), message: true},
		{name: "message object and a notice", in: join(att(attAttachData, notice), attachProps(method(5), object(messageInterface, inner))),
			data: string(notice), source: "attAttachData", embedded: string(inner), message: true},
		{name: "message in binary, with interface", in: attachProps(method(5), blob(pidAttachData, join([]byte(messageInterface), inner))), embedded: string(inner), message: true},
		{name: "message in binary, plain", in: attachProps(method(5), blob(pidAttachData, inner)), data: string(inner), source: "PidTagAttachDataBinary", embedded: string(inner), message: true},
		{name: "message in attAttachData", in: join(att(attAttachData, inner), attachProps(method(5))), data: string(inner), source: "attAttachData", embedded: string(inner), message: true},
		// winmail.dat sent as a file is a file.
		{name: "TNEF by value", in: join(att(attAttachData, inner), attachProps(method(1))), data: string(inner), source: "attAttachData"},
		{name: "not a message", in: attachProps(method(5), object(messageInterface, []byte("none"))), embedded: "none", codes: []string{"tnef.embedded-not-tnef"}},
		{name: "half an interface", in: attachProps(method(5), object("short", nil)), data: "short", source: "PidTagAttachDataBinary", codes: []string{"tnef.object-short"}},
		{name: "two messages", in: attachProps(method(5), object(messageInterface, inner), object(messageInterface, []byte("other"))), data: "other", source: "PidTagAttachDataBinary",
			embedded: string(inner), message: true},
		{name: "neither object nor binary", in: attachProps(integer(pidAttachData, 7))},
	}
	for _, c := range cases {
		b, m, a := one(t, c.in)
		wantCodes(t, m, c.codes...)
		if got := string(a.Data.Of(b)); got != c.data || a.DataSource != c.source {
			t.Errorf("%s: data %q from %q", c.name, got, a.DataSource)
		}
		if got := string(a.Embedded.Of(b)); got != c.embedded || (a.Message != nil) != c.message {
			t.Errorf("%s: embedded %q, message %v", c.name, got, a.Message)
		}
		if c.message && (a.Message.Subject.Value != "in" || a.Message.Span != a.Embedded) {
			t.Errorf("%s: message %+v", c.name, a.Message)
		}
	}
}

// A second content is kept, and the defect points at it.
func TestOthers(t *testing.T) {
	b, _, a := one(t, att(attAttachData, []byte("x")), att(attAttachData, []byte("y")), att(attAttachData, nil))
	if len(a.Others) != 1 || string(a.Others[0].Of(b)) != "y" {
		t.Errorf("others %v", a.Others)
	}
	if a.Defects[1].Code != "tnef.attachment-data-repeated" || a.Defects[1].Span != a.Others[0] {
		t.Errorf("defects %v", a.Defects)
	}
}

func TestAttachmentFacts(t *testing.T) {
	b, m, a := one(t,
		att(attAttachCreateDate, wall(day)), att(attAttachModifyDate, wall(day)), att(attAttachMetaFile, []byte("wmf")),
		attachProps(wide(pidAttachMIMETag, "image/png"), ansi(pidAttachContentID, "1@x"), ansi(0x3713, "http://x/"),
			truth(pidAttachmentHidden, 1), integer(pidAttachFlags, 4), method(1), when(pidModificationTime, day.Add(-time.Hour))))
	wantCodes(t, m)
	if a.MIMEType.Value != "image/png" || a.ContentID.Value != "1@x" || len(a.Texts) != 3 {
		t.Errorf("type %+v, id %+v, texts %+v", a.MIMEType, a.ContentID, a.Texts)
	}
	if !a.Hidden || !a.InBody || a.MacBinary || a.Method != MethodByValue {
		t.Errorf("hidden %v, in body %v, MacBinary %v, method %d", a.Hidden, a.InBody, a.MacBinary, a.Method)
	}
	if a.Rendering != (Rendering{Type: 1, Position: 0xFFFFFFFF, Width: 32, Height: 16}) || string(a.Metafile.Of(b)) != "wmf" {
		t.Errorf("rendering %+v, metafile %v", a.Rendering, a.Metafile)
	}
	if !a.Created.Local || !a.Created.Time.Equal(day) || a.Modified.Local || !a.Modified.Time.Equal(day.Add(-time.Hour)) || len(a.Times) != 3 {
		t.Errorf("created %+v, modified %+v, times %v", a.Created, a.Modified, a.Times)
	}
	if a.Span.Start != headerSize+frameSize+8+2 || a.Span.End != len(b) {
		t.Errorf("span %v of %d", a.Span, len(b))
	}
}

// Nothing is stated, so nothing is said.
func TestUnstated(t *testing.T) {
	_, _, a := one(t, attachProps())
	if a.Method != MethodUnstated || !a.Created.IsZero() || !a.Modified.IsZero() || a.Hidden || a.InBody || a.DataSource != "" {
		t.Errorf("%+v", a)
	}
}

func TestMacBinary(t *testing.T) {
	if _, _, a := one(t, attachProps(blob(pidAttachEncoding, []byte(macBinary)))); !a.MacBinary {
		t.Error("by encoding")
	}
	m := mustParse(t, stream(att(attAttachRendData, join(u16(1), u32(0), u16(0), u16(0), u32(1)))))
	if !m.Attachments[0].MacBinary {
		t.Error("by rendering data")
	}
}

// Attachment data without its first attribute goes to an attachment all the
// same; one per stream.
func TestImplied(t *testing.T) {
	b := stream(att(attAttachTitle, z("a.txt")), att(attAttachData, []byte("x")), file("b.txt", []byte("y")))
	m := mustParse(t, b)
	wantCodes(t, m, "tnef.attachment-implied")
	if len(m.Attachments) != 2 || m.Attachments[0].Name.Value != "a.txt" || string(m.Attachments[0].Data.Of(b)) != "x" {
		t.Errorf("%+v", m.Attachments)
	}
}

// Message attributes between those of attachments do not disturb them.
func TestInterleaved(t *testing.T) {
	b := stream(rend(), att(attSubject, z("s")), att(attAttachTitle, z("a")), rend(), att(attPriority, u16(1)), att(attAttachTitle, z("b")))
	m := mustParse(t, b)
	wantCodes(t, m)
	if m.Subject.Value != "s" || len(m.Attachments) != 2 || m.Attachments[0].Name.Value != "a" || m.Attachments[1].Name.Value != "b" {
		t.Errorf("%+v", m.Attachments)
	}
}

// An embedded message without a code page is read by the one around it.
func TestInheritedCodePage(t *testing.T) {
	_, m, a := one(t, attachProps(method(5), object(messageInterface, stream(att(attSubject, z("caf\xe9"))))))
	wantCodes(t, m)
	if a.Message.Subject.Value != "caf\u00e9" || a.Message.CodePage != 0 {
		t.Errorf("%q by %d", a.Message.Subject.Value, a.Message.CodePage)
	}
}
