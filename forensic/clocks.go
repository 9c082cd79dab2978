package forensic

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// readClock lists the dated facts of the message and weighs them.
func (f *facts) readClock(tol *clock.Tolerances) {
	known := clock.Known{IDs: f.memo.known}
	if f.report.Message.Date != nil {
		known.Date = &f.memo.date
	}
	f.readings = clock.ReadKnown(f.msg, f.stamps(), &known)
	n := len(f.readings)
	c := &f.report.Clock
	c.Readings, c.Skews, c.Contradictions = make([]report.Reading, n), []report.Skew{}, []report.Contradiction{}
	trust, hops := slices.Grow(f.memo.trust, n)[:n], make([]int, n)
	f.memo.trust = trust
	for i := range f.readings {
		f.fillReading(&c.Readings[i], &f.readings[i], &hops[i])
		trust[i] = authorTrust(c.Readings[i].Author)
	}
	f.verdict = clock.Judge(f.readings, f.steps(), trust, tol)
	for _, s := range f.verdict.Skews {
		c.Skews = append(c.Skews, report.Skew{Host: rawtext.Visible(s.Host), EarliestSeconds: s.Earliest.Seconds(), LatestSeconds: s.Latest.Seconds(), Readings: []int{s.Reading}})
	}
	f.readConflicts()
	c.Unweighed = f.verdict.Unweighed
	c.Sent = f.sentInterval()
	c.Zone = f.senderZone()
}

// stamps are the trace lines with the hops they belong to.
func (f *facts) stamps() []clock.Stamp {
	out := f.memo.stamps
	for i := range f.route.Hops {
		h := &f.route.Hops[i]
		out = append(out, clock.Stamp{Received: &h.Received, Name: h.Name, Field: h.Field, Hop: i})
		for _, x := range h.Also {
			out = append(out, clock.Stamp{Received: x.Received, Name: x.Name, Field: x.Field, Hop: i})
		}
	}
	for _, x := range f.route.Loose {
		out = append(out, clock.Stamp{Received: x.Received, Name: x.Name, Field: x.Field, Hop: -1})
	}
	f.memo.stamps = out
	return out
}

// steps says how far each hop's clock is to be believed.
func (f *facts) steps() []clock.Step {
	out := f.memo.steps
	for i := range f.route.Hops {
		h := &f.route.Hops[i]
		org := domain.Org(h.By)
		out = append(out, clock.Step{Host: clockHost(h.By), Owner: org, Fleet: isFleet(org), Trust: authorTrust(report.Author(h.Author)), ID: h.ID})
	}
	f.memo.steps = out
	return out
}

// clockHost names the clock of a host; "" for a name that many hosts have.
func clockHost(by string) string {
	by = strings.ToLower(by)
	if !strings.Contains(by, ".") || strings.HasPrefix(by, "localhost") || strings.HasPrefix(by, "127.") {
		return ""
	}
	return by
}

// isFleet reports whether the organisation is a large provider, whose many hosts'
// clocks were seen to differ by minutes among themselves.
func isFleet(org string) bool {
	switch org {
	case "outlook.com", "office365.com", "exchangelabs.com", "microsoft.com":
		return true
	}
	return false
}

// authorTrust ranks what somebody wrote.
func authorTrust(a report.Author) float64 {
	switch a {
	case report.AuthorReceiver:
		return clock.TrustRecipient
	case report.AuthorRelay:
		return clock.TrustRelay
	}
	return clock.TrustSender
}

// fillReading puts a reading into the report's words, field by field as
// [facts.readHop] does; hop is memory for its index.
func (f *facts) fillReading(out *report.Reading, r *clock.Reading, hop *int) {
	out.Source, out.Software, out.Raw, out.Span, out.Part = rawtext.Visible(r.Source), report.Stated(r.Software), report.Raw(r.Raw), r.Span, r.Part
	out.Event, out.Clock, out.Rule, out.Strength = string(r.Event), string(r.Clock), r.Rule, string(r.Strength)
	out.Time, out.PrecisionSeconds, out.Author = report.Stated(f.readingTime(r)), r.Precision.Seconds(), f.authorOf(r)
	if r.Period > 0 {
		s := r.Period.Seconds()
		out.PeriodSeconds = &s
	}
	if r.Hop >= 0 {
		*hop = r.Hop
		out.Hop = hop
	}
}

