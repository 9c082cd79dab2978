package route

import (
	"net/netip"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// bare is a host name as it is compared: without brackets and a final dot.
func bare(host string) string {
	host = unbracket(host)
	for host != "" && host[len(host)-1] == '.' {
		host = host[:len(host)-1]
	}
	return host
}

// unbracket cuts off the brackets of an address literal.
func unbracket(s string) string {
	for s != "" && (s[0] == '[' || s[0] == ']') {
		s = s[1:]
	}
	for s != "" && (s[len(s)-1] == '[' || s[len(s)-1] == ']') {
		s = s[:len(s)-1]
	}
	return s
}

// equalFold is strings.EqualFold, which most pairs need not be asked for.
func equalFold(a, b string) bool {
	if a != "" && b != "" && a[0]|b[0] < 0x80 && a[0]|0x20 != b[0]|0x20 {
		return false
	}
	return strings.EqualFold(a, b)
}

// isHost reports whether s can be the name or the address of a host. Some
// software names itself in its place: "by MailEnable Inbound Mail Agent".
func isHost(s string) bool {
	if s == "" || len(s) > 255 {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9', c >= 0x80:
		case c == '.', c == '-', c == '_', c == ':', c == '[', c == ']', c == '%':
		default:
			return false
		}
	}
	return true
}

// literal is the address that a host name consists of; the zero Addr when it
// is a name. RFC 5321 4.1.3 wants brackets, which many leave out.
func literal(host string) netip.Addr {
	s := unbracket(host)
	if len(s) > 5 && s[4] == ':' && strings.EqualFold(s[:5], "IPv6:") {
		s = s[5:]
	}
	if !addressLike(s) {
		return netip.Addr{} // spares the error that ParseAddr would make
	}
	a, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap()
}

// addressLike reports whether s has the characters of an address alone.
func addressLike(s string) bool {
	dots, colons := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.':
			dots++
		case c == ':':
			colons++
		case c == '%' && colons > 1:
			return true // a zone id, which is any text
		case '0' <= c && c <= '9':
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			if colons == 0 && strings.IndexByte(s[i:], ':') < 0 {
				return false
			}
		default:
			return false
		}
	}
	return colons > 1 || dots == 3
}

// isDotless reports whether a name has one label: a machine's own name, which
// says nothing outside its network.
func isDotless(host string) bool { return strings.IndexByte(bare(host), '.') < 0 }

// privateSuffixes are ends of names that the public name system does not hold
// (RFC 6762 appendix G, RFC 8375, RFC 9476 and what networks use as such).
var privateSuffixes = [...]string{
	".local", ".localdomain", ".localhost", ".internal", ".lan", ".intra", ".intranet", ".private", ".corp",
	".home", ".home.arpa", ".priv", ".domain", ".workgroup", ".invalid", ".alt", ".localnet", ".ads", ".prv", ".loc",
}

// isPrivateName reports whether a host name has a meaning only inside of one
// network.
func isPrivateName(host string) bool { return nameOf(host).private }

// readPrivateName reads a name without brackets and a final dot.
func readPrivateName(host string) bool {
	if strings.IndexByte(host, '.') < 0 {
		return true
	}
	for _, s := range privateSuffixes {
		if n := len(host) - len(s); n > 0 && host[n] == '.' && strings.EqualFold(host[n:], s) {
			return true
		}
	}
	return false
}

// isPublicName reports whether a host name is one of the public name system,
// so that it can be compared with another one.
func isPublicName(host string) bool { return nameOf(host).public }

// isLocalhost reports whether a name means the very host that uses it.
func isLocalhost(host string) bool {
	host = bare(host)
	const name = "localhost"
	return len(host) >= len(name) && equalFold(host[:len(name)], name) && (len(host) == len(name) || host[len(name)] == '.')
}

// shortName is the first label of a host name.
func shortName(host string) string {
	host = bare(host)
	if i := strings.IndexByte(host, '.'); i >= 0 {
		return host[:i]
	}
	return host
}

// roleNames are first labels that many organisations give to a host: two hosts
// that share no more than such a label have nothing in common.
var roleNames = [...]string{
	"mail", "mx", "smtp", "relay", "mta", "out", "in", "mailout", "mailin", "mailhost", "mailgate", "mailer", "mailserver",
	"email", "server", "host", "web", "www", "ns", "gw", "gateway", "imap", "pop", "post", "exchange", "list", "lists",
	"static", "node", "vps", "ip", "outbound", "inbound", "edge", "filter", "spam", "proxy", "mailrelay", "smtpout", "msa", "submission",
	"core", "exch", "hub", "cas", "mailbox", "store", "localhost", "home", "pc", "internal", "app", "front", "back", "int", "ext", "dmz",
	"deliver", "delivery", "notify", "news", "box", "srv", "svr", "vm", "cluster", "prod", "all", "av", "scan", "mailfilter", "mxin", "mxout", "client",
}

