package capture

import (
	"iter"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// rule is one kind of finding of a dialogue.
type rule struct {
	id         string
	severity   forensic.Severity
	confidence report.Confidence
	title      string
	explain    string
	innocent   string
	references []string
}

// finding is a rule's hit before it is printed.
type finding struct {
	id       string
	severity forensic.Severity // "" means the rule's own
	detail   string
	places   []Place
	spans    [][2]int64
}

// rules is the table of all, sorted by id.
var rules = [...]rule{
	{"8bit-without-8BITMIME", report.Info, report.Sure, "Octets above 127 without BODY=8BITMIME",
		"The message holds octets with the highest bit set, and MAIL did not announce them. A server may have changed or dropped them.",
		"Many programs send UTF-8 without asking, and most servers take it.", []string{"RFC 6152 3"}},
	{"auth-guessing", report.Medium, report.Likely, "Many failed attempts to log in",
		"The server refused at least three proofs of identity in one connection.",
		"A program with an old password tries again and again.", []string{"RFC 4954 6"}},
	{"bad-bdat", report.Low, report.Sure, "The size of a chunk cannot be read",
		"BDAT must state how many octets follow. Where the size is none, client and server may not agree on where commands go on.",
		"A faulty program.", []string{"RFC 3030 2"}},
	{"bare-cr", report.Low, report.Sure, "CR without LF",
		"CR may stand only in front of LF. Servers differ in what they make of it.",
		"Old programs and broken conversions leave them.", []string{"RFC 5321 2.3.8"}},
	{"bare-lf", report.Low, report.Sure, "LF without CR",
		"Lines end in CRLF. A server that takes LF alone for a line end may see another message than one that does not.",
		"Programs that send the lines of a Unix file as they are.", []string{"RFC 5321 2.3.8"}},
	{"bcc", report.Info, report.Sure, "Recipients that the header does not name",
		"The server accepted recipients that stand in no To, Cc or Resent field: blind copies, a mailing list, or a forwarding.",
		"Blind copies and mailing lists are usual.", []string{"RFC 5321 7.2", "RFC 5322 3.6.3"}},
	{"connection-cut", report.Info, report.Sure, "A connection was given up before its end, to bound memory",
		"32,768 commands of one connection are held, as many connections are followed at the same time, and 16,384 that have ended wait for one before them. Beyond that a connection is given up: the longest one, or that which was silent for the longest time. What was captured of it later stands as a connection of its own, which says what it continues.",
		"Captures of busy servers, and floods of connections that nobody answers.", nil},
	{"credentials-cleartext", report.Medium, report.Sure, "A password went over the wire in clear",
		"The client sent a secret itself, not a proof of it, in a connection without encryption. Whoever could read the traffic has it.",
		"The capture was made behind the end of the encryption.", []string{"RFC 4954 4", "RFC 8314 3"}},
	{"data-rejected", report.Info, report.Sure, "DATA was refused, and what followed are commands",
		"The server refused DATA; the octets behind it are commands and no message.",
		"Usual with pipelining when no recipient was accepted.", []string{"RFC 2920 3.1"}},
	{"date-skew", report.Medium, report.Likely, "The Date field and the capture's clock differ",
		"The Date field lies after the message was on the wire, or more than a day before it.",
		"A message waits in a queue or in a drafts folder; the clock of the capturing host is wrong.", []string{"RFC 5322 3.6.1"}},
	{"early-talker", report.Low, report.Likely, "The client spoke before it was greeted",
		"The client's first octets were sent when it had not seen the server's greeting. Programs that send in bulk do so.",
		"A badly written program.", []string{"RFC 5321 3.1", "RFC 5321 4.3.1"}},
	{"envelope-from-mismatch", report.Info, report.Sure, "MAIL FROM and the header name different senders",
		"The address of MAIL FROM is neither in From, nor in Sender, nor in Return-Path.",
		"Mailing lists, newsletters and forwarding use addresses of their own for returns.", []string{"RFC 5321 3.3", "RFC 5322 3.6.2"}},
	{"helo-mismatch", report.Low, report.Likely, "The client named itself as somebody else",
		"The address that the client named itself by is not the one it came from, or it used the server's own name.",
		"The client stands behind address translation.", []string{"RFC 5321 4.1.1.1", "RFC 5321 4.1.4"}},
	{"long-line", report.Info, report.Sure, "A line is longer than SMTP allows",
		"A line of text may have 1,000 octets with its CRLF. Servers cut or fold longer ones, which breaks signatures.",
		"HTML without line breaks.", []string{"RFC 5321 4.5.3.1.6"}},
	{"lost-segment", report.Info, report.Sure, "Octets are missing in the capture",
		"The sequence numbers of TCP show that octets were sent which the capture does not hold. They are counted, and nothing is put in their place.",
		"The capturing host was too slow, or the traffic went another way.", []string{"RFC 9293 3.4"}},
	{"message-id-domain", report.Info, report.Likely, "The Message-ID is of another domain",
		"The domain of the Message-ID is neither that of From, nor of MAIL FROM, nor of HELO.",
		"Services that send for others, and programs that use the name of the computer.", []string{"RFC 5322 3.6.4"}},
	{"mid-stream", report.Info, report.Sure, "The capture begins in the middle of the connection",
		"The first octets of the connection were not captured; what was said before is not known.",
		"The capture was started later.", nil},
	{"nested-mail", report.Info, report.Sure, "MAIL within a transaction",
		"A second MAIL was refused because a transaction was open; that one stays as it was.",
		"A faulty program.", []string{"RFC 5321 4.1.4"}},
	{"nul-byte", report.Low, report.Sure, "NUL octets",
		"NUL may not stand in mail without BINARYMIME. Programs in C take it for the end of a line.",
		"Binary files sent as they are.", []string{"RFC 5321 2.3.8", "RFC 3030 3"}},
	{"one-sided", report.Info, report.Sure, "Only one end was captured",
		"All packets are from one end. What the other one answered is not known.",
		"Traffic goes and comes on different ways.", nil},
	{"open-relay-shape", report.Low, report.Unsure, "The server takes mail from strangers to strangers",
		"Without a proof of identity the server accepted recipients of several organisations, none of which is its own or the sender's.",
		"A server for many domains; a client that is known by its address.", []string{"RFC 5321 7.1"}},
	{"overlap-conflict", report.High, report.Sure, "The same octets were sent with different content",
		"Two segments claim the same place in the stream and differ. The first one counts here; a receiver may have taken the other.",
		"A faulty network card or middlebox.", []string{"RFC 9293 3.4", "RFC 9293 3.10"}},
	{"pipelining-violation", report.Low, report.Likely, "Commands were sent before the replies could be seen",
		"The acknowledgement numbers show that the client had not seen the reply to a command when it sent the next one, where that is not allowed.",
		"A badly written program.", []string{"RFC 2920 3.1", "RFC 5321 4.3.1"}},
	{"received-mismatch", report.Medium, report.Likely, "The newest Received line does not fit the dialogue",
		"What the newest Received line states of time, client or recipient is not what was captured.",
		"The line is that of a hop inside the sender's system; clocks differ.", []string{"RFC 5321 4.4"}},
	{"size-mismatch", report.Info, report.Likely, "SIZE and the message differ",
		"MAIL announced another size than the message had.",
		"SIZE may be an estimate.", []string{"RFC 1870 6"}},
	{"smuggling", report.Medium, report.Likely, "A sequence that some servers take for the end of the message",
		"The end of a message is <CRLF>.<CRLF> alone. Servers that take other line ends for it read the rest as commands: of one message they make two, and the second has an envelope that nobody checked.",
		"A text that holds such a sequence by chance has no commands behind it.", []string{"RFC 5321 4.1.1.4", "CVE-2023-51764"}},
	{"starttls-injection", report.High, report.Likely, "Octets in clear behind STARTTLS",
		"Between STARTTLS and the beginning of TLS somebody has put octets into the connection; a server or client that keeps them takes them for encrypted ones.",
		"A client that does not wait for the reply.", []string{"RFC 3207 4.2", "CVE-2011-0411"}},
	{"starttls-rejected", report.Low, report.Sure, "STARTTLS was refused",
		"The server refused encryption; what followed was sent in clear, or not at all.",
		"A server without a certificate.", []string{"RFC 3207 4"}},
	{"starttls-stripped", report.Medium, report.Likely, "STARTTLS is missing where it should be offered",
		"The server offered STARTTLS in another connection and not in this one, or its offer was written over. Somebody in between may have taken it out.",
		"Some firewalls overwrite what they do not know.", []string{"RFC 3207 6"}},
	{"starttls-then-clear", report.Medium, report.Likely, "After STARTTLS the dialogue goes on in clear",
		"The server agreed to encryption and the client went on without it.",
		"The capture was made behind the end of the encryption.", []string{"RFC 3207 4"}},
	{"truncated-capture", report.Info, report.Sure, "The capture file ends before its end",
		"The file is not whole, and this connection was open where it breaks off.",
		"The capture was interrupted, or the file not copied whole.", nil},
	{"tuple-reuse", report.Info, report.Sure, "The same addresses and ports were used before",
		"An earlier connection had the same ends and ports. They are kept apart by their sequence numbers.",
		"Ports are used again after a while.", []string{"RFC 9293 3.6.1"}},
	{"turned", report.Info, report.Sure, "Client and server have changed places",
		"The server accepted TURN or ATRN: from there on it sends the mail that waits for the client. What follows was not followed.",
		"A site that is on line for a short time only fetches its mail so.", []string{"RFC 821 3.8", "RFC 2645 5.3"}},
	{"vrfy-expn-harvest", report.Medium, report.Likely, "Addresses were tried out",
		"The client asked for many addresses by VRFY, EXPN, or RCPT that were refused.",
		"An old list of recipients.", []string{"RFC 5321 7.3"}},
}

func findRule(id string) *rule {
	for i := range rules {
		if rules[i].id == id {
			return &rules[i]
		}
	}
	return nil
}

// report is the finding in the report's words.
func (h *finding) report() Finding {
	r := findRule(h.id)
	out := Finding{
		ID: h.id, Severity: r.severity, Confidence: r.confidence, Title: r.title, Detail: h.detail,
		Places: h.places, Spans: h.spans, References: slices.Clone(r.references), Innocent: r.innocent,
	}
	if h.severity != "" {
		out.Severity = h.severity
	}
	if out.Places == nil {
		out.Places = []Place{}
	}
	if out.Spans == nil {
		out.Spans = [][2]int64{}
	}
	if out.References == nil {
		out.References = []string{}
	}
	return out
}

// sorted prints findings, gravest first.
func sorted(found []finding) []Finding {
	out := make([]Finding, 0, len(found))
	for i := range found {
		out = append(out, found[i].report())
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		if d := b.Severity.Rank() - a.Severity.Rank(); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

func (r *rule) public() forensic.Rule {
	return forensic.Rule{
		ID: r.id, Title: r.title, Severity: r.severity, Confidence: r.confidence,
		Innocent: r.innocent, Explanation: r.explain, References: slices.Clone(r.references),
	}
}

// Rules iterates over every kind of finding of a dialogue, sorted by id.
func Rules() iter.Seq[forensic.Rule] {
	return func(yield func(forensic.Rule) bool) {
		for i := range rules {
			if !yield(rules[i].public()) {
				return
			}
		}
	}
}

// Explain returns the rule behind a finding's id, which may have "capture." in front.
func Explain(id string) (forensic.Rule, bool) {
	if r := findRule(strings.TrimPrefix(id, "capture.")); r != nil {
		return r.public(), true
	}
	return forensic.Rule{}, false
}