// readingTime is the text of [appendReadingTime].
func (f *facts) readingTime(r *clock.Reading) string {
	var room [40]byte
	return f.memo.texts.keep(appendReadingTime(room[:0], r))
}

// appendReadingTime appends RFC 3339 in UTC with the digits that the clock has;
// of a wall clock its date and time without zone; nothing for a year that RFC
// 3339 cannot state.
func appendReadingTime(b []byte, r *clock.Reading) []byte {
	if !statable(r.Time) {
		return b
	}
	b = appendFraction(appendStamp(b, r.Time), r.Time, fractionDigits(r.Precision))
	if r.Clock == clock.UTC || r.Clock == clock.Periodic {
		b = append(b, 'Z')
	}
	return b
}

// appendShownTime appends a reading's time in a sentence, which says when it is
// a wall clock's.
func appendShownTime(b []byte, r *clock.Reading) []byte {
	if !statable(r.Time) {
		return strconv.AppendInt(append(b, "the year "...), int64(r.Time.Year()), 10)
	}
	b = appendReadingTime(b, r)
	if r.Clock == clock.SenderLocal || r.Clock == clock.ServerZone {
		b = append(b, " on a wall clock"...)
	}
	return b
}

// fractionDigits is how many digits of a second a clock of that step shows.
func fractionDigits(step time.Duration) int {
	digits := 0
	for unit := time.Second; step > 0 && step < unit && digits < 9; unit /= 10 {
		digits++
	}
	return digits
}

// authorOf says who can have written the reading: a hop's line its author, a
// field above the recipient's oldest line the recipient's system, everything
// else the sender.
func (f *facts) authorOf(r *clock.Reading) report.Author {
	if r.Hop >= 0 && r.Hop < len(f.route.Hops) {
		return report.Author(f.route.Hops[r.Hop].Author)
	}
	switch r.Event {
	case clock.Built, clock.Compose, clock.Thread, clock.File:
		return report.AuthorSender // made with the message, wherever a host has put the field
	}
	if r.Event == clock.Stored && r.Field < 0 {
		return report.AuthorReceiver // the From_ line on top, which whoever keeps the message wrote
	}
	if r.Field < 0 {
		return report.AuthorSender
	}
	if isExchangeOwn(r.Source) && f.receivedByExchange() {
		return report.AuthorReceiver
	}
	return f.authorAt(r.Field)
}

// isExchangeOwn reports whether Exchange Online takes the field off mail from
// outside before it writes its own. It sorts these below the author's fields,
// so that their place says nothing.
func isExchangeOwn(name string) bool {
	const organization, crossTenant = "X-MS-Exchange-Organization-", "X-MS-Exchange-CrossTenant-"
	return len(name) > len(organization) && strings.EqualFold(name[:len(organization)], organization) ||
		len(name) > len(crossTenant) && strings.EqualFold(name[:len(crossTenant)], crossTenant)
}

// receivedByExchange reports whether the recipient's own system is Exchange
// Online's.
func (f *facts) receivedByExchange() bool {
	return f.route.Boundary >= 0 && isFleet(domain.Org(f.route.Hops[len(f.route.Hops)-1].By))
}

// authorAt is the author of the field at an index of the header: that of the
// newest hop whose line stands below it. Each relay puts its fields on top, so
// that what stands above a host's trace line was put there by it or by a later
// one.
func (f *facts) authorAt(field int) report.Author {
	for i := len(f.route.Hops) - 1; i >= 0; i-- {
		if h := &f.route.Hops[i]; field < h.Field {
			return report.Author(h.Author)
		}
	}
	return report.AuthorSender
}

// maxConflicts is the number of contradictions listed of one doubtful reading:
// one that is wrong contradicts all that are right.
const maxConflicts = 3

