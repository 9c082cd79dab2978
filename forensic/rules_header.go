package forensic

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// headerRules judge the header block: its lines, what stands twice or not at
// all, and who is named as the author.
var headerRules = []rule{
	{
		id: "header.8bit-name", severity: report.Low, confidence: report.Sure,
		title:      "A field name holds a byte over 127",
		explain:    "Field names are printable ASCII. A reader that refuses the name drops the field or ends the header there.",
		innocent:   "A character of a word processor pasted into a template; damage in transfer.",
		references: []string{"RFC 5322 3.6.8"},
		codes:      []string{"header.8bit-name"},
	},
	{
		id: "header.8bit-undeclared", severity: report.Info, confidence: report.Sure,
		title:      "8-bit text states no character set and was read by a guess",
		explain:    "RFC 5322 allows ASCII and RFC 6532 UTF-8. These bytes are neither, and nothing says what they spell: another reader may show other letters. The bytes at the span are the evidence.",
		innocent:   "Software of the 1990s, and mail programs set to one local character set.",
		references: []string{"RFC 5322 2.2", "RFC 6532 3", "RFC 2047"},
		codes:      []string{"text.8bit-undeclared", "param.8bit-undeclared"},
	},
	{
		id: "header.bad-name", severity: report.Medium, confidence: report.Sure,
		title:      "A line in the header has a colon but no valid field name",
		explain:    "Some readers end the header at such a line, so that all fields below it become text and their attachments disappear; others skip it.",
		innocent:   "A gateway or a mail client added a note above or between the fields.",
		references: []string{"RFC 5322 2.2", "RFC 7103 7.2"},
		codes:      []string{"header.bad-name", "header.empty-name"},
	},
	{
		id: "header.bare-cr", severity: report.Medium, confidence: report.Sure,
		title:      "A field holds a CR that is no line break",
		explain:    "RFC 5322 allows CR only together with LF. A reader that takes CR alone for a line break sees further fields in the rest of the line.",
		innocent:   "Files that passed through software with another idea of line ends.",
		references: []string{"RFC 5322 2.2", "RFC 5322 2.3"},
		codes:      []string{"header.bare-cr"},
	},
	{
		id: "header.bidi", severity: report.High, confidence: report.Sure,
		title:      "A name holds characters that turn the direction of text",
		explain:    "After a right-to-left override the letters that follow are shown in reverse, so that what a person reads is not what the bytes say: \"gpj.exe\" is shown as \"exe.jpg\". Looked at are the decoded names of authors, the Subject and the file names. Only overrides are graver than information.",
		innocent:   "Writers of Hebrew, Arabic and Persian use embeddings, isolates and marks; an override is not needed for any language.",
		references: []string{"UAX 9 2.2", "CWE-451"},
		check:      checkBidi,
	},
	{
		id: "header.blank-not-empty", severity: report.Low, confidence: report.Sure,
		title:      "The line that ends the header is not empty",
		explain:    "It holds blanks. A strict reader takes it for the continuation of the field above it and reads on in the body for fields.",
		innocent:   "Editors and scripts that indent text.",
		references: []string{"RFC 5322 2.1", "RFC 5322 4.2"},
		codes:      []string{"header.blank-not-empty"},
	},
	{
		id: "header.control", severity: report.Medium, confidence: report.Sure,
		title:      "A name holds control characters",
		explain:    "Looked at are the decoded names of authors, the Subject and the file names. Control characters are not shown by a mail reader, but act on a terminal and can end a name early in another program.",
		innocent:   "Texts in ISO-2022 encodings that were decoded with the wrong charset; damage in transfer.",
		references: []string{"RFC 5322 2.2", "RFC 2047 5"},
		check:      checkControl,
	},
	{
		id: "header.cut-by-delimiter", severity: report.Medium, confidence: report.Sure,
		title:      "A part's header is cut by a delimiter line",
		explain:    "The blank line that ends the header is missing. A reader that goes on looking for it passes over the delimiter and with it over the next part.",
		innocent:   "Generators that leave out an empty part's blank line.",
		references: []string{"RFC 2046 5.1", "RFC 2046 5.1.1"},
		codes:      []string{"header.cut-by-delimiter"},
	},
	{
		id: "header.duplicate", severity: report.Medium, confidence: report.Sure,
		title:      "A field that may stand only once stands more often",
		explain:    "Readers differ in which copy they show, and a signature may cover only one of them. All values are listed. Copies of From that name different authors are high: one reader shows another author than the next. Copies of equal value are low.",
		innocent:   "Scripts and libraries that add a field which is there already; two mail systems that each add a Message-ID or Date.",
		references: []string{"RFC 5322 3.6", "RFC 6376 8.15", "RFC 7103 7.5"},
		check:      checkDuplicates,
	},
	{
		id: "header.encoded-word-in-structured", severity: report.Medium, confidence: report.Sure,
		title:      "An address or parameter is written as an encoded word",
		explain:    "RFC 2047 forbids encoded words there. A reader that decodes it all the same sees another address or file name than one that does not. For parameters, where it is usual, this is information.",
		innocent:   "Libraries that encode the whole field instead of the display name alone; for file names, most software until about 2010.",
		references: []string{"RFC 2047 5"},
		check:      checkEncodedWord,
	},
	{
		id: "header.folded-name", severity: report.Medium, confidence: report.Sure,
		title:      "A line break stands between a field's name and its colon",
		explain:    "Hardly any reader puts such a field together; the others end the header or drop both lines.",
		innocent:   "None is known: no mail software writes this.",
		references: []string{"RFC 5322 2.2", "RFC 5322 4.5"},
		codes:      []string{"header.folded-name"},
	},
	{
		id: "header.from-missing", severity: report.Medium, confidence: report.Sure,
		title:      "No author is stated",
		explain:    "There is no From field, or no address in it. The field is one of the two that every message must have.",
		innocent:   "Drafts, bounces, notes of a mail server, and the inner message of an encrypted or forwarded one.",
		references: []string{"RFC 5322 3.6", "RFC 5322 3.6.2"},
		check:      checkFromMissing,
	},
	{
		id: "header.leading-blank", severity: report.Low, confidence: report.Sure,
		title:      "Blank lines stand above the first field",
		explain:    "By the grammar the header ends at the first blank line, so that all fields are body. Read as a message that was saved with blank lines on top.",
		innocent:   "Copying a message out of a viewer or a terminal.",
		references: []string{"RFC 5322 2.1"},
		codes:      []string{"header.leading-blank"},
	},
	{
		id: "header.missing-blank-line", severity: report.Medium, confidence: report.Sure,
		title:      "The body begins without a blank line",
		explain:    "The header ends at a line that is no field. Readers differ in what they take for header and what for body.",
		innocent:   "Generators that leave the blank line out; a message that was cut.",
		references: []string{"RFC 5322 2.1", "RFC 7103 7.2"},
		codes:      []string{"header.missing-blank-line"},
	},
	{
		id: "header.missing-colon", severity: report.Medium, confidence: report.Sure,
		title:      "A line in the header is no field",
		explain:    "It has no colon. Some readers refuse the message, others end the header there, so that all fields below it become text and the attachments disappear; others skip it, as this library does.",
		innocent:   "A gateway put a warning between the fields.",
		references: []string{"RFC 5322 2.2", "RFC 7103 7.2"},
		codes:      []string{"header.missing-colon"},
	},
	{
		id: "header.multiple-authors", severity: report.Info, confidence: report.Sure,
		title:      "From names several authors",
		explain:    "That is allowed when Sender says who sent the message. Many readers show only the first author, and checks of the author's domain may look at any of them.",
		innocent:   "Two people wrote the message.",
		references: []string{"RFC 5322 3.6.2", "RFC 7489 6.6.1"},
		check:      checkMultipleAuthors,
	},
	{
		id: "header.nul", severity: report.Medium, confidence: report.Sure,
		title:      "A field holds a NUL byte",
		explain:    "RFC 5322 forbids it. Programs written in C see the field end there; others see the rest as well.",
		innocent:   "Damaged files; software that writes fixed buffers.",
		references: []string{"RFC 5322 4.1", "RFC 7103 7.4"},
		codes:      []string{"header.nul"},
	},
	{
		id: "header.orphan-continuation", severity: report.Medium, confidence: report.Sure,
		title:      "A continuation line continues no field",
		explain:    "It begins with a blank but has no field above it. A reader may put it behind the nearest field, drop it, or end the header.",
		innocent:   "A filter removed the field and forgot its second line.",
		references: []string{"RFC 5322 2.2.3"},
		codes:      []string{"header.orphan-continuation"},
	},
	{
		id: "header.reply-to-domain", severity: report.Info, confidence: report.Sure,
		title:      "Replies go to another organisation than the author's",
		explain:    "The organisational domains of Reply-To and From are compared, by the public suffix list. Graver when replies go to a public mail provider and the author is not there; a list server's fields in the header make it information again.",
		innocent:   "Help desks, newsletters, mailing lists, and people who read their mail elsewhere.",
		references: []string{"RFC 5322 3.6.2", "RFC 7489 3.2"},
		check:      checkReplyTo,
	},
	{
		id: "header.return-path-mismatch", severity: report.Info, confidence: report.Sure,
		title:      "Bounces go to another organisation than the author's",
		explain:    "The organisational domains of Return-Path and From are compared, by the public suffix list. Whether a signature of the author's domain explains it is not looked at.",
		innocent:   "Most newsletters, mailing lists and cloud services send with a return path of their own.",
		references: []string{"RFC 5321 4.4", "RFC 7489 3.1.2"},
		check:      checkReturnPath,
	},
	{
		id: "header.sender-mismatch", severity: report.Info, confidence: report.Sure,
		title:      "Sender belongs to another organisation than the author",
		explain:    "The organisational domains of Sender and From are compared, by the public suffix list. Some readers show both as \"on behalf of\", most show From alone.",
		innocent:   "Mailing lists, assistants and services that send for somebody.",
		references: []string{"RFC 5322 3.6.2"},
		check:      checkSender,
	},
	{
		id: "header.sender-missing", severity: report.Medium, confidence: report.Sure,
		title:      "From names several authors and there is no Sender",
		explain:    "RFC 5322 requires Sender then. Readers differ in which of the authors they show and check.",
		innocent:   "Libraries that let a program add authors without asking for a sender.",
		references: []string{"RFC 5322 3.6.2", "RFC 7489 6.6.1"},
		check:      checkSenderMissing,
	},
	{
		id: "header.space-before-colon", severity: report.Low, confidence: report.Sure,
		title:      "A blank stands between a field's name and its colon",
		explain:    "An obsolete form that readers must accept, but some do not: they miss the field. Graver for From and for fields that direct the reading of the body.",
		innocent:   "Old or home-made software.",
		references: []string{"RFC 5322 4.5", "RFC 7103 7.3"},
		check:      checkSpaceBeforeColon,
	},
	{
		id: "header.zero-width", severity: report.Info, confidence: report.Sure,
		title:      "A name holds characters without width",
		explain:    "They are not seen but make two names different, or keep a filter from finding a word. Looked at are the decoded names of authors, the Subject and the file names. Low when one stands between two ASCII letters or digits, where no script needs it.",
		innocent:   "Emoji, Indic and Persian scripts need joiners; newsletters use them to shape the preview; texts pasted from web pages carry them.",
		references: []string{"UAX 44 Default_Ignorable_Code_Point", "CWE-451"},
		check:      checkZeroWidth,
	},
}

