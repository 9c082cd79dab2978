package clock

import (
	"math/rand"
	"slices"
	"testing"
	"time"
)

// slowFar is how far each moment can lie behind one of them.
type slowFar struct {
	dist []int64
	ok   []bool
}

func (g *graph) solveSlowly(use func(owner int) bool) (owners []int, ok bool) {
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
			return g.circleSlowly(last, changed), false
		}
	}
}

func (g *graph) circleSlowly(last []int32, at int) []int {
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

func (g *graph) reachSlowly(from int, backward bool, use func(owner int) bool) slowFar {
	dist, ok := make([]int64, g.nodes), make([]bool, g.nodes)
	ok[from] = true
	for range g.nodes {
		changed := false
		for _, e := range g.edges {
			a, b := e.from, e.to
			if backward {
				a, b = b, a
			}
			if !ok[a] || e.owner != noOwner && !use(int(e.owner)) {
				continue
			}
			if d := dist[a] + e.weight; !ok[b] || d < dist[b] {
				dist[b], ok[b], changed = d, true, true
			}
		}
		if !changed {
			break
		}
	}
	return slowFar{dist, ok}
}

// graphOf makes a graph and a set of owners out of bytes, four an edge. Small
// weights of both signs make circles of either kind.
func graphOf(data []byte) (*graph, owners) {
	const nodes, readings = 8, 6
	g := new(graph)
	g.reset()
	for range nodes - 1 {
		g.node()
	}
	use := make(owners, readings-zoneOwner)
	use[noOwner-zoneOwner] = true
	for i := range use {
		use[i] = use[i] || len(data) > i && data[i]&1 != 0
	}
	for ; len(data) >= 4; data = data[4:] {
		owner := int(data[2])%(2*len(use)) + zoneOwner // half of the edges belong to nobody
		if owner >= readings {
			owner = noOwner
		}
		g.atMost(int(data[0])%nodes, int(data[1])%nodes, time.Duration(int(data[3])-80)*time.Microsecond, owner)
	}
	return g, use
}

// checkGraph compares the searches with the plain ones.
func checkGraph(t *testing.T, data []byte) {
	g, use := graphOf(data)
	has := func(owner int) bool { return use.has(int32(owner)) }
	want, ok := g.solveSlowly(has)
	if got, holds := g.solve(use); holds != ok || !slices.Equal(got, want) {
		t.Fatalf("solve: %v %v, want %v %v", got, holds, want, ok)
	}
	if g.holds(use) != ok {
		t.Fatalf("holds: %v, want %v", !ok, ok)
	}
	for from := range g.nodes {
		for _, backward := range [...]bool{false, true} {
			far, slow := g.reach(nil, from, backward, use), g.reachSlowly(from, backward, has)
			for n := range far {
				if known := far[n] != unbounded; known != slow.ok[n] || known && far[n] != slow.dist[n] {
					t.Fatalf("from %d to %d: %d, want %d, %v", from, n, far[n], slow.dist[n], slow.ok[n])
				}
			}
		}
	}
}

// The early end of holds rests on a theorem; a random search for a graph that
// it is wrong for must find none, satisfiable or not.
func TestGraphSearches(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 20_000 {
		data := make([]byte, 4*rng.Intn(24))
		rng.Read(data)
		checkGraph(t, data)
	}
}

// FuzzGraph is the same for graphs that a fuzzer thinks of.
func FuzzGraph(f *testing.F) {
	f.Add([]byte{0, 1, 11, 90, 1, 0, 11, 60})
	f.Fuzz(func(t *testing.T, data []byte) { checkGraph(t, data[:min(len(data), 400)]) })
}

// Widening an owner's edges and narrowing them again must leave the graph as
// it was, for the next question is asked of the same one.
func TestGraphWiden(t *testing.T) {
	g, _ := graphOf([]byte{0, 1, 2, 90, 1, 2, 3, 60, 2, 0, 2, 10})
	before := slices.Clone(g.edges)
	g.widen(0, 1<<50)
	if slices.Equal(before, g.edges) {
		t.Fatal("nothing was widened")
	}
	g.widen(0, -1<<50)
	if !slices.Equal(before, g.edges) {
		t.Fatalf("%v, want %v", g.edges, before)
	}
}
