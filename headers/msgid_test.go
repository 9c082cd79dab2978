package headers

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// msgidShow writes a result in one line: "left|right [defects]" for each
// identifier, then the field's own defects with the text they point at.
func msgidShow(in string, ids []MessageID, defects []Defect) string {
	var out []string
	for _, id := range ids {
		s := id.Left + "|" + id.Right
		for _, d := range id.Defects {
			s += " " + strings.TrimPrefix(d.Code, "msgid.")
		}
		out = append(out, s)
	}
	for _, d := range defects {
		out = append(out, "-"+strings.TrimPrefix(d.Code, "msgid.")+" "+string(d.Span.Of([]byte(in))))
	}
	return strings.Join(out, "; ")
}

func TestParseMessageIDs(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"as RFC 5322 3.6.4 has it", " <1234@local.machine.example>", "1234|local.machine.example"},
		{"several", " <a@b>\r\n <c@d> <e@f>", "a|b; c|d; e|f"},
		{"glued together", "<a@b><c@d>", "a|b; c|d"},
		{"parted by commas, as some web mailers do", "<a@b>, <c@d>,<e@f>", "a|b; c|d; e|f"},
		{"domain literal", "<a@[192.0.2.1]>", "a|[192.0.2.1]"},
		{"domain literal with '@' inside", "<a@[x@y]>", "a|[x@y]"},
		{"RFC 5322 A.6.3, obsolete blanks and comment", "<1234   @   local(blah)  .machine .example>", "1234|local.machine.example blank-removed comment-inside"},
		{"folded at the '@'", "<a.\r\n b@\r\n\tc>", "a.b|c blank-removed"},
		{"blanks at the ends", "< a@b >", "a|b blank-removed"},
		{"folded in the middle of a word: one blank is kept", "<Pine.33@watcher.c\r\n om>", "Pine.33|watcher.c om blank-inside"},
		{"quoted left side with blanks, from an X.400 gateway", `<"27301 Tue Jun  7 11:54:46 1994"@nexor.co.uk>`, `"27301 Tue Jun  7 11:54:46 1994"|nexor.co.uk quoted-left`},
		{"quoted left side with a bracket and an '@'", `<"a>b@c"@d>`, `"a>b@c"|d quoted-left`},
		{"quote within the left side", `<x."a b".y@d>`, `x."a b".y|d special`},
		{"quote never closed", `<"a@b>`, `"a|b special`},
		{"comments and a phrase around", `(x) "Your message of Fri." <a@b> (y)`, `a|b; -comment (x); -phrase "Your message of Fri."; -comment (y)`},
		{"phrase behind, as mutt once wrote", "<a@b>; from joe@x.example on Fri, Sep 6", "a|b; -phrase ; from joe@x.example on Fri, Sep 6"},
		{"address before the identifier, as exmh wrote", `Message from Joe <joe@x> of "Fri" <a@b>`, `joe|x maybe-address; a|b; -phrase Message from Joe; -phrase of "Fri"`},
		{"address with a name alone", `Joe Doe <joe@x> "Re: x"`, `joe|x maybe-address; -phrase Joe Doe; -phrase "Re: x"`},
		{"words that lead to an identifier", "message-id <a@b> of Fri", "a|b; -phrase message-id; -phrase of Fri"},
		{"no brackets", " a@b.example", "a|b.example no-brackets"},
		{"several without brackets", "a@b, c@d e@f", "a|b no-brackets; c|d no-brackets; e|f no-brackets"},
		{"without brackets, quoted", `"a b"@c`, `"a b"|c no-brackets quoted-left`},
		{"bracket opened only", "<a@b", "a|b unclosed"},
		{"opened only, then a good one", "<a@b <c@d>", "a|b unclosed; c|d"},
		{"opened only, then text", "<a@b more text", "a|b unclosed; -phrase more text"},
		{"closed only", "a@b>", "a|b> no-brackets special"},
		{"two pairs of brackets", "<<a@b>>", "a|b brackets-doubled"},
		{"brackets in brackets", `<4.01."Super Signal"<s@t.com>>`, `4.01."Super Signal"<s|t.com> blank-inside special`},
		{"no '@'", "<abc>", "abc| no-at"},
		{"nothing before the '@'", "<@abc>", "|abc empty-left"},
		{"nothing after the '@'", "<abc@>", "abc| empty-right"},
		{"two '@'", "<a=b@c@d>", "a=b@c|d many-at"},
		{"empty brackets are no identifier", "<a@b> <> < >", "a|b; -empty <>; -empty < >"},
		{"empty brackets alone", "<>", "-empty <>"},
		{"blank", " \r\n ", ""},
		{"only a comment", "(none)", "-comment (none)"},
		{"one bare word may be an identifier", "12223", "12223| no-brackets no-at"},
		{"junk is passed on whole", " PM20008:14:54 AM ", "PM20008:14:54 AM| not-an-id"},
		{"phrase alone, legal in RFC 822", "joe@x's message of \"Fri\"", "joe@x's message of \"Fri\"| not-an-id"},
		{"template not filled in", "<0000@Received: from [192.0.2.1] (x) by mail >", "0000|Received: from [192.0.2.1] (x) by mail blank-removed blank-inside special"},
		{"UTF-8", "<a@\u0441\u0440\u0431>", "a|\u0441\u0440\u0431 eight-bit"},
		{"Latin-1", "<a@\xe4>", "a|\xe4 eight-bit"},
		{"NUL", "<a\x00@b>", "a\x00|b control"},
		{"encoded word is kept, not decoded", "<=?utf-8?q?a=40b?=>", "=?utf-8?q?a=40b?=| no-at encoded-word"},
		{"comment never closed", "(x <a@b>", "a|b maybe-address; -comment-unclosed (; -phrase (x"},
		{"quote never closed outside", "\"x <a@b>", "a|b maybe-address; -phrase \"x"},
		{"comma is special", "<a,b@c>", "a,b|c special"},
		{"brackets of a literal in the wrong place", "<a@[b>", "a|[b special"},
	} {
		ids, defects := parseMessageIDsString(c.in)
		if got := msgidShow(c.in, ids, defects); got != c.want {
			t.Errorf("%s: %q\n got  %s\n want %s", c.why, c.in, got, c.want)
		}
	}
}

