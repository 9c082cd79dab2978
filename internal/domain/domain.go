// Package domain tells which organisation a host name belongs to: the public
// suffix list's rules, with internationalised names in one spelling.
package domain

import (
	_ "embed" // the table of suffixes
	"net/netip"
	"strings"
)

// suffixList holds the rules of the public suffix list, sorted, one a line,
// with names of other scripts as A-labels (RFC 5890). A note on its origin and
// licence stands above it, closed by a blank line.
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
// Candidates are tried from the longest on; tail has few labels.
func registrable(tail string) string {
	_, rules, _ := strings.Cut(suffixList, "\n\n")
	child := "" // the candidate with one more label in front
	for suffix := tail; ; {
		_, rest, more := strings.Cut(suffix, ".")
		switch {
		case hasRule(rules, "!", suffix): // an exception: the suffix is one label shorter
			return suffix
		case hasRule(rules, "", suffix), more && hasRule(rules, "*.", rest), !more:
			// Without a rule the last label is the suffix ("*", the list's default).
			if child == "" {
				return suffix
			}
			return child
		}
		child, suffix = suffix, rest
	}
}

// hasRule searches the sorted lines for prefix+name.
func hasRule(rules, prefix, name string) bool {
	low, high := 0, len(rules)
	for low < high {
		start := strings.LastIndexByte(rules[:(low+high)/2], '\n') + 1
		if start < low {
			start = low
		}
		line := rules[start:]
		end := strings.IndexByte(line, '\n')
		if end < 0 {
			return false // every line of the table ends in a line break
		}
		switch c := compareRule(line[:end], prefix, name); {
		case c == 0:
			return true
		case c < 0:
			low = start + end + 1
		default:
			high = start
		}
	}
	return false
}

// compareRule orders a line against prefix+name without joining them.
func compareRule(line, prefix, name string) int {
	n := min(len(line), len(prefix))
	if c := strings.Compare(line[:n], prefix[:n]); c != 0 {
		return c
	}
	if len(line) < len(prefix) {
		return -1
	}
	return strings.Compare(line[n:], name)
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
	_, err := netip.ParseAddr(host)
	return err == nil
}
