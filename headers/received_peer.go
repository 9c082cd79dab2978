package headers

import (
	"net/netip"
	"strings"
)

// recvPeer is what the stamping host wrote about one connection; spans are
// text offsets, empty where there is nothing.
type recvPeer struct {
	ip, name, ident, helo Span
	user                  Span // who authenticated
	literal               bool // the address stands in brackets
	plain                 bool // it is not in a comment
	found                 bool // there are connection data, even if all is empty
	auth                  bool // the client authenticated itself
}

// connection reads connection data: "IP", "[IP]:port", "name [IP]",
// "ident@name [IP]", "[IP] helo=name", "[IP]:port "EHLO name" flags". It is
// false for a text that is anything else.
func (p *recvParser) connection(at Span) (peer recvPeer, ok bool) {
	if s := p.text[at.Start:at.End]; s != "" && s[0] == '"' {
		// Sun Internet Mail Server: "port 34611"@name [IP]
		if i := strings.Index(s, `"@`); i > 0 {
			at.Start += i + 2
		}
	}
	first, rest := recvStep(p.text, at)
	if first.Empty() {
		return peer, false
	}
	if i := strings.IndexByte(p.text[first.Start:first.End], '['); i > 0 && recvPlainName(p.text[first.Start:first.Start+i]) && p.text[first.Start+i-1] != '@' {
		first, rest = Span{first.Start, first.Start + i}, Span{first.Start + i, at.End} // "name[IP]": IBM OS/400
	}
	if ip, isIP := recvAddrSpan(p.text, first); isIP {
		bracket := p.text[first.Start] == '['
		if !bracket && !p.bareEnds(rest) {
			// "172.26.26.68 [172.26.26.68]": an address in the place of a name.
			if second, after := recvStep(p.text, rest); p.text[second.Start] == '[' {
				if peer.ip, ok = recvAddrSpan(p.text, second); ok {
					p.marks(&peer, after)
				}
				peer.literal = true
				return peer, ok
			}
			return peer, false
		}
		peer.ip, peer.literal = ip, bracket
		p.marks(&peer, rest)
		return peer, true
	}
	return p.namedConnection(first, rest)
}

// bareEnds reports whether nothing follows an address without brackets, or
// only what makes no other thing of it: "(192.0.2.1 with plain)" of Yahoo Japan.
func (p *recvParser) bareEnds(rest Span) bool {
	next, _ := recvStep(p.text, rest)
	return next.Empty() || p.text[next.Start] == '(' || recvEqual(p.text[next.Start:next.End], "with")
}

// namedConnection reads "name [IP]" and the like; first is the name.
func (p *recvParser) namedConnection(first, rest Span) (peer recvPeer, ok bool) {
	name := first
	if i := strings.LastIndexByte(p.text[first.Start:first.End], '@'); i >= 0 {
		peer.ident, name.Start = Span{first.Start, first.Start + i}, first.Start+i+1
		if recvPrefix(p.text[peer.ident.Start:peer.ident.End], "ident:") {
			peer.ident.Start += len("IDENT:")
		}
		if ip, isIP := recvAddrSpan(p.text, name); isIP {
			peer.ip, peer.literal = ip, p.text[name.Start] == '['
			p.marks(&peer, rest)
			return peer, true
		}
	}
	second, after := recvStep(p.text, rest)
	if second.Empty() || p.text[second.Start] != '[' || recvHelloWord(p.text[first.Start:first.End]) {
		return peer, false
	}
	ip, isIP := recvAddrSpan(p.text, second)
	switch {
	case isIP:
		peer.ip = ip
	case p.text[second.End-1] != ']':
		return peer, false
	} // else "[local]", "[unknown]"
	peer.literal = true
	if recvHostName(p.text[name.Start:name.End]) {
		peer.name = name
	}
	p.marks(&peer, after)
	return peer, true
}

