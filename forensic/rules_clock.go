package forensic

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// clockRules judge what the dated facts of a message say of one another. Each
// contradiction that [clock.Judge] found belongs to one rule, by what the
// doubtful reading is.
var clockRules = []rule{
	{
		id: "clock.date", severity: report.Medium, confidence: report.Likely,
		title:      "The Date field contradicts other clocks of the message",
		explain:    "The Date field is the sender's own word, and every reader shows it. Here identifiers made by other software, or stamps of servers, show another time, and giving up the Date field alone makes them agree. High where it lies more than a day before or behind at least two other writers' clocks.",
		innocent:   "A computer with a wrong clock or zone; a draft sent long after it was written; an importer that set the Date field anew.",
		references: []string{"RFC 5322 3.6.1"},
		check:      func(j *judging) []hit { return j.conflicts("clock.date") },
	},
	{
		id: "clock.draft", severity: report.Low, confidence: report.Unsure,
		title:      "Writing began days before the message was sent",
		explain:    "Some programs put the moment at which a message was begun into its identifiers or Thread-Index. Here it lies further back than writing takes, as a rule: the identifier was copied, or the draft was kept. Of 377 such identifiers all but a few are younger than an hour.",
		innocent:   "A draft that was kept; a reply window left open.",
		references: []string{"RFC 5322 3.6.4"},
		check:      func(j *judging) []hit { return j.conflicts("clock.draft") },
	},
	{
		id: "clock.file", severity: report.Low, confidence: report.Unsure,
		title:      "A file in the message is dated later than the message",
		explain:    "What is attached must exist before the message is sent. Times in files come from other computers and cameras, whose clocks and zones are not known.",
		innocent:   "A wrong clock in a camera or another computer.",
		references: []string{"RFC 2183 2.4"},
		check:      func(j *judging) []hit { return j.conflicts("clock.file") },
	},
	{
		id: "clock.id-stamp", severity: report.Medium, confidence: report.Likely,
		title:      "A trace line's identifier holds another time than its stamp",
		explain:    "Many servers build the identifier of a transfer from the time. It and the stamp are written by one program at one time; here they lie far apart, so that one of them was not written then. High where they lie more than a day apart.",
		innocent:   "A server that renumbers queued messages; mail published with its times or identifiers changed.",
		references: []string{"RFC 5321 4.4"},
		check:      func(j *judging) []hit { return j.conflicts("clock.id-stamp") },
	},
	{
		id: "clock.impossible-order", severity: report.Medium, confidence: report.Likely,
		title:      "An event is dated before another that must have come first",
		explain:    "A message is written, signed, received by one host after the other and stored, in that order. Here a clock shows a later step before an earlier one, beyond what honest clocks differ.",
		innocent:   "A server or a signer with a wrong clock.",
		references: []string{"RFC 5321 4.4"},
		check:      func(j *judging) []hit { return j.conflicts("clock.impossible-order") },
	},
	{
		id: "clock.latency", severity: report.Medium, confidence: report.Likely,
		title:      "Exchange Online's arrival time and latency do not add up to its stamp",
		explain:    "Exchange Online writes when a message arrived and how long it took to deliver; the sum is the stamp of its newest trace line, within three seconds in 7,698 of 7,701 messages measured. Here it is not: one of the three was changed, or the message went on afterwards.",
		innocent:   "A message moved between tenants or exported by a tool that rewrote its fields.",
		references: []string{"RFC 5321 4.4"},
		check:      checkLatency,
	},
	{
		id: "clock.release", severity: report.Low, confidence: report.Unsure,
		title:      "A stamp lies outside the time at which its server's software was in use",
		explain:    "Servers name their version, which cannot be used before it was made. Exchange Online writes its build number, and each build is in use for some weeks: the middle 99 % of 7,958 stamps lie between 14 days before and 35 days behind the expected time of their build. Medium where a build is more than four months away.",
		innocent:   "Builds newer than the table; an installation that is updated late.",
		references: []string{"RFC 5321 4.4"},
		check:      func(j *judging) []hit { return j.conflicts("clock.release") },
	},
	{
		id: "clock.stale-template", severity: report.Medium, confidence: report.Likely,
		title:      "An identifier that is made anew for each message is older than the message",
		explain:    "Mail programs build Message-IDs and MIME boundaries from the time at which they make the message. This one holds a time long before the rest: it was copied from another message, as bulk mailers do with a template. High where it is more than a day older and at least two other writers' clocks agree against it.",
		innocent:   "A message stored long before it was sent, by a program that keeps the identifiers of the draft.",
		references: []string{"RFC 5322 3.6.4", "RFC 2046 5.1.1"},
		check:      func(j *judging) []hit { return j.conflicts("clock.stale-template") },
	},
	{
		id: "clock.zone", severity: report.Medium, confidence: report.Likely,
		title:      "The Date field states another time zone than the sender's clocks show",
		explain:    "One identifier holds the sender's wall clock, another universal time; their difference is the zone in which the message was written, whatever the Date field says.",
		innocent:   "A mail server that rewrote the Date field in its own zone; a traveller who changed the zone while writing.",
		references: []string{"RFC 5322 3.3"},
		check:      checkZone,
	},
}

