package capture_test

import (
	"bytes"
	"context"
	"runtime"
	"slices"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
)

// A connection that stays open must not hold back all that end behind it: beyond a bound it is cut,
// what comes later of it says what it continues, and every command of it is there. Connections come
// in the order of their first packets nevertheless.
func TestCrowd(t *testing.T) {
	if testing.Short() {
		t.Skip("a capture of 20,000 connections")
	}
	const n = 20000
	file := captureforge.Crowd(n)
	c, err := capture.Read(context.Background(), "crowd.pcap", bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	count, verbs, cut := 0, []string{}, 0
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	most := uint64(0)
	for conn, err := range c.Connections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if conn.Conn != count {
			t.Fatalf("connection %d comes as number %d", conn.Conn, count)
		}
		if count++; count%2000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
		if string(conn.Client) == "10.0.0.0" {
			verbs = append(verbs, conn.Verbs...)
			if slices.Contains(ids(conn.Findings), "connection-cut") {
				cut++
			}
		}
	}
	if count != n+2 || cut != 2 || !slices.Equal(verbs, []string{"HELO", "QUIT"}) {
		t.Errorf("%d connections, %d of the long one are told as cut, its verbs are %v", count, cut, verbs)
	}
	if grown := int64(most) - int64(before.HeapAlloc); grown > 256<<20 {
		t.Errorf("%d MiB are held", grown>>20)
	}
}