// onceOnly are the fields that RFC 5322 3.6 allows once. Those of MIME have a
// rule of their own.
func onceOnly(name string) bool { return !strings.HasPrefix(name, "content-") }

func checkDuplicates(j *judging) []hit {
	var hits []hit
	for _, r := range j.report.Message.Repeated {
		if !onceOnly(r.Name) {
			continue
		}
		h := hit{aspect: r.Name, severity: report.Medium}
		var values []string
		equal := true
		for _, c := range r.Values {
			h.spans = append(h.spans, c.Span)
			equal = equal && c.Text == r.Values[0].Text
			if len(values) < maxSpans {
				values = append(values, quote(c.Text))
			}
		}
		h.detail = strconv.Itoa(len(r.Values)) + " fields " + r.Name + ": " + strings.Join(values, ", ")
		switch {
		case equal:
			h.severity = report.Low
			h.detail += "; the values are equal"
		case r.Name == "from":
			j.compareAuthors(&h)
		}
		hits = append(hits, h)
	}
	return hits
}

// compareAuthors makes the finding grave when the copies of From name
// different mailboxes. Copies and mailboxes both stand in order of position.
func (j *judging) compareAuthors(h *hit) {
	rest := j.report.Message.From
	first := ""
	for i, at := range h.spans {
		var names []string
		for ; len(rest) > 0 && at.Contains(rest[0].Span); rest = rest[1:] {
			names = append(names, strings.ToLower(string(rest[0].Address)))
		}
		who := strings.Join(names, ", ")
		if i == 0 {
			first = who
		} else if who != first {
			h.severity = report.High
			h.detail += "; the first names " + quote(first) + ", another one " + quote(who)
			return
		}
	}
	h.detail += "; all name the same addresses"
}

