package forensic

import (
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// fingerprintRules judge whether the marks that mail software leaves fit one
// another and the software that the message names.
var fingerprintRules = []rule{
	{
		id: "fingerprint.exchange-boundary", severity: report.Medium, confidence: report.Likely,
		title:      "The MIME boundary is not the one Exchange Online makes with this Message-ID",
		explain:    "Exchange Online builds the boundary from the letters and digits of the Message-ID; they agreed in all 203 messages measured. One of the two was taken from another message.",
		innocent:   "A gateway that rebuilt the MIME structure, or that gave the message a new Message-ID.",
		references: []string{"RFC 2046 5.1.1", "RFC 5322 3.6.4"},
		check:      checkExchangeBoundary,
	},
	{
		id: "fingerprint.mailer-mismatch", severity: report.Medium, confidence: report.Likely,
		title:      "The message was not built by the program that it names",
		explain:    "X-Mailer or User-Agent names Outlook, but the MIME boundary has the form that another library makes, which scripts use and no Outlook does.",
		innocent:   "A gateway or list server that rebuilt the message.",
		references: []string{"RFC 2046 5.1.1"},
		check:      checkMailer,
	},
	{
		id: "fingerprint.mime-lite", severity: report.Low, confidence: report.Likely,
		title:      "A boundary of MIME::Lite without the program's name",
		explain:    "The Perl library MIME::Lite names itself in X-Mailer. Of 421 messages that have its boundary without its name, 417 hold an old time in it: copies of a template.",
		innocent:   "A script that removes the X-Mailer field.",
		references: []string{"RFC 2046 5.1.1"},
		check:      checkMIMELite,
	},
	{
		id: "fingerprint.no-time", severity: report.Medium, confidence: report.Likely,
		title:      "An identifier in Outlook's form holds no time",
		explain:    "Outlook builds boundaries and Message-IDs of this form from the time of day (a Windows FILETIME). The digits here are no time in which mail existed: software that imitates the form made them up.",
		innocent:   "Hardly ever: programs that imitate Outlook's identifiers.",
		references: []string{"RFC 2046 5.1.1", "RFC 5322 3.6.4"},
		check:      checkNoTime,
	},
}

// boundaryOf is the message's own boundary and where it stands.
func (j *judging) boundaryOf() (string, headers.Span, *mimeparse.Part) {
	root := j.msg.Root()
	p, ok := root.Type.Get("boundary")
	if !ok || root.Boundary == "" {
		return "", headers.Span{}, root
	}
	return root.Boundary, p.Span, root
}

func checkExchangeBoundary(j *judging) []hit {
	boundary, span, _ := j.boundaryOf()
	if len(boundary) < 6 || boundary[0] != '_' || !isDigits(boundary[1:4]) || boundary[4] != '_' || !strings.HasSuffix(boundary, "_") {
		return nil
	}
	left, right, _ := strings.Cut(string(j.report.Message.MessageID), "@")
	server, rest, _ := strings.Cut(right, ".")
	if len(server) < 10 || !strings.HasPrefix(left, server) || !strings.HasSuffix(strings.ToLower(rest), ".prod.outlook.com") {
		return nil
	}
	want := alphanumeric(left+right, len(boundary)-6)
	if boundary[5:len(boundary)-1] == want {
		return nil
	}
	return []hit{at(span, "the boundary is "+quote(boundary)+", the Message-ID "+quote(left+"@"+right)+" makes "+quote(boundary[:5]+want+"_"))}
}

// alphanumeric is the first n letters and digits of s.
func alphanumeric(s string, n int) string {
	var out strings.Builder
	for i := 0; i < len(s) && out.Len() < n; i++ {
		if c := s[i]; c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			out.WriteByte(c)
		}
	}
	return out.String()
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// scriptBoundaries are boundary forms of libraries for scripts, by their
// beginnings.
var scriptBoundaries = [...]struct{ prefix, software string }{
	{"--==_mimepart_", "Ruby Mail"},
	{"_----------=_", "MIME::Lite"},
	{"----------=_", "MIME::tools"},
	{"===============", "Python"},
	{"--_NmP-", "Nodemailer"},
	{"_=_swift", "SwiftMailer"},
	{"b1_", "PHPMailer"},
	{"b2_", "PHPMailer"},
	{"----=_Part_", "JavaMail"},
}

func checkMailer(j *judging) []hit {
	boundary, span, _ := j.boundaryOf()
	for _, s := range scriptBoundaries {
		if strings.HasPrefix(boundary, s.prefix) && j.namesOutlook() {
			return []hit{{
				detail: "the program named is " + quote(string(j.report.Message.UserAgent)) + ", the boundary " + quote(boundary) + " has the form of " + s.software,
				spans:  []headers.Span{span, *j.report.Message.UserAgentSpan},
			}}
		}
	}
	return nil
}

// namesOutlook reports whether the message says that Outlook made it, and no
// list server handled it since.
func (j *judging) namesOutlook() bool {
	agent := strings.ToLower(string(j.report.Message.UserAgent))
	return !j.fromList && (strings.Contains(agent, "microsoft outlook") || strings.Contains(agent, "microsoft office outlook"))
}

func checkMIMELite(j *judging) []hit {
	boundary, span, _ := j.boundaryOf()
	digits, ok := strings.CutPrefix(boundary, "_----------=_")
	if !ok || len(digits) < 11 || !isDigits(digits) || strings.Contains(string(j.report.Message.UserAgent), "MIME::Lite") {
		return nil
	}
	return []hit{at(span, "the boundary is "+quote(boundary)+", and no X-Mailer field names MIME::Lite")}
}

func checkNoTime(j *judging) []hit {
	var hits []hit
	boundary, span, _ := j.boundaryOf()
	if high, ok := nextPartHigh(boundary); ok && !isFileTimeHigh(high) {
		hits = append(hits, at(span, "the boundary is "+quote(boundary)+"; "+quote(high)+" should be the high half of a FILETIME, from 01A to 01E"))
	}
	id := string(j.report.Message.MessageID)
	left, _, _ := strings.Cut(id, "@")
	if high, ok := dollarHigh(left); ok && !isFileTimeHigh(high) {
		hits = append(hits, at(*j.report.Message.MessageIDSpan, "the Message-ID is "+quote(id)+"; "+quote(high)+" should be the high half of a FILETIME, from 01A to 01E"))
	}
	return hits
}

// nextPartHigh is the high half of the time in a boundary of Outlook's form,
// ----=_NextPart_000_0004_01BFC037.28F2FA90.
func nextPartHigh(boundary string) (string, bool) {
	rest, ok := strings.CutPrefix(boundary, "----=_NextPart_")
	if !ok || len(rest) < 26 || !isDigits(rest[:3]) || rest[3] != '_' {
		return "", false
	}
	count, time, ok := strings.Cut(rest[4:], "_")
	if !ok || len(count) < 4 || len(count) > 8 || len(time) != 17 || time[8] != '.' || !isHex(count) || !isHex(time[:8]) || !isHex(time[9:]) {
		return "", false
	}
	return time[:8], true
}

// dollarHigh is the high half of the time in the left side of a Message-ID of
// Outlook's form, 000001c25a93$63a70de0$640a000a.
func dollarHigh(left string) (string, bool) {
	if strings.Count(left, "$") != 2 { // cheaper than the pieces
		return "", false
	}
	g := strings.Split(left, "$")
	if len(g) != 3 || len(g[0]) < 12 || len(g[0]) > 14 || len(g[1]) != 8 || len(g[2]) != 8 || !isHex(g[0]) || !isHex(g[1]) || !isHex(g[2]) {
		return "", false
	}
	return g[0][len(g[0])-8:], true
}

// isFileTimeHigh: the years 1980 to 2050 begin with 01A, 01B … 01E.
func isFileTimeHigh(s string) bool {
	s = strings.ToUpper(s)
	return strings.HasPrefix(s, "01") && len(s) > 2 && s[2] >= 'A' && s[2] <= 'E'
}

func isHex(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
		default:
			return false
		}
	}
	return s != ""
}
