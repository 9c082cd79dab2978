package headers_test

import (
	"fmt"

	"github.com/emlcheck/emlcheck/headers"
)

func ExampleParseAddresses() {
	raw := []byte("To: \"Doe, Jane\" <jane@example.com>, bob@example.org (Bob)\r\n")
	list := headers.ParseAddresses(raw, headers.Span{Start: 3, End: len(raw) - 2})
	for _, a := range list.Addresses {
		fmt.Printf("%s: %s at %d\n", a.Name, a.Address, a.Span.Start)
	}
	for _, d := range list.Defects {
		fmt.Println(d.Code, string(d.Span.Of(raw)))
	}
	// Output:
	// Doe, Jane: jane@example.com at 4
	// Bob: bob@example.org at 36
	// address.name-in-comment (Bob)
}

// A name that is itself an address is a name: only the brackets say who wrote.
func ExampleAddress() {
	raw := []byte("ceo@bank.example <x7@mail.example>")
	a := headers.ParseAddresses(raw, headers.Span{End: len(raw)}).Addresses[0]
	fmt.Println("name", a.Name)
	fmt.Println("address", a.Local, a.Domain)
	for _, d := range a.Defects {
		fmt.Printf("%s %q\n", d.Code, d.Span.Of(raw))
	}
	// Output:
	// name ceo@bank.example
	// address x7 mail.example
	// address.unquoted-special "@"
	// address.obsolete-phrase "."
}

func ExampleGroup() {
	raw := []byte("Team: ann@example.com, bob@example.com;, undisclosed-recipients:;")
	list := headers.ParseAddresses(raw, headers.Span{End: len(raw)})
	for _, g := range list.Groups {
		fmt.Println(g.Name, g.Empty, g.Span)
	}
	for _, a := range list.Addresses {
		fmt.Println(a.Group, a.Address)
	}
	// Output:
	// Team false {0 39}
	// undisclosed-recipients true {41 65}
	// Team ann@example.com
	// Team bob@example.com
}

// An unquoted comma cuts a name in two. Nothing is dropped: the first half is
// an entry without an address.
func ExampleAddressList() {
	raw := []byte("Doe, Jane <jane@example.com>")
	for _, a := range headers.ParseAddresses(raw, headers.Span{End: len(raw)}).Addresses {
		fmt.Printf("%q %q %d\n", a.Name, a.Address, len(a.Defects))
	}
	// Output:
	// "Doe" "" 1
	// "Jane" "jane@example.com" 0
}
