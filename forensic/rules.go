package forensic

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// rule is one kind of finding. Its hits come from check, or, when check is
// nil, from the defects that have one of the codes.
type rule struct {
	id         string
	severity   Severity
	confidence Confidence
	title      string
	explain    string
	innocent   string
	references []string
	codes      []string
	check      func(*judging) []hit
}

// hit is one place where a rule's condition holds.
type hit struct {
	severity Severity // "" means the rule's own
	aspect   string   // what follows the colon in the finding's id; "" for none
	detail   string
	spans    []headers.Span
}

// ruleFamilies is the table of all rules. Each family is sorted by id, and the
// families follow one another by their ids.
var ruleFamilies = [...]*[]rule{
	&addressRules, &attachmentRules, &clockRules, &dateRules, &deceptionRules, &fingerprintRules, &headerRules, &limitRules, &mimeRules, &messageIDRules, &routeRules,
}

// allRules iterates over the table.
func allRules() iter.Seq[*rule] {
	return func(yield func(*rule) bool) {
		for _, family := range ruleFamilies {
			for i := range *family {
				if !yield(&(*family)[i]) {
					return
				}
			}
		}
	}
}

// judging is one message under judgement: its facts, and what several rules
// need of them.
type judging struct {
	*facts
	// fromList is true when a list server's fields stand in the header.
	fromList bool
	// authors are the mailboxes of From; orgs are their organisations.
	authors  []Address
	orgs     []string
	byCode   map[string][]int // indexes into report.Defects
	readings map[mimeparse.Reading]*otherReading
	// contests counts the comparisons of readings.
	contests int
	sums     map[*mimeparse.Part]string
}

const (
	// maxHits is the number of findings listed of one rule: a message can have
	// ten thousand parts that all break it.
	maxHits = 50
	// maxSpans is the number of spans listed of one finding.
	maxSpans = 20
)

// judge runs every rule over the facts.
func judge(f *facts) []Finding {
	j := newJudging(f)
	out := []Finding{}
	for r := range allRules() {
		hits := j.run(r)
		for _, h := range hits[:min(len(hits), maxHits)] {
			out = append(out, r.finding(h))
		}
		if more := len(hits) - maxHits; more > 0 {
			last := &out[len(out)-1]
			last.Detail += "; " + strconv.Itoa(more) + " more findings of this kind are not listed"
		}
	}
	sortFindings(out)
	return out
}

func newJudging(f *facts) *judging {
	j := &judging{facts: f}
	for _, name := range [...]string{"List-Id", "List-Post", "Mailing-List"} {
		if _, ok := f.msg.Header.First(name); ok {
			j.fromList = true
		}
	}
	for i, d := range f.report.Defects {
		if j.byCode == nil {
			j.byCode = map[string][]int{}
		}
		j.byCode[d.Code] = append(j.byCode[d.Code], i)
	}
	j.readAuthors()
	return j
}

// run returns the rule's hits, gravest first: only so many are listed.
func (j *judging) run(r *rule) []hit {
	var hits []hit
	if r.check != nil {
		hits = r.check(j)
	} else {
		hits = j.defectHits(r.codes...)
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Compare(cmp.Or(b.severity, r.severity).Rank(), cmp.Or(a.severity, r.severity).Rank())
	})
	return hits
}

func (r *rule) finding(h hit) Finding {
	f := Finding{
		ID: r.id, Severity: cmp.Or(h.severity, r.severity), Confidence: r.confidence, Title: r.title,
		Detail: h.detail, Spans: h.spans, References: slices.Clone(r.references), Innocent: r.innocent,
	}
	if h.aspect != "" {
		f.ID += ":" + h.aspect
	}
	if more := len(f.Spans) - maxSpans; more > 0 {
		f.Spans = f.Spans[:maxSpans]
		f.Detail += "; " + strconv.Itoa(more) + " more places are not listed"
	}
	return f
}

// sortFindings puts the gravest first, then goes by position and id.
func sortFindings(f []Finding) {
	slices.SortStableFunc(f, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(b.Severity.Rank(), a.Severity.Rank()),
			cmp.Compare(a.Spans[0].Start, b.Spans[0].Start),
			cmp.Compare(a.Spans[0].End, b.Spans[0].End),
			strings.Compare(a.ID, b.ID),
		)
	})
}

// defectHits makes one hit for each part in which a defect of the codes
// stands. The first defect is shown with its bytes; the others by position.
func (j *judging) defectHits(codes ...string) []hit {
	hits, _ := j.hitsByPart(codes...)
	return hits
}

// hitsByPart is defectHits with the path of each hit's part.
func (j *judging) hitsByPart(codes ...string) (hits []hit, paths []Stated) {
	seen := map[Stated]int{}
	for _, i := range j.defectsOf(codes...) {
		d := &j.report.Defects[i]
		at, known := seen[d.Part]
		if !known {
			at = len(hits)
			seen[d.Part] = at
			hits = append(hits, hit{detail: j.describeDefect(d)})
			paths = append(paths, d.Part)
		}
		hits[at].spans = append(hits[at].spans, d.Span)
	}
	for i := range hits {
		if n := len(hits[i].spans); n > 1 {
			hits[i].detail += "; " + strconv.Itoa(n) + " places in all"
		}
	}
	return hits, paths
}

// describeDefect tells a defect with the bytes at its place.
func (j *judging) describeDefect(d *Defect) string {
	text := "part " + string(d.Part) + ": " + d.Detail
	if b := d.Span.Of(j.msg.Raw); len(b) > 0 {
		text += ": " + quoteBytes(b)
	}
	return text
}

// absent is the hit of a field that every message should have. It stands at
// the header in which the field is not. A message inside another may lack it
// (RFC 2046 5.2.1), and what a signature or TNEF wraps is no whole message.
func (j *judging) absent(field string) []hit {
	if j.report.Evidence.Parent != nil {
		return nil
	}
	return []hit{at(j.msg.Header.Span, "there is no "+field+" field in the header")}
}

// quoted is how much of a text is quoted in a finding.
const quoted = 160

// quote makes a text visible: control, format and other invisible characters
// are written as escapes, a long text is cut.
func quote(s string) string { return quoteHead(s, len(s)) }

// quoteBytes is quote for a piece of the message, which may be long.
func quoteBytes(b []byte) string { return quoteHead(string(b[:min(len(b), quoted+1)]), len(b)) }

// quoteHead quotes the beginning of a text of size bytes.
func quoteHead(head string, size int) string {
	if len(head) <= quoted {
		return strconv.Quote(head)
	}
	cut := quoted
	for cut > quoted-4 && head[cut]&0xC0 == 0x80 { // not inside a UTF-8 sequence
		cut--
	}
	return strconv.Quote(head[:cut]) + "… (" + strconv.Itoa(size) + " bytes)"
}
