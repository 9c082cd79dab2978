package route

import (
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// pacificOffset is the offset of US Pacific time in seconds: the Energy Policy
// Act of 2005 has summer time from the second Sunday of March to the first of
// November since 2007; from 1987 on it was the first Sunday of April to the last
// of October. Changes are at 02:00 local standard and summer time.
func pacificOffset(t time.Time) int {
	u := t.UTC()
	from, to := sunday(u.Year(), time.March, 8), sunday(u.Year(), time.November, 1)
	if u.Year() < 2007 {
		from, to = sunday(u.Year(), time.April, 1), sunday(u.Year(), time.October, 25)
	}
	if !u.Before(from.Add(10*time.Hour)) && u.Before(to.Add(9*time.Hour)) {
		return -7 * 3600
	}
	return -8 * 3600
}

// sunday is the first Sunday on or after a day.
func sunday(year int, month time.Month, day int) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7)
}

// zoneNames holds what offsets, in minutes, a zone's abbreviation can mean
// anywhere on Earth; an ambiguous one has several. Sorted by what is common.
var zoneNames = [...]struct {
	name    string
	minutes []int
}{
	{"UTC", []int{0}}, {"UT", []int{0}}, {"Z", []int{0}}, {"GMT", []int{0}},
	{"EST", []int{-300, -180, 600, 660}}, {"EDT", []int{-240, -120, 660}},
	{"CST", []int{-360, 480, 570, 630, -300}}, {"CDT", []int{-300, -240, 540}},
	{"MST", []int{-420, 480, 390}}, {"MDT", []int{-360}},
	{"PST", []int{-480, 480}}, {"PDT", []int{-420, 540}},
	{"AKST", []int{-540}}, {"AKDT", []int{-480}}, {"HST", []int{-600}}, {"HDT", []int{-540}},
	{"AST", []int{-240, 180, 600}}, {"ADT", []int{-180, 240}}, {"NST", []int{-210}}, {"NDT", []int{-150}},
	{"BST", []int{60, 360, 660, -180}}, {"IST", []int{330, 60, 120}}, {"IDT", []int{180}},
	{"WET", []int{0}}, {"WEST", []int{60}}, {"CET", []int{60}}, {"CEST", []int{120}}, {"MEZ", []int{60}}, {"MESZ", []int{120}},
	{"MET", []int{60}}, {"MEST", []int{120}}, {"MET DST", []int{120}}, {"EET", []int{120}}, {"EEST", []int{180}}, {"EET DST", []int{180}},
	{"MSK", []int{180, 240}}, {"MSD", []int{240, 300}}, {"SAMT", []int{240}}, {"YEKT", []int{300, 360}}, {"NOVT", []int{420, 360}},
	{"JST", []int{540}}, {"KST", []int{540, 600}}, {"HKT", []int{480}}, {"SGT", []int{480}}, {"PHT", []int{480}}, {"ICT", []int{420}}, {"WIB", []int{420}},
	{"AEST", []int{600}}, {"AEDT", []int{660}}, {"ACST", []int{570}}, {"ACDT", []int{630}}, {"AWST", []int{480}}, {"WST", []int{480, 780, -660}},
	{"NZST", []int{720}}, {"NZDT", []int{780}},
	{"BRT", []int{-180}}, {"BRST", []int{-120}}, {"ART", []int{-180}}, {"CLT", []int{-240}}, {"CLST", []int{-180}}, {"COT", []int{-300}}, {"PET", []int{-300}}, {"VET", []int{-240, -270}},
	{"SAST", []int{120}}, {"EAT", []int{180}}, {"CAT", []int{120}}, {"WAT", []int{60}}, {"GST", []int{240, 600}}, {"PKT", []int{300}}, {"NPT", []int{345}},
	{"TRT", []int{180}}, {"IRST", []int{210}}, {"IRDT", []int{270}},
}

// zoneComment: the abbreviation behind the offset names a zone that has not
// this offset anywhere. Of 13,823 real dates with both 107 differ.
func (t *tracer) zoneComment(i int, h *Hop) {
	if !h.Date.OK || h.Date.Zone != headers.ZoneStated || h.Date.Comment == "" || strings.EqualFold(h.Date.ZoneText, h.Date.Comment) {
		return
	}
	_, offset := h.Date.Time.Zone()
	near, known := zoneDistance(strings.TrimSpace(h.Date.Comment), offset/60)
	if !known || near == 0 {
		return
	}
	weight := medium
	if near == 60 {
		weight = low // summer time that one of the two does not know of
	}
	d := t.doubt("zone-comment", i, weight, "the offset "+h.Date.ZoneText+" is not that of ("+h.Date.Comment+")", h.Date.Span)
	if near == 60 {
		d.speaksAgainst("one hour is the difference of summer time, which a host can have wrong")
	} else {
		d.speaksAgainst("a host can have a wrong setting of its zone")
	}
}

// zoneDistance is the least number of minutes between an offset and those of a
// zone name.
func zoneDistance(name string, minutes int) (near int, known bool) {
	if m, ok := numericZone(name); ok {
		return abs(m - minutes), true
	}
	for i := range zoneNames {
		z := &zoneNames[i]
		if !strings.EqualFold(z.name, name) {
			continue
		}
		near = 24 * 60
		for _, m := range z.minutes {
			near = min(near, abs(m-minutes))
		}
		return near, true
	}
	return 0, false
}

// numericZone reads "+03" and "+0530", the names of zones without one.
func numericZone(s string) (minutes int, ok bool) {
	if len(s) != 3 && len(s) != 5 || s[0] != '+' && s[0] != '-' || !decimalSet.all(s[1:]) {
		return 0, false
	}
	v, err := strconv.Atoi(s[1:])
	if err != nil {
		return 0, false
	}
	if len(s) == 5 {
		v = v/100*60 + v%100
	} else {
		v *= 60
	}
	if s[0] == '-' {
		v = -v
	}
	return v, true
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
