package headers

import "time"

// finish turns the parts into a date or into the reason why there is none.
func (p *dateParser) finish() {
	p.resolve()
	if p.fail == "" {
		p.checkTime()
		p.checkDay()
	}
	if p.fail != "" {
		p.unreadable()
		return
	}
	p.build()
	p.shapeDefects()
	p.restDefects()
	p.cutTexts()
}

// unreadable reports the whole value.
func (p *dateParser) unreadable() {
	p.d.Reason = p.fail
	p.d.Raw = dateUnfold(p.text)
	p.cutZone()
	p.defect("date.unreadable", 0, p.d.Span.Len(), p.fail)
}

// resolve tells day and year apart. The first bare number is the day, unless
// it has the four digits of a year.
func (p *dateParser) resolve() {
	switch {
	case p.fail != "":
	case p.cut && p.i >= p.n:
		// Tokens ran out before the date did: what is missing may be written.
		p.reject("too much text around the date")
	case p.numeric:
	case p.d.Span.Empty():
		p.reject("empty")
	case p.monthTok < 0 && p.numCount == 0 && p.timeTok < 0:
		p.reject("no date")
	case p.monthTok < 0 && p.sawOdd:
		p.reject("month unknown")
	case p.monthTok < 0:
		p.reject("no month")
	case p.numCount == 0:
		p.reject("no day and no year")
	case p.numCount == 1 && p.tok(p.nums[0]).digits() > 2:
		p.reject("no day")
	case p.numCount == 1:
		p.reject("no year")
	case p.tok(p.nums[0]).digits() == 4:
		p.resolveYear(p.nums[0], p.nums[1])
	default:
		p.resolveYear(p.nums[1], p.nums[0])
	}
}

// resolveYear reads the year by the number of its digits (RFC 5322 4.3).
func (p *dateParser) resolveYear(yearTok, dayTok int) {
	p.day, p.year = p.valueAt(dayTok), p.valueAt(yearTok)
	switch p.tok(yearTok).digits() {
	case 1:
		p.reject("year of one digit")
	case 2:
		if p.year += 1900; p.year < 1950 {
			p.year += 100
		}
		p.defectAt("date.two-digit-year", yearTok, yearTok, "year of two digits")
	case 3:
		p.year += 1900
		p.defectAt("date.three-digit-year", yearTok, yearTok, "year of three digits")
	}
	if p.tok(dayTok).digits() > 2 {
		p.defectAt("date.day-long", dayTok, dayTok, "day of more than two digits")
	}
}

// checkDay applies the ranges of year, month and day, without rolling over,
// and asks for the time of day that RFC 5322 3.3 requires.
func (p *dateParser) checkDay() {
	switch {
	case p.year < 1900 || p.year > 9999:
		p.reject(dateRange("year", p.year))
	case p.month < 1 || p.month > 12:
		p.reject(dateRange("month", p.month))
	case p.day < 1 || p.day > dateMonthDays(p.year, p.month):
		p.reject(dateRange("day", p.day))
	case p.timeTok < 0:
		// A day is no moment: midnight would be an hour that nobody wrote.
		p.reject("no time of day")
	}
}

func dateMonthDays(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// build sets the time and its precision.
func (p *dateParser) build() {
	p.d.OK = true
	p.d.Time = time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, p.nanos, dateLocation(p.offset))
	switch {
	case p.noSeconds:
		p.d.Precision = 60
	default:
		p.d.Precision = dateUnits[p.fraction]
	}
	if p.weekdayTok >= 0 && p.weekday != dateForeignDay && int(p.d.Time.Weekday()) != p.weekday {
		p.d.WeekdayWrong = true
		p.defectAt("date.weekday-wrong", p.weekdayTok, p.weekdayTok, "day of the week contradicts the date")
	}
}

