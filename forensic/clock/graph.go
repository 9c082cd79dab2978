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

	// Working memory of the searches, by node; none outlives a call.
	dist []int64
	last []int32 // the edge that each node was last reached by, -1 for none
	mark []int32
	some []edge // the edges in use
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

// owners is a set of owners, by their numbers less zoneOwner. noOwner is in
// every set that edges are chosen by.
type owners []bool

func (o owners) has(owner int32) bool { return o[owner-zoneOwner] }

// zero is the node of the instant 1970-01-01, from which all times count.
const zero = 0

// reset empties the graph and keeps its memory.
func (g *graph) reset() { g.nodes, g.edges = 1, g.edges[:0] }

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

// start prepares the working memory: all distances 0, nothing reached.
func (g *graph) start() (dist []int64, last []int32) {
	g.dist, g.last = slices.Grow(g.dist[:0], g.nodes)[:g.nodes], slices.Grow(g.last[:0], g.nodes)[:g.nodes]
	clear(g.dist)
	for i := range g.last {
		g.last[i] = -1
	}
	return g.dist, g.last
}

// relax goes over the edges in use once. It returns the last node that came
// nearer, -1 for none.
func (g *graph) relax(dist []int64, last []int32, use owners) int {
	changed := -1
	for i := range g.edges {
		e := &g.edges[i]
		if d := dist[e.from] + e.weight; d < dist[e.to] && use.has(e.owner) {
			dist[e.to], last[e.to], changed = d, int32(i), int(e.to)
		}
	}
	return changed
}

// solve searches the edges in use for a negative circle. It returns the owners
// of the circle's edges, each once; ok is true when there is none.
func (g *graph) solve(use owners) (guilty []int, ok bool) {
	dist, last := g.start()
	for pass := 0; ; pass++ {
		changed := g.relax(dist, last, use)
		if changed < 0 {
			return nil, true
		}
		if pass >= g.nodes {
			return g.circle(last, changed), false
		}
	}
}

// holds reports whether solve finds no negative circle. It need not know
// which one there is, and so stops at the first sign of any: the ways by which
// the nodes were reached close to a circle only when its sum is negative.
func (g *graph) holds(use owners) bool {
	dist, last := g.start()
	for pass := 0; pass <= g.nodes; pass++ {
		if g.relax(dist, last, use) < 0 {
			return true
		}
		if g.closed(last) {
			return false
		}
	}
	return false
}

// closed reports whether the ways by which nodes were reached hold a circle.
func (g *graph) closed(last []int32) bool {
	g.mark = slices.Grow(g.mark[:0], g.nodes)[:g.nodes]
	clear(g.mark)
	for n := range last {
		walk := int32(n + 1)
		for at := int32(n); last[at] >= 0 && g.mark[at] != walk; {
			if g.mark[at] != 0 {
				break // another walk went on from here and came to an end
			}
			g.mark[at] = walk
			if at = g.edges[last[at]].from; g.mark[at] == walk {
				return true
			}
		}
	}
	return false
}

// circle collects the owners on the circle that node at leads back to.
func (g *graph) circle(last []int32, at int) []int {
	for range g.nodes { // walk back until surely on the circle
		at = int(g.edges[last[at]].from)
	}
	var guilty []int
	for n := at; ; {
		e := g.edges[last[n]]
		if owner := int(e.owner); owner != noOwner && !slices.Contains(guilty, owner) {
			guilty = append(guilty, owner)
		}
		if n = int(e.from); n == at {
			slices.Sort(guilty)
			return guilty
		}
	}
}

// unbounded is the distance of a moment that nothing bounds. No sum of weights
// comes near it: see micros.
const unbounded = int64(1 << 62)

// reach finds how far each moment can lie behind one of them by the edges in
// use, or before it: the shortest paths from it, or backward to it. The graph
// must have no negative circle. far is the memory for the result.
func (g *graph) reach(far []int64, from int, backward bool, use owners) []int64 {
	some := g.some[:0]
	for i := range g.edges {
		e := &g.edges[i]
		if !use.has(e.owner) {
			continue
		}
		if backward {
			some = append(some, edge{from: e.to, to: e.from, weight: e.weight})
		} else {
			some = append(some, *e)
		}
	}
	g.some = some
	far = slices.Grow(far[:0], g.nodes)[:g.nodes]
	reachOver(far, some, from)
	return far
}

// widen adds to the weights of an owner's edges.
func (g *graph) widen(owner int32, more int64) {
	for i := range g.edges {
		if g.edges[i].owner == owner {
			g.edges[i].weight += more
		}
	}
}

// appendOnly appends the edges that belong to nobody, and those of the owner.
func (g *graph) appendOnly(out []edge, owner int32) []edge {
	for i := range g.edges {
		if e := &g.edges[i]; e.owner == noOwner || e.owner == owner {
			out = append(out, *e)
		}
	}
	return out
}

// reachOver is [graph.reach] over the given edges; far has room for each node.
func reachOver(far []int64, edges []edge, from int) {
	for i := range far {
		far[i] = unbounded
	}
	far[from] = 0
	for range far {
		changed := false
		for i := range edges {
			e := &edges[i]
			if at := far[e.from]; at != unbounded && at+e.weight < far[e.to] {
				far[e.to], changed = at+e.weight, true
			}
		}
		if !changed {
			break
		}
	}
}
