package cli

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// filter chooses messages of a scan. Its zero value takes all.
type filter struct {
	terms        []term
	since, until time.Time // zero for none
}

// term is one condition: FIELD OP VALUE.
type term struct {
	field, op, value string
}

// whereFields are the fields of --where, each with its values in a message.
var whereFields = []struct {
	name   string
	values func(*evidence.Message, *forensic.Report) []string
}{
	{"from", func(_ *evidence.Message, r *forensic.Report) []string { return people(r.Message.From) }},
	{"to", func(_ *evidence.Message, r *forensic.Report) []string {
		return slices.Concat(people(r.Message.To), people(r.Message.Cc), people(r.Message.Bcc))
	}},
	{"subject", func(_ *evidence.Message, r *forensic.Report) []string { return optionalText(r.Message.Subject) }},
	{"message-id", func(_ *evidence.Message, r *forensic.Report) []string { return stated(r.Message.MessageID) }},
	{"attachment", func(_ *evidence.Message, r *forensic.Report) []string { return render.Attachments(r) }},
	{"ip", func(_ *evidence.Message, r *forensic.Report) []string { return addresses(r) }},
	{"finding", func(_ *evidence.Message, r *forensic.Report) []string { return findings(r) }},
	{"severity", func(_ *evidence.Message, r *forensic.Report) []string { return severity(r) }},
	{"container", func(m *evidence.Message, _ *forensic.Report) []string { return []string{string(m.Container)} }},
	{"index", func(m *evidence.Message, _ *forensic.Report) []string { return []string{strconv.Itoa(m.Index)} }},
	{"path", func(m *evidence.Message, _ *forensic.Report) []string { return []string{m.Path, m.Member} }},
}

// people are addresses and display names.
func people(list []report.Address) (out []string) {
	for _, a := range list {
		out = append(out, string(a.Address), string(a.Name))
	}
	return out
}

func optionalText(s *string) []string {
	if s == nil {
		return nil
	}
	return []string{*s}
}

func stated(s report.Stated) []string {
	if s == "" {
		return nil
	}
	return []string{string(s)}
}

// addresses are those of the clients of all hops, and of the origin.
func addresses(r *forensic.Report) (out []string) {
	for i := range r.Route.Hops {
		out = append(out, stated(r.Route.Hops[i].From.IP)...)
	}
	if o := r.Route.Origin; o != nil {
		out = append(out, stated(o.IP)...)
	}
	return out
}

func findings(r *forensic.Report) (out []string) {
	for _, f := range r.Findings {
		out = append(out, f.ID)
	}
	for i := range r.Parts {
		if inner := r.Parts[i].Message; inner != nil {
			out = append(out, findings(inner)...)
		}
	}
	return out
}

// severity is that of the gravest finding: "none" without any.
func severity(r *forensic.Report) []string {
	if w := render.Worst(r); w != nil {
		return []string{string(w.Severity)}
	}
	return []string{"none"}
}

// whereOps are the operators, the longer ones first.
var whereOps = []string{"!=", "!~", ">=", "=", "~"}

// readTerm reads one condition of --where.
func readTerm(text string) (term, error) {
	i := strings.IndexAny(text, "!>=~")
	if i < 0 {
		return term{}, invalid("where", text, "it is FIELD=VALUE, FIELD~VALUE, FIELD!=VALUE, FIELD!~VALUE or severity>=WORD")
	}
	t := term{field: strings.ToLower(strings.TrimSpace(text[:i]))}
	for _, op := range whereOps {
		if rest, ok := strings.CutPrefix(text[i:], op); ok {
			t.op, t.value = op, strings.TrimSpace(rest)
			break
		}
	}
	if t.field == "message-id" {
		t.value = strings.Trim(t.value, "<>") // reports have it without
	}
	var known []string
	for _, f := range whereFields {
		known = append(known, f.name)
	}
	switch {
	case !slices.Contains(known, t.field):
		hint := didYouMean(t.field, known)
		if hint == "" {
			hint = "the fields are " + strings.Join(known, ", ")
		}
		return t, &usageError{"--where knows no field " + t.field, hint}
	case t.op == "" || t.op == ">=" && t.field != "severity":
		return t, invalid("where", text, "the operators are = ~ != !~, and >= for severity")
	case t.field == "severity" && t.op != "~" && t.op != "!~":
		return t, oneOf("where", t.value, "none", "info", "low", "medium", "high")
	}
	return t, nil
}

// takes reports whether the message fits. One of several values is enough; for
// != and !~ none may fit.
func (t *term) takes(m *evidence.Message, r *forensic.Report) bool {
	for _, f := range whereFields {
		if f.name == t.field {
			return slices.ContainsFunc(f.values(m, r), t.fits) != (t.op[0] == '!')
		}
	}
	return false
}

func (t *term) fits(value string) bool {
	switch {
	case t.op == ">=":
		return forensic.Severity(value).Rank() >= forensic.Severity(t.value).Rank()
	case strings.HasSuffix(t.op, "~"):
		return strings.Contains(strings.ToLower(value), strings.ToLower(t.value))
	case t.field == "ip" && sameAddress(value, t.value):
		return true
	case t.field == "finding" && strings.HasSuffix(t.value, "."):
		return strings.HasPrefix(value, t.value)
	}
	return strings.EqualFold(value, t.value)
}

// sameAddress compares IP addresses whatever way each is written.
func sameAddress(a, b string) bool {
	x, errA := netip.ParseAddr(a)
	y, errB := netip.ParseAddr(b)
	return errA == nil && errB == nil && x.Unmap() == y.Unmap()
}

// takes reports whether the message is wanted; undated says that it is not for
// want of a date that can be read.
func (f *filter) takes(m *evidence.Message, r *forensic.Report) (wanted, undated bool) {
	for i := range f.terms {
		if !f.terms[i].takes(m, r) {
			return false, false
		}
	}
	if f.since.IsZero() && f.until.IsZero() {
		return true, false
	}
	if r.Message.Date == nil {
		return false, true
	}
	at, err := time.Parse(time.RFC3339Nano, string(r.Message.Date.Time))
	if err != nil {
		return false, true
	}
	return (f.since.IsZero() || !at.Before(f.since)) && (f.until.IsZero() || at.Before(f.until)), false
}

// readTime reads a bound of time. A day as an upper bound is meant as a whole;
// without a zone the one of --tz holds, else UTC.
func readTime(text string, zone *time.Location, upper bool) (time.Time, bool) {
	if zone == nil {
		zone = time.UTC
	}
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return at, true
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, true
		}
	}
	day, err := time.ParseInLocation("2006-01-02", text, zone)
	if err == nil && upper {
		day = day.AddDate(0, 0, 1)
	}
	return day, err == nil
}
