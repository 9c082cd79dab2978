package route

import (
	"bytes"
	"net/netip"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// clientLAN files a private address that a hop's client has or names itself
// by: a machine behind an address translator tells its own in HELO.
func (t *tracer) clientLAN(h *Hop) {
	if h.Author == Receiver && h.Class != Submission && h.Class != MAPI {
		return // of the recipient's network, not of the sender's
	}
	if a := h.helo().addr; a.IsValid() && reachOf(a) == reachPrivate {
		t.lan(h.Name, h.HELO, h.Spans.HELO, a)
	}
	if (h.Class == Submission || h.Class == MAPI) && reachOf(h.IP) == reachPrivate {
		t.lan(h.Name, h.IPText, h.Spans.IP, h.IP)
	}
}

func (t *tracer) lan(field, text string, at headers.Span, a netip.Addr) {
	if len(t.r.Origin.LAN) >= maxSupport {
		return
	}
	for _, s := range t.r.Origin.LAN {
		if s.Span == at || literal(s.Text) == a.Unmap() {
			return
		}
	}
	t.r.Origin.LAN = append(t.r.Origin.LAN, Support{Field: field, Text: strings.Trim(text, "[]"), Span: at, Agrees: true})
}

// messageID looks for an address in the Message-ID: Outlook Express and
// Outlook up to 2002 end the left part with the sender's own address, lowest
// octet first (of 336 real ones 85 were named so by a Received line, none the
// other way round; 254 were private); SquirrelMail writes its client's address;
// other programs use the host's address as the domain.
func (t *tracer) messageID(f *headers.Field) {
	if b := f.Raw(); bytes.IndexByte(b, '$') < 0 && bytes.IndexByte(b, '[') < 0 && !bytes.Contains(b, squirrelMark) {
		return // most
	}
	raw := string(f.Raw())
	left, right, ok := strings.Cut(raw, "@")
	if !ok {
		return
	}
	start := strings.IndexByte(left, '<') + 1
	if from, ip := OutlookAddress(left[start:]); ip.IsValid() {
		at := headers.Span{Start: start + from, End: len(left)}
		if reachOf(ip) == reachPrivate {
			t.lan(f.Name, ip.String(), at.Shift(f.Value.Start), ip)
		}
	}
	if from, to := SquirrelAddress(left[start:]); to > from {
		t.address(f, raw, headers.Span{Start: start + from, End: start + to})
	}
	if i := strings.IndexByte(right, ']'); i > 0 && right[0] == '[' && reachOf(literal(right[:i])) == reachPrivate {
		at := headers.Span{Start: len(left) + 2, End: len(left) + 1 + i}
		t.lan(f.Name, raw[at.Start:at.End], at.Shift(f.Value.Start), literal(right[:i]))
	}
}

var squirrelMark = []byte(".squirrel")

// OutlookAddress reads the address that ends the left side of a Message-ID of
// Outlook's, "000801c2a5f0$4d5a1c80$0500a8c0": counter, the two halves of a
// FILETIME of 1990 to 2030, the address. Its digits begin at from; ip is not
// valid where there is none.
func OutlookAddress(left string) (from int, ip netip.Addr) {
	if len(left) < 30 || len(left) > 32 || left[len(left)-9] != '$' || left[len(left)-18] != '$' {
		return 0, ip
	}
	head := left[:len(left)-18]
	if !anyHexSet.all(head) || !anyHexSet.all(left[len(left)-17:len(left)-9]) || !strings.HasPrefix(head[len(head)-8:], "01") {
		return 0, ip
	}
	v, err := strconv.ParseUint(left[len(left)-8:], 16, 32)
	if err != nil {
		return 0, ip
	}
	return len(left) - 8, netip.AddrFrom4([4]byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)})
}

// SquirrelAddress reads where the client's address stands in the left side of a
// Message-ID of SquirrelMail's, "1234.192.0.2.5.1020304050.squirrel"; from and
// to are 0 where there is none.
func SquirrelAddress(left string) (from, to int) {
	body, ok := strings.CutSuffix(left, ".squirrel")
	if !ok {
		return 0, 0
	}
	from = strings.IndexByte(body, '.') + 1
	to = strings.LastIndexByte(body, '.')
	if from <= 0 || to <= from || !literal(body[from:to]).IsValid() {
		return 0, 0
	}
	return from, to
}
