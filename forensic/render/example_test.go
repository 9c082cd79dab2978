package render_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/headers"
)

const message = "From: Alice <alice@example.org>\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\nHi\n"

func ExampleNew() {
	p, err := render.New("text", os.Stdout, &render.Options{Spans: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := forensic.Analyze(context.Background(), strings.NewReader(message), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	r.Findings = nil // shortens the example
	if err := p.Report(r); err != nil {
		fmt.Println(err)
	}
	if err := p.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// - #0 @0: eml, 73 bytes, LF line breaks
	// sha256 bc1c6d57d0ca829e57c232e0785c202c87ac46279f05dd7c05e53fae4dfce384
	// [start-end] are bytes of the file, end exclusive: dd if=FILE bs=1 skip=START count=END-START
	//
	// From         "Alice" <alice@example.org> [6-31]
	// To           no address in To, Cc or Bcc
	// Date         no Date field
	// Subject      "Grüße" [40-68]
	// Message-ID   no Message-ID field, or no identifier in it
	//
	// Route        no Received field: the message does not say how it came
	//
	// Parts        1
	//   1          text/plain (not declared), 3 bytes, detected text/plain [70-73]
	//              sha256 c01a4cfa25cb895cdd0bb25181ba9c1622e93895a6de6f533a7299f70d6b0cfb
	//
	// Findings     none
	//
	// Defects      none
}

func ExampleNewHeaders() {
	r, err := forensic.Analyze(context.Background(), strings.NewReader(message), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := render.NewHeaders("text", os.Stdout, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := p.Headers(r, headers.Parse([]byte(message))); err != nil {
		fmt.Println(err)
	}
	// Output:
	// - #0 @0: eml, 73 bytes, LF line breaks
	// sha256 bc1c6d57d0ca829e57c232e0785c202c87ac46279f05dd7c05e53fae4dfce384
	//
	// From: Alice <alice@example.org>
	// Subject: Grüße
}

func ExampleVisible() {
	fmt.Println(render.Visible("invoice\u202efdp.exe\n", true))
	// Output:
	// invoice\u202Efdp.exe\n
}
