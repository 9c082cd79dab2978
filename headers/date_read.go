package headers

// dateParser reads the parts of a date in whatever order they stand. Each
// part is known by its own look (a month by its name, a time of day by its
// colons, a zone by its sign and place), so that one reader serves the order
// of RFC 5322, of asctime and of the rest, and nothing depends on a guess at
// the shape as a whole.
type dateParser struct {
	d    Date
	text []byte // the value without the blanks around it
	base int    // offset of text in raw
	fail string // the first reason why there is no date

	toks [dateMaxTokens]dateToken
	n, i int  // tokens held, next token
	cut  bool // there were more tokens

	first, last int // first and last token that is a part of the date

	nums     [2]int // bare numbers, which are the day and the year
	numCount int
	monthTok int
	numeric  bool // day, month and year come from a numeric date
	iso      bool // ... and that is ISO 8601's

	day, month, year int

	weekdayTok int
	weekday    int // 0 is Sunday; dateForeignDay is a name not known

	timeTok, timeEnd     int // first and last token of the time of day
	hour, minute, second int
	nanos, fraction      int // fraction: digits written, at most 9
	noSeconds            bool
	meridiem             int // token of AM or PM

	zoneTok, zoneEnd int
	zoneNamed        bool // the zone so far is only a name
	offset           int  // seconds east of UTC

	sawOdd         bool // a token was skipped that means nothing here
	oddFrom, oddTo int  // the first and the last such token within the date
}

const dateForeignDay = 7

func (p *dateParser) open(raw []byte, at Span) {
	p.d.Span = dateTrim(raw, at)
	p.text, p.base = p.d.Span.Of(raw), p.d.Span.Start
	if len(p.text) > dateMaxText {
		p.text, p.cut = p.text[:dateMaxText], true
	}
	p.first, p.last, p.monthTok, p.weekdayTok = -1, -1, -1, -1
	p.timeTok, p.meridiem, p.zoneTok, p.oddFrom = -1, -1, -1, -1
	p.d.Zone = ZoneAbsent
}

// step reads what starts at the next token. It is false when the rest is no
// part of the date.
func (p *dateParser) step() bool {
	switch p.toks[p.i].kind {
	case dateNum:
		return p.number()
	case dateWord:
		return p.name()
	}
	return p.mark()
}

// take marks n tokens from the next one on as parts of the date.
func (p *dateParser) take(n int) bool {
	if p.first < 0 {
		p.first = p.i
	}
	p.i += n
	p.last = p.i - 1
	return true
}

// skip passes over a token that joins parts: a comma, a hyphen.
func (p *dateParser) skip() bool {
	p.i++
	return true
}

// odd passes over a token that means nothing here. Once day, month and year
// are known it ends the date instead. Numbers and a day name before it, with
// neither month nor time of day yet, belong to other text: "by 9315.com
// http://x.net Fri, 12 Jul 2002" is no date in the year 9315.
func (p *dateParser) odd() bool {
	if p.haveDate() {
		return false
	}
	p.sawOdd = true
	if p.monthTok < 0 && p.timeTok < 0 {
		p.first, p.numCount, p.weekdayTok = -1, 0, -1
		return p.skip()
	}
	if p.oddFrom < 0 {
		p.oddFrom = p.i
	}
	p.oddTo = p.i
	return p.skip()
}

// stop ends the reading: with a reason when day, month and year are not all
// known yet, as text after the date when they are.
func (p *dateParser) stop(reason string) bool {
	if !p.haveDate() {
		p.reject(reason)
	}
	return false
}

// reject says why there is no date; the first reason stands.
func (p *dateParser) reject(reason string) bool {
	if p.fail == "" {
		p.fail = reason
	}
	return false
}

func (p *dateParser) haveDate() bool {
	return p.numeric || p.monthTok >= 0 && p.numCount == 2
}

// defect records a departure at an offset of the value. A second one of the
// same code only widens the first: a hostile value gives a short list.
func (p *dateParser) defect(code string, start, end int, detail string) {
	at := Span{p.base + start, p.base + end}
	for i := range p.d.Defects {
		if have := &p.d.Defects[i]; have.Code == code {
			have.Span.End = max(have.Span.End, at.End)
			return
		}
	}
	p.d.Defects = append(p.d.Defects, Defect{code, at, detail})
}

// defectAt records a departure that spans the tokens from..to.
func (p *dateParser) defectAt(code string, from, to int, detail string) {
	p.defect(code, int(p.tok(from).start), int(p.tok(to).end), detail)
}

