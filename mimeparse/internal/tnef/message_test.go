package tnef

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

func TestIs(t *testing.T) {
	for _, c := range []struct {
		in   string
		want bool
	}{
		{"", false}, {"\x78\x9f\x3e", false}, {"\x22\x3e\x9f\x78", false}, // too short; the wrong byte order
		{"\x78\x9f\x3e\x22", true}, {"\x78\x9f\x3e\x22 and more", true},
	} {
		if got := Is([]byte(c.in)); got != c.want {
			t.Errorf("Is(%q) = %v", c.in, got)
		}
		m, err := Parse([]byte(c.in), Limits{})
		if errors.Is(err, ErrNotTNEF) == c.want || (m == nil) == c.want {
			t.Errorf("Parse(%q): %v, %v", c.in, m, err)
		}
	}
}

func TestFull(t *testing.T) {
	b := full()
	m := mustParse(t, b)
	wantCodes(t, m)
	text := func(s headers.Span) string { return string(s.Of(b)) }
	for _, c := range []struct{ what, got, want string }{
		{"subject", m.Subject.Value, "caf\u00e9"},
		{"subject's bytes", text(m.Subject.Span), "caf\xe9"},
		{"class", m.MessageClass.Value, "IPM.Note"},
		{"message id", m.MessageID.Value, "<1@example.com>"},
		{"from", m.From.Name.Value, "Ann"},
		{"from's bytes", text(m.From.Name.Span), "A\x00n\x00n\x00"},
		{"sender", m.Sender.Name.Value, "Ann"},
		{"sender's address", m.Sender.Address.Value, "ann@example.com"},
		{"sender's address's bytes", text(m.Sender.Address.Span), "ann@example.com"},
		{"sent", m.Sent.Time.Format(time.RFC3339), "2024-03-05T15:20:30Z"},
		{"sent's source", m.Sent.Source, "PidTagClientSubmitTime"},
		{"plain", text(m.BodyPlain), "hi"},
		{"plain's charset", m.PlainCharset, "windows-1252"},
		{"html", text(m.BodyHTML), "<p>hi</p>"},
		{"html's charset", m.HTMLCharset, "utf-8"},
		{"first recipient", m.Recipients[0].Name.Value + m.Recipients[0].Address.Value, "Bobbob@example.com"},
		{"second recipient", m.Recipients[1].Name.Value + m.Recipients[1].Address.Value, "carl@example.com"},
		{"first file", m.Attachments[0].Name.Value + ":" + text(m.Attachments[0].Data), "one.txt:first"},
		{"second file", m.Attachments[1].Name.Value + ":" + text(m.Attachments[1].Data), "two.bin:\x00\x01\x02\x03\x04"},
		{"embedded mail", m.Attachments[2].Name.Value + ":" + m.Attachments[2].Message.Subject.Value, "a mail:inner"},
		{"its file", text(m.Attachments[2].Message.Attachments[0].Data), "inside"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
	if m.Key != 0x0102 || m.CodePage != 1252 || m.InternetCodePage != 65001 {
		t.Errorf("key %#x, code pages %d and %d", m.Key, m.CodePage, m.InternetCodePage)
	}
	if m.Recipients[0].Type != 1 || m.Recipients[1].Type != 3 {
		t.Errorf("recipient types %d and %d", m.Recipients[0].Type, m.Recipients[1].Type)
	}
	if rtf, faults, err := DecompressRTF(m.BodyRTF.Of(b), 0); string(rtf) != "{\\rtf1 hi}" || len(faults) > 0 || err != nil {
		t.Errorf("rtf %q, %v, %v", rtf, faults, err)
	}
}

// A date as attribute and as property: their difference is the writer's zone,
// so that neither may be lost, nor the local one be taken for UTC.
func TestTwoClocks(t *testing.T) {
	m := mustParse(t, full())
	var local, utc Stamp
	for _, s := range m.Times {
		if s.Local {
			local = s
		} else {
			utc = s
		}
	}
	if local.Source != "attDateSent" || utc.Source != "PidTagClientSubmitTime" || utc.Time.Sub(local.Time) != 5*time.Hour {
		t.Errorf("local %+v, utc %+v", local, utc)
	}
}

// Each attribute that carries a value, alone in a stream.
func TestMessageAttributes(t *testing.T) {
	cases := []struct {
		name   string
		in     []byte
		source string
		want   string
	}{
		{"subject", att(attSubject, z("hello")), "attSubject", "hello"},
		{"class", att(attMessageClass, z("IPM.Note")), "attMessageClass", "IPM.Note"},
		{"original class", att(attOriginalClass, z("IPM.Note")), "attOriginalMessageClass", "IPM.Note"},
		{"id", att(attMessageID, z("00FF")), "attMessageID", "00FF"},
		{"parent", att(attParentID, z("00FF")), "attParentID", "00FF"},
		{"conversation", att(attConversationID, z("00FF")), "attConversationID", "00FF"},
		{"owner", att(attOwner, join(u16(4), z("Ann"), u16(8), z("SMTP:a@"))), "attOwner/address", "a@"},
		{"owner's type", att(attOwner, join(u16(4), z("Ann"), u16(8), z("SMTP:a@"))), "attOwner/type", "SMTP"},
		{"sent for", att(attSentFor, join(u16(4), z("Ann"), u16(3), z("a@"))), "attSentFor/address", "a@"}, // no type
		{"from", att(attFrom, triple("Ann", "EX:/o=x/cn=ann:1")), "attFrom/address", "/o=x/cn=ann:1"},
		{"start", att(attDateStart, wall(day)), "attDateStart", "2024-03-05T10:20:30Z"},
		{"end", att(attDateEnd, wall(day)), "attDateEnd", "2024-03-05T10:20:30Z"},
		{"received", att(attDateRecd, wall(day)), "attDateRecd", "2024-03-05T10:20:30Z"},
		{"modified", att(attDateModified, wall(day)), "attDateModified", "2024-03-05T10:20:30Z"},
	}
	for _, c := range cases {
		m := mustParse(t, stream(c.in))
		wantCodes(t, m)
		if got := value(m, c.source); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// value is the text or the date from the source.
func value(m *Message, source string) string {
	if s := chooseStamp(m.Times, source); !s.IsZero() {
		return s.Time.Format(time.RFC3339)
	}
	return chooseText(m.Texts, source).Value
}

// Properties come before the attributes that map to them (MS-OXTNEF 2.1.3),
// wherever they stand; an empty one does not.
func TestPropertyBeforeAttribute(t *testing.T) {
	m := mustParse(t, stream(
		props(wide(pidSubject, "right"), wide(pidMessageClass, ""), when(pidDeliveryTime, day)),
		att(attSubject, z("wrong")), att(attMessageClass, z("IPM.Note")), att(attDateRecd, wall(day.Add(time.Hour)))))
	if m.Subject.Value != "right" || m.MessageClass.Value != "IPM.Note" || m.Delivered.Local {
		t.Errorf("subject %q, class %q, delivered %+v", m.Subject.Value, m.MessageClass.Value, m.Delivered)
	}
	if len(m.Texts) != 3 {
		t.Errorf("the other subject is lost: %+v", m.Texts)
	}
}

func TestBodies(t *testing.T) {
	cases := []struct {
		name                 string
		in                   []byte
		plain, charset, html string
		codes                []string
	}{
		{name: "attBody alone", in: att(attBody, z("old")), plain: "old", charset: "windows-1250"},
		{name: "property first", in: join(att(attBody, z("old")), props(ansi(pidBody, "new"))), plain: "new", charset: "windows-1250"},
		{name: "empty property", in: join(att(attBody, z("old")), props(ansi(pidBody, ""))), plain: "old", charset: "windows-1250"},
		{name: "unicode", in: props(wide(pidBody, "x"), wide(pidHTML, "y")), plain: "x\x00", charset: "utf-16le", html: "y\x00"},
		{name: "html as 8-bit text", in: props(ansi(pidHTML, "<p>")), html: "<p>"},
		// A body that ends for the reader, with more behind it.
		{name: "hidden text", in: props(ansi(pidBody, "seen\x00unseen")), plain: "seen", charset: "windows-1250", codes: []string{"tnef.string-nul"}},
		{name: "neither text nor binary", in: props(integer(pidBody, 1), integer(pidHTML, 1), integer(pidRTF, 1))},
	}
	for _, c := range cases {
		b := stream(codePage(1250), c.in)
		m := mustParse(t, b)
		wantCodes(t, m, c.codes...)
		if got := string(m.BodyPlain.Of(b)); got != c.plain || m.PlainCharset != c.charset {
			t.Errorf("%s: plain %q in %q", c.name, got, m.PlainCharset)
		}
		if got := string(m.BodyHTML.Of(b)); got != c.html || !m.BodyRTF.Empty() {
			t.Errorf("%s: html %q", c.name, got)
		}
	}
}

// Named properties are known by set and number or by name, whatever their id.
func TestNamedProperties(t *testing.T) {
	m := mustParse(t, stream(props(namedText("x-originating-ip", "[192.0.2.1]"), namedNumber(0x8554, "16.0"))))
	wantCodes(t, m)
	for source, want := range map[string]string{
		"named:x-originating-ip":                              "[192.0.2.1]",
		"named:{00062008-0000-0000-C000-000000000046}/0x8554": "16.0",
	} {
		if got := value(m, source); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

func TestRecipientDefects(t *testing.T) {
	row := list(ansi(pidDisplayName, "Bob"))
	cases := []struct {
		name  string
		data  []byte
		rows  int
		codes []string
	}{
		{"none", u32(0), 0, nil},
		{"no count", []byte{1}, 0, []string{"tnef.attribute-size"}},
		{"fewer than stated", append(u32(3), row...), 1, []string{"tnef.property-truncated"}},
		{"more than stated", append(u32(1), append(row, row...)...), 1, []string{"tnef.recipient-trailing"}},
		{"a number out of the air", u32(0xFFFFFFFF), 0, []string{"tnef.property-truncated"}},
	}
	for _, c := range cases {
		m := mustParse(t, stream(att(attRecipTable, c.data)))
		wantCodes(t, m, c.codes...)
		if len(m.Recipients) != c.rows {
			t.Errorf("%s: %d rows, want %d", c.name, len(m.Recipients), c.rows)
		}
	}
	m := mustParse(t, stream(att(attRecipTable, append(u32(1), row...))))
	if m.Recipients[0].Type != -1 {
		t.Error("a type nobody stated")
	}
}

// A recipient may stand in the table without a single property.
func TestEmptyRecipient(t *testing.T) {
	m := mustParse(t, stream(att(attRecipTable, append(u32(2), append(list(), list()...)...))))
	wantCodes(t, m)
	if len(m.Recipients) != 2 {
		t.Errorf("%d rows", len(m.Recipients))
	}
}

func TestAttributeNames(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range attributeTable {
		name := Attribute{ID: row.id}.Name()
		if !strings.HasPrefix(name, "att") || seen[name] {
			t.Errorf("%#x: %q", row.id, name)
		}
		seen[name] = true
	}
	if got := (Attribute{ID: 0x00011234}).Name(); got != "0x00011234" {
		t.Errorf("unknown: %q", got)
	}
}

// Message.Property takes the first of several; AllDefects stops when told to.
func TestAccessors(t *testing.T) {
	m := mustParse(t, stream(props(integer(0x1234, 1), integer(0x1234, 2)), []byte{9}, nil))
	p, ok := m.Property(0x1234)
	if n, good := p.Int(stream(props(integer(0x1234, 1)))); !ok || !good || n != 1 {
		t.Errorf("%v %v %d", ok, good, n)
	}
	if _, ok := m.Property(0x9999); ok {
		t.Error("a property that is not there")
	}
	for range m.AllDefects() {
		break
	}
	inner := stream([]byte{1})
	bad := stream([]byte(nil), frame(2, attAttachData, nil), attachProps(method(5), object(messageInterface, inner)), []byte{1})
	for want := 1; want <= 3; want++ {
		n := 0
		for range mustParse(t, bad).AllDefects() {
			if n++; n == want {
				break
			}
		}
		if n != want {
			t.Errorf("%d defects before the break, want %d", n, want)
		}
	}
	if got := codes(mustParse(t, bad)); !slices.Equal(got, []string{"tnef.unread", "tnef.attachment-implied", "tnef.unread"}) {
		t.Errorf("order: %q", got)
	}
}
