package route

import "sync"

// hopRoom is memory for hops, which are large: they are filled in where they
// stand, and a reader of many messages uses the same memory for all.
type hopRoom struct {
	hops []Hop
	used int
}

// hopRooms are those not in use; all of their hops are zero.
var hopRooms = sync.Pool{New: func() any { return new(hopRoom) }}

// keptHops is the number up to which room is kept; honest mail has fewer.
const keptHops = 32

// makeHops is memory for n hops.
func (t *tracer) makeHops(n int) []Hop {
	if n == 0 || n > keptHops {
		return make([]Hop, n)
	}
	room := hopRooms.Get().(*hopRoom)
	if len(room.hops) < n {
		room.hops = make([]Hop, max(n, 2*len(room.hops)))
	}
	t.r.room, room.used = room, n
	return room.hops[:n]
}

// Release gives the memory of the hops back for another route. Neither the
// route nor anything that points into its hops may be used afterwards; texts
// that were taken out of them stay as they are. A route that is not released
// costs no more than its memory.
func (r *Route) Release() {
	room := r.room
	r.Hops, r.room = nil, nil
	if room != nil {
		clear(room.hops[:room.used])
		hopRooms.Put(room)
	}
}
