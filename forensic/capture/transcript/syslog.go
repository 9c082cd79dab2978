package transcript

import (
	"bytes"
	"strings"
	"time"
)

// syslog parts a line of a log: the program's name with its process, and what it says.
func syslog(b []byte) (program, pid string, text []byte, ok bool) {
	i := bytes.IndexByte(b, '[')
	for i > 0 {
		j := bytes.Index(b[i:], []byte("]: "))
		if j < 0 {
			return "", "", nil, false
		}
		number := b[i+1 : i+j]
		start := bytes.LastIndexByte(b[:i], ' ') + 1
		if len(number) > 0 && digit(number[0]) && i > start {
			return string(b[start:i]), string(number), b[i+j+3:], true
		}
		k := bytes.IndexByte(b[i+1:], '[')
		if k < 0 {
			break
		}
		i += 1 + k
	}
	return "", "", nil, false
}

// syslogTime is the time of a line that has a year (RFC 5424); the old form has none and
// gives no time.
func syslogTime(b []byte) time.Time {
	word, _, _ := strings.Cut(string(b[:min(len(b), 64)]), " ")
	t, err := time.Parse(time.RFC3339Nano, word)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
