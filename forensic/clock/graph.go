package clock

import (
	"slices"
	"time"
)

// graph is a system of difference constraints over moments: each edge says
// that to lies at most weight behind from. It can be satisfied if and only if
// no circle of edges has a negative sum (Bellman and Ford). Times count in
// microseconds from 1970.
type graph struct {
	nodes int
	edges []edge
}

// edge is value(to) - value(from) <= weight. owner is the reading that says
// so, noOwner for what holds by itself.
type edge struct {
	from, to int32
	owner    int32
	weight   int64
}

const noOwner = -1

// zoneOwner owns what the Date field's zone says, apart from its time.
const zoneOwner = -2

// zero is the node of the instant 1970-01-01, from which all times count.
const zero = 0

func newGraph() *graph { return &graph{nodes: 1, edges: make([]edge, 0, 64)} }

// node adds a moment.
func (g *graph) node() int {
	g.nodes++
	return g.nodes - 1
}

// atMost adds to - from <= d.
func (g *graph) atMost(from, to int, d time.Duration, owner int) {
	g.edges = append(g.edges, edge{int32(from), int32(to), int32(owner), d.Microseconds()})
}

// before says that a came no later than slack behind b.
func (g *graph) before(a, b int, slack time.Duration) { g.atMost(b, a, slack, noOwner) }

// within says that b came after a by low to high.
func (g *graph) within(a, b int, low, high time.Duration, owner int) {
	g.atMost(a, b, high, owner)
	g.atMost(b, a, -low, owner)
}

// reads says that the clock c showed t at the moment e, in steps of step.
func (g *graph) reads(e, c int, t time.Time, step time.Duration, owner int) {
	at := micros(t)
	g.edges = append(g.edges, edge{int32(c), int32(e), int32(owner), at + step.Microseconds()}, edge{int32(e), int32(c), int32(owner), -at})
}

// micros is a time as a weight. A stated time may be absurd: it is kept in the
// years 1800 to 2400, so that no sum of weights overflows.
func micros(t time.Time) int64 {
	const century = int64(100 * 365.2425 * 86400 * 1e6)
	return min(max(t.Unix(), -2*century/1e6), 4*century/1e6)*1e6 + int64(t.Nanosecond()/1e3)
}

// solve searches the edges that belong to nobody or to the readings in use for
// a negative circle. It returns the owners of the circle's edges, each once;
// ok is true when there is none.
func (g *graph) solve(use func(owner int) bool) (owners []int, ok bool) {
	dist := make([]int64, g.nodes)
	last := make([]int32, g.nodes)
	for i := range last {
		last[i] = -1
	}
	for pass := 0; ; pass++ {
		changed := -1
		for i, e := range g.edges {
			if d := dist[e.from] + e.weight; d < dist[e.to] && (e.owner == noOwner || use(int(e.owner))) {
				dist[e.to], last[e.to], changed = d, int32(i), int(e.to)
			}
		}
		if changed < 0 {
			return nil, true
		}
		if pass >= g.nodes {
			return g.circle(last, changed), false
		}
	}
}

// circle collects the owners on the circle that node at leads back to.
func (g *graph) circle(last []int32, at int) []int {
	for range g.nodes { // walk back until surely on the circle
		at = int(g.edges[last[at]].from)
	}
	var owners []int
	for n := at; ; {
		e := g.edges[last[n]]
		if owner := int(e.owner); owner != noOwner && !slices.Contains(owners, owner) {
			owners = append(owners, owner)
		}
		if n = int(e.from); n == at {
			slices.Sort(owners)
			return owners
		}
	}
}

// far is how far each moment can lie behind one of them; ok is false where
// nothing bounds it.
type far struct {
	dist []int64
	ok   []bool
}

// only is the edges that belong to nobody, and those of the owner.
func (g *graph) only(owner int32) []edge {
	n := 0
	for i := range g.edges {
		if o := g.edges[i].owner; o == noOwner || o == owner {
			n++
		}
	}
	out := make([]edge, 0, n)
	for _, e := range g.edges {
		if e.owner == noOwner || e.owner == owner {
			out = append(out, e)
		}
	}
	return out
}

// reach finds the shortest paths from a moment over the edges in use, or
// backward to it. The graph must have no negative circle.
func (g *graph) reach(from int, backward bool, use func(owner int) bool) far {
	edges := make([]edge, 0, len(g.edges))
	for _, e := range g.edges {
		if e.owner != noOwner && !use(int(e.owner)) {
			continue
		}
		if backward {
			e.from, e.to = e.to, e.from
		}
		edges = append(edges, e)
	}
	return reachOver(edges, from, g.nodes)
}

// reachOver finds the shortest paths from a moment over the edges.
func reachOver(edges []edge, from, nodes int) far {
	f := far{make([]int64, nodes), make([]bool, nodes)}
	f.ok[from] = true
	for range nodes {
		changed := false
		for i := range edges {
			e := &edges[i]
			if !f.ok[e.from] {
				continue
			}
			if d := f.dist[e.from] + e.weight; !f.ok[e.to] || d < f.dist[e.to] {
				f.dist[e.to], f.ok[e.to], changed = d, true, true
			}
		}
		if !changed {
			break
		}
	}
	return f
}
