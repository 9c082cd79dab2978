package smime

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// fitsText is a check against the digest of a text.
func fitsText(want string) func(pieces) bool {
	sum := sha256.Sum256([]byte(want))
	return func(in pieces) bool {
		h := sha256.New()
		for p := range in {
			h.Write(p)
		}
		return [32]byte(h.Sum(nil)) == sum
	}
}

// clearOf is a message whose first part is the text.
func clearOf(text string) entity {
	m := mimeparse.Parse([]byte("Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n"+text+"\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n--b--\r\n"), nil)
	return entityOf(m, m.Parts[1])
}

const signedText = "Content-Type: text/plain;\r\n\tcharset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDear Ben,\r\nFrom here on\r\n.hidden\r\nGr\xc3\xbc\xc3\x9fe = Ada\r\n"

// Each change that transport makes is recognised, and named.
func TestExplain(t *testing.T) {
	replace := func(old, new string) string { return strings.Replace(signedText, old, new, 1) }
	for _, c := range []struct{ code, now, detail string }{
		{"from-quoted", replace("From here", ">From here"), "1 line"},
		{"final-line-break", strings.TrimSuffix(signedText, "\r\n"), "added"},
		{"final-line-break", signedText + "\r\n\r\n", "2 line ends"},
		{"footer", signedText + "--\r\nThis list\r\nis free\r\n", "last 3 lines"},
		{"lines-inserted", replace("Dear", "External mail!\r\n\r\nDear"), "first 2 lines"},
		{"dot-stuffed", replace(".hidden", "..hidden"), "one dot"},
		{"header-added", "X-Scanned: yes\r\n" + signedText, `"X-Scanned"`},
		{"header-added", replace("\r\n\r\n", "\r\nX-Long: a\r\n b\r\n\r\n"), `"X-Long"`},
		{"header-folded", replace(";\r\n\t", ";\r\n "), "tab instead of a blank"},
		{"blanks-added", replace("Ben,", "Ben,  "), "ends of lines"},
		{"encoded-anew", "Content-Type: text/plain;\r\n\tcharset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDear Ben,\r\n=46rom here on\r\n.hidden\r\nGr=C3=BC=C3=9Fe =3D Ada\r\n", `"8bit"`},
		{"encoded-anew", "Content-Type: text/plain;\r\n\tcharset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nRGVhciBCZW4sDQpGcm9tIGhlcmUgb24NCi5oaWRkZW4NCkdyw7zDn2UgPSBBZGENCg==\r\n", `"8bit"`},
	} {
		e := clearOf(c.now)
		h, ok := explain(&e, nil, 0, fitsText(signedText))
		if !ok || h.Code != c.code || !strings.Contains(h.Detail, c.detail) {
			t.Errorf("%s: %+v, %v", c.code, h, ok)
		}
	}
}

// A footer inside the first text of a multipart is found, too.
func TestExplainFooterInside(t *testing.T) {
	whole := "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHello\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Hello\r\n--x--\r\n"
	for _, now := range []string{strings.Replace(whole, "Hello\r\n\r\n", "Hello\r\n--\r\nlist\r\n\r\n", 1), strings.Replace(whole, "<p>Hello", "<p>Hello\r\n<hr>\r\nlist", 1)} {
		e := clearOf(now)
		if h, ok := explain(&e, nil, 0, fitsText(whole)); !ok || h.Code != "footer" || !strings.Contains(h.Detail, "last 2 lines") || !strings.Contains(h.Detail, "part 1.") {
			t.Errorf("%q: %+v, %v", now, h, ok)
		}
	}
}

// Another text is explained by nothing, and neither is a change in it.
func TestExplainForgery(t *testing.T) {
	for _, now := range []string{strings.Replace(signedText, "Ben", "Bob", 1), "Content-Type: text/plain\r\n\r\n", "", strings.ToUpper(signedText)} {
		e := clearOf(now)
		if h, ok := explain(&e, nil, 0, fitsText(signedText)); ok {
			t.Errorf("%q: %+v", now, h)
		}
	}
}

// A dot that was lost stands here without one in front of another.
func TestExplainDotLost(t *testing.T) {
	want := strings.Replace(signedText, ".hidden", "..hidden", 1)
	e := clearOf(signedText)
	if h, ok := explain(&e, nil, 0, fitsText(want)); !ok || h.Code != "dot-lost" {
		t.Errorf("%+v, %v", h, ok)
	}
}

// The search is bounded: what is too large is not searched at all, and many
// lines and fields are not tried for ever.
func TestExplainBounds(t *testing.T) {
	tried, bytes := 0, 0
	never := func(in pieces) bool {
		tried++
		for p := range in {
			bytes += len(p)
		}
		return false
	}
	e := clearOf("Content-Type: text/plain\r\n" + strings.Repeat("X-Field: x\r\n", 1000) + "\r\n" + strings.Repeat("line\r\n", 300_000))
	if _, ok := explain(&e, nil, 0, never); ok || bytes > repairWork*workUnit || tried > repairWork {
		t.Errorf("%d variants of %d bytes", tried, bytes)
	}
	tried = 0
	e = clearOf("Content-Type: text/plain\r\n\r\n" + strings.Repeat("x", repairLimit) + "\r\n")
	if _, ok := explain(&e, nil, 0, never); ok || tried != 0 {
		t.Errorf("%d variants of an entity beyond the limit", tried)
	}
}

func FuzzExplain(f *testing.F) {
	f.Add(signedText)
	f.Add("\r\n")
	f.Add(">From \r\n\r\n>From \r\n..\r\n \r\n")
	f.Add("Content-Transfer-Encoding: base64\r\n\r\nQUJD")
	f.Fuzz(func(t *testing.T, text string) {
		e := clearOf(text)
		seen := 0
		explain(&e, nil, 0, func(in pieces) bool {
			for p := range in {
				if len(p) == 0 {
					t.Error("an empty piece")
				}
			}
			seen++
			return seen > 500
		})
	})
}
