package capture

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// comparison holds a message against its envelope and the clock of the capture.
type comparison struct {
	tx     *dialog.Transaction
	client netip.Addr
	header *headers.Block
	found  []finding
	bcc    []string
}

const (
	// ahead and behind are by how much a Date may lie after and before the moment its message
	// was on the wire: clocks are wrong by minutes, and mail waits for hours.
	ahead, behind = 10 * time.Minute, 24 * time.Hour
)

func (c *comparison) compare() {
	if c.header == nil || c.brokenHeader() {
		return
	}
	c.date()
	if c.tx.Mode != "DATA" && c.tx.Mode != "BDAT" {
		return
	}
	c.blind()
	c.sender()
	c.received()
	c.messageID()
}

// brokenHeader reports whether part of the header is missing.
func (c *comparison) brokenHeader() bool {
	b := c.tx.Body
	if b.Headless() || len(c.header.Fields) == 0 {
		return true
	}
	for _, g := range b.Gaps() {
		if g.Offset < int64(c.header.Span.End) {
			return true
		}
	}
	return false
}

// addresses are those of all fields of the names.
func (c *comparison) addresses(names ...string) (out []string, span [2]int64, ok bool) {
	for i := range c.header.Fields {
		f := &c.header.Fields[i]
		for _, n := range names {
			if !f.Is(n) {
				continue
			}
			if !ok {
				span = [2]int64{int64(f.Span.Start), int64(f.Span.End)}
			}
			ok = true
			list := f.Addresses()
			for k := range list.Addresses {
				out = append(out, string(list.Addresses[k].Address))
			}
		}
	}
	return out, span, ok
}

func contains(list []string, address string) bool {
	for _, a := range list {
		if sameAddress(a, address) {
			return true
		}
	}
	return false
}

// blind finds accepted recipients that the header does not name.
func (c *comparison) blind() {
	named, _, _ := c.addresses("To", "Cc", "Resent-To", "Resent-Cc", "Apparently-To")
	for i := range c.tx.Recipients {
		r := &c.tx.Recipients[i]
		if r.Accepted() && !contains(named, r.Address) && !contains(c.bcc, r.Address) {
			c.bcc = append(c.bcc, r.Address)
		}
	}
	if len(c.bcc) > 0 {
		c.add(finding{id: "bcc", detail: fmt.Sprintf("%d of %d recipients: %s", len(c.bcc), len(c.tx.Recipients), quoteList(c.bcc))})
	}
}

func quoteList(list []string) string {
	const most = 10
	var b strings.Builder
	for i, a := range list {
		if i == most {
			fmt.Fprintf(&b, " and %d more", len(list)-most)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(rawtext.Visible(a))
	}
	return b.String()
}

func (c *comparison) add(f finding) { c.found = append(c.found, f) }

// sender holds MAIL FROM against the header. The null sender is that of reports,
// which have an author nevertheless.
func (c *comparison) sender() {
	from := c.tx.From
	if from == nil || *from == "" {
		return
	}
	named, span, ok := c.addresses("From", "Sender", "Return-Path", "Resent-From", "Resent-Sender")
	if ok && !contains(named, *from) {
		c.add(finding{
			id: "envelope-from-mismatch", spans: [][2]int64{span},
			detail: "MAIL FROM is " + rawtext.Visible(*from) + ", the header names " + quoteList(named),
		})
	}
}

// wire is when the message's first octet was captured.
func (c *comparison) wire() time.Time { return c.tx.Data.Time }

// date holds the Date field against the clock of the capture. A message that is
// fetched may be as old as it likes, but not younger.
func (c *comparison) date() {
	f, ok := c.header.First("Date")
	wire := c.wire()
	if !ok || wire.IsZero() {
		return
	}
	d := f.Date()
	if !d.OK || d.Zone != headers.ZoneStated {
		return
	}
	skew := d.Time.Sub(wire)
	sent := c.tx.Mode == "DATA" || c.tx.Mode == "BDAT"
	if skew <= ahead && (skew >= -behind || !sent) {
		return
	}
	h := finding{
		id: "date-skew", spans: [][2]int64{{int64(f.Span.Start), int64(f.Span.End)}}, places: []Place{place(dialog.Client, dialog.Place{Mark: c.tx.Data, Len: 1}, -1)},
		detail: "Date is " + signed(skew) + " seconds from the first octet on the wire, " + string(stamp(wire)),
	}
	if skew < 0 {
		h.severity = report.Low // a queue explains it
	}
	c.add(h)
}

func signed(d time.Duration) string {
	s := int64(d / time.Second)
	if s > 0 {
		return "+" + strconv.FormatInt(s, 10)
	}
	return strconv.FormatInt(s, 10)
}

// received holds the newest trace line, which the client wrote, against the clock
// of the capture: nothing was received after it was passed on.
func (c *comparison) received() {
	f, ok := c.header.First("Received")
	wire := c.wire()
	if !ok || wire.IsZero() {
		return
	}
	r := f.Received()
	if !r.Date.OK || r.Date.Zone != headers.ZoneStated {
		return
	}
	if skew := r.Date.Time.Sub(wire); skew > ahead {
		c.add(finding{
			id: "received-mismatch", spans: [][2]int64{{int64(f.Span.Start), int64(f.Span.End)}},
			detail: "the newest Received line is " + signed(skew) + " seconds later than the first octet on the wire, " + string(stamp(wire)),
		})
	}
}

// messageID holds the domain of the Message-ID against those that are named.
func (c *comparison) messageID() {
	f, ok := c.header.First("Message-ID")
	if !ok {
		return
	}
	ids, _ := f.MessageIDs()
	if len(ids) == 0 || ids[0].Right == "" {
		return
	}
	host := strings.ToLower(ids[0].Right)
	authors, _, _ := c.addresses("From", "Sender")
	known := append(authors, c.tx.HELO)
	if c.tx.From != nil {
		known = append(known, *c.tx.From)
	}
	for _, k := range known {
		if org := domain.Org(domainOf(k)); org != "" && org == domain.Org(host) {
			return
		}
	}
	c.add(finding{
		id: "message-id-domain", spans: [][2]int64{{int64(f.Span.Start), int64(f.Span.End)}},
		detail: "the Message-ID is of " + rawtext.Visible(host) + ", the sender and the client are of " + quoteList(domains(known)),
	})
}

func domains(addresses []string) (out []string) {
	for _, a := range addresses {
		if d := domainOf(a); d != "" && !contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// sameAddress compares addresses as mail servers do, as a rule: without case.
func sameAddress(a, b string) bool {
	return a != "" && strings.EqualFold(strings.TrimSuffix(a, "."), strings.TrimSuffix(b, "."))
}

func domainOf(address string) string {
	i := strings.LastIndexByte(address, '@')
	return strings.ToLower(strings.TrimSuffix(address[i+1:], "."))
}
