package route

import (
	"strconv"
	"strings"
)

// lineWords are parts of the names that access providers give to the addresses
// of their subscribers.
var lineWords = [...]string{
	"dsl", "adsl", "vdsl", "xdsl", "dial", "dialup", "dialin", "dyn", "dynamic", "ppp", "pool", "cable", "dhcp", "cpe", "cust", "customer",
	"broadband", "res", "fios", "ftth", "pppoe", "catv", "dip", "dialip", "mobile", "hsd", "user", "subscriber",
}

// subscriber reports whether a client looks like a machine at a subscriber's
// line and not like a relay: its looked-up name holds a word or the numbers of
// such a line, or it calls itself by an address or a name of one label alone.
func subscriber(h *Hop) bool {
	if h.RDNS != "" {
		return hasWord(h.RDNS, lineWords[:]) || holdsAddress(h.RDNS, h.IPText) && !hasWord(h.RDNS, rentedWords[:])
	}
	return h.helo().valid && (h.helo().addr.IsValid() || isDotless(h.HELO)) && !h.helo().localhost
}

// rentedWords are parts of the names that providers give to addresses at which
// a customer may keep a mail server.
var rentedWords = [...]string{"static", "business", "biz", "colo", "server", "srv", "vps", "dedicated", "host", "hosted", "hosting", "cloud"}

// hasWord looks for one of the words in a name, digits aside.
func hasWord(name string, words []string) bool {
	start := 0
	for i := 0; i <= len(name); i++ {
		if i < len(name) && (name[i]|0x20 >= 'a' && name[i]|0x20 <= 'z') {
			continue
		}
		for _, w := range words {
			if equalFold(name[start:i], w) {
				return true
			}
		}
		start = i + 1
	}
	return false
}

// holdsAddress reports whether a name holds three of the four numbers of an
// address, in any order.
func holdsAddress(name, ip string) bool {
	found := 0
	for part := range strings.SplitSeq(ip, ".") {
		if _, err := strconv.Atoi(part); err != nil {
			return false
		}
		if holdsNumber(name, part) {
			found++
		}
	}
	return found >= 3
}

// holdsNumber looks for a number that is no part of a longer one.
func holdsNumber(name, number string) bool {
	for i := 0; i+len(number) <= len(name); i++ {
		if name[i:i+len(number)] != number || i > 0 && decimalSet.has(name[i-1]) && name[i-1] != '0' {
			continue
		}
		if end := i + len(number); end == len(name) || !decimalSet.has(name[end]) {
			return true
		}
	}
	return false
}
