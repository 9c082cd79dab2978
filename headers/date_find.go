package headers

// dateFindWindow is how far behind its beginning FindDate reads a date.
const dateFindWindow = 128

// FindDate looks for date-times with a time of day anywhere in the span and
// returns the last one: for a Received value without the ';' that RFC 5321
// 4.4 puts before the date (seen from SendGrid and old AOL). When there is
// none the result is not OK and its Span is the whole value.
func FindDate(raw []byte, at Span) Date {
	whole := dateTrim(raw, at)
	found := Date{Span: whole, Zone: ZoneAbsent, Reason: "no date found"}
	for pos := whole.Start; pos < whole.End; {
		if !dateBegins(raw[whole.Start:whole.End], pos-whole.Start) {
			pos++
			continue
		}
		// A window, so that a value of nothing but beginnings still costs
		// linear time.
		d := ParseDate(raw, Span{pos, min(whole.End, pos+dateFindWindow)})
		if d.OK && d.Span.Start == pos {
			found, pos = d, d.Span.End
			continue
		}
		pos++
	}
	if !found.OK {
		found.Raw = dateUnfold(whole.Of(raw))
	}
	return found
}

// dateBegins reports whether a date can start at pos: a weekday or month name
// or a number, at the start of a word.
func dateBegins(text []byte, pos int) bool {
	if pos > 0 && !dateIsBlank(text[pos-1]) && text[pos-1] != ';' && text[pos-1] != ')' {
		return false
	}
	if dateIsDigit(text[pos]) {
		return dateBeginsNumber(text[pos:min(len(text), pos+16)])
	}
	word := text[pos:min(len(text), dateRun(text, pos, dateIsLetter))]
	return datePrefix(dateWeekdays[:], word) >= 0 || datePrefix(dateMonths[:], word) >= 0
}

// dateBeginsNumber: a day and a month name, or a number with '-' or '/'.
func dateBeginsNumber(text []byte) bool {
	end := dateRun(text, 0, dateIsDigit)
	if end < len(text) && (text[end] == '/' || end == 4 && text[end] == '-') {
		return true
	}
	next := end
	for next < len(text) && (dateIsBlank(text[next]) || text[next] == '-') {
		next++
	}
	return end <= 2 && next > end && datePrefix(dateMonths[:], text[next:dateRun(text, next, dateIsLetter)]) >= 0
}
