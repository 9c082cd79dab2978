// Whosent prints who sent which message to whom over the connections of network captures, or in
// transcripts of mail sessions, with the digest of each message.
package main

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/emlcheck/emlcheck/forensic/capture"
)

func main() {
	for _, path := range os.Args[1:] {
		if err := show(context.Background(), path); err != nil {
			fmt.Fprintln(os.Stderr, "whosent:", path, err)
			os.Exit(1)
		}
	}
}

func show(ctx context.Context, path string) error {
	c, err := capture.Open(ctx, path, nil)
	if err != nil {
		return err
	}
	defer c.Close()
	for conn, err := range c.Connections(ctx) {
		if err != nil {
			return err
		}
		fmt.Printf("connection %d, %s, from %s, time %s\n", conn.Conn, conn.Protocol, cmp.Or(conn.Client, "not stated"), cmp.Or(conn.Started, "not stated"))
		for i := range conn.Transactions {
			message(&conn.Transactions[i])
		}
	}
	return nil
}

func message(t *capture.Transaction) {
	from := "not seen"
	if t.MailFrom != nil {
		from = "<" + *t.MailFrom + ">"
	}
	fmt.Printf("  message %d from %s: %s\n", t.Tx, from, t.Status)
	for _, r := range t.Rcpt {
		code := "no reply captured"
		if r.Code != nil {
			code = fmt.Sprint(*r.Code)
		}
		fmt.Printf("    to <%s>: %s\n", r.Address, code)
	}
	if t.Complete {
		fmt.Printf("    sha256 %s\n", t.SHA256)
	} else if len(t.Gaps) > 0 {
		fmt.Printf("    not whole, missing [offset length]: %v\n", t.Gaps)
	}
}
