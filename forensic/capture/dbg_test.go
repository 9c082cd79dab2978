package capture_test

import (
	"os"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/internal/captureforge"
)

func TestDbg(t *testing.T) {
	for _, k := range captureforge.Cases(5) {
		if k.Name == os.Getenv("DBG") {
			os.WriteFile("/tmp/dbg.pcap", k.File, 0o644)
			_, got := read(t, k.File, &capture.Options{})
			t.Logf("%+v", got[0].Transactions)
			t.Logf("%+v", got[0].Streams)
			t.Logf("%+v", k.Conns[0].Tx)
		}
	}
}