// shapeDefects names what departs from the order and spelling of RFC 5322 3.3.
func (p *dateParser) shapeDefects() {
	p.nameDefects()
	if p.noSeconds {
		p.defectAt("date.no-seconds", p.timeTok, p.timeEnd, "no seconds")
	}
	if p.d.Zone == ZoneAbsent {
		p.defectAt("date.zone-absent", p.last, p.last, "no zone")
	}
	if p.numeric {
		return // said where it was read
	}
	day, year := p.nums[0], p.nums[1]
	switch {
	case p.tok(day).digits() == 4:
		p.defectAt("date.shape-year-first", p.first, p.last, "year before the day")
	case p.monthTok < day && p.timeTok > 0 && year > p.timeTok:
		p.defectAt("date.shape-asctime", p.first, p.last, "the order of asctime")
	case p.monthTok < day:
		p.defectAt("date.shape-month-first", p.first, p.last, "month before the day")
	case p.monthTok > year || p.timeTok >= 0 && p.timeTok < year:
		p.defectAt("date.shape-order", p.first, p.last, "parts in an order of their own")
	case p.is(p.monthTok-1, '-') || p.is(p.monthTok+1, '-') || p.is(p.monthTok-1, '/'):
		p.defectAt("date.shape-hyphen", day, year, "day, month and year joined by marks")
	case p.weekdayTok >= 0 && p.weekdayTok < day && !p.is(day-1, ','):
		p.defectAt("date.comma-missing", p.weekdayTok, p.weekdayTok, "no comma after the day name")
	}
}

// nameDefects: RFC 5322 3.3 has names of three letters, in English.
func (p *dateParser) nameDefects() {
	if p.weekdayTok >= 0 {
		switch word := p.word(p.weekdayTok); {
		case p.weekday == dateForeignDay:
			p.defectAt("date.weekday-unknown", p.weekdayTok, p.weekdayTok, "not an English day name")
		case len(word) != 3:
			p.defectAt("date.weekday-long", p.weekdayTok, p.weekdayTok, "day name not of three letters")
		}
	}
	if p.monthTok >= 0 && !p.numeric {
		switch word := p.word(p.monthTok); {
		case datePrefix(dateMonths[:], word) < 0:
			p.defectAt("date.month-foreign", p.monthTok, p.monthTok, "not an English month name")
		case len(word) != 3:
			p.defectAt("date.month-long", p.monthTok, p.monthTok, "month name not of three letters")
		}
	}
}

// restDefects names the text that is no part of the date and sets the span.
func (p *dateParser) restDefects() {
	first, last := p.tok(p.first), p.tok(p.last)
	end := max(last.end, last.noteTo)
	p.d.Span = Span{p.base + int(first.start), p.base + int(end)}
	if p.first > 0 {
		p.defect("date.leading-text", int(p.toks[0].start), int(p.toks[p.first-1].end), "text before the date")
	}
	if p.oddFrom >= 0 && p.oddFrom < p.last {
		p.defectAt("date.extra-text", p.oddFrom, min(p.oddTo, p.last), "text between the parts of the date")
	}
	if p.last+1 < p.n {
		p.defect("date.trailing-text", int(p.toks[p.last+1].start), len(p.text), "text after the date")
	}
}

// cutTexts fills the fields that hold text as written.
func (p *dateParser) cutTexts() {
	start := p.d.Span.Start - p.base
	p.d.Raw = dateUnfold(p.text[start : p.d.Span.End-p.base])
	p.cutZone()
	if p.weekdayTok >= 0 {
		p.d.Weekday = p.cutText(p.tok(p.weekdayTok).start, p.tok(p.weekdayTok).end)
	}
	for i := p.timeEnd; p.timeTok >= 0 && i <= p.last; i++ {
		if t := p.tok(i); t.noteTo > 0 {
			p.d.Comment = p.cutText(t.note+1, t.noteTo-1)
			return
		}
	}
}

func (p *dateParser) cutZone() {
	if p.zoneTok >= 0 {
		p.d.ZoneText = p.cutText(p.tok(p.zoneTok).start, p.tok(p.zoneEnd).end)
	}
}

// cutText gives a piece of the value, sharing Raw's memory when Raw was not
// unfolded.
func (p *dateParser) cutText(from, to int32) string {
	if off := p.d.Span.Start - p.base; len(p.d.Raw) == p.d.Span.Len() && int(from) >= off && int(to) <= off+len(p.d.Raw) {
		return p.d.Raw[int(from)-off : int(to)-off]
	}
	return dateUnfold(p.text[from:to])
}
