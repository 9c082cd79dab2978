package forensic

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// mimeRules judge the structure of the body, where real readers disagree most.
// A finding is high only when the same bytes, read another way, give other
// parts or other names; its detail then shows both.
var mimeRules = []rule{
	{
		id: "mime.base64-invalid", severity: report.Low, confidence: report.Sure,
		title:      "Base64 data holds characters outside the alphabet",
		explain:    "RFC 2045 passes over them, as this library does; a reader that stops there sees another file. Medium when the content then differs in a file.",
		innocent:   "Damage in transfer; footers that a list server put behind the data.",
		references: []string{"RFC 2045 6.8", "RFC 4648 3.3"},
		check:      checkBase64Invalid,
	},
	{
		id: "mime.base64-leftover-bits", severity: report.Info, confidence: report.Sure,
		title:      "Base64 data ends in bits that belong to no byte and are not zero",
		explain:    "No decoder gives them out, so that data that differ in them decode to the same file but have different stored bytes. Every common encoder writes zeros.",
		innocent:   "Home-made encoders; data cut by hand.",
		references: []string{"RFC 4648 3.5"},
		codes:      []string{"mime.base64-leftover-bits"},
	},
	{
		id: "mime.base64-padding-inside", severity: report.Low, confidence: report.Sure,
		title:      "Base64 data goes on behind its padding",
		explain:    "Padding ends the data, and some readers stop there; others go on. High when the part read strictly is another file: a scanner and a person may then see different ones.",
		innocent:   "Software that encodes a file piece by piece and joins the pieces.",
		references: []string{"RFC 2045 6.8", "RFC 4648 3.2"},
		check:      checkBase64Padding,
	},
	{
		id: "mime.base64-trailing-data", severity: report.Info, confidence: report.Sure,
		title:      "Text stands behind base64 data",
		explain:    "It is not part of the file and is not decoded. No reader shows it.",
		innocent:   "List servers and virus scanners add footers without looking at the encoding.",
		references: []string{"RFC 2045 6.8"},
		codes:      []string{"mime.base64-trailing-data", "mime.base64-padding-extra"},
	},
	{
		id: "mime.base64-truncated", severity: report.Low, confidence: report.Sure,
		title:      "Base64 data ends in the middle of a quantum",
		explain:    "The last four characters are not complete: the end of the data is missing, or its padding is.",
		innocent:   "Encoders that leave padding out; messages cut at a size limit.",
		references: []string{"RFC 2045 6.8", "RFC 4648 3.2"},
		codes:      []string{"mime.base64-truncated", "mime.base64-padding-short"},
	},
	{
		id: "mime.boundary-missing", severity: report.Medium, confidence: report.Sure,
		title:      "A multipart states no boundary",
		explain:    "Without the parameter, or with an empty one, it cannot be split. Some readers guess the boundary from the body.",
		innocent:   "Filters that rewrote Content-Type; reports that quote a header alone.",
		references: []string{"RFC 2046 5.1.1"},
		codes:      []string{"mime.boundary-missing", "mime.boundary-empty"},
	},
	{
		id: "mime.boundary-not-found", severity: report.Medium, confidence: report.Sure,
		title:      "A multipart holds no delimiter line of its boundary",
		explain:    "All of it is shown as text, or as nothing. High when a reader that accepts a line which only begins with the boundary, or keeps blanks at its end, finds parts.",
		innocent:   "A message whose body was removed or cut; a filter that changed the boundary in one place.",
		references: []string{"RFC 2046 5.1.1"},
		check:      checkBoundaryNotFound,
	},
	{
		id: "mime.boundary-too-long", severity: report.Low, confidence: report.Sure,
		title:      "A boundary is longer than 70 characters",
		explain:    "RFC 2046 limits it to 70. Readers with fixed buffers compare only the beginning.",
		innocent:   "Home-made generators.",
		references: []string{"RFC 2046 5.1.1"},
		codes:      []string{"mime.boundary-too-long"},
	},
	{
		id: "mime.charset-dangerous", severity: report.Medium, confidence: report.Sure,
		title:      "A text is in UTF-7",
		explain:    "UTF-7 writes mark-up in plain letters: a filter that does not decode it sees no link and no script. It was never meant for web content and is hardly used.",
		innocent:   "Some systems of the 1990s.",
		references: []string{"RFC 2152"},
		check:      checkCharset,
	},
	{
		id: "mime.content-after-close", severity: report.Medium, confidence: report.Sure,
		title:      "A delimiter line stands behind the closing delimiter",
		explain:    "What follows the closing delimiter is text to be ignored; some readers go on reading parts. High when these then give other parts.",
		innocent:   "A message that was quoted or joined by hand; delimiter lines repeated by a filter.",
		references: []string{"RFC 2046 5.1.1"},
		check:      checkAfterClose,
	},
	{
		id: "mime.content-in-epilogue", severity: report.Low, confidence: report.Sure,
		title:      "Text stands behind the last part of a multipart",
		explain:    "Readers do not show it, but a reader that splits the message in another way may. Medium when it looks like a part or a uuencoded file.",
		innocent:   "List servers put their footer there.",
		references: []string{"RFC 2046 5.1.1"},
		check:      checkEpilogue,
	},
	{
		id: "mime.content-in-header", severity: report.Medium, confidence: report.Sure,
		title:      "A file stands in the header of its part",
		explain:    "The blank line between header and content is missing. By RFC 2046 the part is empty; readers that begin the content at the first line that is no field show the file, others and scanners do not.",
		innocent:   "Faulty exports of web mail.",
		references: []string{"RFC 2046 5.1", "RFC 7103 7.2"},
		check:      checkContentInHeader,
	},
	{
		id: "mime.content-in-preamble", severity: report.Low, confidence: report.Sure,
		title:      "Text stands in front of the first part of a multipart",
		explain:    "Readers do not show it, but a reader that splits the message in another way may. A short note for readers without MIME is passed over. Medium when it looks like a part or a uuencoded file.",
		innocent:   "Longer notes of this kind; gateways that put a text in front of the body.",
		references: []string{"RFC 2046 5.1.1"},
		check:      checkPreamble,
	},
	{
		id: "mime.content-type-invalid", severity: report.Low, confidence: report.Sure,
		title:      "A Content-Type names no type and subtype",
		explain:    "It is read as plain text, as RFC 2045 says. Some readers take the part for a file or guess by its name.",
		innocent:   "Old or home-made software.",
		references: []string{"RFC 2045 5.1", "RFC 2045 5.2"},
		codes:      []string{"mime.content-type-invalid"},
	},
	{
		id: "mime.cte-on-composite", severity: report.Medium, confidence: report.Sure,
		title:      "A multipart or nested message has a transfer encoding",
		explain:    "RFC 2046 forbids it. Most readers do not undo it and show an opaque blob; others find a message or parts in it.",
		innocent:   "Gateways and archives that encode every part alike.",
		references: []string{"RFC 2045 6.4", "RFC 2046 5.2.1"},
		codes:      []string{"mime.cte-on-composite"},
	},
	{
		id: "mime.cte-unknown", severity: report.Medium, confidence: report.Sure,
		title:      "A transfer encoding is unknown",
		explain:    "The body is taken as it stands. A reader that guesses base64 sees a file where others see text.",
		innocent:   "Typing errors in home-made software; a field whose value was masked.",
		references: []string{"RFC 2045 6.1", "RFC 2045 6.4"},
		codes:      []string{"mime.cte-unknown"},
	},
	{
		id: "mime.duplicate-field", severity: report.Low, confidence: report.Sure,
		title:      "A MIME field stands more than once in one header",
		explain:    "One reader takes the first, another the last. High when the last one gives other parts, types or names; the detail then shows both.",
		innocent:   "Gateways that add a field without looking for one.",
		references: []string{"RFC 2045 3", "RFC 7103 7.5"},
		check:      checkDuplicateField,
	},
	{
		id: "mime.duplicate-param", severity: report.Low, confidence: report.Sure,
		title:      "A parameter stands more than once in one field",
		explain:    "One reader takes the first, another the last; for the plain and the RFC 2231 form likewise. High when another choice gives other parts; the detail then shows both.",
		innocent:   "A plain and an RFC 2231 form of one name side by side are usual and not counted.",
		references: []string{"RFC 2045 5.1", "RFC 2231 3"},
		check:      checkDuplicateParam,
	},
	{
		id: "mime.external-body", severity: report.Medium, confidence: report.Sure,
		title:      "A part fetches its content from elsewhere",
		explain:    "message/external-body names a file on a server or disk in place of content. What a reader shows is not in the evidence.",
		innocent:   "Announcements of standards bodies use it for documents.",
		references: []string{"RFC 2046 5.2.3"},
		check:      checkExternalBody,
	},
	{
		id: "mime.filename-conflict", severity: report.Low, confidence: report.Sure,
		title:      "A part bears several different file names",
		explain:    "Readers differ in which one they show and save under. Medium when the extensions differ, high when one of them is that of a program.",
		innocent:   "An ASCII version of the name beside one with accents, for old readers.",
		references: []string{"RFC 2183 2.3", "RFC 2231 5"},
		check:      checkFilenameConflict,
	},
	{
		id: "mime.missing-close", severity: report.Low, confidence: report.Sure,
		title:      "A multipart ends without its closing delimiter",
		explain:    "The last part may be cut: its end is not marked.",
		innocent:   "Messages cut at a size limit; generators that forget the line.",
		references: []string{"RFC 2046 5.1.1"},
		codes:      []string{"mime.missing-close"},
	},
	{
		id: "mime.param-continuation-broken", severity: report.Low, confidence: report.Sure,
		title:      "The pieces of a continued parameter are not in order",
		explain:    "RFC 2231 numbers the pieces from 0 on. Pieces that are missing, doubled or out of order are put together in one way by one reader and dropped by the next.",
		innocent:   "Faulty libraries.",
		references: []string{"RFC 2231 3"},
		codes:      []string{"param.section-order"},
	},
	{
		id: "mime.param-invalid", severity: report.Low, confidence: report.Sure,
		title:      "A MIME field holds text that is no parameter",
		explain:    "A quote is not closed or a word stands where a parameter should. Readers differ in where they go on, and so in the parameters they see.",
		innocent:   "Faulty generators; file names with quotes in them.",
		references: []string{"RFC 2045 5.1"},
		codes:      []string{"param.not-a-parameter", "param.quote-unclosed"},
	},
	{
		id: "mime.partial", severity: report.Medium, confidence: report.Sure,
		title:      "The message is a fragment of a longer one",
		explain:    "message/partial splits a message over several. A filter that looks at each by itself sees no complete file.",
		innocent:   "Slow links of the 1990s.",
		references: []string{"RFC 2046 5.2.2"},
		check:      checkPartial,
	},
	{
		id: "mime.qp-invalid", severity: report.Low, confidence: report.Sure,
		title:      "Quoted-printable text holds an invalid escape",
		explain:    "The characters are kept as they stand. Readers differ in what they make of them.",
		innocent:   "Text that was never encoded but declared so.",
		references: []string{"RFC 2045 6.7"},
		codes:      []string{"mime.qp-invalid", "mime.qp-truncated"},
	},
	{
		id: "mime.second-reader", severity: report.Low, confidence: report.Sure,
		title:      "Another parser finds other parts in the same bytes",
		explain:    "Programs built on that parser show, scan or archive another message than the one reported here. Compared are the digests of the decoded parts.",
		innocent:   "The other parser takes less: it gives up at a line that is no header field, or does not decode an encoding that this library does.",
		references: []string{"RFC 7103 1", "CWE-436"},
		check:      checkSecondReader,
	},
	{
		id: "mime.uuencode", severity: report.Low, confidence: report.Sure,
		title:      "A text holds a uuencoded file",
		explain:    "Some readers offer it as an attachment, others show the lines as text. The type of the file is judged apart.",
		innocent:   "Usual in mail of the 1990s and in patches and reports sent by old scripts.",
		references: []string{"POSIX uuencode", "RFC 2045 6.4"},
		check:      checkUUEncode,
	},
	{
		id: "mime.uuencode-damaged", severity: report.Low, confidence: report.Sure,
		title:      "A uuencoded file is damaged or not complete",
		explain:    "Lines do not fit their length, hold characters that uuencode does not have, or the end line is missing. What can be had is decoded.",
		innocent:   "Blanks lost at the ends of lines; messages cut at a size limit.",
		references: []string{"POSIX uuencode"},
		codes:      []string{"mime.uu-invalid", "mime.uu-short-line", "mime.uu-long-line", "mime.uu-end-missing", "mime.uu-begin-missing", "mime.uu-trailing-data"},
	},
}