// number reads what starts with a number: a time of day, a numeric date, the
// day or the year.
func (p *dateParser) number() bool {
	switch {
	case p.isTime():
		return p.readTime()
	case p.isNumericDate():
		return p.readNumericDate()
	case p.isBasicISO():
		return p.readBasicISO()
	case p.numCount < 2 && !p.numeric:
		p.nums[p.numCount] = p.i
		p.numCount++
		return p.take(1)
	case p.timeTok >= 0 && p.zoneTok < 0 && p.i == max(p.timeEnd, p.meridiem)+1:
		// QUIRK: RFC 5322 3.3 wants a sign before the zone; "0800" without
		// one does not say east or west. Seen in mail of 1995 and in spam.
		return p.unknownZone(1, "number without a sign")
	}
	return p.stop("more numbers than a date has")
}

// mark reads a token that is neither number nor word.
func (p *dateParser) mark() bool {
	switch p.text[p.toks[p.i].start] {
	case '+', '-':
		return p.sign()
	case ',', '.', ';', '"', '\'':
		return p.skip()
	case '/', ':', '<', '=', '(':
		if !p.haveDate() || p.timeTok < 0 && p.is(p.i, ':') {
			return p.skip()
		}
	}
	return p.odd()
}

// name reads what starts with a word.
func (p *dateParser) name() bool {
	word := p.word(p.i)
	switch {
	case p.isOrdinal(word):
		return p.take(1)
	case p.weekdayTok < 0 && p.weekdayName(word):
		return p.take(1)
	case !p.haveDate() && dateMonth(word) > 0:
		return p.takeMonth(dateMonth(word))
	case p.timeTok >= 0 && p.meridiem < 0 && p.meridiemTokens(word) > 0:
		p.meridiem = p.i
		return p.take(p.meridiemTokens(word))
	case p.isJoin(word):
		return p.take(1)
	case p.timeTok >= 0 && p.zoneTok < 0 && p.zoneName(word):
		return true
	case p.isGoClock(word):
		return p.takeGoClock()
	case p.isForeignDay():
		p.weekdayTok, p.weekday = p.i, dateForeignDay
		return p.take(1)
	}
	return p.odd()
}

// isOrdinal: "7th January" and the like.
func (p *dateParser) isOrdinal(word []byte) bool {
	t := p.tok(p.i)
	if !t.glued || !p.num(p.i-1) || len(word) != 2 || p.tok(p.i-1).digits() > 2 {
		return false
	}
	return dateEqual(word, "st") || dateEqual(word, "nd") || dateEqual(word, "rd") || dateEqual(word, "th")
}

// isJoin: the T of ISO 8601 between date and time of day, the "at" of English
// prose, and the "of" and "de" of "22 de Dezembro de 2014".
func (p *dateParser) isJoin(word []byte) bool {
	if p.last == p.i-1 && !p.haveDate() && (dateEqual(word, "de") || dateEqual(word, "of")) {
		return p.numCount > 0
	}
	if !p.haveDate() || p.timeTok >= 0 || !p.num(p.i+1) {
		return false
	}
	if p.numeric && dateEqual(word, "t") && p.tok(p.i).glued && p.tok(p.i+1).glued {
		return true
	}
	return dateEqual(word, "at")
}

// isGoClock: after the zone, Go's time.String writes the zone's name and the
// monotonic clock, " UTC m=+12.5".
func (p *dateParser) isGoClock(word []byte) bool {
	return p.iso && p.zoneTok >= 0 && !p.zoneNamed && p.zoneEnd == p.i-1 &&
		!p.tok(p.i).glued && dateIsUpper(word)
}

func (p *dateParser) takeGoClock() bool {
	p.defectAt("date.shape-go", p.i, p.i, "the form that Go prints")
	p.take(1)
	if p.is(p.i+1, '=') && (p.is(p.i+2, '+') || p.is(p.i+2, '-')) && p.num(p.i+3) && dateEqual(p.word(p.i), "m") {
		n := 4
		if p.is(p.i+4, '.') && p.num(p.i+5) {
			n = 6
		}
		p.take(n)
	}
	return true
}

// isForeignDay: an unknown word before everything but the time of day, with a
// comma or the day right behind it.
func (p *dateParser) isForeignDay() bool {
	if p.weekdayTok >= 0 || p.monthTok >= 0 || p.numCount > 0 || p.numeric {
		return false
	}
	next := p.i + 1
	for p.is(next, ',') || p.is(next, '.') {
		next++
	}
	return p.num(next) || p.tok(next).kind == dateWord && next > p.i+1 && dateMonth(p.word(next)) > 0
}
