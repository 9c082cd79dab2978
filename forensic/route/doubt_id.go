package route

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// idGrammar: the identifier is none that the software can make which the line
// names.
func (t *tracer) idGrammar(i int, h *Hop) {
	if h.ID == "" {
		return
	}
	wrong := ""
	switch h.Product {
	case "Postfix":
		wrong = postfixFault(h.ID)
	case "sendmail":
		wrong = sendmailFault(h.ID, h.Software)
	case "Exim":
		wrong = eximFault(h.ID, h.Software)
	case "Microsoft Exchange":
		if hasPrefixFold(h.With, "Microsoft SMTP Server") && !isBuild(h.ID) {
			wrong = "is no version number, which Exchange writes there"
		}
	case "PowerMTA":
		if !isPowerMTA(h.ID) {
			wrong = "is not the h and eleven characters that PowerMTA writes"
		}
	case "Momentum":
		if !isMomentum(h.ID) {
			wrong = "has not the form that Momentum writes"
		}
	case "Domino":
		if !isDomino(h.ID) {
			wrong = "is not the time and the number that Domino writes"
		}
	case "MDaemon":
		if !isMDaemon(h.ID) {
			wrong = "is not the md, digits and .msg that MDaemon writes"
		}
	case "CommuniGate Pro":
		if !decimalSet.all(h.ID) {
			wrong = "is no decimal number, which CommuniGate writes"
		}
	case "":
		if h.by().operator == google && h.Software == "" && !isGmail(h.ID) {
			wrong = "has characters that Google's identifiers do not have"
		}
	}
	if wrong == "" {
		return
	}
	weight := medium
	if isPlaceholder(h.ID) {
		weight = low
	}
	d := t.doubt("id-grammar", i, weight, "the identifier "+h.ID+" "+wrong, h.Spans.ID)
	if maker := makerOf(h.ID); maker != "" && maker != h.Product {
		d.speaksFor("it is one that " + maker + " makes")
	}
	d.speaksAgainst("a patched program or an archive that replaces identifiers can leave another form")
}

// isPlaceholder reports whether nearly all of an identifier is one character, as
// archives write in the place of what they hide: "FFFFFFFF00", "xxxx".
func isPlaceholder(id string) bool {
	for i := 0; i < len(id); i++ {
		if strings.Count(id, id[i:i+1])*4 >= len(id)*3 {
			return true
		}
	}
	return false
}

// makerOf names the software that makes identifiers of a form that few others
// have.
func makerOf(id string) string {
	switch {
	case eximForm(id) > 0:
		return "Exim"
	case isMomentum(id):
		return "Momentum"
	case isGmailOnly(id):
		return "Google"
	case isBuild(id):
		return "Microsoft Exchange"
	case isPowerMTA(id):
		return "PowerMTA"
	case isSendmail10(id), isSendmail9(id):
		return "sendmail"
	case isPostfixShort(id) && postfixMicros(id):
		return "Postfix"
	}
	return ""
}

func postfixFault(id string) string {
	switch {
	case isPostfixLong(id):
		return ""
	case !isPostfixShort(id):
		return "is no queue identifier of Postfix"
	case !postfixMicros(id):
		return "does not begin with a microsecond, as those of Postfix do"
	}
	return ""
}

// sendmailFault checks the form against the release. "8.14.4/8.14.4" names the
// program's and the configuration's; vendors put theirs before or behind.
func sendmailFault(id, software string) string {
	release, ok := minorOf(software, 8)
	if first, _, twice := strings.Cut(id, "-"); twice && isSendmail10(first) {
		return "" // as a filter's second pass leaves them
	}
	switch {
	case !ok:
		return ""
	case release >= 10 && !isSendmail10(id):
		return "has not the form of sendmail 8.10 and later"
	case release < 10 && isSendmail10(id) && !isSendmail9(id):
		return "has the form of sendmail 8.10 and later, and the line names an earlier release"
	}
	return ""
}

// eximFault: since 4.97 (2023) the identifier is longer.
func eximFault(id, software string) string {
	form := eximForm(id)
	if form == 0 {
		return "is no message identifier of Exim"
	}
	minor, ok := minorOf(software, 4)
	switch {
	case !ok && form == 11 && strings.Contains(software, " 3."), ok && minor < 97 && form == 11:
		return "has the form of Exim 4.97 and later, and the line names an earlier release"
	case ok && minor >= 97 && form == 6:
		return "has the form of Exim before 4.97, and the line names a later release"
	}
	return ""
}

