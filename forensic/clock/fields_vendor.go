package clock

import (
	"bytes"
	"net/netip"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// Values that tell by their form what they are, under names of any wording.
var (
	// cloudmark: the field's name is the provider's choice (X-CM-Analysis,
	// X-CMAE-Analysis, X-Authority-Analysis, X-CNFS-Analysis, …); 35 of 38
	// values lie within a minute of a stamp.
	cloudmark = fieldRule{rule: "cloudmark.ts", software: "Cloudmark", event: Scanned, shapes: []string{"v=2.%d cv=%* ts=%h ", "v=2.%d cv=%* ts=%h%$"}}
	// cyren stands under its own names and those of who uses it (X-CT-RefID,
	// X-CTCH-RefID, X-WatchGuard-Spam-ID): behind the address of the centre
	// that was asked, the second of the answer.
	cyren = fieldRule{rule: "cyren.refid", software: "Cyren", event: Scanned, shapes: []string{"0001.%X.%h.%x", "str=0001.%X.%h.%x"}}
	// mailChannels puts a name of two or three random words over it: 14 of 14
	// within a second of the hop.
	mailChannels = fieldRule{rule: "mailchannels.random-header", software: "MailChannels", event: Queued, shapes: []string{"%x_%m_%d%$"}}
)

// readAnyName reads what is known by its value alone.
func (r *reader) readAnyName(f *headers.Field, index int) {
	raw := trimSpan(r.msg.Raw, f.Value).Of(r.msg.Raw)
	rule := (*fieldRule)(nil)
	switch {
	case bytes.HasPrefix(raw, []byte("v=2.")):
		rule = &cloudmark
	case bytes.HasPrefix(raw, []byte("0001.")), bytes.HasPrefix(raw, []byte("str=0001.")):
		rule = &cyren
	case len(raw) > 30 && raw[16] == '_' && raw[30] == '_' && randomWords(f.Name):
		rule = &mailChannels
	default:
		return
	}
	at := place{source: f.Name, part: "1", hop: -1, field: index}
	r.addShape(at.value(r, *f), at, rule)
}

// randomWords reports whether name is "X-" and two or more words.
func randomWords(name string) bool {
	words := 0
	for i := 2; i < len(name); i++ {
		switch c := name[i]; {
		case c == '-':
			words++
		case !alnum(c) || digit(c):
			return false
		}
	}
	return words >= 1
}

// readTrace reads the X-Trace of a news server. Where a date stands behind the
// number and differs from it, that is a reading of its own.
func readTrace(r *reader, f headers.Field, at place, rule *fieldRule) {
	fd, ok := r.addShape(at.value(r, f), at, rule)
	if !ok {
		return
	}
	start := bytes.LastIndexByte(f.Raw(), '(') + 1
	end := bytes.LastIndexByte(f.Raw(), ')')
	if start == 0 || end < start {
		return
	}
	d := headers.ParseDate(r.msg.Raw, headers.Span{Start: f.Value.Start + start, End: f.Value.Start + end})
	if d.OK && d.Time.Sub(fd.at).Abs() > time.Second {
		r.addDate(&d, at, rule)
	}
}

// readSES reads "2016.01.14-54.240.27.5": the day, universal time, on which
// SES sent the message (260 of 260), and the address it was sent from.
func readSES(r *reader, f headers.Field, at place, rule *fieldRule) {
	v := at.value(r, f)
	if len(v) < 12 || v[4] != '.' || v[7] != '.' || v[10] != '-' {
		return
	}
	if _, err := netip.ParseAddr(v[11:]); err != nil {
		return
	}
	r.addDay(at, v[:4]+v[5:7]+v[8:10], found{from: 0, to: 10}, rule)
}

// addDay files a day, "yyyymmdd".
func (r *reader) addDay(at place, day string, f found, rule *fieldRule) {
	t, ok := ymdhms(day + "0000")
	if !ok || !inWindow(t) {
		return
	}
	f.rule, f.software, f.event, f.strength = rule.rule, rule.software, rule.event, rule.strength
	f.clock, f.at, f.step = UTC, t, 24*time.Hour
	r.add(at, f)
}

// readSpamAssassin reads "SpamAssassin 3.4.4 (2020-01-24) on host": the day of
// that release.
func readSpamAssassin(r *reader, f headers.Field, at place, rule *fieldRule) {
	v := at.value(r, f)
	i := strings.IndexByte(v, '(') + 1
	if !strings.HasPrefix(v, "SpamAssassin ") || i == 0 || len(v) < i+11 || v[i+4] != '-' || v[i+7] != '-' || v[i+10] != ')' {
		return
	}
	r.addDay(at, v[i:i+4]+v[i+5:i+7]+v[i+8:i+10], found{from: i, to: i + 10}, rule)
}

// dated are programs that tell the day of their making behind a mark:
// "Gecko/20020826" (since Firefox 4 always 20100101, which is still a lower
// bound), "NeoMutt/20170113", "Thunderbird 1.5.0.4 (Windows/20060516)",
// "Mutt/1.5.18 (2008-05-17)".
var dated = [...]struct{ name, mark, software string }{
	{"Gecko/", "Gecko/", "Mozilla"},
	{"Thunderbird", "(Windows/", "Thunderbird"},
	{"Thunderbird", "(X11/", "Thunderbird"},
	{"Thunderbird", "(Macintosh/", "Thunderbird"},
	{"NeoMutt/", "NeoMutt/", "NeoMutt"},
	{"Mutt", " (", "Mutt"},
	{"Superhuman", " (", "Superhuman"},
}

// readAgent reads the day on which the mail program was made.
func readAgent(r *reader, f headers.Field, at place, rule *fieldRule) {
	raw := f.Raw()
	for _, d := range dated {
		if !bytes.Contains(raw, []byte(d.name)) || !bytes.Contains(raw, []byte(d.mark)) {
			continue
		}
		v := at.value(r, f)
		from := strings.Index(v, d.mark) + len(d.mark)
		if day, n := dayText(v[min(len(v), from):]); n > 0 {
			known := *rule
			known.software = d.software
			r.addDay(at, day, found{from: from, to: from + n}, &known)
			return
		}
	}
}

// dayText reads "20020826", also with the hour behind it, or "2008-05-17"; n
// is the length of the day's text.
func dayText(s string) (day string, n int) {
	switch run := digitRun(s); {
	case run == 8 || run == 10:
		return s[:8], 8
	case run == 4 && len(s) >= 10 && s[4] == '-' && s[7] == '-' && digitRun(s[8:]) == 2:
		return s[:4] + s[5:7] + s[8:10], 10
	}
	return "", 0
}

// readKeepSent reads the copy of a Notes document's identifier,
// "85440727:0E9065F0-00258435:003FECCD; type=4": behind a byte for the zone
// the Julian day, then hundredths of a second since midnight in Greenwich. In
// iNotes that is the moment of the Date, in Notes that of opening the draft.
func readKeepSent(r *reader, f headers.Field, at place, rule *fieldRule) {
	v := at.value(r, f)
	if len(v) < 35 || v[8] != ':' || v[17] != '-' || v[26] != ':' || len(v) > 35 && v[35] != ';' {
		return
	}
	day, ok1 := hexUpper(v[20:26])
	hundredths, ok2 := hexUpper(v[27:35])
	_, ok3 := hexUpper(v[:8])
	_, ok4 := hexUpper(v[9:17])
	_, ok5 := hexUpper(v[18:20])
	if !(ok1 && ok2 && ok3 && ok4 && ok5) || hundredths >= 8640000 {
		return
	}
	const julian = 2440588 // of 1970-01-01
	t := ofMilli((day-julian)*86400_000 + hundredths*10)
	if inWindow(t) {
		r.add(at, found{rule: rule.rule, software: rule.software, event: rule.event, clock: UTC, at: t, step: 10 * time.Millisecond, from: 18, to: 35})
	}
}

// readCBID reads "19071211-3633-0000-0000-0000002A1888": year, month, day and
// hour, universal time, at the gateway of IBM's own mail.
func readCBID(r *reader, f headers.Field, at place, rule *fieldRule) {
	v := at.value(r, f)
	if len(v) != 36 || v[8] != '-' || v[13] != '-' || v[18] != '-' || v[23] != '-' || digitRun(v) != 8 || digitRun(v[9:]) != 4 {
		return
	}
	if _, ok := hexUpper(v[24:]); !ok {
		return
	}
	if t, ok := ymdhms("20" + v[:8] + "00"); ok && inWindow(t) {
		r.add(at, found{rule: rule.rule, software: rule.software, event: rule.event, clock: UTC, at: t, step: time.Hour, to: 8})
	}
}

// readMTSIdentifier reads the local part that the X.400 server PP (ISODE) makes,
// "[/PRMD=X/C=GB/;host:123:940616083751]": two digits of the year, month, day,
// hour, minute and second, universal time; 13 of 13 lie within 3 s of a stamp.
// What other servers write there differs.
func readMTSIdentifier(r *reader, f headers.Field, at place, rule *fieldRule) {
	v := at.value(r, f)
	from := len(v) - 13
	if from < 4 || v[len(v)-1] != ']' || v[from-1] != ':' || digitRun(v[from:]) != 12 || strings.IndexByte(v, ';') < 0 {
		return
	}
	before := strings.TrimRight(v[:from-1], "0123456789")
	if len(before) == from-1 || before[len(before)-1] != ':' {
		return
	}
	century := "20"
	if v[from] >= '8' {
		century = "19"
	}
	if t, ok := ymdhms(century + v[from:from+12]); ok && inWindow(t) {
		r.add(at, found{rule: rule.rule, software: rule.software, event: rule.event, clock: UTC, at: t, step: time.Second, from: from, to: from + 12})
	}
}

// digitRun is the number of decimal digits that s begins with.
func digitRun(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}