func (f *facts) readConflicts() {
	if len(f.verdict.Conflicts) == 0 {
		return
	}
	listed := slices.Grow(f.memo.listed, len(f.readings))[:len(f.readings)]
	clear(listed)
	f.memo.listed = listed
	f.report.Clock.Contradictions = make([]report.Contradiction, 0, min(len(f.verdict.Conflicts), maxConflicts))
	for i := range f.verdict.Conflicts {
		c := &f.verdict.Conflicts[i]
		if listed[c.Doubtful] == maxConflicts {
			continue
		}
		listed[c.Doubtful]++
		text := f.explainConflict(c)
		if listed[c.Doubtful] == 1 {
			f.memo.firsts = append(f.memo.firsts, firstConflict{index: i, explain: text})
		}
		f.report.Clock.Contradictions = append(f.report.Clock.Contradictions, report.Contradiction{
			A: c.A, B: c.B, ToleranceSeconds: c.Tolerance.Seconds(), GapSeconds: c.Gap.Seconds(),
			Explanation: text, Readings: c.Readings, Doubtful: c.Doubtful,
		})
	}
}

// sentRoom is the memory of an interval and its lists.
type sentRoom struct {
	report.SentInterval
	basis    [2]string
	readings [2]int
}

// sentInterval is the interval with its basis in words.
func (f *facts) sentInterval() *report.SentInterval {
	s := &f.verdict.Sent
	if s.Lower < 0 && s.Upper < 0 {
		return nil
	}
	out := new(sentRoom)
	out.Basis, out.Readings = out.basis[:0], out.readings[:0]
	if s.Lower >= 0 && statable(s.Earliest) {
		out.Earliest = f.bound(out, "not before ", s.Lower, s.Earliest)
	}
	if s.Upper >= 0 && statable(s.Latest) {
		out.Latest = f.bound(out, "not after ", s.Upper, s.Latest)
	}
	out.Corroboration = report.Stated(f.corroboration(s.Agreeing))
	return &out.SentInterval
}

// bound adds the basis of one end of the interval and gives that end as text.
func (f *facts) bound(out *sentRoom, which string, reading int, at time.Time) report.Stated {
	var room [textSize]byte
	b := append(f.appendName(append(room[:0], which...), reading), " ("...)
	b = append(append(b, f.readings[reading].Rule...), ')')
	b = f.appendAllowance(b, reading, at)
	out.Basis = append(out.Basis, f.memo.texts.keep(b))
	out.Readings = append(out.Readings, reading)
	return report.Stated(f.memo.texts.keep(at.UTC().AppendFormat(room[:0], time.RFC3339Nano)))
}

// appendAllowance says by how much a bound lies off the reading that gives it.
func (f *facts) appendAllowance(b []byte, i int, bound time.Time) []byte {
	r := &f.readings[i]
	if r.Clock != clock.UTC {
		return append(b, ", a wall clock"...)
	}
	if d := bound.Sub(r.Time).Abs().Round(time.Second); d > r.Precision {
		return append(appendWords(append(b, ", which may be "...), d), " off"...)
	}
	return b
}

// statable reports whether RFC 3339 can state a time.
func statable(t time.Time) bool { return t.Year() >= 0 && t.Year() <= 9999 }

// instant is a moment in UTC with the digits it needs.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// corroboration says how many independent clocks agree, never how sure that
// makes: they are independent when another writer made them.
func (f *facts) corroboration(agreeing []int) string {
	if len(agreeing) < 2 {
		return "no second independent clock agrees within a minute"
	}
	var room [textSize]byte
	b := append(append(room[:0], "corroborated by "...), countWord(len(agreeing))...)
	b = append(b, " independent clocks within a minute: "...)
	for k, i := range agreeing {
		if k > 0 {
			b = append(b, ", "...)
		}
		b = f.appendName(b, i)
	}
	return f.memo.texts.keep(b)
}

// senderZone is the zone that two clocks show, and whether Date states it too.
func (f *facts) senderZone() *report.SenderZone {
	z := f.verdict.Zone
	if !z.OK {
		return nil
	}
	out := &report.SenderZone{Offset: offsetText(z.Offset), Local: z.Local, UTC: z.UTC}
	for i := range f.readings {
		if r := &f.readings[i]; r.Rule == "date.header" && r.HasOffset {
			agrees := r.Offset == z.Offset
			out.AgreesWithDate = &agrees
			break
		}
	}
	return out
}

// offsetText is "+02:00".
func offsetText(d time.Duration) string {
	return time.Time{}.In(time.FixedZone("", int(d.Seconds()))).Format("-07:00")
}
