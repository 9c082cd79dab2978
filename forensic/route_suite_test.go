package forensic_test

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// routeCase is one line of testdata/suites/routes.jsonl, a message whose way
// is known because make_routes.py made it up.
type routeCase struct {
	Name    string    `json:"name"`
	Group   string    `json:"group"`
	Kind    string    `json:"kind"`
	Message string    `json:"message"`
	Want    routeWant `json:"want"`
	Why     string    `json:"why"`
}

// routeWant says what must be found; what it does not name is not compared.
type routeWant struct {
	// Of an honest chain.
	Hops     int              `json:"hops"`
	Each     []map[string]any `json:"each"`
	Links    []any            `json:"links"`
	Boundary *int             `json:"boundary"`
	Origin   map[string]any   `json:"origin"`
	// Of a chain with a lie: one of AnyOf must be found at Hop or at one of
	// Near (any place when Hop is -1), or a break after BreakAfter.
	Named      bool     `json:"named"`
	Hop        int      `json:"hop"`
	Near       []int    `json:"near"`
	AnyOf      []string `json:"any_of"`
	BreakAfter *int     `json:"break_after"`
	// Of an honest oddity: nothing of weight may be said of route and clocks.
	Quiet bool `json:"quiet"`
}

// routeShares are the shares of cases that must hold: a chain is plain and
// must be read whole; suspicion works by signs, so that a few lies look
// honest and a few oddities like lies.
var routeShares = map[string]float64{"chain": 1, "forged": 0.95, "honest": 0.98}

// TestRouteSuite holds the whole analysis against made-up ways: honest chains
// with all their values, chains with one lie, and honest oddities that must
// raise no suspicion.
func TestRouteSuite(t *testing.T) {
	var good, all = map[string]int{}, map[string]int{}
	failed := map[string][]string{}
	for _, c := range readSuite[routeCase](t, suitePath("routes")) {
		faults := c.faults(t)
		for _, key := range []string{c.Group, c.Group + "/" + c.Kind} {
			all[key]++
			if len(faults) == 0 {
				good[key]++
			}
		}
		if len(faults) > 0 {
			failed[c.Group] = append(failed[c.Group], fmt.Sprintf("%s: %s\n\t%s", c.Name, c.Why, strings.Join(faults, "\n\t")))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		t.Logf("%-40s %3d of %3d", key, good[key], all[key])
	}
	for _, group := range slices.Sorted(maps.Keys(routeShares)) {
		report := t.Logf
		if float64(good[group]) < routeShares[group]*float64(all[group]) || all[group] == 0 {
			report = t.Errorf
		}
		report("%s: %d of %d hold, wanted %.0f %%\n%s", group, good[group], all[group], 100*routeShares[group], strings.Join(failed[group], "\n"))
	}
}

// faults tries the message with both kinds of line ends, which must not matter.
func (c *routeCase) faults(t *testing.T) []string {
	t.Helper()
	for _, message := range []string{c.Message, strings.ReplaceAll(c.Message, "\n", "\r\n")} {
		r, err := forensic.Analyze(context.Background(), strings.NewReader(message), &forensic.Options{Single: true})
		if err != nil {
			return []string{err.Error()}
		}
		if faults := c.Want.faults(r); len(faults) > 0 {
			return faults
		}
	}
	return nil
}

func (w *routeWant) faults(r *forensic.Report) []string {
	switch {
	case w.Quiet:
		return routeNoise(r)
	case w.Named:
		return w.unnamed(r)
	}
	return append(w.chain(r), routeNoise(r)...)
}

// chain lists where the report's route differs from the made-up one.
func (w *routeWant) chain(r *forensic.Report) []string {
	if len(r.Route.Hops) != w.Hops {
		return []string{fmt.Sprintf("%d hops, want %d", len(r.Route.Hops), w.Hops)}
	}
	var out []string
	for i := range w.Each {
		out = append(out, routeHopFaults(i, &r.Route.Hops[i], w.Each[i])...)
	}
	for i, want := range w.Links {
		if got := r.Route.Hops[i].Link; want != nil && (got == nil || !routeOneOf(got.Fit, want)) {
			out = append(out, fmt.Sprintf("link of hop %d: got %s, want %v", i, compact(got), want))
		}
	}
	if w.Boundary != nil && (r.Route.Boundary == nil || *r.Route.Boundary != *w.Boundary) {
		out = append(out, fmt.Sprintf("boundary: got %s (%s), want %d", compact(r.Route.Boundary), compact(r.Route.BoundaryBasis), *w.Boundary))
	}
	return append(out, w.originFaults(r)...)
}

func routeHopFaults(i int, h *report.Hop, want map[string]any) []string {
	got := map[string]any{
		"helo": routeStated(h.From.HELO), "rdns": routeStated(h.From.RDNS), "ip": routeStated(h.From.IP),
		"by": routeStated(h.By), "with": routeStated(h.With), "id": routeStated(h.ID), "class": h.Class,
		"auth": routeStated(h.AuthenticatedAs), "time": nil,
	}
	if h.Time != nil {
		got["time"] = routeStated(h.Time.Time)
	}
	var out []string
	for _, key := range slices.Sorted(maps.Keys(want)) {
		g, ok := got[key]
		if want[key] == nil && key == "class" {
			continue
		}
		if !ok || !routeSame(key, g, want[key]) {
			out = append(out, fmt.Sprintf("hop %d %s: got %v, want %v", i, key, g, want[key]))
		}
	}
	return out
}

func (w *routeWant) originFaults(r *forensic.Report) []string {
	if w.Origin == nil {
		return nil
	}
	if r.Route.Origin == nil {
		return []string{"origin: none"}
	}
	o := r.Route.Origin
	got := map[string]any{"ip": routeStated(o.IP), "account": routeStated(o.Account), "hop": float64(o.Hop)}
	var out []string
	for _, key := range slices.Sorted(maps.Keys(w.Origin)) {
		if !routeSame(key, got[key], w.Origin[key]) {
			out = append(out, fmt.Sprintf("origin %s: got %v, want %v", key, got[key], w.Origin[key]))
		}
	}
	return out
}

// routeStated is the text of a value, nil where it is null.
func routeStated(s report.Stated) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// routeSame compares times as moments, to the second, and addresses as addresses.
func routeSame(key string, got, want any) bool {
	g, gok := got.(string)
	w, wok := want.(string)
	if !gok || !wok {
		return got == want
	}
	switch key {
	case "time":
		gt, err := time.Parse(time.RFC3339, g)
		wt, _ := time.Parse(time.RFC3339, w)
		return err == nil && gt.Truncate(time.Second).Equal(wt)
	case "ip":
		ga, err := netip.ParseAddr(g)
		wa, _ := netip.ParseAddr(w)
		return err == nil && ga.WithZone("") == wa
	}
	return g == w
}

func routeOneOf(got string, want any) bool {
	if list, ok := want.([]any); ok {
		return slices.Contains(list, any(got))
	}
	return any(got) == want
}

// unnamed says that nothing of weight names the lie where it stands.
func (w *routeWant) unnamed(r *forensic.Report) []string {
	if w.BreakAfter != nil {
		for _, b := range r.Route.Breaks {
			if b.After == *w.BreakAfter {
				return nil
			}
		}
	}
	var said []string
	for _, f := range r.Findings {
		if f.Severity.Rank() < report.Medium.Rank() {
			continue
		}
		if routeNamedBy(f.ID, w.AnyOf) && w.at(r, &f) {
			return nil
		}
		said = append(said, fmt.Sprintf("%s %s at %v", f.Severity, f.ID, routePlaces(r, &f)))
	}
	fault := fmt.Sprintf("not named: want %v at hop %d or %v", w.AnyOf, w.Hop, w.Near)
	if w.BreakAfter != nil {
		fault = fmt.Sprintf("not named: want a break after hop %d; breaks: %s", *w.BreakAfter, compact(r.Route.Breaks))
	}
	return append([]string{fault}, said...)
}

// routeNamedBy matches a finding's id against names, of which one that ends
// in "*" stands for a family.
func routeNamedBy(id string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		family, any := strings.CutSuffix(name, "*")
		return id == name || any && strings.HasPrefix(id, family)
	})
}