// marks reads what follows an address: "helo=x ident=y" of Exim, which writes
// them in any order, and "EHLO x" in quotes of ZMailer.
func (p *recvParser) marks(peer *recvPeer, rest Span) {
	for !rest.Empty() {
		var w Span
		w, rest = recvStep(p.text, rest)
		word := p.text[w.Start:w.End]
		switch {
		case peer.helo.Empty() && recvPrefix(word, "helo="):
			peer.helo = recvTrim(p.text, Span{w.Start + 5, p.markEnd(w.Start, rest)})
			rest.Start = max(rest.Start, peer.helo.End)
		case peer.ident.Empty() && recvPrefix(word, "ident="):
			peer.ident = Span{w.Start + 6, w.End}
		case recvEqual(word, "with") && !peer.literal, recvEqual(word, "auth=yes"):
			peer.auth = true // Yahoo: "(ann@192.0.2.1 with login)"; OpenSMTPD
		case peer.auth && recvPrefix(word, "user="):
			peer.user = Span{w.Start + 5, w.End}
		case peer.helo.Empty() && len(word) > 4 && word[0] == '"' && recvHelloWord(word[1:]):
			end := strings.LastIndexByte(p.text[rest.Start:rest.End], '"')
			if end < 0 {
				return
			}
			peer.helo = recvTrim(p.text, Span{w.End, rest.Start + end})
			rest.Start += end + 1
		}
	}
}

// markEnd is where the HELO that begins in the word at start ends: before the
// next mark, for it can hold blanks, or with the comment.
func (p *recvParser) markEnd(start int, rest Span) int {
	text := p.text[start:rest.End]
	for _, mark := range [...]string{" ident=", " port="} {
		if i := strings.LastIndex(text, mark); i >= 0 {
			text = text[:i]
		}
	}
	return start + len(text)
}

// recvHelloWord reports whether s is the verb before a client's greeting.
func recvHelloWord(s string) bool {
	return recvEqual(s, "HELO") || recvEqual(s, "EHLO") || recvEqual(s, "LHLO")
}

// recvHostName reports whether a name that stands before an address is one of
// a host and not a word that tells that there is none.
func recvHostName(s string) bool {
	if s == "" || s[0] == '[' || s[0] == '<' || strings.IndexByte(s, '=') >= 0 || recvAddr(s).IsValid() {
		return false
	}
	for _, none := range [...]string{"unknown", "unverified", "unavailable", "really", "NXDOMAIN", "DNSERROR"} {
		if recvEqual(s, none) {
			return false
		}
	}
	return true
}

// recvAddrSpan finds the address in a word: without brackets, the "IPv6:" tag
// of RFC 5321 4.1.3 and the port. ok is false when the word is no address;
// an address in brackets that cannot be read counts as one when it has the
// look of it: "[203.0.113.x]" in a message that someone made anonymous.
func recvAddrSpan(text string, w Span) (ip Span, ok bool) {
	ip = w
	bracket := !w.Empty() && text[w.Start] == '['
	if bracket {
		i := strings.IndexByte(text[w.Start:w.End], ']')
		if i < 0 || !recvPort(text[w.Start+i+1:w.End]) {
			return Span{}, false
		}
		ip = Span{w.Start + 1, w.Start + i}
	}
	if recvPrefix(text[ip.Start:ip.End], "IPv6:") {
		ip.Start += len("IPv6:")
	}
	if ip.Len() < 2 || ip.Len() > 64 {
		return Span{}, false
	}
	s := text[ip.Start:ip.End]
	if i := strings.IndexByte(s, ':'); i > 0 && strings.LastIndexByte(s, ':') == i && recvPort(s[i:]) {
		s, ip.End = s[:i], ip.Start+i
	}
	if recvAddr(s).IsValid() {
		return ip, true
	}
	return ip, bracket && recvAddrLike(s)
}

// recvPort reports whether s is nothing, or the port behind an address.
func recvPort(s string) bool {
	if s == "" || s == "." {
		return true
	}
	for i := 1; i < len(s); i++ {
		if !recvDigit(s[i]) {
			return false
		}
	}
	return s[0] == ':' && len(s) > 1
}

// recvAddr parses an address; the zero Addr when it is none. The cheap test
// ahead keeps host names from the parser, which allocates an error for each.
func recvAddr(s string) netip.Addr {
	if len(s) < 2 || len(s) > 64 || !recvAddrLike(s) {
		return netip.Addr{}
	}
	addr, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Addr{}
	}
	return addr
}

// recvAddrLike reports whether s has the look of an address, readable or not.
func recvAddrLike(s string) bool {
	dots, colons, letters := 0, 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%' && colons > 1:
			return true // a zone id, which is any text
		case c == '.':
			dots++
		case c == ':':
			colons++
		case recvDigit(c):
		case colons > 0 && recvHex(c), recvHex(c) && strings.IndexByte(s, ':') > 0:
		case c == 'x' || c == 'X' || c == '*':
			letters++ // digits that someone hid
		default:
			return false
		}
	}
	return colons > 1 || dots == 3 && colons == 0 && letters <= 9
}

func recvHex(c byte) bool { return recvDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
