package forensic

import (
	"encoding/base64"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// ruleCase is one message and what one rule says of it.
type ruleCase struct {
	name string
	raw  string
	id   string // the finding's id; its rule when it must not be found
	want Severity
	// detail must stand in the finding's detail, each of them
	detail []string
}

// none: the rule must be silent.
const none Severity = ""

// letter is a message without any finding. Fields given replace its own of the
// same name, or are put on top.
func letter(body string, fields ...string) string {
	own := []string{
		"From: Ana Ruiz <ana@example.org>", "To: bob@example.net", "Subject: Minutes",
		"Date: Tue, 02 Jan 2024 10:00:00 +0100", "Message-ID: <1@example.org>",
	}
	var out []string
	for _, f := range fields {
		name, _, _ := strings.Cut(f, ":")
		for i, o := range own {
			if strings.HasPrefix(o, name+":") {
				own[i] = ""
			}
		}
		out = append(out, f)
	}
	for _, o := range own {
		if o != "" {
			out = append(out, o)
		}
	}
	return strings.Join(out, "\n") + "\n\n" + body
}

// mixed is a multipart/mixed of the given parts, each with its header.
func mixed(parts ...string) string {
	return letter("--b\n"+strings.Join(parts, "\n--b\n")+"\n--b--\n", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b")
}

// attached is a part with a name and base64 content.
func attached(contentType, name, content string) string {
	return "Content-Type: " + contentType + "\nContent-Disposition: attachment; filename=\"" + name +
		"\"\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(content))
}

// The beginnings of files.
var (
	exeBytes = "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + strings.Repeat("\x00", 43) + "\x80\x00\x00\x00" + strings.Repeat("\x00", 64) + "PE\x00\x00"
	pdfBytes = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
	zipBytes = "PK\x03\x04\x14\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 20)
	pngBytes = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
)

const plainPart = "Content-Type: text/plain\n\nhello"

// contentCases holds at least one message for each rule in which it finds
// something, and one that looks much the same but is innocent.
var contentCases = []ruleCase{
	{"group as author", letter("x", "From: Board: ana@example.org;"), "address.group-in-from", report.Medium, []string{`"Board"`, "with members"}},
	{"empty group as author", letter("x", "From: Automatic:;"), "address.group-in-from", report.Medium, []string{"without any member"}},
	{"group as recipient", letter("x", "To: undisclosed-recipients:;"), "address.group-in-from", none, nil},
	{"unclosed author", letter("x", "From: Ana <ana@example.org"), "address.invalid", report.Medium, []string{`Ana <ana@example.org`}},
	{"unclosed recipient", letter("x", "To: Bob <bob@example.net"), "address.invalid", none, nil},
	{"two at signs", letter("x", "From: ana@bank.example@example.org"), "address.multiple-at", report.Medium, []string{"@bank.example@"}},
	{"quoted at sign", letter("x", `From: "ana@home"@example.org`), "address.multiple-at", none, nil},
	{"source route", letter("x", "From: <@relay.example:ana@example.org>"), "address.route", report.Low, []string{"@relay.example"}},
	{"colon in a name", letter("x", `From: "Ana: home" <ana@example.org>`), "address.route", none, nil},

	{"program", mixed(plainPart, attached("application/octet-stream", "setup.exe", exeBytes)), "attachment.executable", report.Medium, []string{`"setup.exe"`, `"exe"`}},
	{"program without a name", mixed(plainPart, "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString([]byte(exeBytes))), "attachment.executable", report.Medium, []string{"the content is of that kind"}},
	{"shortcut", mixed(attached("application/octet-stream", "invoice.LNK", "L\x00\x00\x00\x01\x14\x02\x00")), "attachment.executable", report.Medium, []string{`"lnk"`}},
	{"name ends in a domain", mixed(attached("text/html", "www.example.com", "<html><body>x</body></html>")), "attachment.executable", none, nil},
	{"document", mixed(attached("application/pdf", "minutes.pdf", pdfBytes)), "attachment.executable", none, nil},
	{"program as picture", mixed(attached("image/png", "holiday.png", exeBytes)), "attachment.type-mismatch", report.High, []string{`"holiday.png"`, `"image/png"`}},
	{"archive as document", mixed(attached("application/pdf", "minutes.pdf", zipBytes)), "attachment.type-mismatch", report.Medium, []string{`"application/zip"`}},
	{"nothing said", mixed("Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(pdfBytes))), "attachment.type-mismatch", report.Info, []string{`"application/pdf"`}},
	{"docx is a zip", mixed(attached("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.docx", zipBytes)), "attachment.type-mismatch", none, nil},
	{"7z as zip", mixed(attached("application/zip", "a.zip", "7z\xbc\xaf\x27\x1c\x00\x04"+strings.Repeat("\x00", 24))), "attachment.type-mismatch", report.Low, nil},
	{"octet-stream with a name", mixed(attached("application/octet-stream", "minutes.pdf", pdfBytes)), "attachment.type-mismatch", none, nil},
	{"jpeg is a png", mixed(attached("image/jpeg", "a.jpg", pngBytes)), "attachment.type-mismatch", none, nil},
	{"html as text", mixed(attached("text/plain", "a.txt", "<!DOCTYPE html><html></html>")), "attachment.type-mismatch", none, nil},
	{"rtf as doc", mixed(attached("application/msword", "a.doc", "{\\rtf1\\ansi x}")), "attachment.type-mismatch", report.Low, nil},

	{"no date", strings.Replace(letter("x"), "Date:", "X-Date:", 1), "date.missing", report.Low, []string{"no Date field"}},
	{"date", letter("x"), "date.missing", none, nil},
	{"inner message without a date", mixed("Content-Type: message/rfc822\n\nSubject: x\n\nx"), "date.missing", none, nil},
	{"hour 25", letter("x", "Date: Tue, 02 Jan 2024 25:61:00 +0100"), "date.unreadable", report.Low, []string{"25:61:00", "hour 25"}},
	{"leap second", letter("x", "Date: Sat, 31 Dec 2016 23:59:60 +0000"), "date.unreadable", none, nil},
	{"wrong day", letter("x", "Date: Mon, 02 Jan 2024 10:00:00 +0100"), "date.weekday-mismatch", report.Medium, []string{`"Mon"`, "2024-01-02 is a Tuesday"}},
	{"no day", letter("x", "Date: 2 Jan 2024 10:00:00 +0100"), "date.weekday-mismatch", none, nil},
	{"no zone", letter("x", "Date: Tue, 02 Jan 2024 10:00:00"), "date.zone-absent", report.Info, []string{"10:00:00"}},
	{"named zone", letter("x", "Date: Tue, 02 Jan 2024 10:00:00 EST"), "date.zone-absent", none, nil},
	{"zone -0000", letter("x", "Date: Tue, 02 Jan 2024 10:00:00 -0000"), "date.zone-unknown", report.Info, []string{`"-0000"`}},
	{"zone +0000", letter("x", "Date: Tue, 02 Jan 2024 10:00:00 +0000"), "date.zone-unknown", none, nil},
	{"offset of no place", letter("x", "Date: Tue, 02 Jan 2024 10:00:00 +0613"), "date.zone-unusual", report.Low, []string{"+0613"}},
	{"offset of Nepal", letter("x", "Date: Tue, 02 Jan 2024 10:00:00 +0545"), "date.zone-unusual", none, nil},

	{"address as name", letter("x", `From: "boss@bank.example" <x@evil.example>`), "deception.display-name-address", report.High, []string{`"boss@bank.example"`, `"x@evil.example"`}},
	{"address as encoded name", letter("x", "From: =?utf-8?B?Ym9zc0BiYW5rLmV4YW1wbGU=?= <x@evil.example>"), "deception.display-name-address", report.High, []string{`"boss@bank.example"`}},
	{"address with a wide at sign", letter("x", "From: \"boss\uFF20bank.example\" <x@evil.example>"), "deception.display-name-address", report.High, []string{`"boss@bank.example"`}},
	{"address as comment", letter("x", "From: x@evil.example (boss@bank.example)"), "deception.display-name-address", report.High, nil},
	{"address as name by a list", letter("x", `From: "ana@example.org" <news@lists.example>`, "List-Id: <news.lists.example>"), "deception.display-name-address", report.Low, []string{"list server"}},
	{"address as name via", letter("x", `From: "ana@example.org via News" <news@lists.example>`), "deception.display-name-address", report.Low, []string{"via"}},
	{"address as sender's name", letter("x", `Sender: "boss@bank.example" <x@evil.example>`), "deception.display-name-address", report.Medium, []string{"Sender:"}},
	{"own address as name", letter("x", `From: "ana@mail.example.org" <ana@example.org>`), "deception.display-name-address", none, nil},
	{"handle as name", letter("x", `From: "Ana @work" <ana@example.org>`), "deception.display-name-address", none, nil},
	{"document that runs", mixed(attached("application/octet-stream", "invoice.pdf.exe", exeBytes)), "deception.double-extension", report.High, []string{`"pdf"`, `"exe"`}},
	{"blanks before the extension", mixed(attached("application/octet-stream", "invoice"+blanksHide+".exe", exeBytes)), "deception.double-extension", report.High, []string{"run of blanks"}},
	{"dot behind the extension", mixed(attached("application/octet-stream", "setup.exe.", exeBytes)), "deception.double-extension", report.High, []string{"Windows"}},
	{"version in a name", mixed(attached("application/pdf", "v1.2.final.pdf", pdfBytes)), "deception.double-extension", none, nil},
	{"version of a program", mixed(attached("application/octet-stream", "setup.1.2.exe", exeBytes)), "deception.double-extension", none, nil},

	{"8bit name", "X-Caf\xe9: a\n" + letter("x"), "header.8bit-name", report.Low, []string{`\xe9`}},
	{"8bit value", letter("x", "X-Note: caf\xe9"), "header.8bit-name", none, nil},
	{"note with a colon", strings.Replace(letter("x"), "Subject:", "CAUTION from outside: beware\nSubject:", 1), "header.bad-name", report.Medium, []string{"CAUTION"}},
	{"unusual name", letter("x", "X_Odd.Name!: 1"), "header.bad-name", none, nil},
	{"bare CR", letter("x", "X-A: one\rX-B: two"), "header.bare-cr", report.Medium, []string{`\r`}},
	{"CRLF", strings.ReplaceAll(letter("x"), "\n", "\r\n"), "header.bare-cr", none, nil},
	{"override in a file name", mixed(attached("application/octet-stream", "invoice\u202Egpj.exe", exeBytes)), "header.bidi", report.High, []string{`\u202e`}},
	{"override in a subject", letter("x", "Subject: =?utf-8?B?4oCuYWJj?="), "header.bidi", report.High, []string{"Subject"}},
	{"mark in Hebrew", letter("x", "Subject: \u05E9\u05DC\u05D5\u05DD\u200F"), "header.bidi", report.Info, nil},
	{"Hebrew", letter("x", "Subject: \u05E9\u05DC\u05D5\u05DD"), "header.bidi", none, nil},
	{"blank line of blanks", strings.Replace(letter("x"), "\n\nx", "\n  \nx", 1), "header.blank-not-empty", report.Low, nil},
	{"blank line", letter("x"), "header.blank-not-empty", none, nil},
	{"control in a subject", letter("x", "Subject: =?utf-8?Q?a=07b?="), "header.control", report.Medium, []string{`\a`}},
	{"tab in a subject", letter("x", "Subject: =?utf-8?Q?a=09b?="), "header.control", none, nil},
	{"delimiter in a header", letter("--b\nContent-Type: text/plain\n--b\n\nx\n--b--\n", "Content-Type: multipart/mixed; boundary=b"), "header.cut-by-delimiter", report.Medium, []string{"--b"}},
	{"part without a header", letter("--b\n\nx\n--b--\n", "Content-Type: multipart/mixed; boundary=b"), "header.cut-by-delimiter", none, nil},
	{"two authors in two fields", letter("x", "From: a@one.example", "From: b@two.example"), "header.duplicate:from", report.High, []string{"a@one.example", "b@two.example"}},
	{"two names of one author", letter("x", "From: A <a@one.example>", "From: B <a@one.example>"), "header.duplicate:from", report.Medium, []string{"same addresses"}},
	{"one author twice", letter("x", "From: a@one.example", "From: a@one.example"), "header.duplicate:from", report.Low, []string{"equal"}},
	{"two subjects", letter("x", "Subject: one", "Subject: two"), "header.duplicate:subject", report.Medium, []string{`"one"`, `"two"`}},
	{"two received", letter("x", "Received: by a.example; Tue, 02 Jan 2024 10:00:02 +0100", "Received: by b.example; Tue, 02 Jan 2024 10:00:01 +0100"), "header.duplicate", none, nil},
	{"encoded address", letter("x", "From: =?utf-8?Q?ana?=@example.org"), "header.encoded-word-in-structured", report.Medium, nil},
	{"encoded file name", mixed("Content-Type: text/plain; name=\"=?utf-8?Q?a=2Etxt?=\"\n\nx"), "header.encoded-word-in-structured", report.Info, nil},
	{"encoded name", letter("x", "From: =?utf-8?Q?Ana?= <ana@example.org>"), "header.encoded-word-in-structured", none, nil},
	{"folded name", letter("x", "X-Note\n : 1"), "header.folded-name", report.Medium, nil},
	{"folded value", letter("x", "X-Note:\n 1"), "header.folded-name", none, nil},
	{"no author", strings.Replace(letter("x"), "From:", "X-From:", 1), "header.from-missing", report.Medium, []string{"no From field"}},
	{"author without address", letter("x", "From: Ana Ruiz"), "header.from-missing", report.Medium, []string{"Ana Ruiz"}},
	{"inner message without an author", mixed("Content-Type: message/rfc822\n\nSubject: x\n\nx"), "header.from-missing", none, nil},
	{"wrapped part without an author", p7m(signedData("Content-Type: text/plain\n\nx"), ""), "header.from-missing", none, nil},
	{"author without name", letter("x", "From: ana@example.org"), "header.from-missing", none, nil},
	{"blank on top", "\n" + letter("x"), "header.leading-blank", report.Low, nil},
	{"blank below", letter("\n\nx"), "header.leading-blank", none, nil},
	{"body at once", strings.Replace(letter("Dear Bob, this is the text"), "\n\n", "\n", 1), "header.missing-blank-line", report.Medium, nil},
	{"no body", letter(""), "header.missing-blank-line", none, nil},
	{"note in the header", strings.Replace(letter("x"), "Subject:", "CAUTION mail from outside\nSubject:", 1), "header.missing-colon", report.Medium, []string{"CAUTION"}},
	{"note in the body", letter("CAUTION mail from outside\nSubject: x\n"), "header.missing-colon", none, nil},
	{"two authors with a sender", letter("x", "From: a@one.example, b@one.example", "Sender: a@one.example"), "header.multiple-authors", report.Info, []string{`"b@one.example"`}},
	{"one author with a sender", letter("x", "Sender: a@one.example"), "header.multiple-authors", none, nil},
	{"NUL", letter("x", "X-A: a\x00b"), "header.nul", report.Medium, []string{`\x00`}},
	{"NUL in the body", letter("a\x00b"), "header.nul", none, nil},
	{"orphan", "  second line of a removed field\n" + letter("x"), "header.orphan-continuation", report.Medium, nil},
	{"continuation", letter("x", "X-A: a\n b"), "header.orphan-continuation", none, nil},
	{"replies elsewhere", letter("x", "Reply-To: ana@other.example"), "header.reply-to-domain", report.Info, []string{`"other.example"`, `"example.org"`}},
	{"replies to a public provider", letter("x", "Reply-To: ana.ruiz@gmail.com"), "header.reply-to-domain", report.Medium, []string{"public mail provider"}},
	{"replies to a public provider by a list", letter("x", "Reply-To: ana.ruiz@gmail.com", "List-Id: <a.example>"), "header.reply-to-domain", report.Info, []string{"list server"}},
	{"replies within the organisation", letter("x", "Reply-To: ana@mail.example.org"), "header.reply-to-domain", none, nil},
	{"replies under one suffix", letter("x", "From: ana@a.co.uk", "Reply-To: ana@b.co.uk"), "header.reply-to-domain", report.Info, []string{`"a.co.uk"`, `"b.co.uk"`}},
	{"bounces elsewhere", letter("x", "Return-Path: <bounce@esp.example>"), "header.return-path-mismatch", report.Info, []string{`"esp.example"`}},
	{"null path", letter("x", "Return-Path: <>"), "header.return-path-mismatch", none, nil},
	{"bounces within the organisation", letter("x", "Return-Path: <b@bounces.example.org>"), "header.return-path-mismatch", none, nil},
	{"sender elsewhere", letter("x", "Sender: s@other.example"), "header.sender-mismatch", report.Info, []string{`"other.example"`}},
	{"sender within the organisation", letter("x", "Sender: s@example.org"), "header.sender-mismatch", none, nil},
	{"two authors without a sender", letter("x", "From: a@one.example, b@two.example"), "header.sender-missing", report.Medium, []string{`"a@one.example"`, `"b@two.example"`}},
	{"one author without a sender", letter("x"), "header.sender-missing", none, nil},
	{"blank before the colon", letter("x", "X-A : 1"), "header.space-before-colon", report.Low, []string{`"x-a"`}},
	{"blank before the colon of From", "X-A: 1\n" + strings.Replace(letter("x"), "From:", "From :", 1), "header.space-before-colon", report.Medium, []string{`"from"`}},
	{"blank behind the colon", letter("x", "X-A:  1"), "header.space-before-colon", none, nil},
	{"word with a hole", letter("x", "Subject: pay\u200Bment"), "header.zero-width", report.Low, []string{`\u200b`}},
	{"family emoji", letter("x", "Subject: \U0001F468\u200D\U0001F469"), "header.zero-width", none, nil},

	{"deep nesting", nestedMessages(70), "limit.depth", report.Medium, nil},
	{"some nesting", nestedMessages(3), "limit.depth", none, nil},
	{"many parts", mixed(strings.Repeat("\n\nx\n--b\n", 10_001)), "limit.parts", report.Medium, nil},
	{"some parts", mixed(plainPart, plainPart), "limit.parts", none, nil},
	{"many fields", strings.Repeat("X-A: 1\n", 100_001) + letter("x"), "limit.fields", report.Medium, nil},
	{"some fields", letter("x", "X-A: 1"), "limit.fields", none, nil},
	{"no decoded limit", mixed(plainPart), "limit.decoded", none, nil},

	{"junk in base64", mixed("Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0x#LjQK"), "mime.base64-invalid", report.Medium, []string{"SHA-256"}},
	{"blanks in base64", mixed("Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0x LjQK"), "mime.base64-invalid", none, nil},
	{"leftover bits", letter("aGVsbG9=\n", "Content-Transfer-Encoding: base64"), "mime.base64-leftover-bits", report.Info, []string{`"9"`}},
	{"no leftover bits", letter("aGVsbG8=\n", "Content-Transfer-Encoding: base64"), "mime.base64-leftover-bits", none, nil},
	{"data behind padding", mixed("Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\nYQ==UEsDBBQAAAAAAAAAAAAA"), "mime.base64-padding-inside", report.High, []string{"1 bytes"}},
	{"padding at the end", mixed("Content-Type: text/plain; name=a.txt\nContent-Transfer-Encoding: base64\n\nYQ=="), "mime.base64-padding-inside", none, nil},
	{"footer behind base64", letter("aGVsbG8K\n____\nThis list is public!\n", "Content-Transfer-Encoding: base64"), "mime.base64-trailing-data", report.Info, nil},
	{"line break behind base64", letter("aGVsbG8K\n\n", "Content-Transfer-Encoding: base64"), "mime.base64-trailing-data", none, nil},
	{"base64 without its end", letter("aGVsbG8Kb\n", "Content-Transfer-Encoding: base64"), "mime.base64-truncated", report.Low, nil},
	{"base64 with its end", letter("aGVsbG8K\n", "Content-Transfer-Encoding: base64"), "mime.base64-truncated", none, nil},
	{"no boundary", letter("x", "Content-Type: multipart/mixed"), "mime.boundary-missing", report.Medium, nil},
	{"empty boundary", letter("x", `Content-Type: multipart/mixed; boundary=""`), "mime.boundary-missing", report.Medium, nil},
	{"boundary", mixed(plainPart), "mime.boundary-missing", none, nil},
	{"no delimiter", letter("x", "Content-Type: multipart/mixed; boundary=b"), "mime.boundary-not-found", report.Medium, nil},
	{"delimiter with more behind it", letter("--bogus\n"+attached("application/pdf", "a.pdf", pdfBytes)+"\n--bogus--\n", "Content-Type: multipart/mixed; boundary=bo"), "mime.boundary-not-found", report.High, []string{"only begin with the boundary", "SHA-256"}},
	{"delimiter", mixed(plainPart), "mime.boundary-not-found", none, nil},
	{"boundary of 80", letter("--"+strings.Repeat("b", 80)+"\n\nx\n--"+strings.Repeat("b", 80)+"--\n", "Content-Type: multipart/mixed; boundary="+strings.Repeat("b", 80)), "mime.boundary-too-long", report.Low, nil},
	{"boundary of 70", letter("--"+strings.Repeat("b", 70)+"\n\nx\n--"+strings.Repeat("b", 70)+"--\n", "Content-Type: multipart/mixed; boundary="+strings.Repeat("b", 70)), "mime.boundary-too-long", none, nil},
	{"UTF-7", letter("+ADw-script+AD4-", "Content-Type: text/html; charset=UTF-7"), "mime.charset-dangerous", report.Medium, []string{`"UTF-7"`}},
	{"UTF-8", letter("x", "Content-Type: text/html; charset=UTF-8"), "mime.charset-dangerous", none, nil},
	{"part behind the end", letter("--b\n\nx\n--b--\n--b\n"+attached("application/pdf", "a.pdf", pdfBytes)+"\n--b--\n", "Content-Type: multipart/mixed; boundary=b"), "mime.content-after-close", report.High, []string{"a.pdf", "no such part"}},
	{"text behind the end", letter("--b\n\nx\n--b--\nbye\n", "Content-Type: multipart/mixed; boundary=b"), "mime.content-after-close", none, nil},
	{"epilogue", letter("--b\n\nx\n--b--\nbye\n", "Content-Type: multipart/mixed; boundary=b"), "mime.content-in-epilogue", report.Low, []string{`"bye"`, "3 bytes"}},
	{"blank epilogue", letter("--b\n\nx\n--b--\n\n\n", "Content-Type: multipart/mixed; boundary=b"), "mime.content-in-epilogue", none, nil},
	{"preamble", letter("Wire the money to Mallory.\n--b\n\nx\n--b--\n", "Content-Type: multipart/mixed; boundary=b"), "mime.content-in-preamble", report.Low, []string{"Mallory"}},
	{"part as preamble", letter("Content-Type: text/html\n\nA MIME part\n--b\n\nx\n--b--\n", "Content-Type: multipart/mixed; boundary=b"), "mime.content-in-preamble", report.Medium, []string{"Content-Type field"}},
	{"customary note", letter("This is a multi-part message in MIME format.\n--b\n\nx\n--b--\n", "Content-Type: multipart/mixed; boundary=b"), "mime.content-in-preamble", none, nil},
	{"type without a subtype", letter("x", "Content-Type: text"), "mime.content-type-invalid", report.Low, nil},
	{"unknown type", letter("x", "Content-Type: text/x-unknown"), "mime.content-type-invalid", none, nil},
	{"encoded message", mixed("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(letter("x")))), "mime.cte-on-composite", report.Medium, nil},
	{"plain message", mixed("Content-Type: message/rfc822\n\n" + letter("x")), "mime.cte-on-composite", none, nil},
	{"unknown encoding", letter("x", "Content-Transfer-Encoding: rot13"), "mime.cte-unknown", report.Medium, []string{"rot13"}},
	{"known encoding", letter("x", "Content-Transfer-Encoding: 8BIT"), "mime.cte-unknown", none, nil},
	{"two types", letter("--b\n"+attached("application/pdf", "a.pdf", pdfBytes)+"\n--b--\n", "Content-Type: text/plain", "Content-Type: multipart/mixed; boundary=b"), "mime.duplicate-field:content-type", report.High, []string{`"text/plain"`, "a.pdf", "SHA-256"}},
	{"two encodings", letter("aGVsbG8K", "Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: base64"), "mime.duplicate-field:content-transfer-encoding", report.High, []string{"8 bytes", "6 bytes"}},
	{"two like types", letter("x", "Content-Type: text/plain", "Content-Type: text/plain"), "mime.duplicate-field:content-type", report.Info, []string{"equal"}},
	{"two charsets of types", letter("x", "Content-Type: text/plain; charset=utf-8", "Content-Type: text/plain; charset=us-ascii"), "mime.duplicate-field:content-type", report.Low, nil},
	{"types of two parts", mixed(plainPart, plainPart), "mime.duplicate-field", none, nil},
	{"two boundaries", letter("--a\n\nx\n--a--\n--b\n"+attached("application/pdf", "a.pdf", pdfBytes)+"\n--b--\n", "Content-Type: multipart/mixed; boundary=a; boundary=b"), "mime.duplicate-param:boundary", report.High, []string{`"a"`, `"b"`, "a.pdf"}},
	{"boundary and charset", letter("--a\n\nx\n--a--\n", "Content-Type: multipart/mixed; boundary=a; charset=utf-8"), "mime.duplicate-param", none, nil},
	{"name in two forms", mixed("Content-Type: text/plain\nContent-Disposition: attachment; filename=\"a.txt\"; filename*=utf-8''%C3%A4.txt\n\nx"), "mime.duplicate-param", none, nil},
	{"external body", letter("Content-Type: image/gif\n\n", `Content-Type: message/external-body; access-type=URL; URL="http://a.example/"`), "mime.external-body", report.Medium, []string{"http://a.example/"}},
	{"message inside", mixed("Content-Type: message/rfc822\n\n" + letter("x")), "mime.external-body", none, nil},
	{"two names, one a program", mixed("Content-Type: application/octet-stream; name=\"a.pdf\"\nContent-Disposition: attachment; filename=\"a.exe\"\n\nMZ"), "mime.filename-conflict", report.High, []string{`"a.pdf"`, `"a.exe"`}},
	{"two names, two kinds", mixed("Content-Type: application/octet-stream; name=\"a.pdf\"\nContent-Disposition: attachment; filename=\"a.doc\"\n\nx"), "mime.filename-conflict", report.Medium, nil},
	{"two names, one kind", mixed("Content-Type: text/plain; name=\"a.txt\"\nContent-Disposition: attachment; filename=\"b.txt\"\n\nx"), "mime.filename-conflict", report.Low, nil},
	{"one name twice", mixed("Content-Type: text/plain; name=\"a.txt\"\nContent-Disposition: attachment; filename=\"a.txt\"\n\nx"), "mime.filename-conflict", none, nil},
	{"cut multipart", letter("--b\n\nx\n", "Content-Type: multipart/mixed; boundary=b"), "mime.missing-close", report.Low, nil},
	{"whole multipart", mixed(plainPart), "mime.missing-close", none, nil},
	{"pieces out of order", mixed("Content-Disposition: attachment; filename*1=b.txt; filename*3=d; filename*0=a\n\nx"), "mime.param-continuation-broken", report.Low, nil},
	{"pieces in order", mixed("Content-Disposition: attachment; filename*0=a; filename*1=b.txt\n\nx"), "mime.param-continuation-broken", none, nil},
	{"open quote", letter("x", "Content-Type: text/plain; charset=\"utf-8"), "mime.param-invalid", report.Low, nil},
	{"closed quote", letter("x", "Content-Type: text/plain; charset=\"utf-8\""), "mime.param-invalid", none, nil},
	{"fragment", letter("x", `Content-Type: message/partial; id="a@b"; number=1; total=3`), "mime.partial", report.Medium, []string{"number=1"}},
	{"no fragment", letter("x", "Content-Type: text/plain; number=1"), "mime.partial", none, nil},
	{"invalid escape", letter("a=ZZb", "Content-Transfer-Encoding: quoted-printable"), "mime.qp-invalid", report.Low, nil},
	{"soft break", letter("a=\nb=3D", "Content-Transfer-Encoding: quoted-printable"), "mime.qp-invalid", none, nil},
	{"uuencoded file", letter("hello\nbegin 644 a.txt\n%:&5L;&\\\n`\nend\n"), "mime.uuencode", report.Low, []string{`"a.txt"`, "SHA-256"}},
	{"uuencoded file without its end", letter("hello\nbegin 644 a.txt\n%:&5L;&\\\n"), "mime.uuencode-damaged", report.Low, nil},
	{"whole uuencoded file", letter("hello\nbegin 644 a.txt\n%:&5L;&\\\n`\nend\n"), "mime.uuencode-damaged", none, nil},
	{"file in the header", mixed("Content-Type: text/plain; name=a.bin\nContent-Transfer-Encoding: base64\naGVsbG8=\n"), "mime.content-in-header", report.Medium, []string{`"a.bin" of 5 bytes`, "SHA-256"}},
	{"file behind its blank line", mixed("Content-Type: text/plain; name=a.bin\nContent-Transfer-Encoding: base64\n\naGVsbG8="), "mime.content-in-header", none, nil},
	{"undeclared 8-bit text", letter("x", "Subject: Notificaci\xf3n"), "header.8bit-undeclared", report.Info, []string{"windows-1252"}},
	{"UTF-8 text", letter("x", "Subject: Notificación"), "header.8bit-undeclared", none, nil},
	{"begin in text", letter("begin the meeting at ten\nend\n"), "mime.uuencode", none, nil},

	{"no identifier", strings.Replace(letter("x"), "Message-ID:", "X-ID:", 1), "msgid.missing", report.Low, []string{"no Message-ID field"}},
	{"empty identifier", letter("x", "Message-ID: <>"), "msgid.missing", report.Low, []string{"holds no identifier"}},
	{"inner message without an identifier", mixed("Content-Type: message/rfc822\n\nSubject: x\n\nx"), "msgid.missing", none, nil},
	{"identifier", letter("x"), "msgid.missing", none, nil},
}

// nestedMessages is a message in a message, so many times.
func nestedMessages(depth int) string {
	raw := letter("x")
	for range depth {
		raw = letter(raw, "Content-Type: message/rfc822")
	}
	return raw
}
