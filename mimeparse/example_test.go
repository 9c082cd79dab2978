package mimeparse_test

import (
	"crypto/sha256"
	"fmt"

	"github.com/emlcheck/emlcheck/mimeparse"
)

var mail = []byte(`From: ann@example.org
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

see the file
--b
Content-Type: text/csv; name="numbers.csv"
Content-Transfer-Encoding: base64

MSwyLDMK
--b--
`)

// Walk passes all parts, each with the bytes that it stands in.
func ExampleMessage_Walk() {
	for _, p := range mimeparse.Parse(mail, nil).Walk() {
		fmt.Println(p.Path, p.ContentType, p.Body)
	}
	// Output:
	// 1 multipart/mixed {65 205}
	// 1.1 text/plain {95 107}
	// 1.2 text/csv {190 198}
}

// An attachment is decoded piece by piece; a digest needs no memory for it.
func ExamplePart_WriteTo() {
	for _, p := range mimeparse.Parse(mail, nil).Walk() {
		if !p.IsAttachment() {
			continue
		}
		h := sha256.New()
		n, err := p.WriteTo(h)
		fmt.Printf("%s %d %x %v\n", p.Filename(), n, h.Sum(nil), err)
	}
	// Output:
	// numbers.csv 6 7a8988e95e356e2b5b8fecf5e31f7c2e7e8fb44a5cd9d89ebb0d1e60b1f5c689 <nil>
}

// Text is UTF-8, whatever the charset of the part.
func ExamplePart_Text() {
	m := mimeparse.Parse([]byte("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\ncaf=E9\n"), nil)
	text, _, defects := m.Root().Text(0)
	fmt.Printf("%q %d\n", text, len(defects))
	// Output: "café\n" 0
}

// A bent message has another tree in the eyes of another reader.
func ExampleReading() {
	raw := []byte("Content-Type: text/plain\nContent-Type: text/html\n\n<p>\n")
	for _, last := range []bool{false, true} {
		m := mimeparse.Parse(raw, &mimeparse.Options{Reading: mimeparse.Reading{LastField: last}})
		fmt.Println(m.Root().ContentType, m.Root().Defects[0].Code)
	}
	// Output:
	// text/plain mime.duplicate-field
	// text/html mime.duplicate-field
}
