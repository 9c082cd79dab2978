package clock

import "time"

// Identifiers with a UUID of version 1 (RFC 9562 5.1).
var (
	midUUID1    = midMaker{"mid.uuid1", "", Built, UTC, 100, 1990}
	midZoho     = midMaker{"mid.zoho", "Zoho", Built, UTC, time.Millisecond, 0}
	midExchange = midMaker{"mid.exchange-guid", "Exchange", Other, UTC, 100, 1990}
)

// uuid1 reads every UUID of version 1 that stands in the left part by itself.
func (m *midText) uuid1(out []found) []found {
	s := m.left
	for i := 0; i+36 <= len(s); i++ {
		if s[i+8] != '-' || !midUUID(s[i:i+36]) || !midEdge(s, i-1) || !midEdge(s, i+36) {
			continue
		}
		if t, ok := uuid1(s[i : i+36]); ok {
			out = midUUID1.add(out, t, i, i+36)
		}
		i += 35
	}
	return out
}

// midEdge reports whether no letter or digit stands at s[i].
func midEdge(s string, i int) bool {
	return i < 0 || i >= len(s) || midClassOf(s[i])&midAlnum == 0
}

// midUUID reports whether s has the form of a UUID, in digits of one case.
func midUUID(s string) bool {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return false
	}
	class := midHexLower | midHexUpper
	for i := 0; i < len(s); i++ {
		if s[i] != '-' {
			class &= midClassOf(s[i])
		} else if i != 8 && i != 13 && i != 18 && i != 23 {
			return false
		}
	}
	return class != 0
}

// zoho reads "a.b.m1.UUID.milliseconds", where both are clocks.
func (m *midText) zoho(out []found) []found {
	t, ok := uuid1(m.s(3))
	v, ok2 := hexLower(m.s(4))
	if !midUUID(m.s(3)) || !ok || !ok2 || m.len(4) != 11 {
		return out
	}
	before := len(out)
	if out = m.at(out, midUUID1, t, 3); len(out) > before {
		out[before].software = "Zoho"
	}
	return m.at(out, midZoho, ofMilli(v), 4)
}

// exchangeStore reads the GUID that begins an identifier of Exchange 5.5 to
// 2010, in the byte order of Windows. In version 1 (57 of 144 real ones) it is
// when the mailbox store was made, and by which machine: nothing about this
// message but that it is younger.
func (m *midText) exchangeStore(out []found) []found {
	b := m.left
	if b[14] != '1' || b[16] < '8' || b[16] > 'B' {
		return out
	}
	low, _ := hexUpper(b[6:8])
	for i := 4; i >= 0; i -= 2 {
		v, _ := hexUpper(b[i : i+2])
		low = low<<8 | v
	}
	m1, _ := hexUpper(b[8:10])
	m2, _ := hexUpper(b[10:12])
	h1, _ := hexUpper(b[12:14])
	h2, _ := hexUpper(b[15:16])
	before := len(out)
	out = midExchange.add(out, of100ns((h2<<8|h1)<<48|(m2<<8|m1)<<32|low, uuidEpoch), 0, 32)
	if len(out) > before {
		out[before].strength = Bound
	}
	return out
}
