package tnef_test

import (
	"fmt"

	"github.com/emlcheck/emlcheck/mimeparse/internal/tnef"
)

// A winmail.dat of one file, a.txt.
var winmail = []byte("\x78\x9f\x3e\x22\x01\x00" +
	"\x02\x02\x90\x06\x00\x0e\x00\x00\x00\x01\x00\xff\xff\xff\xff\x20\x00\x20\x00\x00\x00\x00\x00\x3d\x04" +
	"\x02\x10\x80\x01\x00\x06\x00\x00\x00a.txt\x00\xef\x01" +
	"\x02\x0f\x80\x06\x00\x05\x00\x00\x00hello\x14\x02")

func ExampleParse() {
	m, err := tnef.Parse(winmail, tnef.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range m.Attachments {
		fmt.Printf("%s: %s at %d to %d\n", a.Name.Value, a.Data.Of(winmail), a.Data.Start, a.Data.End)
	}
	// Output: a.txt: hello at 57 to 62
}

func ExampleMessage_AllDefects() {
	m, _ := tnef.Parse(winmail[:60], tnef.Limits{})
	for d := range m.AllDefects() {
		fmt.Println(d.Code, d.Span.Start, d.Span.End)
	}
	fmt.Printf("%s\n", m.Attachments[0].Data.Of(winmail))
	// Output:
	// tnef.truncated 48 60
	// hel
}

func ExampleIs() {
	fmt.Println(tnef.Is(winmail), tnef.Is([]byte("PK\x03\x04")))
	// Output: true false
}

func ExampleDecompressRTF() {
	body := []byte("\x1a\x00\x00\x00\x1c\x00\x00\x00LZFu\xe2\xd4\x4b\x51\x41\x00\x04 WXYZ\x0dn}\x01\x0e\xb0")
	text, defects, err := tnef.DecompressRTF(body, 1<<20)
	fmt.Printf("%s %v %v\n", text, defects, err)
	// Output: {\rtf1 WXYZWXYZWXYZWXYZWXYZ} [] <nil>
}
