package forensic

import (
	"time"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// dateRules judge the Date field by itself. What it says against other clocks
// is not compared here.
var dateRules = []rule{
	{
		id: "date.missing", severity: report.Low, confidence: report.Sure,
		title:      "No date of origin is stated",
		explain:    "There is no Date field, one of the two fields that every message must have. Readers then show the time of arrival, or none.",
		innocent:   "Drafts, and messages that a server made itself.",
		references: []string{"RFC 5322 3.6", "RFC 5322 3.6.1"},
		check:      checkDateMissing,
	},
	{
		id: "date.unreadable", severity: report.Low, confidence: report.Sure,
		title:      "The Date field holds no date that can be read",
		explain:    "No time is given for it: programs that roll an impossible hour over or fall back to 1970 make one up.",
		innocent:   "Broken scripts; fields in a language other than English.",
		references: []string{"RFC 5322 3.3"},
		check:      checkDateUnreadable,
	},
	{
		id: "date.weekday-mismatch", severity: report.Medium, confidence: report.Sure,
		title:      "The day of the week contradicts the date",
		explain:    "RFC 5322 requires them to agree, and software computes one from the other. Both cannot be as first written.",
		innocent:   "Home-made scripts with a fixed or localised day name.",
		references: []string{"RFC 5322 3.3"},
		check:      checkWeekday,
	},
	{
		id: "date.zone-absent", severity: report.Info, confidence: report.Sure,
		title:      "The Date field states no time zone",
		explain:    "The wall time is known, the instant is not: it may lie up to 14 hours to either side.",
		innocent:   "Scripts that print local time.",
		references: []string{"RFC 5322 3.3"},
		check:      checkZoneAbsent,
	},
	{
		id: "date.zone-unknown", severity: report.Info, confidence: report.Sure,
		title:      "The Date field's time zone gives no offset",
		explain:    "-0000 states that nothing is known of the writer's zone; a military letter or an unknown name must be read the same way.",
		innocent:   "Servers that stamp in UTC write -0000 by the book.",
		references: []string{"RFC 5322 3.3", "RFC 5322 4.3"},
		check:      checkZoneUnknown,
	},
	{
		id: "date.zone-unusual", severity: report.Low, confidence: report.Sure,
		title:      "The Date field's offset is used at no place on Earth",
		explain:    "Offsets run from -12:00 to +14:00 in quarters of an hour. A clock set by an operating system gives no other one.",
		innocent:   "Scripts with a fixed text for the zone; appliances whose zone was set by hand.",
		references: []string{"RFC 5322 3.3", "IANA time zone database"},
		codes:      []string{"date.zone-unusual"},
	},
}

func checkDateMissing(j *judging) []hit {
	if j.report.Message.Date != nil {
		return nil
	}
	return j.absent("Date")
}

func checkDateUnreadable(j *judging) []hit {
	d := j.report.Message.Date
	if d == nil || d.Time != "" {
		return nil
	}
	return []hit{at(d.Span, "Date is "+quote(string(d.Raw))+": "+string(d.Reason))}
}

func checkWeekday(j *judging) []hit {
	d := &j.memo.date
	if !d.WeekdayWrong {
		return nil
	}
	return []hit{at(d.Span, "Date is "+quote(d.Raw)+": "+quote(d.Weekday)+" is written, but "+
		d.Time.Format(time.DateOnly)+" is a "+d.Time.Weekday().String())}
}

func checkZoneAbsent(j *judging) []hit {
	d := j.report.Message.Date
	if d == nil || d.Zone != report.Stated(headers.ZoneAbsent) {
		return nil
	}
	return []hit{at(d.Span, "Date is "+quote(string(d.Raw))+" without an offset from UTC")}
}

func checkZoneUnknown(j *judging) []hit {
	d := j.report.Message.Date
	if d == nil || d.Zone != report.Stated(headers.ZoneUnknown) {
		return nil
	}
	return []hit{at(d.Span, "Date is "+quote(string(d.Raw))+" with the zone "+quote(j.memo.date.ZoneText))}
}