// TestParseMessageIDsSpan pins spans and texts for LF and CRLF folding.
func TestParseMessageIDsSpan(t *testing.T) {
	for _, fold := range []string{"\n", "\r\n"} {
		raw := []byte("References: <a@b>" + fold + " <c." + fold + "\td@e>" + fold + "X: <no@no>")
		at := Span{11, bytes.Index(raw, []byte("X:")) - len(fold)}
		ids, defects := ParseMessageIDs(raw, at)
		if len(ids) != 2 || len(defects) != 0 {
			t.Fatalf("got %v %v", ids, defects)
		}
		if got := string(ids[0].Span.Of(raw)); got != "<a@b>" || ids[0].Raw != got {
			t.Errorf("first is %q, raw %q", got, ids[0].Raw)
		}
		if got := string(ids[1].Span.Of(raw)); got != "<c."+fold+"\td@e>" || ids[1].Raw != "<c. d@e>" || ids[1].Value != "c.d@e" {
			t.Errorf("second is %q, raw %q, value %q", got, ids[1].Raw, ids[1].Value)
		}
		if d := ids[1].Defects; len(d) != 1 || string(d[0].Span.Of(raw)) != "c."+fold+"\td@e" {
			t.Errorf("defects %v", d)
		}
	}
}

func TestMessageIDIsID(t *testing.T) {
	for in, want := range map[string]bool{"<a@b>": true, "12223": true, "<abc>": true, "no identifier here": false} {
		ids, _ := parseMessageIDsString(in)
		if len(ids) != 1 || ids[0].IsID() != want {
			t.Errorf("%q: got %v, want %v", in, ids, want)
		}
	}
	if (MessageID{}).IsID() {
		t.Error("the zero value is no identifier")
	}
}

