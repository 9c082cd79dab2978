package route

import (
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
	for i := range t.r.Doubts {
		d := &t.r.Doubts[i]
		if len(d.For) == 0 {
			d.For = nil
		}
		if len(d.Against) == 0 {
			d.Against = nil
		}
	}
}

// doubtsAtOnce is how many doubts get their memory together.
const doubtsAtOnce = 4

// doubtRoom is the memory of the lists of some doubts: of one text for and one
// against, and of two spans each, which few exceed.
type doubtRoom struct {
	texts [2 * doubtsAtOnce]string
	spans [2 * doubtsAtOnce]headers.Span
	n     int
}

func (t *tracer) doubtRoom() (texts []string, spans []headers.Span) {
	if t.room == nil || t.room.n == doubtsAtOnce {
		t.room = new(doubtRoom)
	}
	i := 2 * t.room.n
	t.room.n++
	return t.room.texts[i : i+2], t.room.spans[i : i : i+2]
}

// lineDoubts runs the tests that need one line alone.
func (t *tracer) lineDoubts(i int) {
	h := &t.r.Hops[i]
	if equalFold(h.Name, "X400-Received") {
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
	if t.r.Doubts == nil {
		t.r.Doubts = make([]Doubt, 0, doubtsAtOnce)
	}
	texts, room := t.doubtRoom()
	t.r.Doubts = append(t.r.Doubts, Doubt{Test: test, Hop: hop, Weight: weight, Detail: detail, For: texts[:0:1], Against: texts[1:1:2]})
	d := &t.r.Doubts[len(t.r.Doubts)-1]
	if len(spans) > 0 {
		d.Spans = append(room, spans...)
	}
	return d
}

func (d *Doubt) speaksFor(text string)     { d.For = append(d.For, text) }
func (d *Doubt) speaksAgainst(text string) { d.Against = append(d.Against, text) }
