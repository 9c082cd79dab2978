package headers

// isNumericDate: three numbers with '-', '/' or '.' between them, one of them
// a year of four digits; with '/' always. readTime has had its turn.
func (p *dateParser) isNumericDate() bool {
	if !p.num(p.i+2) || !p.num(p.i+4) {
		return false
	}
	year := p.tok(p.i).digits() == 4 || p.tok(p.i+4).digits() == 4
	switch {
	case p.is(p.i+1, '/') && p.is(p.i+3, '/'):
		return true
	case p.is(p.i+1, '.') && p.is(p.i+3, '.'):
		return year
	case p.is(p.i+1, '-') && p.is(p.i+3, '-'):
		// Glued, or "2002 -0500 ..." would pass for one.
		return year && p.tok(p.i+1).glued && p.tok(p.i+2).glued && p.tok(p.i+3).glued && p.tok(p.i+4).glued
	}
	return false
}

// readNumericDate reads 2002-07-22, 2002/07/22, 22/07/2002 and 07/22/2002.
func (p *dateParser) readNumericDate() bool {
	if p.haveDate() || p.numCount > 0 || p.monthTok >= 0 {
		return p.stop("two dates")
	}
	a, b, c := p.i, p.i+2, p.i+4
	switch {
	case p.tok(b).digits() > 2:
		return p.reject("month of more than two digits")
	case p.tok(a).digits() == 4 && p.tok(c).digits() <= 2:
		p.year, p.month, p.day = p.valueAt(a), p.valueAt(b), p.valueAt(c)
		p.iso = p.is(p.i+1, '-')
	case p.tok(c).digits() == 4 && p.tok(a).digits() <= 2:
		if !p.orderDay(p.valueAt(a), p.valueAt(b)) {
			return p.reject("order of day and month is ambiguous")
		}
		p.year = p.valueAt(c)
	default:
		return p.reject("numeric date without a year of four digits")
	}
	p.setNumeric(5)
	return true
}

// orderDay tells day and month apart where the numbers themselves do.
func (p *dateParser) orderDay(a, b int) bool {
	switch {
	case a > 12 || a == b:
		p.day, p.month = a, b
	case b > 12:
		p.month, p.day = a, b
	default:
		return false
	}
	return true
}

func (p *dateParser) setNumeric(n int) {
	p.numeric = true
	code, detail := "date.shape-numeric", "a date in numbers"
	if p.iso {
		code, detail = "date.shape-iso", "the form of ISO 8601"
	}
	p.defectAt(code, p.i, p.i+n-1, detail)
	p.take(n)
}

// isBasicISO: 20020722T101112, ISO 8601's basic format.
func (p *dateParser) isBasicISO() bool {
	if p.toks[p.i].digits() != 8 || p.haveDate() || p.numCount > 0 || p.timeTok >= 0 {
		return false
	}
	clock := p.tok(p.i + 2)
	return p.tok(p.i+1).glued && dateEqual(p.word(p.i+1), "t") &&
		p.num(p.i+2) && clock.glued && (clock.digits() == 6 || clock.digits() == 4)
}

func (p *dateParser) readBasicISO() bool {
	day, clock := p.valueAt(p.i), p.valueAt(p.i+2)
	p.year, p.month, p.day = day/10000, day/100%100, day%100
	if p.noSeconds = p.tok(p.i+2).digits() == 4; p.noSeconds {
		clock *= 100
	}
	p.hour, p.minute, p.second = clock/10000, clock/100%100, clock%100
	p.timeTok, p.iso = p.i+2, true
	n := 3
	if !p.noSeconds && p.isFraction(p.i+3) {
		p.readFraction(p.i + 4)
		n = 5
	}
	p.setNumeric(n)
	p.timeEnd = p.last
	return true
}
