// Package domain tells which organisation a host name belongs to: the public
// suffix list's rules, with internationalised names in one spelling.
package domain

import (
	_ "embed" // the table of suffixes
	"net/netip"
	"strings"
)

// suffixList holds the rules of the public suffix list, their labels from right
// to left, sorted, one a line, with names of other scripts as A-labels (RFC
// 5890). A note on its origin and licence stands above it, closed by a blank
// line.
//
// A table of our own, since golang.org/x/net/publicsuffix links net/http into
// every program: 2.9 MB and 1 ms at each start.
//
//go:embed suffixes.txt
var suffixList string

// suffixLabels is the number of labels of the longest rule.
const suffixLabels = 7

// Org is the organisational domain of a host name (RFC 7489 3.2): one
// label more than its public suffix. A public suffix by itself, an address
// literal and a name that is no host name are returned as they are, in lower
// case; "" stays "".
func Org(host string) string {
	host = strings.ToLower(strings.TrimRight(strings.TrimSpace(host), "."))
	if host == "" || isAddressLiteral(host) {
		return host
	}
	return registrable(toASCII(lastLabels(host, suffixLabels+1)))
}

// Cache keeps the organisations of the hosts of one message, which names few
// hosts and each of them often. The zero value is ready.
type Cache struct {
	hosts, orgs []string
}

// cached is the number of hosts kept: more would take longer to search than
// the table.
const cached = 48

// Org is [Org].
func (c *Cache) Org(host string) string {
	for i, h := range c.hosts {
		if h == host {
			return c.orgs[i]
		}
	}
	org := Org(host)
	if len(c.hosts) < cached {
		c.hosts, c.orgs = append(c.hosts, host), append(c.orgs, org)
	}
	return org
}

// lastLabels is the end of host with at most n labels.
func lastLabels(host string, n int) string {
	cut := len(host)
	for range n {
		if cut = strings.LastIndexByte(host[:cut], '.'); cut < 0 {
			return host
		}
	}
	return host[cut+1:]
}

// registrable finds the longest rule that the name ends in and adds a label.
// The table is narrowed label by label from the right, so that the search ends
// where no rule goes on.
func registrable(tail string) string {
	_, rules, _ := strings.Cut(suffixList, "\n\n")
	var name [(maxLabel + 1) * (suffixLabels + 1)]byte
	key := name[:0]
	suffix := len(tail) // where the longest public suffix starts
	if i := strings.LastIndexByte(tail, '.'); i >= 0 {
		suffix = i + 1 // without a rule, the last label ("*", the list's default)
	} else {
		return tail
	}
	for end := len(tail); end >= 0; {
		start := strings.LastIndexByte(tail[:end], '.') + 1
		if len(key)+end-start+1 > len(name) {
			break // longer than any name of a rule
		}
		if len(key) > 0 {
			key = append(key, '.')
			rules = block(rules, key)
			if rules != "" && strings.HasPrefix(rules[len(key):], "*\n") {
				suffix = min(suffix, start)
			}
		}
		key = append(key, tail[start:end]...)
		switch at := block(rules, key); {
		case rules == "":
			return tail[labelBefore(tail, suffix):]
		case hasException(at, key): // the suffix is one label shorter
			return tail[start:]
		case hasLine(at, key):
			suffix = min(suffix, start)
		}
		end = start - 1
	}
	return tail[labelBefore(tail, suffix):]
}

// labelBefore is where the label in front of position start begins.
func labelBefore(s string, start int) int {
	if start == 0 {
		return 0
	}
	return strings.LastIndexByte(s[:start-1], '.') + 1
}

// hasLine and hasException look at the first lines of a block: the name itself
// sorts before all that is longer.
func hasLine(lines string, key []byte) bool {
	return len(lines) > len(key) && lines[len(key)] == '\n'
}

func hasException(lines string, key []byte) bool {
	return len(lines) > len(key) && lines[len(key)] == '!'
}

// block is the stretch of the sorted lines that begin with key.
func block(lines string, key []byte) string {
	start := search(lines, key, false)
	return lines[start : start+search(lines[start:], key, true)]
}

// search finds the first line that is not less than key or, when behind is
// true, that neither is less nor begins with it.
func search(lines string, key []byte, behind bool) int {
	low, high := 0, len(lines)
	for low < high {
		start := max(strings.LastIndexByte(lines[:(low+high)/2], '\n')+1, low)
		line := lines[start:]
		head := line[:min(len(line), len(key))]
		less := head < string(key)
		if behind {
			less = head <= string(key)
		}
		if less {
			next := strings.IndexByte(line, '\n')
			if next < 0 {
				return len(lines)
			}
			low = start + next + 1
		} else {
			high = start
		}
	}
	return low
}

// Of is what follows the last at sign of an address; "" without one.
func Of(address string) string {
	i := strings.LastIndexByte(address, '@')
	if i < 0 {
		return ""
	}
	return address[i+1:]
}

// isAddressLiteral: RFC 5321 4.1.3, also without its brackets.
func isAddressLiteral(host string) bool {
	if host[0] == '[' {
		return true
	}
	if last := host[len(host)-1]; (last < '0' || last > '9') && strings.IndexByte(host, ':') < 0 {
		return false // no top-level domain is numeric (RFC 1123 2.1)
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}
