package headers_test

import (
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// Every field is there, with the bytes it was read from.
func ExampleParse() {
	raw := []byte("From: a@example.org\r\nSubject: one\r\n two\r\nthis is no field\r\nTo: b@example.org\r\n\r\nHello\r\n")
	block := headers.Parse(raw)
	for _, f := range block.Fields {
		fmt.Printf("%s at %d: %q\n", f.Name, f.Span.Start, f.Raw())
	}
	for _, d := range block.Defects {
		fmt.Printf("%s at %d: %q\n", d.Code, d.Span.Start, d.Span.Of(raw))
	}
	fmt.Printf("body %q\n", raw[block.Body():])
	// Output:
	// From at 0: " a@example.org"
	// Subject at 21: " one\r\n two"
	// To at 59: " b@example.org"
	// header.missing-colon at 41: "this is no field\r\n"
	// body "Hello\r\n"
}

// A field that stands twice is listed twice; which one a mail program shows is
// its own choice.
func ExampleBlock_All() {
	block := headers.Parse([]byte("From: one@example.org\nfrom: two@example.org\n\n"))
	for f := range block.All("From") {
		fmt.Printf("%s:%s\n", f.Name, f.Raw())
	}
	first, _ := block.First("From")
	last, _ := block.Last("From")
	fmt.Println(block.Count("From"), string(first.Raw()) == string(last.Raw()))
	// Output:
	// From: one@example.org
	// from: two@example.org
	// 2 false
}

// The header of a MIME part ends at a delimiter line at the latest.
func ExampleParsePart() {
	raw := []byte("--sep\r\nContent-Type: text/plain\r\n--sep--\r\n")
	part := headers.ParsePart(raw, headers.Span{Start: 7, End: len(raw)}, nil, func(line []byte) bool {
		return strings.HasPrefix(string(line), "--sep")
	})
	fmt.Println(len(part.Fields), part.Body(), part.Defects[0].Code)
	// Output: 1 33 header.cut-by-delimiter
}

// The tags of a signature, and what its domain is.
func ExampleField_Tags() {
	block := headers.Parse([]byte("DKIM-Signature: v=1; d=example.org; s=s1;\r\n h=from : to; b=QUJD\r\n REVG\r\n\r\n"))
	f, _ := block.First("DKIM-Signature")
	list := f.Tags()
	domain, _ := list.Get("d")
	signed, _ := list.Get("h")
	signature, _ := list.Get("b")
	fmt.Println(domain.Value, signed.Compact(), signature.Compact())
	// Output: example.org from:to QUJDREVG
}

// What a receiver claims to have found. Nothing of it is checked here.
func ExampleParseAuthResults() {
	raw := []byte("mx.example.org; spf=pass (sender is allowed) smtp.mailfrom=a@example.net; dmarc=fail action=none")
	results := headers.ParseAuthResults(raw, headers.Span{End: len(raw)})
	fmt.Println(results.ServID)
	for _, r := range results.Results {
		fmt.Printf("%s is %s %q\n", r.Method, r.Result, r.Comment)
		for _, p := range r.Props {
			fmt.Printf("  %s = %s\n", p.Name(), p.Value)
		}
	}
	// Output:
	// mx.example.org
	// spf is pass "sender is allowed"
	//   smtp.mailfrom = a@example.net
	// dmarc is fail ""
	//   action = none
}
