package forensic_test

import (
	"context"
	"io"
	"path/filepath"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// BenchmarkHam analyses and prints real honest mail, and follows the route and
// reads the clocks alone: these must stay within a quarter of the whole.
func BenchmarkHam(b *testing.B) {
	file, err := evidence.Open(filepath.Join(corpus.Dir(b, "mbox"), "spamassassin-public-corpus", "ham.mbox"), nil)
	if err != nil {
		b.Skip(err)
	}
	defer file.Close()
	var messages []*evidence.Message
	for m := range file.Messages() {
		messages = append(messages, m)
	}
	perMessage := func(b *testing.B, each func(i int)) {
		b.ReportAllocs()
		for b.Loop() {
			for i := range messages {
				each(i)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(messages)), "ns/message")
	}
	b.Run("analyze", func(b *testing.B) {
		p, err := render.New("text", io.Discard, nil)
		if err != nil {
			b.Fatal(err)
		}
		perMessage(b, func(i int) {
			r, err := forensic.AnalyzeMessage(context.Background(), messages[i], nil)
			if err != nil {
				b.Fatal(err)
			}
			_ = p.Report(r)
		})
	})
	b.Run("route and clock", func(b *testing.B) {
		var parsed []*mimeparse.Message
		for _, m := range messages {
			parsed = append(parsed, mimeparse.ParseSource(m, nil))
		}
		perMessage(b, func(i int) {
			r := route.Follow(parsed[i].Header, nil)
			stamps, steps := make([]clock.Stamp, len(r.Hops)), make([]clock.Step, len(r.Hops))
			for k := range r.Hops {
				h := &r.Hops[k]
				stamps[k] = clock.Stamp{Received: &h.Received, Name: h.Name, Field: h.Field, Hop: k}
				steps[k] = clock.Step{Host: h.By, ID: h.ID, Trust: 1}
			}
			clock.Judge(clock.Read(parsed[i], stamps), steps, nil, nil)
		})
	})
}
