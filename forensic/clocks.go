package forensic

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/internal/domain"
)

// readClock lists the dated facts of the message and weighs them.
func (f *facts) readClock(tol *clock.Tolerances) {
	f.readings = clock.Read(f.msg, f.stamps())
	c := &f.report.Clock
	c.Readings, c.Skews, c.Contradictions = make([]Reading, len(f.readings)), []Skew{}, []Contradiction{}
	trust := make([]float64, len(f.readings))
	for i := range f.readings {
		c.Readings[i] = f.newReading(&f.readings[i])
		trust[i] = authorTrust(c.Readings[i].Author)
	}
	f.verdict = clock.Judge(f.readings, f.steps(), trust, tol)
	for _, s := range f.verdict.Skews {
		c.Skews = append(c.Skews, Skew{Host: VisibleBytes(s.Host), EarliestSeconds: s.Earliest.Seconds(), LatestSeconds: s.Latest.Seconds(), Readings: []int{s.Reading}})
	}
	f.readConflicts()
	c.Unweighed = f.verdict.Unweighed
	c.Sent = f.sentInterval()
	c.Zone = f.senderZone()
}

// stamps are the trace lines with the hops they belong to.
func (f *facts) stamps() []clock.Stamp {
	var out []clock.Stamp
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
	return out
}

