package clock

import (
	"strings"
	"time"
)

// clockWords reads the date and time of day that a server writes in the manner
// of its country: "7/22/2002 3:59:23 PM", "2001-08-04 10:57:19 AM",
// "2019/08/29 PM 05:07:51", "22.07.2002 15:59:23". end is where it ends in s.
// With slashes the order of day and month is told by AM or PM or by
// monthFirst, else by a number above 12; otherwise nothing is.
func clockWords(s string, monthFirst bool) (t time.Time, end int, ok bool) {
	date, pos := nextWord(s, 0)
	clock, end := nextWord(s, pos)
	half, halfEnd := nextWord(s, end)
	if isHalfDay(clock) {
		clock, half, end = half, clock, halfEnd
	} else if isHalfDay(half) {
		end = halfEnd
	} else {
		half = ""
	}
	t, ok = clockTime(date, clock, half, monthFirst)
	return t, end, ok
}

// nextWord is the next word of s and where it ends. What closes a list or a
// sentence is no part of it.
func nextWord(s string, pos int) (word string, end int) {
	for pos < len(s) && isSpace(s[pos]) {
		pos++
	}
	for end = pos; end < len(s) && !isSpace(s[end]) && strings.IndexByte(",;)", s[end]) < 0; {
		end++
	}
	return s[pos:end], end
}

// isHalfDay reports whether s is AM or PM.
func isHalfDay(s string) bool {
	return len(s) == 2 && (s[0]|0x20 == 'a' || s[0]|0x20 == 'p') && s[1]|0x20 == 'm'
}

func clockTime(date, clock, half string, monthFirst bool) (t time.Time, ok bool) {
	year, month, day, ok := calendarDate(date, monthFirst || half != "")
	n, ok2 := numbers(clock, ':')
	if !ok || !ok2 {
		return t, false
	}
	hour := n[0]
	if half != "" {
		if hour < 1 || hour > 12 {
			return t, false
		}
		hour %= 12
		if half[0]|0x20 == 'p' {
			hour += 12
		}
	}
	t, ok = civil(year, month, day, hour, n[1], n[2])
	return t, ok && inWindow(t)
}

// calendarDate reads a date of three numbers.
func calendarDate(s string, monthFirst bool) (year, month, day int, ok bool) {
	sep := strings.IndexAny(s, "/.-")
	if sep < 1 {
		return 0, 0, 0, false
	}
	n, ok := numbers(s, s[sep])
	switch {
	case !ok:
		return 0, 0, 0, false
	case sep == 4:
		return n[0], n[1], n[2], true
	case n[2] < 1000:
		return 0, 0, 0, false
	case s[sep] == '.' || s[sep] == '/' && !monthFirst && n[0] > 12:
		return n[2], n[1], n[0], true
	case s[sep] == '/' && (monthFirst || n[1] > 12):
		return n[2], n[0], n[1], true
	}
	return 0, 0, 0, false
}

// numbers reads three numbers of at most four digits with sep between them.
func numbers(s string, sep byte) (n [3]int, ok bool) {
	for i := range n {
		end := strings.IndexByte(s, sep)
		if i == 2 {
			end = len(s)
		}
		if end < 1 || end > 4 {
			return n, false
		}
		v, ok := decimal(s[:end])
		if !ok {
			return n, false
		}
		n[i] = int(v)
		s = s[min(len(s), end+1):]
	}
	return n, true
}
