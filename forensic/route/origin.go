package route

import (
	"net/netip"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// origin finds where the message entered mail transport: the oldest hop that
// says anything about its client.
func (t *tracer) origin() {
	o := &t.r.Origin
	for i := range t.r.Hops {
		h := &t.r.Hops[i]
		if h.Class == Retrieval || h.Class == Store && len(t.r.Hops) > 1 {
			continue
		}
		if account, host := accountOf(h), hostOf(h); account != "" || host != "" || h.IP.IsValid() {
			o.Hop, o.IP, o.Host, o.Account = i, h.IP, host, account
			break
		}
	}
	t.support()
}

// accountOf is who the message was taken in from.
func accountOf(h *Hop) string {
	if h.AuthenticatedAs != "" {
		return h.AuthenticatedAs
	}
	return h.Submitter
}

// hostOf is the client's name: that found for its address, else its own word.
func hostOf(h *Hop) string {
	switch {
	case h.RDNS != "":
		return h.RDNS
	case h.HELO != "":
		return h.HELO
	case h.From != h.Submitter && isHost(h.From):
		return h.From
	}
	return ""
}

// supportFields are the fields in which hosts on the way state the client's
// address or account, and the marks behind which it stands; without a mark the
// address begins the value.
var supportFields = [...]struct {
	name  string
	marks []string
}{
	{"X-Originating-IP", nil},
	{"X-Sender-IP", nil},
	{"X-SenderIP", nil},
	{"X-Source-IP", nil},
	{"X-Real-IP", nil},
	{"X-Client-IP", nil},
	{"X-Remote-IP", nil},
	{"X-AOL-IP", nil},
	{"X-EIP", nil},
	{"X-Original-IP", nil},
	{"X-Originating-Client-IP", nil},
	{"X-Webmail-Client-IP", nil},
	{"X-Authenticated-IP", nil},
	{"X-PHP-Script", []string{" for "}},
	{"X-Forefront-Antispam-Report", []string{"CIP:"}},
	{"X-Microsoft-Antispam", []string{"CIP:"}},
	{"Received-SPF", []string{"client-ip="}},
	{"Authentication-Results", []string{"sender IP is ", "smtp.remote-ip=", "policy.iprev="}},
	{"ARC-Authentication-Results", []string{"sender ip is ", "sender IP is ", "smtp.remote-ip=", "policy.iprev="}},
	{"NNTP-Posting-Host", nil},
	{"X-Trace", nil},
}

// accountFields are those in which a host states the account that sent.
var accountFields = [...]string{
	"X-PHP-Originating-Script", "X-Get-Message-Sender-Via", "X-Authenticated-Sender", "X-Authenticated-User",
	"X-AuthUser", "X-Auth-ID", "X-Sender-ID", "X-SG-User", "X-Authentication-Warning",
}

// maxSupport bounds the statements that are listed.
const maxSupport = 100

// support lists what else in the header states the client's address.
func (t *tracer) support() {
	for i := range t.block.Fields {
		f := &t.block.Fields[i]
		if len(f.Name) < 5 || len(t.r.Origin.Corroboration)+len(t.r.Origin.LAN) >= maxSupport {
			continue
		}
		switch f.Name[0] | 0x20 {
		case 'r':
			if len(f.Name) == len("Received-SPF") {
				t.supportField(f)
			}
		case 'x', 'a', 'n':
			t.supportField(f)
		case 'm':
			if f.Is("Message-ID") {
				t.messageID(f)
			}
		}
	}
	for i := range t.r.Hops {
		t.clientLAN(&t.r.Hops[i])
	}
}

func (t *tracer) supportField(f *headers.Field) {
	for i := range supportFields {
		s := &supportFields[i]
		if !f.Is(s.name) {
			continue
		}
		raw := string(f.Raw())
		if len(s.marks) == 0 {
			t.address(f, raw, firstAddress(raw, 0))
		}
		for _, m := range s.marks {
			if k := strings.Index(raw, m); k >= 0 {
				t.address(f, raw, addressAt(raw, k+len(m)))
			}
		}
		return
	}
	for _, name := range accountFields {
		if f.Is(name) {
			t.account(f)
			return
		}
	}
}

// address files one address found in a field, whose value is raw.
func (t *tracer) address(f *headers.Field, raw string, at headers.Span) {
	text := raw[at.Start:at.End]
	ip := literal(text)
	if !ip.IsValid() {
		return
	}
	s := Support{Field: f.Name, Text: text, Span: at.Shift(f.Value.Start), Agrees: t.seen(ip)}
	switch reachOf(ip) {
	case reachPrivate:
		s.Agrees = true
		t.r.Origin.LAN = append(t.r.Origin.LAN, s)
	case reachPublic:
		t.r.Origin.Corroboration = append(t.r.Origin.Corroboration, s)
	}
}

// seen reports whether a hop of the chain had a client with the address. Where
// no hop states any address there is nothing to contradict.
func (t *tracer) seen(ip netip.Addr) bool {
	any := false
	for i := range t.r.Hops {
		own := t.r.Hops[i].IP.Unmap().WithZone("")
		if own == ip.WithZone("") {
			return true
		}
		any = any || own.IsValid()
	}
	return !any
}

// account files a statement about the account. The texts of two programs about
// one account differ too much to find a contradiction.
func (t *tracer) account(f *headers.Field) {
	raw := string(f.Raw())
	text := strings.TrimSpace(raw)
	if text == "" {
		return
	}
	start := f.Value.Start + strings.Index(raw, text)
	t.r.Origin.Corroboration = append(t.r.Origin.Corroboration,
		Support{Field: f.Name, Text: text, Span: headers.Span{Start: start, End: start + len(text)}, Agrees: true})
}

// firstAddress finds the first word of s from i on that is an address.
func firstAddress(s string, i int) headers.Span {
	for i < len(s) {
		for i < len(s) && !isAddressByte(s[i]) {
			i++
		}
		if at := addressAt(s, i); at.End > at.Start {
			return at
		}
		for i < len(s) && isAddressByte(s[i]) {
			i++
		}
	}
	return headers.Span{}
}

// addressAt is the address that begins at s[i], brackets aside.
func addressAt(s string, i int) headers.Span {
	for i < len(s) && (s[i] == '[' || s[i] == ' ' || s[i] == '"') {
		i++
	}
	end := i
	for end < len(s) && isAddressByte(s[end]) {
		end++
	}
	for end > i && (s[end-1] == '.' || s[end-1] == ':') && s[max(i, end-2)] != ':' {
		end--
	}
	if !literal(s[i:end]).IsValid() {
		return headers.Span{}
	}
	return headers.Span{Start: i, End: end}
}

// isAddressByte: letters up to z keep a name from being read as an address.
func isAddressByte(c byte) bool {
	return c == '.' || c == ':' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '-' || c == '_'
}