// steps says how far each hop's clock is to be believed.
func (f *facts) steps() []clock.Step {
	out := make([]clock.Step, len(f.route.Hops))
	for i := range f.route.Hops {
		h := &f.route.Hops[i]
		org := domain.Org(h.By)
		out[i] = clock.Step{Host: clockHost(h.By), Owner: org, Fleet: isFleet(org), Trust: authorTrust(Author(h.Author)), ID: h.ID}
	}
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
func authorTrust(a Author) float64 {
	switch a {
	case AuthorReceiver, AuthorBound:
		return clock.TrustRecipient
	case AuthorRelay:
		return clock.TrustRelay
	}
	return clock.TrustSender
}

func (f *facts) newReading(r *clock.Reading) Reading {
	out := Reading{
		Source: VisibleBytes(r.Source), Software: Stated(r.Software), Raw: Raw(r.Raw), Span: r.Span, Event: string(r.Event), Clock: string(r.Clock),
		Time: Stated(readingTime(r)), PrecisionSeconds: r.Precision.Seconds(), Rule: r.Rule, Author: f.authorOf(r), Strength: string(r.Strength), Part: r.Part,
	}
	if r.Period > 0 {
		s := r.Period.Seconds()
		out.PeriodSeconds = &s
	}
	if r.Hop >= 0 {
		h := r.Hop
		out.Hop = &h
	}
	return out
}

// readingTime is RFC 3339 in UTC with the digits that the clock has; of a wall
// clock its date and time without zone. It is empty for a year that RFC 3339
// cannot state.
func readingTime(r *clock.Reading) string {
	if !statable(r.Time) {
		return ""
	}
	var buf [40]byte
	text := r.Time.AppendFormat(buf[:0], "2006-01-02T15:04:05"+fractions[fractionDigits(r.Precision)])
	if r.Clock == clock.UTC || r.Clock == clock.Periodic {
		text = append(text, 'Z')
	}
	return string(text)
}

// shownTime is a reading's time in a sentence, which says when it is a wall
// clock's.
func shownTime(r *clock.Reading) string {
	text := readingTime(r)
	switch {
	case text == "":
		return "the year " + strconv.Itoa(r.Time.Year())
	case r.Clock == clock.SenderLocal || r.Clock == clock.ServerZone:
		return text + " on a wall clock"
	}
	return text
}

// fractions are the layouts of a fraction with so many digits.
var fractions = [...]string{"", ".0", ".00", ".000", ".0000", ".00000", ".000000", ".0000000", ".00000000", ".000000000"}

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
func (f *facts) authorOf(r *clock.Reading) Author {
	if r.Hop >= 0 && r.Hop < len(f.route.Hops) {
		return Author(f.route.Hops[r.Hop].Author)
	}
	switch r.Event {
	case clock.Built, clock.Compose, clock.Thread, clock.File:
		return AuthorSender // made with the message, wherever a host has put the field
	}
	if r.Event == clock.Stored && r.Field < 0 {
		return AuthorReceiver // the From_ line on top, which whoever keeps the message wrote
	}
	if r.Field < 0 {
		return AuthorSender
	}
	if isExchangeOwn(r.Source) && f.receivedByExchange() {
		return AuthorReceiver
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
func (f *facts) authorAt(field int) Author {
	for i := len(f.route.Hops) - 1; i >= 0; i-- {
		if h := &f.route.Hops[i]; field < h.Field {
			return Author(h.Author)
		}
	}
	return AuthorSender
}

// maxConflicts is the number of contradictions listed of one doubtful reading:
// one that is wrong contradicts all that are right.
const maxConflicts = 3

func (f *facts) readConflicts() {
	listed := map[int]int{}
	for _, c := range f.verdict.Conflicts {
		if listed[c.Doubtful]++; listed[c.Doubtful] > maxConflicts {
			continue
		}
		f.report.Clock.Contradictions = append(f.report.Clock.Contradictions, Contradiction{
			A: c.A, B: c.B, ToleranceSeconds: c.Tolerance.Seconds(), GapSeconds: c.Gap.Seconds(),
			Explanation: f.explainConflict(&c), Readings: c.Readings, Doubtful: c.Doubtful,
		})
	}
}

// explainConflict says in words what cannot be.
func (f *facts) explainConflict(c *clock.Conflict) string {
	a, b := &f.readings[c.A], &f.readings[c.B]
	text := f.quoteReading(c.A) + " shows " + shownTime(a) + ", " + f.quoteReading(c.B) + " " + shownTime(b) + ": " + inWords(c.Gap) + " apart, "
	if gap, allowed := inWords(c.Gap), inWords(c.Tolerance); gap != allowed {
		text += "where at most " + allowed + " is allowed"
	} else {
		text += inWords(c.Excess) + " more than is allowed"
	}
	if len(c.Readings) > 2 {
		text += ", with " + strconv.Itoa(len(c.Readings)) + " readings taken together"
	}
	return text + "; " + f.nameReading(c.Doubtful) + " is to be believed least"
}

// nameReading names a reading in a sentence.
func (f *facts) nameReading(i int) string {
	r := &f.readings[i]
	name := "the " + r.Source
	if r.Hop >= 0 {
		if r.Rule == "date.received" {
			return "the stamp of hop " + strconv.Itoa(r.Hop+1)
		}
		return "the " + r.Source + " of hop " + strconv.Itoa(r.Hop+1)
	}
	if r.Rule == "date.header" {
		return "the Date field"
	}
	return name
}

// quoteReading is nameReading with the identifier's own text, where the
// reading is of one.
func (f *facts) quoteReading(i int) string {
	r := &f.readings[i]
	if strings.HasPrefix(r.Rule, "date.") || len(r.Raw) > 80 {
		return f.nameReading(i)
	}
	name, hop, inHop := strings.Cut(f.nameReading(i), " of hop ")
	if name += " " + quote(r.Raw); inHop {
		name += " of hop " + hop
	}
	return name
}

// inWords is a length of time as a reader wants it.
func inWords(d time.Duration) string {
	switch {
	case d > 290*365*24*time.Hour:
		return "more than 290 years"
	case d < 2*time.Minute:
		return strconv.FormatFloat(d.Round(time.Second/10).Seconds(), 'f', -1, 64) + " s"
	case d < 2*time.Hour:
		return strconv.FormatFloat(d.Round(time.Minute).Minutes(), 'f', -1, 64) + " minutes"
	case d < 48*time.Hour:
		return strconv.FormatFloat(d.Round(6*time.Minute).Hours(), 'f', -1, 64) + " hours"
	}
	return strconv.FormatFloat(math.Round(d.Hours()/2.4)/10, 'f', -1, 64) + " days"
}

// sentInterval is the interval with its basis in words.
func (f *facts) sentInterval() *SentInterval {
	s := f.verdict.Sent
	if s.Lower < 0 && s.Upper < 0 {
		return nil
	}
	out := &SentInterval{Basis: []string{}, Readings: []int{}}
	if s.Lower >= 0 && statable(s.Earliest) {
		out.Earliest = Stated(instant(s.Earliest))
		out.Basis = append(out.Basis, "not before "+f.nameReading(s.Lower)+" ("+f.readings[s.Lower].Rule+")"+f.allowance(s.Lower, s.Earliest))
		out.Readings = append(out.Readings, s.Lower)
	}
	if s.Upper >= 0 && statable(s.Latest) {
		out.Latest = Stated(instant(s.Latest))
		out.Basis = append(out.Basis, "not after "+f.nameReading(s.Upper)+" ("+f.readings[s.Upper].Rule+")"+f.allowance(s.Upper, s.Latest))
		out.Readings = append(out.Readings, s.Upper)
	}
	out.Corroboration = Stated(f.corroboration(s.Agreeing))
	return out
}

// allowance says by how much a bound lies off the reading that gives it.
func (f *facts) allowance(i int, bound time.Time) string {
	r := &f.readings[i]
	if r.Clock != clock.UTC {
		return ", a wall clock"
	}
	if d := bound.Sub(r.Time).Abs().Round(time.Second); d > r.Precision {
		return ", which may be " + inWords(d) + " off"
	}
	return ""
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
	names := make([]string, len(agreeing))
	for k, i := range agreeing {
		names[k] = f.nameReading(i)
	}
	return "corroborated by " + countWord(len(agreeing)) + " independent clocks within a minute: " + strings.Join(names, ", ")
}

func countWord(n int) string {
	words := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// senderZone is the zone that two clocks show, and whether Date states it too.
func (f *facts) senderZone() *SenderZone {
	z := f.verdict.Zone
	if !z.OK {
		return nil
	}
	out := &SenderZone{Offset: offsetText(z.Offset), Local: z.Local, UTC: z.UTC}
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
