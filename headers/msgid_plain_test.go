package headers

import (
	"reflect"
	"testing"
)

// FuzzMessageIDPlain: where the quick reader of one identifier reads, it reads
// the same as the one of every form, also behind a phrase.
func FuzzMessageIDPlain(f *testing.F) {
	for _, seed := range []string{
		"<a@b>", "<a@b><c@d>", "<a@b>>", "<<a@b>", "<a@b@c>", "<@b>", "<a@>", "<a>", "<a b@c>", "<a?@b>", "<=?x?q?y?=@b>", "<a@[b]>", "<\"a\"@b>", "<a(b)@c>",
		"Message from Ann <a@b>", "<a@b", "<a\r\n@b>", "<\xe4@b>", "<a@b>\x00", "<a@b,c@d>", "<a\x00@b>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for pos := range len(text) {
			if text[pos] != '<' {
				continue
			}
			quick := msgidScanner{text: text, base: 7, pos: pos}
			if pos > 0 {
				quick.note("msgid.phrase", 0, pos, "text that is no identifier")
			}
			slow := quick
			if !quick.plain() {
				continue
			}
			if slow.bracketed(); !reflect.DeepEqual(quick, slow) {
				t.Errorf("%q at %d:\n got %+v\nwant %+v", text, pos, quick, slow)
			}
		}
	})
}
