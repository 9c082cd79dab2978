package sigalg

import "strconv"

// dotted writes the contents of an OBJECT IDENTIFIER in dots (X.690 8.19); "" when
// they are none. encoding/asn1 refuses arcs beyond an int32, which exist.
func dotted(b []byte) string {
	if len(b) == 0 || len(b) > 64 || b[len(b)-1] >= 0x80 {
		return ""
	}
	var out []byte
	var arc uint64
	for i, c := range b {
		if arc == 0 && c == 0x80 || arc > 1<<56 {
			return ""
		}
		arc = arc<<7 | uint64(c&0x7F)
		if c >= 0x80 && i < len(b)-1 {
			continue
		}
		if out == nil {
			top := min(arc/40, 2)
			out, arc = strconv.AppendUint(out, top, 10), arc-40*top
		}
		out = strconv.AppendUint(append(out, '.'), arc, 10)
		arc = 0
	}
	return string(out)
}