func checkCharset(j *judging) []hit {
	var hits []hit
	for i := range j.report.Parts {
		p := &j.report.Parts[i]
		if strings.IndexByte(string(p.Charset), '7') < 0 {
			continue
		}
		switch strings.ToLower(string(p.Charset)) {
		case "utf-7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7", "x-unicode-2-0-utf-7":
			hits = append(hits, at(partSpan(p), "part "+p.Path+" of type "+quote(p.ContentType)+" states the charset "+quote(string(p.Charset))))
		}
	}
	return hits
}

// partSpan is the part's header, or its body where it has no header at all.
func partSpan(p *report.Part) headers.Span {
	if p.Header.Empty() {
		return p.Body
	}
	return p.Header
}

func checkExternalBody(j *judging) []hit { return j.ofType("message/external-body") }

func checkPartial(j *judging) []hit { return j.ofType("message/partial") }

// ofType finds parts of a type and shows the parameters of it.
func (j *judging) ofType(t string) []hit {
	var hits []hit
	for _, p := range j.parts {
		if p.ContentType != t {
			continue
		}
		if f, ok := p.Header.First("Content-Type"); ok {
			hits = append(hits, at(f.Value, "part "+p.Path+": Content-Type is "+quoteBytes(bytes.TrimSpace(f.Raw()))))
		}
	}
	return hits
}

