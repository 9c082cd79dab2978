package render

import (
	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

func ref[T any](v T) *T { return &v }

// made is a report with every kind of line that a route and clocks can have,
// independent of what the analysis finds today.
func made() *forensic.Report {
	return &forensic.Report{
		Schema:   report.Schema,
		Tool:     report.Tool{Name: "emlcheck", Version: "0"},
		Evidence: report.Evidence{Path: "a.eml", Container: "eml", Offset: ref(int64(100)), Size: 2048, LineEndings: "lf", SHA256: "5a", MD5: "0123456789abcdef0123456789abcdef"},
		Message: report.Message{MessageID: "20240501100000.ABC@a.example", Fingerprints: []report.Fingerprint{
			{Kind: "outlook.lan-address", Value: "10.0.0.7", Detail: "address of the sender's computer"},
		}},
		Route: madeRoute(), Clock: madeClock(),
		Findings: []forensic.Finding{
			{ID: "clock.contradiction", Severity: report.High, Title: "Two clocks contradict"},
			{ID: "route.inserted", Severity: report.Medium, Confidence: "medium", Title: "A hop was put in", Detail: "hop 2", References: []string{"RFC 5321 4.4"}},
		},
	}
}

func madeRoute() report.Route {
	return report.Route{
		Hops: []report.Hop{
			{
				Index: 0, Class: "submission", Author: report.AuthorSender, From: report.HopFrom{HELO: "[10.0.0.7]", IP: "198.51.100.9"}, By: "mail.a.example", With: "ESMTPSA",
				AuthenticatedAs: "alice", TLS: &report.HopTLS{Version: "TLSv1.3", Cipher: "AES256"}, Link: &report.HopLink{Fit: "none"},
				Time: &report.Time{Raw: "Wed, 1 May 2024 12:00:00 +0200", Time: "2024-05-01T12:00:00+02:00", Zone: "stated", PrecisionSeconds: ref(1.0)},
			},
			{
				Index: 1, Class: "mta", Author: report.AuthorRelay, From: report.HopFrom{HELO: "relay.b.example"}, By: "mx.c.example", ID: "4A", Link: &report.HopLink{Fit: "exact", Score: 1},
				Time: &report.Time{Raw: "Wed, 1 May 2024 09:59:00", Time: "2024-05-01T09:59:00+00:00", Zone: "absent", PrecisionSeconds: ref(1.0)}, DelaySeconds: ref(-60.0),
				Also: []report.HopLine{{Name: "X-Received"}},
			},
			{Index: 2, Class: "store", Author: report.AuthorReceiver, From: report.HopFrom{HELO: "mx.c.example"}, By: "box.c.example", Segment: 1, DelaySeconds: ref(7260.0)},
		},
		Origin: &report.Origin{
			IP: "198.51.100.9", Host: "[10.0.0.7]", Account: "alice",
			Corroboration: []report.Support{{Field: "X-Originating-IP", Text: "198.51.100.9", Agrees: true}, {Field: "X-Sender-IP", Text: "203.0.113.1"}},
			LAN:           []report.Support{{Field: "Message-ID", Text: "10.0.0.7"}},
		},
		Boundary: ref(2), BoundaryBasis: "as the topmost hop says", ElapsedSeconds: ref(7200.0),
		Breaks: []report.Break{{After: 0, Fit: "none", Detail: "mail.a.example against relay.b.example"}},
	}
}

func madeClock() report.Clock {
	span := func(start int) headers.Span { return headers.Span{Start: start, End: start + 5} }
	return report.Clock{
		Readings: []report.Reading{
			{Source: "Date", Raw: "Wed, 1 May 2024 15:00:00 +0200", Event: "built", Clock: "utc", Time: "2024-05-01T13:00:00+00:00", PrecisionSeconds: 1, Rule: "date.date", Author: "sender", Strength: "evidence", Part: "1", Span: span(10)},
			{Source: "Message-ID", Software: "Postfix", Raw: "20240501100000.ABC", Event: "queued", Clock: "utc", Time: "2024-05-01T10:00:00Z", PrecisionSeconds: 1, Rule: "mid.postfix", Author: "sender", Strength: "evidence", Part: "1", Span: span(20)},
			{Source: "MIME boundary", Software: "Outlook", Raw: "01DA9BB1.00000000", Event: "built", Clock: "sender-local", Time: "2024-05-01T11:59:58.1234567", PrecisionSeconds: 1e-7, Rule: "boundary.outlook", Author: "sender", Strength: "evidence", Part: "1", Span: span(30)},
			{Source: "Received id", Software: "PowerMTA", Raw: "h1", Event: "queued", Clock: "periodic", Time: "2024-05-01T10:00:01.5Z", PrecisionSeconds: 0.5, PeriodSeconds: ref(16777216.0), Rule: "trace.powermta", Author: "relay", Strength: "evidence", Part: "1", Hop: ref(1), Span: span(40)},
			{Source: "DKIM-Signature x=", Raw: "1715000000", Event: "expires", Clock: "utc", Time: "2024-05-06T12:53:20Z", PrecisionSeconds: 1, Rule: "field.dkim-x", Author: "bound", Strength: "bound", Part: "1", Span: span(50)},
			{Source: "X-Thing", Raw: "1714557600", Event: "other", Clock: "utc", Time: "2024-05-01T10:00:00Z", PrecisionSeconds: 1, Rule: "hint.epoch", Author: "sender", Strength: "hint", Part: "1", Span: span(60)},
		},
		Sent:  &report.SentInterval{Earliest: "2024-05-01T10:00:00Z", Latest: "2024-05-01T10:00:02Z", Basis: []string{"Message-ID", "Received id"}, Corroboration: "corroborated by 2 independent clocks"},
		Zone:  &report.SenderZone{Offset: "+02:00", Local: 2, UTC: 1, AgreesWithDate: ref(true)},
		Skews: []report.Skew{{Host: "mx.c.example", EarliestSeconds: 60, LatestSeconds: 120}},
		Contradictions: []report.Contradiction{
			{A: 0, B: 1, Readings: []int{0, 1, 3}, Doubtful: 0, GapSeconds: 10800, ToleranceSeconds: 600, Explanation: "the message was received before it was built"},
		},
	}
}