// isRoleName reports whether a label consists of roleNames alone, numbers and
// hyphens aside: "mx1", "smtp-out-3".
func isRoleName(label string) bool {
	for label != "" {
		n := 0
		for n < len(label) && (label[n] < '0' || label[n] > '9') && label[n] != '-' && label[n] != '_' {
			n++
		}
		if n > 0 && !isRoleWord(label[:n]) {
			return false
		}
		label = label[min(len(label), n+1):]
	}
	return true
}

func isRoleWord(word string) bool {
	for _, r := range roleNames {
		if equalFold(word, r) {
			return true
		}
	}
	return len(word) == 1
}

// org is the registrable domain of a public host name; "" for any other text.
func org(host string) string { return nameOf(host).org }

// families holds the registrable domains under which one operator's hosts
// name themselves, an operator a line.
var families = [...][]string{
	{"outlook.com", "office365.com", "hotmail.com", "exchangelabs.com", "microsoft.com", "msn.com", "live.com", "office.com", "onmicrosoft.com", "microsoftonline.com", "outlook.de", "office365.us"},
	{"google.com", "gmail.com", "googlemail.com", "1e100.net", "googlegroups.com", "postini.com", "psmtp.com", "youtube.com"},
	{"amazonses.com", "amazonaws.com", "amazon.com", "awsapps.com", "amazon.de", "amazon.co.uk"},
	{"yahoo.com", "yahoodns.net", "yahoogroups.com", "egroups.com", "aol.com", "ymail.com", "yahooinc.com", "rocketmail.com", "yahoo.co.uk", "yahoo.co.in", "yahoo.fr", "yahoo.de", "yahoo.com.br", "aol.net"},
	{"icloud.com", "me.com", "mac.com", "apple.com"},
	{"gmx.net", "gmx.de", "gmx.com", "web.de", "kundenserver.de", "1and1.com", "ionos.com", "perfora.net", "mail.com", "1and1.co.uk", "server.lan"},
	{"messagingengine.com", "fastmail.com", "fastmail.fm", "pobox.com"},
	{"zoho.com", "zohomail.com", "zoho.eu", "zoho.in", "zohomail.eu", "zohomail.in", "zeptomail.com"},
	{"sendgrid.net", "sendgrid.com"},
	{"mailgun.org", "mailgun.net", "mailgun.com"},
	{"mcsv.net", "rsgsv.net", "mcdlv.net", "mandrillapp.com", "mailchimp.com", "mailchimpapp.net", "suw11.mcdlv.net"},
	{"sendinblue.com", "brevo.com", "sender-sib.com", "mailin.fr"},
	{"pphosted.com", "proofpoint.com", "ppe-hosted.com", "gpphosted.com"},
	{"mimecast.com", "mimecast.co.za", "mimecast-offshore.com", "mimecastprotect.com"},
	{"messagelabs.com", "messagelabs.net", "symanteccloud.com"},
	{"yandex.net", "yandex.ru", "yandex.com", "ya.ru"},
	{"mail.ru", "bk.ru", "list.ru", "inbox.ru"},
	{"ovh.net", "ovh.com"},
	{"att.net", "prodigy.net", "sbcglobal.net", "bellsouth.net"},
	{"sourceforge.net", "slashdotmedia.com", "osdn.com", "valinux.com"},
	{"exacttarget.com", "salesforce.com", "exct.net"},
	{"earthlink.net", "mindspring.com"},
	{"rr.com", "roadrunner.com"},
	{"secureserver.net", "godaddy.com"},
	{"163.com", "netease.com", "126.com", "163.net"},
	{"qq.com", "tencent.com"},
	{"protonmail.ch", "proton.me", "protonmail.com"},
	{"t-online.de", "telekom.de", "t-ipnet.de"},
	{"comcast.net", "xfinity.com"},
	{"barracudanetworks.com", "ess.barracudanetworks.com", "barracuda.com", "cudamail.com"},
}

// The places of operators in families that rules ask for by name.
const (
	microsoft = 0
	google    = 1
	amazon    = 2
	yahoo     = 3
	apple     = 4
	noFamily  = -1
)

// readFamily is the operator of a registrable domain, noFamily when not known.
func readFamily(org string) int {
	if org == "" {
		return noFamily
	}
	for i, names := range families {
		for _, n := range names {
			if n == org {
				return i
			}
		}
	}
	return noFamily
}

// googleInner holds what Google's inner hosts call themselves: the 6to4 form
// of addresses in 10/8, which no host on the Internet can have.
var googleInner = netip.MustParsePrefix("2002:a00::/24")

// operator is the operator of the host that stamped a line.
func operator(r *headers.Received) int {
	return nameOf(r.By).operator
}