// kindOf is the rule that a conflict belongs to.
func (j *judging) kindOf(c *clock.Conflict) string {
	d := j.doubted(c)
	a, b := &j.facts.readings[c.A], &j.facts.readings[c.B]
	other := a
	if c.A == c.Doubtful {
		other = b
	}
	switch {
	case j.showsZone(c):
		return "clock.zone"
	case d.Event == clock.File:
		return "clock.file"
	case a.Event == clock.Released, b.Event == clock.Released:
		return "clock.release"
	case d.Rule == "date.header":
		return "clock.date"
	case a.Hop >= 0 && a.Hop == b.Hop:
		return "clock.id-stamp"
	case d.Hop < 0 && d.Event == clock.Compose && d.Time.Before(other.Time):
		return "clock.draft"
	case d.Hop < 0 && isTemplate(d.Event) && d.Time.Before(other.Time):
		return "clock.stale-template"
	}
	return "clock.impossible-order"
}

// showsZone reports whether the wall clock that shows the sender's zone is in
// conflict with the Date field only because that states another one.
func (j *judging) showsZone(c *clock.Conflict) bool {
	z := j.report.Clock.Zone
	if z == nil || z.AgreesWithDate == nil || *z.AgreesWithDate || !slices.Contains(c.Readings, z.Local) {
		return false
	}
	return slices.ContainsFunc(c.Readings, func(i int) bool { return j.facts.readings[i].Rule == "date.header" })
}

// isTemplate reports whether the sender's software makes such a thing anew for
// each message.
func isTemplate(e clock.Event) bool {
	return e == clock.Built || e == clock.Queued
}

// doubted is the reading of the conflict that is to be given up.
func (j *judging) doubted(c *clock.Conflict) *clock.Reading { return &j.facts.readings[c.Doubtful] }

// conflicts makes one hit for each doubtful reading whose first conflict
// belongs to the rule.
func (j *judging) conflicts(id string) []hit {
	var hits []hit
	for i := range j.memo.firsts {
		first := &j.memo.firsts[i]
		if c := &j.verdict.Conflicts[first.index]; first.kind == id && !j.toldByRoute(c) {
			hits = j.addHit(hits, j.conflictHit(c, first))
		}
	}
	return hits
}

// toldByRoute reports whether a finding of the route says the same: two stamps
// in the wrong order.
func (j *judging) toldByRoute(c *clock.Conflict) bool {
	for _, i := range c.Readings {
		if j.facts.readings[i].Rule != "date.received" {
			return false
		}
	}
	hop := j.doubted(c).Hop
	for i := range j.route.Doubts {
		if d := &j.route.Doubts[i]; (d.Test == "time-reversed" || d.Test == "future") && d.Hop-hop <= 1 && d.Hop >= hop {
			return true
		}
	}
	return false
}

// conflictHit describes a conflict with the bytes of its readings.
func (j *judging) conflictHit(c *clock.Conflict, first *firstConflict) hit {
	h := hit{detail: first.explain, spans: j.spans.take(len(c.Readings), spanChunk)[:0]}
	for _, i := range c.Readings {
		if r := &j.facts.readings[i]; !slices.Contains(h.spans, r.Span) {
			h.spans = append(h.spans, r.Span)
		}
	}
	switch id := first.kind; {
	case c.Gap > 24*time.Hour && j.against(c) >= 2 && j.doubted(c).Strength == clock.Evidence:
		h.severity = report.High
	case id == "clock.release" && c.Gap > 120*24*time.Hour && j.hasRule(c, "rcvd.exchange-build"):
		h.severity = report.Medium
	case j.isOld(c) && c.Gap <= 24*time.Hour && (id == "clock.date" || id == "clock.impossible-order"):
		h.severity = report.Low
	}
	return h
}