// TestParseMessageIDsMany: thousands of identifiers are read, and a hostile
// field is cut with a defect that says so.
func TestParseMessageIDsMany(t *testing.T) {
	ids, defects := parseMessageIDsString(strings.Repeat("<a@b>\r\n ", 5000))
	if len(ids) != 5000 || len(defects) != 0 {
		t.Errorf("%d identifiers, %d defects", len(ids), len(defects))
	}
	for _, piece := range []string{"<a@b>", "a@b "} {
		in := strings.Repeat(piece, msgidMax+5)
		ids, defects = parseMessageIDsString(in)
		if len(ids) != msgidMax || len(defects) != 1 || defects[0].Code != "msgid.too-many" || len(strings.TrimSpace(string(defects[0].Span.Of([]byte(in))))) != 5*len(piece)-len(piece)+len(strings.TrimSpace(piece)) {
			t.Errorf("%q: %d identifiers, defects %v", piece, len(ids), defects)
		}
	}
}

// TestParseMessageIDsLinear: hostile values cost what their length costs.
func TestParseMessageIDsLinear(t *testing.T) {
	for _, piece := range []string{"(", "<", "<(", "\"", "<\"", "\\\"", "<\"\\", "<a", "<a<b> ", "a ", "(()", "<>", "\"a\"@", "<a(b) ", ",", "@ "} {
		in := strings.Repeat(piece, 1<<19/len(piece))
		for _, text := range []string{in, "<" + in, in + ">", "<\"" + in + "\">"} {
			ids, defects := parseMessageIDsString(text)
			if len(ids) > msgidMax || len(defects) > msgidMax+1 {
				t.Errorf("%q repeated: %d identifiers, %d defects", piece, len(ids), len(defects))
			}
		}
	}
}

func TestParseMessageIDsBadSpan(t *testing.T) {
	raw := []byte("<a@b>")
	for _, at := range []Span{{-5, 100}, {3, 1}, {50, 60}, {-9, -3}, {0, 0}} {
		msgidProperties(t, raw, at)
	}
}

func TestParseMessageIDsAllocs(t *testing.T) {
	raw := []byte(" <CAB+dNsQFJf=Q@mail.example.com>")
	n := testing.AllocsPerRun(100, func() { msgidSink, _ = ParseMessageIDs(raw, Span{0, len(raw)}) })
	if n > 2 { // the text and the list
		t.Errorf("%v allocations", n)
	}
}

// msgidProperties states what holds for every input whatever.
func msgidProperties(t *testing.T, raw []byte, at Span) {
	t.Helper()
	ids, defects := ParseMessageIDs(raw, at)
	again, defectsAgain := ParseMessageIDs(raw, at)
	if !reflect.DeepEqual(ids, again) || !reflect.DeepEqual(defects, defectsAgain) {
		t.Fatalf("%q: two readings differ", raw)
	}
	whole := dateTrim(raw, at)
	end := whole.Start
	for _, id := range ids {
		if !whole.Contains(id.Span) || id.Span.Start < end || id.Span.Empty() || id.Value == "" {
			t.Fatalf("%q: %+v outside %v or not behind %d", raw, id, whole, end)
		}
		end = id.Span.End
		if id.Left+"@"+id.Right != id.Value && id.Left != id.Value {
			t.Fatalf("%q: %q and %q do not make %q", raw, id.Left, id.Right, id.Value)
		}
		if id.Raw != dateUnfold(id.Span.Of(raw)) {
			t.Fatalf("%q: raw %q is not what stands at %v", raw, id.Raw, id.Span)
		}
		msgidInside(t, raw, id.Span, id.Defects)
		if len(id.Defects) == 0 && "<"+id.Value+">" != id.Raw {
			t.Fatalf("%q: value %q without a defect", id.Raw, id.Value)
		}
	}
	msgidInside(t, raw, whole, defects)
	if len(ids) == 0 && len(defects) == 0 && strings.Trim(string(whole.Of(raw)), ", \t\r\n") != "" {
		t.Fatalf("%q: nothing said about it", raw)
	}
}

