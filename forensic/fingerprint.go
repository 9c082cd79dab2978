package forensic

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/headers"
)

// readFingerprints lists marks that carry no time but link messages of one
// account, installation, server or network.
func (f *facts) readFingerprints() {
	if len(f.memo.ids) > 0 {
		id := &f.memo.ids[0]
		for _, read := range idMarks {
			if kind, value, detail := read(id.Left, id.Right); kind != "" {
				f.addMark(kind, value, detail, markSpan(f.msg.Raw, id.Span, value))
			}
		}
	}
	f.readAccountMarks()
}

func (f *facts) addMark(kind, value, detail string, span headers.Span) {
	f.report.Message.Fingerprints = append(f.report.Message.Fingerprints, report.Fingerprint{Kind: kind, Value: report.Raw(value), Span: span, Detail: detail})
}

// markSpan is where value stands inside at; all of at where it is not written
// so, as an address that is there in hexadecimal.
func markSpan(raw []byte, at headers.Span, value string) headers.Span {
	if i := strings.Index(string(at.Of(raw)), value); i >= 0 {
		return headers.Span{Start: at.Start + i, End: at.Start + i + len(value)}
	}
	return at
}

// idMarks are the marks in Message-IDs, each by the two sides of the "@".
var idMarks = [...]func(left, right string) (kind, value, detail string){
	gmailAccount, outlookLAN, exchangeServer, outlookInstallation, squirrelClient, uuidNode,
}

// gmailAccount: of 374 distinct beginnings "CA" and five characters, 371 stand
// with one sender's address only (measured; the other three are anonymised).
func gmailAccount(left, right string) (kind, value, detail string) {
	if len(left) < 50 || len(left) > 54 || !strings.HasPrefix(left, "CA") || !strings.EqualFold(right, "mail.gmail.com") || !isBase64URL(left) {
		return "", "", ""
	}
	return "gmail.account", left[:7], "the beginning of a Gmail Message-ID, the same in messages of one account as a rule"
}

func isBase64URL(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == '-', c == '+', c == '=':
		default:
			return false
		}
	}
	return true
}

// outlookLAN: Outlook Express, and Outlook up to 2002, end the left side of a
// Message-ID with the computer's IPv4 address, least byte first. Of 336, the
// address stands in a trace line of the same message 85 times in that order
// and never in the other; later versions put a constant there, so that only
// private addresses are taken.
func outlookLAN(left, _ string) (kind, value, detail string) {
	high, ok := dollarHigh(left)
	if !ok || !isFileTimeHigh(high) {
		return "", "", ""
	}
	from, ip := route.OutlookAddress(left)
	if !ip.IsPrivate() && !ip.IsLinkLocalUnicast() || ip.As4()[3] == 0 {
		return "", "", ""
	}
	return "outlook.lan-address", ip.String(), "the address of the sender's computer in its own network, as Outlook Express writes it into the Message-ID (" + left[from:] + ", least byte first)"
}

// exchangeServer: the left side names the mailbox server and the forest, and
// the domain repeats the server.
func exchangeServer(left, right string) (kind, value, detail string) {
	server, rest, ok := strings.Cut(right, ".")
	if !ok || len(server) < 10 || !strings.HasPrefix(left, server) || !strings.HasSuffix(strings.ToLower(rest), ".outlook.com") {
		return "", "", ""
	}
	return "exchange-online.server", server, "the Exchange Online mailbox server on which the message was made"
}

// outlookInstallation: Outlook in internet-only mode writes letters from A to P,
// of which the first twenty are the same for one installation.
func outlookInstallation(left, _ string) (kind, value, detail string) {
	letters, _, ok := strings.Cut(left, ".")
	if !ok || len(letters) != 28 {
		return "", "", ""
	}
	for i := 0; i < len(letters); i++ {
		if letters[i] < 'A' || letters[i] > 'P' {
			return "", "", ""
		}
	}
	return "outlook.installation", letters[:20], "the constant part of an Outlook Message-ID (internet-only mode), the same for one installation"
}

// squirrelClient: number.address.time.squirrel, the address that of the web
// client.
func squirrelClient(left, _ string) (kind, value, detail string) {
	from, to := route.SquirrelAddress(left)
	ip, err := netip.ParseAddr(left[from:to])
	if err != nil {
		return "", "", ""
	}
	return "squirrelmail.client", ip.String(), "the address of the browser that wrote the message, as SquirrelMail puts it into the Message-ID"
}

// uuidNode: a version 1 UUID ends in the network card's address, unless its
// multicast bit says that it is random (RFC 9562 6.10).
func uuidNode(left, _ string) (kind, value, detail string) {
	const size = 36
	for i := 0; i+size <= len(left); i++ {
		u := left[i : i+size]
		if u[8] != '-' || u[13] != '-' || u[14] != '1' || u[18] != '-' || u[23] != '-' || !strings.ContainsRune("89abAB", rune(u[19])) {
			continue
		}
		node, err := strconv.ParseUint(u[24:], 16, 64)
		if err != nil || !isHex(u[:8]+u[9:13]+u[15:18]+u[20:23]) || node>>40&1 == 1 || node == 0 {
			continue
		}
		return "uuid.node", u[24:], "the node of a version 1 UUID: the hardware address of the computer that made it"
	}
	return "", "", ""
}

// readAccountMarks lists the accounts that providers name on trace lines.
func (f *facts) readAccountMarks() {
	for i := range f.route.Hops {
		h := &f.route.Hops[i]
		if h.Submitter == "" || h.Product != "SendGrid" {
			continue
		}
		f.addMark("sendgrid.account", h.Submitter, "the SendGrid account that handed in the message", h.Spans.Submitter)
	}
}
