package forensic

import (
	"iter"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// attachmentRules judge files by name, declared type and first bytes. What is
// inside a file is not looked at.
var attachmentRules = []rule{
	{
		id: "attachment.executable", severity: report.Medium, confidence: report.Sure,
		title:      "A file is of a kind that a system runs or opens with rights of its own",
		explain:    "Looked at are the extension of every name the part bears, the declared type and the first bytes of the content. Programs, scripts, installers, shortcuts, disk images and help files count.",
		innocent:   "Developers and administrators send programs and scripts to one another.",
		references: []string{"RFC 2046 4.5.3", "RFC 2183 5"},
		check:      checkExecutable,
	},
	{
		id: "attachment.type-mismatch", severity: report.Medium, confidence: report.Likely,
		title:      "Name, declared type and content of a file disagree",
		explain:    "The extension of the name, the declared media type and the type that the first bytes show are compared by family: a .docx is a zip archive, XML, HTML and scripts are text. High when the content is a program and neither name nor type says so; low where office software is known to mix the formats; information when the declared type is application/octet-stream, which says nothing, and no extension says more.",
		innocent:   "Mail clients take the type from the extension, and people rename files; web servers deliver an error page in place of an image; old Office files come as RTF or HTML.",
		references: []string{"RFC 2045 5", "RFC 6838"},
		check:      checkTypeMismatch,
	},
}

// file is one leaf, or one uuencoded block inside a text, as a reader would
// offer it.
type file struct {
	part     *report.Part
	inline   *report.Inline // nil for a leaf
	declared string         // "" when nothing is declared
	detected string
}

// files iterates over every leaf with content and every uuencoded block. What
// holds a message is judged in the report on that message.
func (j *judging) files() iter.Seq[file] {
	return func(yield func(file) bool) {
		for i := range j.report.Parts {
			p := &j.report.Parts[i]
			if p.Size == nil || *p.Size == 0 || p.Message != nil {
				continue
			}
			f := file{part: p, detected: string(p.DetectedType)}
			if p.Declared {
				f.declared = p.ContentType
			}
			if !yield(f) {
				return
			}
			for k := range p.Inline {
				if in := &p.Inline[k]; !yield(file{part: p, inline: in, detected: in.DetectedType}) {
					return
				}
			}
		}
	}
}

// where says in words where the file stands.
func (f *file) where() string {
	if f.inline != nil {
		return "file in the " + f.inline.Place + " of part " + f.part.Path
	}
	return "part " + f.part.Path
}

// names are the names that the file bears.
func (f *file) names() []report.Filename {
	switch {
	case f.inline == nil:
		return f.part.Filenames
	case f.inline.Name == "":
		return nil
	}
	return []report.Filename{{Value: string(f.inline.Name), Span: f.inline.Span}}
}

// tell names the file with all that is compared about it.
func (f *file) tell() string {
	text, names := f.where(), f.names()
	for i, n := range names[:min(len(names), maxTold)] {
		if i == 0 || n.Value != names[i-1].Value {
			text += " " + quote(n.Value)
		}
	}
	if f.declared != "" {
		text += ", declared " + quote(f.declared)
	}
	return text + ", content looks like " + quote(f.detected)
}

// spans are the names where there are any, else the place of the file.
func (f *file) spans() []headers.Span {
	var out []headers.Span
	for _, n := range f.names() {
		out = append(out, n.Span)
	}
	switch {
	case len(out) > 0:
	case f.inline != nil:
		out = append(out, f.inline.Span)
	default:
		out = append(out, partSpan(f.part))
	}
	return out
}

// extension is what stands behind the last dot, in lower case and without the
// dots and blanks that Windows drops at the end of a name.
func extension(name string) string {
	name = strings.TrimRight(name, ". \t")
	i := strings.LastIndexByte(name, '.')
	if i < 0 || len(name)-i > 16 {
		return ""
	}
	return strings.ToLower(name[i+1:])
}

func checkExecutable(j *judging) []hit {
	var hits []hit
	for f := range j.files() {
		why := ""
		for _, n := range f.names() {
			if ext := extension(n.Value); isExecutable(ext, f.detected) {
				why = "the extension " + quote(ext)
			}
		}
		switch {
		case why != "":
		case familyOfContent(f.detected) == familyProgram:
			why = "the content"
		case familyOfType(f.declared) == familyProgram:
			why = "the declared type"
		default:
			continue
		}
		hits = append(hits, hit{detail: f.tell() + ": " + why + " is of that kind", spans: f.spans()})
	}
	return hits
}

// isExecutable reports whether a system runs files with the extension.
func isExecutable(ext, detected string) bool {
	// A name that ends in a domain, such as www.example.com, is no program.
	if ext == "com" {
		return familyOfContent(detected) == familyProgram || detected == "application/octet-stream"
	}
	return familyOfExtension(ext) == familyProgram
}

func checkTypeMismatch(j *judging) []hit {
	var hits []hit
	for f := range j.files() {
		if s := f.mismatch(); s != "" {
			hits = append(hits, hit{severity: s, detail: f.tell(), spans: f.spans()})
		}
	}
	return hits
}

// mismatch grades the disagreement; "" means none.
func (f *file) mismatch() Severity {
	found := familyOfContent(f.detected)
	if found == "" {
		return ""
	}
	var room [8]family
	claims, names := room[:0], f.names()
	if c := familyOfType(f.declared); c != "" {
		claims = append(claims, c)
	}
	for _, n := range names {
		if c := familyOfExtension(extension(n.Value)); c != "" {
			claims = append(claims, c)
		}
	}
	if len(claims) == 0 {
		if f.declared == "application/octet-stream" && found != familyText && len(names) == 0 {
			return report.Info
		}
		return ""
	}
	var worst Severity
	for _, c := range claims {
		if s := clash(c, found); s.Rank() > worst.Rank() {
			worst = s
		}
	}
	return worst
}

// clash grades a claim against what the content shows.
func clash(claim, found family) Severity {
	switch {
	case claim == found:
		return ""
	case claim == familyProgram && (found == familyText || found.isContainer()):
		return "" // scripts are text, a .jar is a zip archive, an .msi is OLE
	case found == familyProgram:
		return report.High
	case claim == familyOffice && found == familyText:
		return report.Low // QUIRK: office software saves RTF, HTML, XML and CSV under .doc and .xls
	case claim.isContainer() && found.isContainer():
		if claim == familyOffice || found == familyOffice {
			return ""
		}
		return report.Low
	case claim == familyZip && found == familyArchive, claim == familyArchive && found == familyZip:
		return report.Low
	}
	return report.Medium
}

// isContainer: office documents are zip archives or OLE files by version.
func (f family) isContainer() bool { return f == familyZip || f == familyOLE || f == familyOffice }

func checkDoubleExtension(j *judging) []hit {
	var hits []hit
	for f := range j.files() {
		for _, n := range f.names() {
			if why := hidesExtension(n.Value, f.detected); why != "" {
				hits = append(hits, at(n.Span, f.where()+": the name "+quote(n.Value)+" "+why))
			}
		}
	}
	return hits
}

// blanksHide is a run of blanks long enough to push an extension out of sight.
const blanksHide = "          "

// hidesExtension says how a name hides an extension that a system runs; ""
// when it does not.
func hidesExtension(name, detected string) string {
	ext := extension(name)
	if !isExecutable(ext, detected) {
		return ""
	}
	trimmed := strings.TrimRight(name, ". \t")
	stem := trimmed[:len(trimmed)-len(ext)-1]
	switch before := familyOfExtension(extension(stem)); {
	case before != "" && before != familyProgram:
		return "has the extension " + quote(extension(stem)) + " of a document in front of " + quote(ext)
	case strings.Contains(stem, blanksHide):
		return "has a run of blanks in front of " + quote(ext)
	case len(trimmed) < len(name):
		return "has " + quote(name[len(trimmed):]) + " behind " + quote(ext) + ", which Windows drops"
	}
	return ""
}

func checkFilenameConflict(j *judging) []hit {
	var hits []hit
	for i := range j.report.Parts {
		p := &j.report.Parts[i]
		if h, ok := nameConflict(p); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

func nameConflict(p *report.Part) (hit, bool) {
	if len(p.Filenames) < 2 || !differ(p.Filenames) {
		return hit{}, false
	}
	h := hit{detail: "part " + p.Path + " is named"}
	for i, n := range p.Filenames {
		h.spans = append(h.spans, n.Span)
		if i < maxSpans {
			h.detail += " " + quote(n.Value) + " (" + n.Source + ")"
		}
		first := p.Filenames[0].Value
		if a, b := extension(first), extension(n.Value); a != b && h.severity != report.High {
			h.severity = report.Medium
			if isExecutable(a, string(p.DetectedType)) || isExecutable(b, string(p.DetectedType)) {
				h.severity = report.High
			}
		}
	}
	return h, true
}

func differ(names []report.Filename) bool {
	for i := range names {
		if names[i].Value != names[0].Value {
			return true
		}
	}
	return false
}
