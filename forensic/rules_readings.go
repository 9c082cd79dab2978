package forensic

import (
	"crypto/sha256"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// otherReading is a way to read the message that differs in one choice from
// the one the report rests on, with what it finds.
type otherReading struct {
	name string
	// leaves are what it finds, by what makes two of them the same.
	leaves map[leaf]*mimeparse.Part
	// ours and theirs are the leaves that only one of the readings finds.
	ours, theirs []*mimeparse.Part
}

// choice is one field of [mimeparse.Reading].
type choice struct {
	name  string
	field func(*mimeparse.Reading) *bool
}

var (
	lastField      = choice{"taking the last of like fields", func(r *mimeparse.Reading) *bool { return &r.LastField }}
	lastParam      = choice{"taking the last of like parameters", func(r *mimeparse.Reading) *bool { return &r.LastParam }}
	plainParam     = choice{"preferring plain parameters", func(r *mimeparse.Reading) *bool { return &r.PlainParam }}
	prefixBoundary = choice{"accepting lines that only begin with the boundary", func(r *mimeparse.Reading) *bool { return &r.PrefixBoundary }}
	rawBoundary    = choice{"keeping blanks at the end of the boundary", func(r *mimeparse.Reading) *bool { return &r.RawBoundary }}
	ignoreClose    = choice{"reading on behind the closing delimiter", func(r *mimeparse.Reading) *bool { return &r.IgnoreClose }}
	strictDecoding = choice{"decoding up to the first error only", func(r *mimeparse.Reading) *bool { return &r.StrictDecoding }}
)

// read parses the message the other way in one choice; each way once.
func (j *judging) read(c choice) *otherReading {
	reading := j.report.Settings.Reading
	chosen := c.field(&reading)
	*chosen = !*chosen
	if o, ok := j.readings[reading]; ok {
		return o
	}
	o := &otherReading{name: c.name, leaves: map[leaf]*mimeparse.Part{}}
	if !*chosen {
		o.name = "not " + c.name
	}
	o.compare(j.parts, mimeparse.Parse(j.msg.Raw, &mimeparse.Options{Limits: j.report.Settings.Limits, Reading: reading}).Parts)
	if j.readings == nil {
		j.readings = map[mimeparse.Reading]*otherReading{}
	}
	j.readings[reading] = o
	return o
}

// leaf is what makes one reading's leaf the same as another's: then the
// content is the same too, and need not be decoded.
type leaf struct {
	body              headers.Span
	codec, kind, name string
}

func leafOf(p *mimeparse.Part) leaf {
	l := leaf{body: p.Body, kind: p.ContentType, name: p.Filename()}
	switch p.Encoding {
	case "base64", "quoted-printable", "uuencode":
		l.codec = p.Encoding // all others leave the body as it stands
	}
	return l
}

// compare lists the leaves that only one of the readings finds.
func (o *otherReading) compare(ours, theirs []*mimeparse.Part) {
	count := map[leaf]int{}
	for _, p := range theirs {
		if p.IsLeaf() {
			count[leafOf(p)]++
			o.leaves[leafOf(p)] = p
		}
	}
	for _, p := range ours {
		if !p.IsLeaf() {
			continue
		}
		if l := leafOf(p); count[l] > 0 {
			count[l]--
		} else {
			o.ours = append(o.ours, p)
		}
	}
	for _, p := range theirs {
		if l := leafOf(p); p.IsLeaf() && count[l] > 0 {
			count[l]--
			o.theirs = append(o.theirs, p)
		}
	}
}

// within keeps the parts whose body lies in the span.
func within(parts []*mimeparse.Part, at headers.Span) []*mimeparse.Part {
	var kept []*mimeparse.Part
	for _, p := range parts {
		if at.Contains(p.Body) {
			kept = append(kept, p)
		}
	}
	return kept
}

// maxTold is the number of parts shown of one reading.
const maxTold = 5

func (j *judging) tellParts(parts []*mimeparse.Part) string {
	if len(parts) == 0 {
		return "no such part"
	}
	var told []string
	for _, p := range parts[:min(len(parts), maxTold)] {
		text := "part " + p.Path + " " + quote(p.ContentType)
		if name := p.Filename(); name != "" {
			text += " " + quote(name)
		}
		told = append(told, text+" of "+j.sum(p))
	}
	text := strings.Join(told, ", ")
	if more := len(parts) - maxTold; more > 0 {
		text += " and " + strconv.Itoa(more) + " more parts"
	}
	return text
}

// sum is the size and the digest of a part's content, worked out once.
func (j *judging) sum(p *mimeparse.Part) string {
	if s, ok := j.sums[p]; ok {
		return s
	}
	h := sha256.New()
	// The sink never fails, so the error is always nil.
	d, _ := p.Decode(func(piece []byte) error {
		h.Write(piece)
		return nil
	})
	if j.sums == nil {
		j.sums = map[*mimeparse.Part]string{}
	}
	j.sums[p] = strconv.FormatInt(d.Size, 10) + " bytes with SHA-256 " + sumHex(h)
	return j.sums[p]
}

// contest makes a hit high when one of the readings finds something else in
// the part or behind it. Both are then shown with their digests.
func (j *judging) contest(h *hit, p *mimeparse.Part, choices ...choice) {
	if j.contests++; j.contests > maxHits {
		h.detail += "; other readings were not compared, for there are too many of these"
		return
	}
	reach := headers.Span{Start: p.Body.Start, End: len(j.msg.Raw)}
	for _, c := range choices {
		o := j.read(c)
		ours, theirs := within(o.ours, reach), within(o.theirs, reach)
		if len(ours)+len(theirs) > 0 {
			h.severity = report.High
			h.detail += "; read as in the report: " + j.tellParts(ours) + "; " + o.name + ": " + j.tellParts(theirs)
			return
		}
	}
}

// mimeOnce are the fields of which a reader must choose one.
var mimeOnce = [...]string{"Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"}

func checkDuplicateField(j *judging) []hit {
	if !j.hasDefect("mime.duplicate-field") {
		return nil
	}
	var hits []hit
	for _, p := range j.parts {
		for _, name := range mimeOnce {
			if p.Header.Count(name) > 1 {
				hits = append(hits, j.duplicateField(p, name))
			}
		}
	}
	return hits
}

func (j *judging) duplicateField(p *mimeparse.Part, name string) hit {
	h := hit{aspect: strings.ToLower(name), detail: "part " + p.Path + " has " + strconv.Itoa(p.Header.Count(name)) + " fields " + name + ":"}
	equal, first := true, ""
	for f := range p.Header.All(name) {
		value := strings.TrimSpace(string(f.Raw()))
		if len(h.spans) == 0 {
			first = value
		}
		equal = equal && value == first
		if len(h.spans) < maxSpans {
			h.detail += " " + quote(value)
		}
		h.spans = append(h.spans, f.Span)
	}
	switch {
	case equal:
		h.severity = report.Info
		h.detail += "; the values are equal"
	case name != "Content-ID": // no reading of parts rests on it
		j.contest(&h, p, lastField)
	}
	return h
}

func checkDuplicateParam(j *judging) []hit {
	var hits []hit
	for _, p := range j.parts {
		for _, name := range [...]string{"boundary", "charset", "name"} {
			if h, ok := j.duplicateParam(p, &p.Type, name); ok {
				hits = append(hits, h)
			}
		}
		if h, ok := j.duplicateParam(p, &p.Disposition, "filename"); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// duplicateParam looks for like parameters. A plain and an extended one side
// by side are usual for names; for a boundary they are not.
func (j *judging) duplicateParam(p *mimeparse.Part, v *headers.ParamValue, name string) (hit, bool) {
	if len(v.Params) < 2 || countParams(v, name) < 2 {
		return hit{}, false
	}
	h := hit{aspect: name, detail: "part " + p.Path + " has the parameter " + name + " more than once:"}
	equal, first, plain := true, "", 0
	for c := range v.All(name) {
		if c.Form != "extended" && c.Form != "continued" {
			plain++
		}
		if len(h.spans) == 0 {
			first = c.Value
		}
		equal = equal && c.Value == first
		if len(h.spans) < maxSpans {
			h.detail += " " + quote(c.Value)
		}
		h.spans = append(h.spans, c.Span)
	}
	n := len(h.spans)
	if name != "boundary" && plain < 2 && n-plain < 2 {
		return hit{}, false
	}
	if equal {
		h.severity = report.Info
		h.detail += "; the values are equal"
	} else {
		j.contest(&h, p, lastParam, plainParam)
	}
	return h, true
}

func countParams(v *headers.ParamValue, name string) int {
	n := 0
	for i := range v.Params {
		if v.Params[i].Name == name {
			n++
		}
	}
	return n
}

func checkAfterClose(j *judging) []hit {
	return j.contested("mime.content-after-close", ignoreClose)
}

func checkBoundaryNotFound(j *judging) []hit {
	return j.contested("mime.boundary-not-found", prefixBoundary, rawBoundary)
}

// contested makes a hit of each part with the defect and tries other readings.
func (j *judging) contested(code string, choices ...choice) []hit {
	hits, paths := j.hitsByPart(code)
	for i, p := range j.partsAt(paths) {
		if p != nil {
			j.contest(&hits[i], p, choices...)
		}
	}
	return hits
}

// partsAt finds the parts with the paths; nil for a path of none.
func (j *judging) partsAt(paths []report.Stated) []*mimeparse.Part {
	if len(paths) == 0 {
		return nil
	}
	byPath := map[report.Stated]*mimeparse.Part{}
	for _, p := range j.parts {
		byPath[report.Stated(p.Path)] = p
	}
	out := make([]*mimeparse.Part, len(paths))
	for i, path := range paths {
		out[i] = byPath[path]
	}
	return out
}

func checkBase64Invalid(j *judging) []hit { return j.strictly("mime.base64-invalid", report.Medium) }

func checkBase64Padding(j *judging) []hit {
	return j.strictly("mime.base64-padding-inside", report.High)
}

// strictly compares the content with what a decoder makes of it that stops at
// the first error. Where they differ in a file, the hit has the severity.
func (j *judging) strictly(code string, severity Severity) []hit {
	hits, paths := j.hitsByPart(code)
	for i, p := range j.partsAt(paths) {
		if p == nil {
			continue
		}
		o := j.read(strictDecoding)
		other, ok := o.leaves[leafOf(p)]
		if !ok || j.sum(other) == j.sum(p) {
			continue
		}
		hits[i].detail += "; read as in the report: " + j.sum(p) + "; " + o.name + ": " + j.sum(other)
		if p.IsAttachment() {
			hits[i].severity = severity
		}
	}
	return hits
}
