package forensic

import (
	"strconv"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/headers"
)

// routeRules judge the trace lines by the tests of package route. A failed
// test is a doubt with a weight, which is the finding's severity; what speaks
// for and against a forgery stands in the detail.
var routeRules = []rule{
	routeRule("below-entry", report.Medium, report.Likely, "A hop is said to have come before the one at which the message began",
		"The newer line shows that the message entered mail transport there: an authenticated client, a local program, a mailbox. It cannot have travelled before; the older line does not fit to it.",
		"A gateway or list program that hands in mail it received as its own."),
	routeRule("copied-hop", report.Medium, report.Likely, "Two trace lines share the identifier of one transfer",
		"Each transfer gets an identifier of its own from its host. Here another client, time or host has the same one: one line was made from the other.",
		"Software that gives several deliveries one number; qmail-like systems that log a transfer twice."),
	routeRule("duplicate", report.Medium, report.Likely, "A trace line stands twice, word by word",
		"A host adds one line for each time the message passes it, with a new time and identifier.",
		"A fault of an exporting tool, or a script that put the header on top a second time."),
	routeRule("future", report.Medium, report.Likely, "A stamp lies far later than the hops that came after it",
		"A hop cannot be stamped later than the ones that followed.",
		"A server whose clock is wrong by days."),
	routeRule("helo-recipient", report.Medium, report.Likely, "A client from outside calls itself by the recipient's own name",
		"In HELO a client may say anything. Naming itself after the receiving host or domain is a way to look internal; what the receiver saw is its address.",
		"A client inside the recipient's network behind address translation; a device configured with the mail domain."),
	routeRule("id-grammar", report.Medium, report.Likely, "A transfer identifier has a form that the named software never makes",
		"Each mail server builds its identifiers in a grammar of its own, by version. This one does not fit, so that the line was not written by the software it names.",
		"A rare build or a patched version; anonymised samples."),
	routeRule("id-host", report.Medium, report.Likely, "A transfer identifier has the form of an operator that does not run the host",
		"The form is peculiar to one large operator's servers.",
		"A company relay of that operator under another name."),
	routeRule("inserted", report.High, report.Likely, "A trace line stands between two that fit one another without it",
		"The host before names the one after as its client and the other way round; nothing refers to this line from either side. That is how a line looks that was put in.",
		"A content filter or a proxy in between that names itself differently."),
	routeRule("ip-reserved", report.Medium, report.Likely, "A trace line names an address that no host can have",
		"The receiving host writes the address from which the connection came. An address outside every assignable range was never a connection's.",
		"Anonymised samples; a broken address translation."),
	routeRule("loop", report.Low, report.Likely, "The message passed one host again and again",
		"The host has stamped it several times with others between, or there are more than a hundred hops.",
		"Forwarding in a circle; virus filters that hand mail back; several mailing lists on one host."),
	routeRule("order", report.Medium, report.Likely, "Two trace lines fit their neighbours only in the other order",
		"Each relay puts its line on top, so that the order of the lines is that of the hops. Exchanged, these two would fit.",
		"A server that sorts or rewrites header fields."),
	routeRule("own-name-below", report.Medium, report.Likely, "The recipient's own host is named below hops of others that do not know it",
		"A line at the beginning of the way bears the name of a host that took the message in at its end, and the line above it names another client. Whoever writes a line may write any name into it.",
		"Mail that left the recipient's system and came back by a list or a forwarder."),
	routeRule("position", report.Medium, report.Likely, "A trace line stands below fields of the author",
		"Relays add lines on top of everything. A line below From, To or Subject was in the message before it was handed in.",
		"Programs that sort fields, mailbox exports, and gateways that rebuild the header."),
	routeRule("shape", report.Medium, report.Likely, "A trace line has a shape that the named software never writes",
		"Each mail server writes its line in a fixed order with its own punctuation. This one breaks the pattern of the software that it names.",
		"A changed configuration (some servers let the line be set freely); a line that a gateway reformatted."),
	routeRule("time-reversed", report.Medium, report.Likely, "A hop is stamped before the hop that came before it",
		"Stamps must not go backwards along the way. Up to what honest clocks differ nothing is said: 0.13 % of the neighbours in 62,461 go back by more than a minute, 0.01 % by more than an hour; before 2006 it was ten times as many.",
		"A server with a wrong clock or zone."),
	routeRule("tls-old-software", report.Medium, report.Likely, "A trace line names a protocol that did not exist at its time",
		"The version of TLS or the software on the line is younger than the stamp.",
		"A server whose clock is years behind."),
	routeRule("unlinked", report.Medium, report.Likely, "Two neighbouring hops have nothing in common",
		"The host that stamped the older line is not the client that the newer line names, nor of its organisation or operator. A hop is missing between them, or the older line was invented. Medium where the older host has to do with nothing else in the header either.",
		"A host with names in two domains; a relay that leaves no line; 5 of 1,792 honest messages."),
	routeRule("unlinked-private", report.Medium, report.Likely, "A host of another organisation is said to have seen a private address",
		"A private address can be seen only inside one network. Here it is named by a host that has nothing in common with the client.",
		"Company networks that span several domains; hosting behind address translation."),
	routeRule("weekday", report.Medium, report.Sure, "A stamp's day of the week contradicts its date",
		"Servers compute one from the other: both cannot have been written by one.",
		"Hardly ever: anonymised or retyped lines."),
	routeRule("zone-comment", report.Low, report.Likely, "A stamp's zone name contradicts its offset",
		"The comment behind the offset names a zone with another offset. Names that stand for several zones are not counted.",
		"A server whose zone table is wrong."),
	routeRule("zone-host", report.Medium, report.Likely, "A stamp has an offset that the host's operator never writes",
		"Large operators stamp in one fixed zone on all their hosts. This stamp has another offset.",
		"A customer's own server under the operator's domain."),
}

