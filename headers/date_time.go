package headers

import "strconv"

// isTime: two or three short numbers with ':' between them, or with '.' or
// (once the date is known) '-'.
func (p *dateParser) isTime() bool {
	if p.tok(p.i).digits() > 2 || !p.num(p.i+2) || p.tok(p.i+2).digits() > 2 {
		return false
	}
	switch {
	case p.is(p.i+1, ':'):
		return true
	case p.timeTok >= 0:
		return false
	case p.is(p.i+1, '.'):
		// 21.09.2002 is a date.
		return !p.is(p.i+3, '.') || !p.num(p.i+4) || p.tok(p.i+4).digits() <= 2
	case p.is(p.i+1, '-'):
		return p.haveDate() && p.is(p.i+3, '-') && p.num(p.i+4) && p.tok(p.i+4).digits() <= 2
	}
	return false
}

// readTime reads hour, minute, second and fraction (RFC 5322 3.3
// time-of-day; the fraction is RFC 3339's).
func (p *dateParser) readTime() bool {
	if p.timeTok >= 0 {
		return p.stop("two times of day")
	}
	p.timeTok = p.i
	p.hour, p.minute = p.valueAt(p.i), p.valueAt(p.i+2)
	short := p.tok(p.i).digits() < 2 || p.tok(p.i+2).digits() < 2
	odd := !p.is(p.i+1, ':')
	p.noSeconds = true
	n := 3
	if p.isSecond(p.i + 3) {
		p.second, p.noSeconds, n = p.valueAt(p.i+4), false, 5
		short = short || p.tok(p.i+4).digits() < 2
		odd = odd || !p.is(p.i+3, ':')
		if p.isFraction(p.i + 5) {
			p.readFraction(p.i + 6)
			n = 7
		}
	}
	p.take(n)
	p.timeEnd = p.last
	if p.noSeconds && p.is(p.i, ':') && p.tok(p.i+1).kind == dateWord && p.tok(p.i+1).glued {
		return p.reject("second unreadable") // 10:52:ab is not 10:52
	}
	if odd {
		// QUIRK: RFC 5322 3.3 parts hour, minute and second by ':'.
		p.defectAt("date.time-separator", p.timeTok, p.timeEnd, "time of day not parted by ':'")
	}
	if short {
		p.defectAt("date.time-short", p.timeTok, p.timeEnd, "a part of the time has one digit")
	}
	return true
}

func (p *dateParser) valueAt(i int) int { return int(p.tok(i).value) }

// isSecond: separator and number behind the minute. A single '.' after
// "10:11" counts only before two digits, where it cannot be a fraction of a
// minute in any known format.
func (p *dateParser) isSecond(i int) bool {
	if !p.num(i+1) || p.tok(i+1).digits() > 2 {
		return false
	}
	switch {
	case p.is(i, ':'):
		return true
	case p.is(i, '.'):
		return p.tok(i+1).digits() == 2 || p.is(i-2, '.')
	}
	return p.is(i, '-') && p.is(i-2, '-')
}

// isFraction: '.' with digits right behind it; ISO 8601 also has ','.
func (p *dateParser) isFraction(i int) bool {
	return (p.is(i, '.') || p.iso && p.is(i, ',')) && p.tok(i).glued && p.num(i+1) && p.tok(i+1).glued
}

// readFraction keeps nine digits, as many as time.Time holds.
func (p *dateParser) readFraction(i int) {
	p.fraction = min(p.tok(i).digits(), 9)
	for k, c := range p.word(i) {
		if k == 9 {
			break
		}
		p.nanos = p.nanos*10 + int(c-'0')
	}
	for k := p.fraction; k < 9; k++ {
		p.nanos *= 10
	}
	if !p.iso {
		p.defectAt("date.fraction", i, i, "fraction of a second")
	}
}

// meridiemTokens counts the tokens of AM or PM: "pm", "p.m." or "10:11p". A
// letter of its own behind a blank is a zone (RFC 5322 4.3).
func (p *dateParser) meridiemTokens(word []byte) int {
	switch {
	case dateEqual(word, "am") || dateEqual(word, "pm"):
		return 1
	case !dateEqual(word, "a") && !dateEqual(word, "p"):
		return 0
	case p.is(p.i+1, '.') && p.tok(p.i+1).glued && p.tok(p.i+2).glued && dateEqual(p.word(p.i+2), "m"):
		return 3
	case p.timeEnd == p.i-1 && p.tok(p.i).glued && word[0] >= 'a':
		return 1
	}
	return 0
}

// checkTime applies AM and PM and the ranges of RFC 5322 3.3.
func (p *dateParser) checkTime() {
	if p.timeTok < 0 {
		return
	}
	if p.meridiem >= 0 {
		p.applyMeridiem()
	}
	switch {
	case p.hour > 23:
		p.reject(dateRange("hour", p.hour))
	case p.minute > 59:
		p.reject(dateRange("minute", p.minute))
	case p.second > 60:
		p.reject(dateRange("second", p.second))
	case p.second == 60:
		// RFC 5322 3.3 allows 60 for a leap second; time.Time has none, and
		// rolling over would move the date to the next minute.
		p.second = 59
		p.defectAt("date.leap-second", p.timeTok, p.timeEnd, "second 60, read as 59")
	}
}

func (p *dateParser) applyMeridiem() {
	p.defectAt("date.meridiem", p.meridiem, p.meridiem, "12-hour clock")
	pm := p.text[p.toks[p.meridiem].start]|0x20 == 'p'
	switch {
	case p.hour == 12 && !pm:
		p.hour = 0
	case p.hour >= 1 && p.hour < 12 && pm:
		p.hour += 12
	case p.hour > 12 && pm, p.hour == 0 && !pm:
		// "13:05 PM" says the same thing twice.
		p.defectAt("date.meridiem-needless", p.meridiem, p.meridiem, "AM or PM with a 24-hour time")
	case p.hour > 12:
		p.reject("hour " + strconv.Itoa(p.hour) + " with AM")
	case p.hour == 0:
		p.reject("hour 0 with PM")
	}
}

func dateRange(part string, value int) string {
	if value >= dateMaxValue {
		return part + " out of range"
	}
	return part + " " + strconv.Itoa(value) + " out of range"
}