// hasRule reports whether a reading of that rule is in the conflict.
func (j *judging) hasRule(c *clock.Conflict, rule string) bool {
	return slices.ContainsFunc(c.Readings, func(i int) bool { return j.facts.readings[i].Rule == rule })
}

// isOld: before 2006 computers seldom set their clocks by the network. Of the
// ham of 2002, 2 % contradicts itself by hours for a wrong clock or zone.
func (j *judging) isOld(c *clock.Conflict) bool {
	const networkTime = 2006
	return j.facts.readings[c.A].Time.Year() < networkTime && j.facts.readings[c.B].Time.Year() < networkTime
}

// against counts the writers that the doubtful reading contradicts.
func (j *judging) against(c *clock.Conflict) int {
	var writers []string
	for i := range j.verdict.Conflicts {
		o := &j.verdict.Conflicts[i]
		if o.Doubtful != c.Doubtful {
			continue
		}
		for _, k := range o.Readings {
			if w := j.verdict.Writers[k]; k != c.Doubtful && !slices.Contains(writers, w) {
				writers = append(writers, w)
			}
		}
	}
	return len(writers)
}

// checkZone compares the zone that two clocks show with that of the Date.
func checkZone(j *judging) []hit {
	z := j.report.Clock.Zone
	if z == nil || z.AgreesWithDate == nil || *z.AgreesWithDate {
		return nil
	}
	date := &j.memo.date
	if _, offset := date.Time.Zone(); offset == 0 {
		return nil // servers write universal time into it
	}
	local, utc := &j.facts.readings[z.Local], &j.facts.readings[z.UTC]
	return []hit{{
		detail: "Date states " + quote(date.ZoneText) + "; " + j.nameReading(z.Local) + " shows " + j.readingTime(local) + " on the sender's wall clock, " +
			j.nameReading(z.UTC) + " " + j.readingTime(utc) + ": the zone is " + z.Offset,
		spans: []headers.Span{date.Span, local.Span, utc.Span},
	}}
}

// checkLatency adds up what Exchange Online writes about the delivery.
func checkLatency(j *judging) []hit {
	const allowed = time.Minute
	field, ok := j.field("X-MS-Exchange-Transport-EndToEndLatency")
	if !ok {
		return nil
	}
	arrival := slices.IndexFunc(j.facts.readings, func(r clock.Reading) bool { return r.Rule == crossTenantRule })
	n := len(j.route.Hops)
	if arrival < 0 || n == 0 || !isFleet(domain.Org(j.route.Hops[n-1].By)) || !j.route.Hops[n-1].Date.OK {
		return nil
	}
	latency, ok := parseLatency(string(field.Raw()))
	if !ok {
		return nil
	}
	top := j.route.Hops[n-1].Date
	sum := j.facts.readings[arrival].Time.Add(latency)
	if d := sum.Sub(top.Time).Abs(); d > allowed {
		return []hit{{
			detail: "arrival " + j.readingTime(&j.facts.readings[arrival]) + " and latency " + latency.String() + " make " + instant(sum) +
				", the newest trace line is stamped " + top.RFC3339() + ": " + inWords(d) + " apart",
			spans: []headers.Span{j.facts.readings[arrival].Span, field.Value, top.Span},
		}}
	}
	return nil
}

// crossTenantRule is the rule of X-MS-Exchange-CrossTenant-OriginalArrivalTime.
const crossTenantRule = "x-ms-exchange.arrival"

// parseLatency reads a .NET TimeSpan: "[days.]hh:mm:ss[.fraction]".
func parseLatency(s string) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	days := "0"
	if dot, colon := strings.IndexByte(s, '.'), strings.IndexByte(s, ':'); dot >= 0 && dot < colon {
		days, s = s[:dot], s[dot+1:]
	}
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return 0, false
	}
	d, err1 := strconv.ParseUint(days, 10, 12)
	h, err2 := strconv.ParseUint(parts[0], 10, 8)
	m, err3 := strconv.ParseUint(parts[1], 10, 8)
	sec, err4 := strconv.ParseFloat(parts[2], 64)
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || h > 23 || m > 59 || !(sec >= 0 && sec < 60) {
		return 0, false
	}
	return time.Duration(d*24+h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(sec*float64(time.Second)), true
}
