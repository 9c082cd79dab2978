package domain

import _ "embed" // the filter

// filter is a Bloom filter over the rules of the table: three bits of each
// rule's sum are set in it. It says of most names, in a few nanoseconds, that
// there is no rule for them; of one in a thousand it says wrongly that there may
// be one. TestFilter makes it anew from the table with -update.
//
//go:embed suffixes.filter
var filter string

// filterBits is the size of the filter; a power of two.
const filterBits = 1 << 18

// The marks that tell wildcards and exceptions from plain rules in a sum.
const (
	wildcard  = 0x9E3779B97F4A7C15
	exception = 0xC2B2AE3D27D4EB4F
)

// filterSeed and filterPrime are those of FNV-1a with 64 bits.
const (
	filterSeed  = 0xCBF29CE484222325
	filterPrime = 0x100000001B3
)

// extend adds s, read from right to left, to the sum of the text behind it.
func extend(sum uint64, s string) uint64 {
	for i := len(s) - 1; i >= 0; i-- {
		sum = (sum ^ uint64(s[i])) * filterPrime
	}
	return sum
}

// bitsOf are the places of a sum in the filter.
func bitsOf(sum uint64) [3]uint64 {
	sum ^= sum >> 32
	return [3]uint64{sum % filterBits, sum >> 18 % filterBits, sum >> 36 % filterBits}
}

// mayHave reports whether there may be a rule with that sum.
func mayHave(sum uint64) bool {
	for _, b := range bitsOf(sum) {
		if filter[b/8]>>(b%8)&1 == 0 {
			return false
		}
	}
	return true
}