// routeRule is the rule for one test of package route.
func routeRule(test string, severity Severity, confidence report.Confidence, title, explain, innocent string) rule {
	return rule{
		id: "route." + test, severity: severity, confidence: confidence, title: title, explain: explain, innocent: innocent,
		references: []string{"RFC 5321 4.4"},
		check:      func(j *judging) []hit { return j.doubts(test) },
	}
}

// doubts makes one hit for each failed test of that name.
func (j *judging) doubts(test string) []hit {
	if j.tests>>(len(test)&63)&1 == 0 {
		return nil
	}
	var hits []hit
	for i := range j.route.Doubts {
		if d := &j.route.Doubts[i]; d.Test == test {
			hits = j.addHit(hits, hit{severity: Severity(d.Weight), detail: j.doubtText(d), spans: j.doubtSpans(d)})
		}
	}
	return hits
}

// doubtText is the doubt with what speaks for and against a forgery.
func (j *judging) doubtText(d *route.Doubt) string {
	var room [textSize]byte
	text := room[:0]
	if d.Hop >= 0 {
		text = append(text, "hop "...)
		text = strconv.AppendInt(text, int64(d.Hop)+1, 10)
		text = append(text, ": "...)
	}
	text = appendPrintable(text, d.Detail)
	if len(d.For) > 0 {
		text = appendJoined(append(text, "; for a forgery speaks: "...), d.For)
	}
	if len(d.Against) > 0 {
		text = appendJoined(append(text, "; against it: "...), d.Against)
	}
	return j.memo.texts.keep(text)
}

// doubtSpans is where a doubt stands: at least at the header.
func (j *judging) doubtSpans(d *route.Doubt) []headers.Span {
	spans := j.spans.take(max(len(d.Spans), 1), spanChunk)[:0]
	for _, s := range d.Spans {
		if !s.Empty() {
			spans = append(spans, s)
		}
	}
	if len(spans) == 0 {
		spans = append(spans, j.msg.Header.Span)
	}
	return spans
}