func checkUUEncode(j *judging) []hit { return j.inline("text") }

func checkContentInHeader(j *judging) []hit { return j.inline("header") }

// inline lists the files of the place that are no parts of their own.
func (j *judging) inline(place string) []hit {
	var hits []hit
	for i := range j.report.Parts {
		p := &j.report.Parts[i]
		for _, in := range p.Inline {
			if in.Place == place {
				hits = append(hits, at(in.Span, "part "+p.Path+" holds the file "+quote(string(in.Name))+" of "+strconv.FormatInt(in.Size, 10)+
					" bytes, content looks like "+quote(in.DetectedType)+", SHA-256 "+in.SHA256))
			}
		}
	}
	return hits
}

func checkPreamble(j *judging) []hit {
	return j.hiddenText("in front of its first part", func(p *report.Part) *headers.Span { return p.Preamble }, isNote)
}

func checkEpilogue(j *judging) []hit {
	return j.hiddenText("behind its last part", func(p *report.Part) *headers.Span { return p.Epilogue }, func([]byte) bool { return false })
}

// hiddenText finds text around the parts of a multipart, unless pass says that
// it is of no interest.
func (j *judging) hiddenText(where string, span func(*report.Part) *headers.Span, pass func([]byte) bool) []hit {
	var hits []hit
	for i := range j.report.Parts {
		p := &j.report.Parts[i]
		at := span(p)
		if at == nil {
			continue
		}
		text := bytes.TrimSpace(at.Of(j.msg.Raw))
		if len(text) == 0 || pass(text) {
			continue
		}
		h := hit{
			spans:  []headers.Span{*at},
			detail: "part " + p.Path + " has " + strconv.Itoa(len(text)) + " bytes of text " + where + ": " + quoteBytes(text),
		}
		if what := looksHidden(text); what != "" {
			h.severity = report.Medium
			h.detail += "; it holds " + what
		}
		hits = append(hits, h)
	}
	return hits
}