// checkEncodedWord: the form is common for file names, hardly for addresses.
func checkEncodedWord(j *judging) []hit {
	hits := j.defectHits("address.encoded-word")
	for _, h := range j.defectHits("param.encoded-word") {
		h.severity = report.Info
		hits = append(hits, h)
	}
	return hits
}

// checkSpaceBeforeColon is graver where missing the field changes the author
// or the parts.
func checkSpaceBeforeColon(j *judging) []hit {
	var hits []hit
	for _, i := range j.defectsOf("header.space-before-colon") {
		d := &j.report.Defects[i]
		h := at(d.Span, "part "+string(d.Part)+": "+d.Detail)
		if name := nameBefore(j.msg.Raw, d.Span.Start); name != "" {
			h.detail += " of " + quote(name)
			if name == "from" || strings.HasPrefix(name, "content-") {
				h.severity = report.Medium
			}
		}
		hits = append(hits, h)
	}
	return hits
}

// nameBefore is the field name that ends at the offset, in lower case.
func nameBefore(raw []byte, end int) string {
	const longest = 64 // no known name is longer
	start := end
	for start > 0 && end-start < longest && raw[start-1] > ' ' {
		start--
	}
	return strings.ToLower(string(raw[start:end]))
}

// at is a hit of the rule's own severity at one place.
func at(where headers.Span, detail string) hit {
	return hit{spans: []headers.Span{where}, detail: detail}
}

// defectsOf lists the indexes of the defects with one of the codes. The list
// may be the index's own: it is not to be changed.
func (j *judging) defectsOf(codes ...string) []int {
	var out []int
	for _, c := range codes {
		p := j.defects.find(c)
		switch {
		case p == nil:
		case out == nil:
			out = p.places[:len(p.places):len(p.places)]
		default:
			out = append(out, p.places...)
		}
	}
	return out
}

func (j *judging) hasDefect(codes ...string) bool { return j.defects.has(codes) }
