package forensic

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// BenchmarkHam analyses real honest mail, as a whole and for the route and the
// clocks alone, which must stay a small part of it.
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
	b.Run("whole", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, m := range messages {
				if _, err := AnalyzeMessage(context.Background(), m, nil); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(messages)), "ns/message")
	})
	b.Run("route and clock", func(b *testing.B) {
		opt := &Options{}
		var parsed []*facts
		for _, m := range messages {
			parsed = append(parsed, &facts{msg: mimeparse.ParseSource(m, &opt.Parse), report: &Report{}})
		}
		b.ReportAllocs()
		b.ResetTimer()
		for range b.N {
			for _, f := range parsed {
				f.report.Defects = f.report.Defects[:0]
				f.readRoute(opt)
				f.readClock(&opt.Tolerances)
				f.readFingerprints()
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(messages)), "ns/message")
	})
}
