package transcript

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// scoreHexDump: an offset, then octets in pairs of digits.
func scoreHexDump(b []byte) int {
	if _, _, ok := hexLine(b); ok {
		return 2
	}
	return 0
}

// hexLine reads "0010  00 3f …  text" (Wireshark, hexdump -C, xxd, tcpdump -X).
func hexLine(b []byte) (offset int, octets []byte, ok bool) {
	text := strings.TrimLeft(string(b[:min(len(b), 200)]), " \t")
	head, rest, found := strings.Cut(text, " ")
	head = strings.TrimPrefix(strings.TrimSuffix(head, ":"), "0x")
	if !found || len(head) < 3 || len(head) > 8 {
		return 0, nil, false
	}
	n, err := strconv.ParseUint(head, 16, 32)
	if err != nil {
		return 0, nil, false
	}
	columns := strings.TrimLeft(rest, " ")
	for len(octets) < 16 {
		word, more, _ := strings.Cut(columns, " ")
		if len(word) != 2 && len(word) != 4 {
			break
		}
		data, err := hex.DecodeString(word)
		if err != nil {
			break
		}
		octets = append(octets, data...)
		if strings.HasPrefix(more, "  ") || strings.HasPrefix(more, " ") && len(octets) >= 16 {
			break // the text column
		}
		columns = strings.TrimLeft(more, " ")
	}
	return int(n), octets, len(octets) > 0
}

// readHexDump puts frames together: an offset of 0 begins another one.
func readHexDump(lines []raw) *Report {
	out := &Report{}
	var f Frame
	flush := func() {
		if len(f.Octets) >= 20 {
			out.Frames = append(out.Frames, f)
		}
		f = Frame{}
	}
	for i := range lines {
		offset, octets, ok := hexLine(lines[i].text)
		if !ok || offset != len(f.Octets) && offset != 0 {
			flush()
			continue
		}
		if offset == 0 {
			flush()
			f.Offset, f.Number = lines[i].offset, lines[i].number
		}
		f.Octets = append(f.Octets, octets...)
	}
	flush()
	return out
}