// minorOf finds "major.N" in a text that states a version and gives N.
func minorOf(software string, major int) (minor int, ok bool) {
	lead := strconv.Itoa(major) + "."
	for i := 0; ; {
		k := strings.Index(software[i:], lead)
		if k < 0 {
			return 0, false
		}
		i += k
		if i == 0 || !decimalSet.has(software[i-1]) && software[i-1] != '.' {
			end := i + len(lead)
			for end < len(software) && decimalSet.has(software[end]) {
				end++
			}
			n, err := strconv.Atoi(software[i+len(lead) : end])
			return n, err == nil
		}
		i += len(lead)
	}
}

// idHost: identifiers that one operator's hosts alone make, on the line of
// another host.
func (t *tracer) idHost(i int, h *Hop) {
	owner := ""
	switch {
	case h.by().public && h.by().operator != google && isGmailOnly(h.ID):
		owner = "Google"
	case strings.HasPrefix(h.ID, "15.20.") && isBuild(h.ID) && h.by().public && h.by().operator != microsoft:
		owner = "Exchange Online"
	}
	if owner == "" {
		return
	}
	weight := medium
	if owner == "Google" && brandless(h.By) && googleLike(h) {
		weight = low // all else is as Google writes it: the name has been replaced
	}
	d := t.doubt("id-host", i, weight, "the identifier "+h.ID+" is one of "+owner+", which does not run "+h.By, h.Spans.ID, h.Spans.By)
	d.speaksAgainst("a host of the operator's may have a name of its customer's")
}

// brandless reports whether a name is one that RFC 2606 keeps for made-up texts.
func brandless(host string) bool {
	return within(host, "example.com") || within(host, "example.org") || within(host, "example.net")
}

// googleLike reports whether a line has Google's zone with its name.
func googleLike(h *Hop) bool {
	_, offset := h.Date.Time.Zone()
	return h.Date.OK && h.Product == "" && offset == pacificOffset(h.Date.Time) && (h.Date.Comment == "PDT" || h.Date.Comment == "PST")
}

// zoneHost: some operators' hosts all stamp in one zone.
func (t *tracer) zoneHost(i int, h *Hop) {
	if !h.Date.OK || h.Date.Zone != headers.ZoneStated {
		return
	}
	_, offset := h.Date.Time.Zone()
	rule, fault := "", false
	switch h.by().operator {
	case microsoft:
		fault = offset != 0 && onlineHost(h.By)
		rule = "Exchange Online stamps in universal time, +0000"
	case google:
		fault, rule = googleZone(h, offset)
	case yahoo:
		fault = offset != 0 && h.Date.Time.Year() >= 2012 && within(h.By, "mail.yahoo.com")
		rule = "Yahoo has stamped in universal time, +0000, for years"
	}
	if !fault {
		return
	}
	d := t.doubt("zone-host", i, medium, "the zone "+h.Date.ZoneText+" at "+h.By+": "+rule, h.Date.Span, h.Spans.By)
	d.speaksAgainst("an archive may have rewritten the date")
}

// onlineHost reports whether a host is one of Exchange Online, not of
// Microsoft's own network.
func onlineHost(by string) bool {
	return within(by, "outlook.com") || within(by, "office365.com") || within(by, "exchangelabs.com")
}

// googleZone: Google's mail hosts stamp in Pacific time.
func googleZone(h *Hop, offset int) (fault bool, rule string) {
	switch {
	case offset != -7*3600 && offset != -8*3600:
		return true, "Google stamps in Pacific time, -0700 or -0800"
	case offset != pacificOffset(h.Date.Time):
		return true, "Pacific time had the other offset on that day"
	}
	return false, ""
}

// weekday: the day of the week does not belong to the date. Programs compute
// it; people who write a line by hand do not.
func (t *tracer) weekday(i int, h *Hop) {
	if h.Date.OK && h.Date.WeekdayWrong {
		d := t.doubt("weekday", i, medium, h.Date.Weekday+" is not the day of the week of that date", h.Date.Span)
		d.speaksFor("mail servers compute the day of the week")
	}
}