func msgidInside(t *testing.T, raw []byte, whole Span, defects []Defect) {
	t.Helper()
	for _, d := range defects {
		if !whole.Contains(d.Span) || d.Span.Start > d.Span.End || d.Detail == "" {
			t.Fatalf("%q: defect %v outside %v", raw, d, whole)
		}
	}
}

func FuzzParseMessageIDs(f *testing.F) {
	for _, seed := range []string{
		"<a@b> <c@d>", "<1234   @   local(blah)  .machine .example>", `<"a>b@c"@d>`, "<<a@b>>", `<4."S S"<s@t>>`,
		"a@b, c@d", "Message from Joe <joe@x> of \"Fri\" <a@b>", "<a@b <c@d", "(x(y)) <a@[1.2.3.4]>", "<\r\n\t>",
		"\"a\\\"b\"@c", "<a@\xe4\x00>", "<=?utf-8?q?a?=>", "<(a)b@c(d)>", "junk of words", "<\"", "((", "<a b",
	} {
		f.Add([]byte(seed), 0, len(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte, start, end int) {
		msgidProperties(t, raw, Span{start, end})
	})
}

// TestParseMessageIDsCorpus holds the identifiers of real mail to the same
// properties and expects nearly all of them to be without a defect.
func TestParseMessageIDsCorpus(t *testing.T) {
	total, odd := 0, 0
	for _, path := range corpus.Files(t, "eml") {
		for _, value := range msgidFields(corpus.Read(t, path)) {
			msgidProperties(t, value, Span{0, len(value)})
			total++
			if ids, _ := ParseMessageIDs(value, Span{0, len(value)}); len(ids) == 0 || len(ids[0].Defects) > 0 {
				odd++
			}
		}
	}
	t.Logf("%d fields, %d with defects", total, odd)
	if odd*10 > total {
		t.Errorf("%d of %d fields with defects, more than 10%%", odd, total)
	}
}

// msgidFields is a crude field scanner, independent of the package's own.
func msgidFields(data []byte) (values [][]byte) {
	head, _, _ := bytes.Cut(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	head = bytes.ReplaceAll(bytes.ReplaceAll(head, []byte("\n "), []byte("\r ")), []byte("\n\t"), []byte("\r\t"))
	for _, field := range bytes.Split(head, []byte("\n")) {
		name, value, _ := bytes.Cut(field, []byte(":"))
		switch strings.ToLower(string(name)) {
		case "message-id", "references", "in-reply-to":
			if len(bytes.TrimSpace(value)) > 0 {
				values = append(values, value)
			}
		}
	}
	return values
}

var msgidSink []MessageID

func BenchmarkParseMessageIDs(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"one", " <CAB+dNsQFJf=Q7YtL0Kp@mail.example.com>"},
		{"references50", strings.Repeat(" <20240923140509.GA1234@mail.example.com>\r\n", 50)},
		{"phrase", " Message from Joe <joe@x.example> of \"Fri, 6 Sep\" <a.b@c.example>"},
		{"obsolete", " <1234   @   local(blah)  .machine .example>"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			raw := []byte(bench.text)
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				msgidSink, _ = ParseMessageIDs(raw, Span{0, len(raw)})
			}
		})
	}
}

func ExampleParseMessageIDs() {
	raw := []byte("References: <1@a.example>\r\n <2. x@b.example> 3@c.example\r\n")
	ids, _ := ParseMessageIDs(raw, Span{11, len(raw)})
	for _, id := range ids {
		fmt.Println(id.Value, id.Span, len(id.Defects))
	}
	// Output:
	// 1@a.example {12 25} 0
	// 2.x@b.example {28 44} 1
	// 3@c.example {45 56} 1
}

func ExampleMessageID_IsID() {
	ids, _ := parseMessageIDsString("PM20008:14:54 AM")
	fmt.Println(ids[0].Value, ids[0].IsID())
	// Output: PM20008:14:54 AM false
}

// parseMessageIDsString is [ParseMessageIDs] over a whole string.
func parseMessageIDsString(text string) ([]MessageID, []Defect) {
	return ParseMessageIDs([]byte(text), Span{0, len(text)})
}