// at reports whether a finding points at the lying hop or at a neighbour that
// takes part in the lie.
func (w *routeWant) at(r *forensic.Report, f *forensic.Finding) bool {
	if w.Hop < 0 {
		return true
	}
	places := routePlaces(r, f)
	return slices.Contains(places, w.Hop) || slices.ContainsFunc(w.Near, func(i int) bool { return slices.Contains(places, i) })
}

// routePlaces are the indexes of the hops whose lines a finding's spans touch.
func routePlaces(r *forensic.Report, f *forensic.Finding) []int {
	out := []int{}
	for i, h := range r.Route.Hops {
		lines := []headers.Span{h.Span}
		for _, also := range h.Also {
			lines = append(lines, also.Span)
		}
		touches := func(line headers.Span) bool {
			return slices.ContainsFunc(f.Spans, func(s headers.Span) bool { return s.Start < line.End && s.End > line.Start })
		}
		if slices.ContainsFunc(lines, touches) {
			out = append(out, i)
		}
	}
	return out
}

// routeNoise lists the suspicions that an honest message must not raise.
func routeNoise(r *forensic.Report) []string {
	var out []string
	for _, f := range r.Findings {
		if f.Severity.Rank() >= report.Medium.Rank() && (strings.HasPrefix(f.ID, "route.") || strings.HasPrefix(f.ID, "clock.")) {
			out = append(out, fmt.Sprintf("%s %s at hops %v: %s", f.Severity, f.ID, routePlaces(r, &f), f.Detail))
		}
	}
	return out
}
