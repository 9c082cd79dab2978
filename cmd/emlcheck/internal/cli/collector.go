package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// tuneCollector lets garbage grow to a few times what is alive before it is
// collected: a scan keeps next to nothing, and with the usual setting it would
// be collected thousands of times. Memory stays bounded by the limit. The
// environment has the last word.
func tuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemoryLimit)
		raiseLimit(new(sentinel))
	}
}

// softMemoryLimit is where the collector begins to work harder. What is alive
// may be more: a message of many parts.
const softMemoryLimit = 96 << 20

// sentinel is garbage that is found by each collection.
type sentinel struct{ _ [16]byte }

// raiseLimit keeps the limit above what is alive, behind each collection: beneath it the collector
// would never rest.
func raiseLimit(s *sentinel) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetMemoryLimit(max(softMemoryLimit, 2*int64(live[0].Value.Uint64())))
	runtime.SetFinalizer(s, raiseLimit)
}
