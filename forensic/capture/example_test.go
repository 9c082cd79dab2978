package capture_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/emlcheck/emlcheck/forensic/capture"
)

// The messages that crossed the wire, with their envelopes.
func ExampleOpen() {
	ctx := context.Background()
	c, err := capture.Open(ctx, "../../testdata/captures/session.pcap", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	for conn, err := range c.Connections(ctx) {
		if err != nil {
			log.Fatal(err)
		}
		for _, t := range conn.Transactions {
			fmt.Println(conn.Conn, t.Status, *t.MailFrom, t.SHA256[:12])
			for _, r := range t.Rcpt {
				fmt.Println("  ", r.Address, *r.Code)
			}
			fmt.Println("   not named in the header:", t.Bcc)
		}
	}
	// Output:
	// 0 accepted ann@example.org cadd48545504
	//    bob@example.net 250
	//    carol@example.net 250
	//    not named in the header: [carol@example.net]
	// 1 accepted news@example.com 8c299a4e24b4
	//    bob@example.net 250
	//    not named in the header: []
}

// Is a saved message the one that crossed the wire?
func ExampleOptions_saved() {
	ctx := context.Background()
	saved, err := os.ReadFile("../../testdata/captures/figures.eml")
	if err != nil {
		log.Fatal(err)
	}
	opt := &capture.Options{NoReports: true, Saved: []capture.Saved{{Path: "figures.eml", Octets: saved}}}
	c, err := capture.Open(ctx, "../../testdata/captures/session.pcap", opt)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	for conn, err := range c.Connections(ctx) {
		if err != nil {
			log.Fatal(err)
		}
		for _, t := range conn.Transactions {
			for _, m := range t.Matches {
				fmt.Println(m.Path, m.Verdict, m.Added)
			}
		}
	}
	// Output:
	// figures.eml identical-but-added-fields [Return-Path Received]
}
