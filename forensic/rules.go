package forensic

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// rule is one kind of finding. Its hits come from check, or, when check is
// nil, from the defects that have one of the codes.
type rule struct {
	id         string
	severity   Severity
	confidence report.Confidence
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
	&addressRules, &attachmentRules, &clockRules, &dateRules, &deceptionRules, &fingerprintRules, &headerRules, &limitRules, &mimeRules, &messageIDRules, &routeRules, &smimeRules,
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
	authors  []report.Address
	orgs     []string
	defects  codeIndex
	readings map[mimeparse.Reading]*otherReading
	// contests counts the comparisons of readings.
	contests int
	sums     map[*mimeparse.Part]string
	// odd says what the names hold; see oddities.
	odd oddity
	// hits and spans are the memory for what is found.
	hits  slab[hit]
	spans slab[headers.Span]
	found []verdict
	order []int // of found, as the findings stand
	// references is the memory for those of the findings.
	references []string
	// tests has a bit for each length of a failed test's name.
	tests uint64

	hitRoom [hitChunk]hit
}

// verdict is a hit on its way to become a finding.
type verdict struct {
	*rule
	hit
	id   string // with the hit's aspect
	rank int    // of the severity in force
}

const (
	// maxHits is the number of findings listed of one rule: a message can have
	// ten thousand parts that all break it.
	maxHits = 50
	// maxSpans is the number of spans listed of one finding.
	maxSpans = 20
	// hitChunk and spanChunk are for how many hits and spans memory is taken
	// at once; textSize is the room for a detail before it is kept.
	hitChunk, spanChunk, textSize = 8, 8, 512
)

// judge runs every rule over the facts.
func judge(f *facts) []Finding {
	j := newJudging(f)
	for r := range allRules() {
		if r.check == nil && !j.defects.has(r.codes) {
			continue // as it is with most rules and messages
		}
		j.file(r, j.run(r))
	}
	return j.findings()
}

func newJudging(f *facts) *judging {
	j := &f.memo.judging
	*j = judging{facts: f, found: j.found[:0], order: j.order[:0], orgs: j.orgs[:0]}
	j.hits.free = j.hitRoom[:]
	for i := range f.route.Doubts {
		j.tests |= 1 << (len(f.route.Doubts[i].Test) & 63)
	}
	for _, name := range [...]string{"List-Id", "List-Post", "Mailing-List"} {
		if _, ok := f.field(name); ok {
			j.fromList = true
		}
	}
	j.defects.fill(f.report.Defects)
	j.readAuthors()
	for i := range f.memo.firsts {
		first := &f.memo.firsts[i]
		first.kind = j.kindOf(&f.verdict.Conflicts[first.index])
	}
	j.odd = j.oddities()
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
	if len(hits) > 1 {
		slices.SortStableFunc(hits, func(a, b hit) int {
			return cmp.Compare(cmp.Or(b.severity, r.severity).Rank(), cmp.Or(a.severity, r.severity).Rank())
		})
	}
	return hits
}

// file takes the hits of a rule, as many as are listed.
func (j *judging) file(r *rule, hits []hit) {
	for i := range hits[:min(len(hits), maxHits)] {
		v := verdict{rule: r, hit: hits[i], id: r.id}
		v.hit.severity = cmp.Or(v.hit.severity, r.severity)
		v.rank = v.hit.severity.Rank()
		if v.aspect != "" {
			v.id += ":" + v.aspect
		}
		if more := len(v.hit.spans) - maxSpans; more > 0 {
			v.hit.spans = v.hit.spans[:maxSpans]
			v.detail += "; " + strconv.Itoa(more) + " more places are not listed"
		}
		j.found = append(j.found, v)
	}
	if more := len(hits) - maxHits; more > 0 {
		j.found[len(j.found)-1].detail += "; " + strconv.Itoa(more) + " more findings of this kind are not listed"
	}
}

// findings puts the gravest first, then goes by position and id. What is
// sorted are the places in the list, for a verdict is large.
func (j *judging) findings() []Finding {
	references := 0
	for i := range j.found {
		j.order = append(j.order, i)
		references += len(j.found[i].rule.references)
	}
	slices.SortStableFunc(j.order, func(a, b int) int { return j.found[a].compare(&j.found[b]) })
	j.references = make([]string, 0, references)
	out := make([]Finding, len(j.order))
	for i, at := range j.order {
		out[i] = j.finding(&j.found[at])
	}
	return out
}

func (v *verdict) compare(o *verdict) int {
	return cmp.Or(
		cmp.Compare(o.rank, v.rank),
		cmp.Compare(v.spans[0].Start, o.spans[0].Start),
		cmp.Compare(v.spans[0].End, o.spans[0].End),
		strings.Compare(v.id, o.id),
	)
}

// finding is the verdict in the report's words. It shares no memory with the
// table of rules but strings, so that a caller may change it.
func (j *judging) finding(v *verdict) Finding {
	start := len(j.references)
	j.references = append(j.references, v.rule.references...)
	return Finding{
		ID: v.id, Severity: v.hit.severity, Confidence: v.confidence, Title: v.title, Detail: v.detail,
		Spans: v.spans, References: j.references[start:len(j.references):len(j.references)], Innocent: v.innocent,
	}
}

// addHit adds h to the hits of a rule; the first one needs no memory of its
// own.
func (j *judging) addHit(hits []hit, h hit) []hit {
	if hits == nil {
		return j.hits.one(h, hitChunk)
	}
	return append(hits, h)
}

// defectHits makes one hit for each part in which a defect of the codes
// stands. The first defect is shown with its bytes; the others by position.
func (j *judging) defectHits(codes ...string) []hit {
	hits, _ := j.hitsByPart(codes...)
	return hits
}

// hitsByPart is defectHits with the path of each hit's part.
func (j *judging) hitsByPart(codes ...string) (hits []hit, paths []report.Stated) {
	found := j.defectsOf(codes...)
	if len(found) == 0 {
		return nil, nil
	}
	seen := map[report.Stated]int{}
	for _, i := range found {
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
func (j *judging) describeDefect(d *report.Defect) string {
	var room [textSize]byte
	text := append(append(room[:0], "part "...), d.Part...)
	text = append(append(text, ": "...), d.Detail...)
	if b := d.Span.Of(j.msg.Raw); len(b) > 0 {
		text = appendHead(append(text, ": "...), string(b[:min(len(b), quoted+1)]), len(b))
	}
	return j.memo.texts.keep(text)
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
func quote(s string) string { return string(appendHead(nil, s, len(s))) }

// quoteBytes is quote for a piece of the message, which may be long.
func quoteBytes(b []byte) string {
	return string(appendHead(nil, string(b[:min(len(b), quoted+1)]), len(b)))
}

// appendHead quotes the beginning of a text of size bytes.
func appendHead(b []byte, head string, size int) []byte {
	if len(head) <= quoted {
		return appendQuoted(b, head)
	}
	cut := quoted
	for cut > quoted-4 && head[cut]&0xC0 == 0x80 { // not inside a UTF-8 sequence
		cut--
	}
	b = append(appendQuoted(b, head[:cut]), "… ("...)
	return append(strconv.AppendInt(b, int64(size), 10), " bytes)"...)
}
