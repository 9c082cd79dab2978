package route

import (
	"reflect"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// TestRelease: the memory of a released route brings nothing into the next one,
// and texts taken before stay as they are; with more hops than are kept, with a
// pair of lines that make one hop, and without any.
func TestRelease(t *testing.T) {
	const mx, queue = "Received: from a (r [192.0.2.9]) by x.example (Postfix) with ESMTPA id 1 for <b@c>; 6 Nov 2020 12:20:14 +0000\n",
		"Received: (qmail 6 invoked from network); 6 Nov 2020 12:20:14 -0000\nReceived: from unknown (HELO h) (192.0.2.8) by c.example with SMTP; 6 Nov 2020 12:20:14 -0000\n"
	for _, lines := range []string{strings.Repeat(mx, 3), queue, "", strings.Repeat(mx, keptHops+1), mx} {
		block := headers.Parse([]byte(lines + "\n"))
		first := Follow(block, nil)
		text, hops := "", len(first.Hops)
		if hops > 0 {
			text = first.Hops[0].By
		}
		first.Release()
		if first.Release(); first.Hops != nil {
			t.Error("hops of a released route")
		}
		again, fresh := Follow(block, nil), Follow(block, nil)
		if again.room = fresh.room; len(again.Hops) != hops || !reflect.DeepEqual(again, fresh) {
			t.Errorf("%.30q: got %+v, want %+v", lines, again.Hops, fresh.Hops)
		}
		if hops > 0 && text != fresh.Hops[0].By {
			t.Errorf("the text became %q", text)
		}
	}
}
