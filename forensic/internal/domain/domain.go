// Package domain answers: which organisation does a host name belong to?
//
// It follows the public suffix list's rules, with internationalised names in one spelling.
package domain

import (
	_ "embed" // the table of suffixes
	"net/netip"
	"strings"

	"github.com/emlcheck/emlcheck/internal/idna"
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
	host = idna.LowerASCII(strings.TrimRight(strings.TrimSpace(host), "."))
	if host == "" || isAddressLiteral(host) {
		return host
	}
	return registrable(idna.ToASCII(lastLabels(host, suffixLabels+1)))
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
// Of one label it is always the suffix: without a rule, by the list's default
// "*". What is longer is looked up in the table only where the filter says that
// there may be such a rule, which for most names it never does.
func registrable(tail string) string {
	suffix := strings.LastIndexByte(tail, '.') + 1 // where the longest public suffix starts
	sum := uint64(filterSeed)
	for end := len(tail); end >= 0; {
		start := strings.LastIndexByte(tail[:end], '.') + 1
		if end < len(tail) {
			if mayHave(sum^wildcard) && hasRule(tail[end+1:], "*") {
				suffix = min(suffix, start)
			}
			sum = extend(sum, ".")
		}
		sum = extend(sum, tail[start:end])
		switch {
		case mayHave(sum^exception) && hasRule(tail[start:], "!"): // the suffix is one label shorter
			return tail[start:]
		case end < len(tail) && mayHave(sum) && hasRule(tail[start:], ""):
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

// hasRule searches the table for the rule of a domain: mark is "" for the
// domain itself, "*" for all names one label below it, "!" for an exception.
func hasRule(name, mark string) bool {
	var key [(idna.MaxLabel+1)*(suffixLabels+1) + 2]byte
	if len(name)+len(mark)+1 > len(key) {
		return false
	}
	line := key[:0]
	for end := len(name); end >= 0; { // from right to left, as in the table
		start := strings.LastIndexByte(name[:end], '.') + 1
		if len(line) > 0 {
			line = append(line, '.')
		}
		line = append(line, name[start:end]...)
		end = start - 1
	}
	if mark == "*" {
		line = append(line, '.')
	}
	line = append(line, mark...)
	return hasLine(line)
}

// hasLine searches the sorted lines.
func hasLine(key []byte) bool {
	_, lines, _ := strings.Cut(suffixList, "\n\n")
	low, high := 0, len(lines)
	for low < high {
		start := max(strings.LastIndexByte(lines[:(low+high)/2], '\n')+1, low)
		end := start + strings.IndexByte(lines[start:], '\n')
		if end < start {
			return false // every line of the table ends in a line break
		}
		switch line := lines[start:end]; {
		case line == string(key):
			return true
		case line < string(key):
			low = end + 1
		default:
			high = start
		}
	}
	return false
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