// longestNote is the length up to which a preamble that speaks of MIME is
// taken for the customary note (RFC 2046 5.1.1).
const longestNote = 400

func isNote(text []byte) bool {
	if len(text) > longestNote || looksHidden(text) != "" {
		return false
	}
	lower := bytes.ToLower(text)
	return bytes.Contains(lower, []byte("mime")) || bytes.Contains(lower, []byte("multi-part")) || bytes.Contains(lower, []byte("multipart"))
}

// looksHidden says what in the text another reader may take for content.
func looksHidden(text []byte) string {
	for _, sign := range [...]struct{ begins, what string }{
		{"content-type:", "a Content-Type field"},
		{"content-transfer-encoding:", "a Content-Transfer-Encoding field"},
		{"content-disposition:", "a Content-Disposition field"},
		{"begin 6", "the first line of a uuencoded file"},
		{"begin-base64 ", "the first line of an encoded file"},
	} {
		if lineBegins(text, sign.begins) {
			return sign.what
		}
	}
	return ""
}

// lineBegins reports whether a line of text begins with the prefix, letter
// case aside.
func lineBegins(text []byte, prefix string) bool {
	for len(text) >= len(prefix) {
		if bytes.EqualFold(text[:len(prefix)], []byte(prefix)) {
			return true
		}
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return false
		}
		text = text[i+1:]
	}
	return false
}
