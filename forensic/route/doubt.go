package route

import (
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// The weights of a doubt. They follow how often honest mail failed each test:
// of 1,792 honest messages of 2002 at most one in 200 shows a doubt of high
// weight and three in 100 one of medium weight.
const (
	high   = "high"
	medium = "medium"
	low    = "low"
)

// comparedHops bounds the tests that compare every hop with every other one.
// Relays give a message up long before (RFC 5321 6.3: 100).
const comparedHops = 200

// doubts runs the tests, those of single lines first.
func (t *tracer) doubts() {
	for i := range t.r.Hops {
		t.lineDoubts(i)
	}
	t.timeDoubts()
	t.chainDoubts()
	t.repeatDoubts()
}

// lineDoubts runs the tests that need one line alone.
func (t *tracer) lineDoubts(i int) {
	h := &t.r.Hops[i]
	if strings.EqualFold(h.Name, "X400-Received") {
		return // another grammar
	}
	t.idGrammar(i, h)
	t.idHost(i, h)
	t.zoneHost(i, h)
	t.zoneComment(i, h)
	t.weekday(i, h)
	t.shape(i, h)
	t.tls(i, h)
	t.clientAddress(i, h)
	t.greeting(i, h)
	t.position(i, h)
}

// doubt files one failed test.
func (t *tracer) doubt(test string, hop int, weight, detail string, spans ...headers.Span) *Doubt {
	t.r.Doubts = append(t.r.Doubts, Doubt{Test: test, Hop: hop, Weight: weight, Detail: detail, Spans: spans})
	return &t.r.Doubts[len(t.r.Doubts)-1]
}

func (d *Doubt) speaksFor(text string)     { d.For = append(d.For, text) }
func (d *Doubt) speaksAgainst(text string) { d.Against = append(d.Against, text) }
