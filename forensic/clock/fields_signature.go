package clock

import (
	"bytes"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// readSignature reads the tags "t" and "x" of a signature's tag list (RFC 6376
// 3.5, RFC 8617 4.1): seconds since 1970 as stated, however odd. A time of
// 1970 or 2040 must show as a contradiction, so there is no window.
func readSignature(r *reader, f headers.Field, at place, rule *fieldRule) {
	raw := r.msg.Raw
	for pos, tags := f.Value.Start, 0; pos < f.Value.End && tags < 8*maxMany; tags++ {
		end := f.Value.End
		if i := bytes.IndexByte(raw[pos:end], ';'); i >= 0 {
			end = pos + i
		}
		at.tag(r, headers.Span{Start: pos, End: end}, rule)
		pos = end + 1
	}
}

// tag files the time of one tag, if it is one that holds a time.
func (at place) tag(r *reader, piece headers.Span, rule *fieldRule) {
	raw := r.msg.Raw
	piece = trimSpan(raw, piece)
	if piece.Len() < 3 || raw[piece.Start] != 't' && raw[piece.Start] != 'x' {
		return
	}
	value := trimSpan(raw, headers.Span{Start: piece.Start + 1, End: piece.End})
	if value.Empty() || raw[value.Start] != '=' {
		return
	}
	at.span = trimSpan(raw, headers.Span{Start: value.Start + 1, End: value.End})
	seconds, ok := statedSeconds(at.span.Of(raw))
	if !ok {
		return
	}
	at.text = string(at.span.Of(raw))
	fd := found{rule: rule.rule + ".t", software: rule.software, event: Signed, clock: UTC, at: ofUnix(seconds), step: time.Second}
	if raw[piece.Start] == 'x' {
		fd.rule, fd.event, fd.strength = rule.rule+".x", Expires, Bound
	}
	r.add(at, fd)
}

// lastSecond is the end of year 9999, the last that can be written.
const lastSecond = 253402300799

// statedSeconds reads a plain number of at most 12 digits (RFC 6376 3.5 asks
// for no more) that is a time which can be written.
func statedSeconds(b []byte) (v int64, ok bool) {
	if len(b) == 0 || len(b) > 12 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	return v, v <= lastSecond
}
