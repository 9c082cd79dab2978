package route

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

func worst(r *Route) string {
	w := ""
	for _, d := range r.Doubts {
		if d.Weight == high || d.Weight == medium && w != high {
			w = d.Weight
		}
	}
	return w
}

func TestMutate(t *testing.T) {
	out, _ := os.Create("/tmp/e/missed.txt")
	rng := rand.New(rand.NewSource(5))
	var all []mail
	for i, m := range publicCorpus(t, "ham") {
		if i%8 == 0 {
			all = append(all, m)
		}
	}
	all = append(all, folders(t, "phishing")...)
	for i, m := range folders(t, "eml") {
		if i%2 == 0 {
			all = append(all, m)
		}
	}
	hit, tot := map[string]int{}, map[string]int{}
	base := 0
	for _, m := range all {
		var lines []string
		var names []string
		for _, f := range m.block.Fields {
			lines = append(lines, string(f.Raw()))
			names = append(names, f.Name)
		}
		r0 := Follow(m.block, nil)
		if len(r0.Hops) < 4 || worst(r0) != "" {
			continue
		}
		base++
		build := func(l, n []string) *Route {
			var b strings.Builder
			for i := range l {
				b.WriteString(n[i] + ":" + strings.TrimRight(l[i], "\r\n") + "\n")
			}
			b.WriteString("\n")
			return Follow(headers.Parse([]byte(b.String())), nil)
		}
		check := func(kind string, r *Route, brk bool) {
			tot[kind]++
			ok := worst(r) != ""
			if brk {
				ok = len(r.Breaks) > len(r0.Breaks)
			}
			if ok {
				hit[kind]++
			} else {
				fmt.Fprintf(out, "%s %s\n", kind, m.name)
				for _, h := range r.Hops {
					fmt.Fprintf(out, "   %s %s | %s\n", h.Class, h.Link.Fit, strings.Join(strings.Fields(h.Raw), " "))
				}
			}
		}
		ins := func(at int, line string) *Route {
			l := append(append(append([]string{}, lines[:at]...), line), lines[at:]...)
			n := append(append(append([]string{}, names[:at]...), "Received"), names[at:]...)
			return build(l, n)
		}
		h := r0.Hops
		old := h[0]
		when := func(h *Hop, d time.Duration) string {
			return h.Date.Time.Add(d).Format("Mon, 2 Jan 2006 15:04:05 -0700")
		}
		if !isMoment(old.Date) {
			continue
		}
		check("insert-bottom", ins(old.Field+1, " from core.firstbank.com (core.firstbank.com [198.51.100.9]) by mail.firstbank.com (Postfix) with ESMTP id 1A2B3C4D60; "+when(&old, -3*time.Second)), false)
		k := 1 + rng.Intn(len(h)-2)
		if isMoment(h[k].Date) {
			check("insert-middle", ins(h[k].Field+1, " from core.firstbank.com (core.firstbank.com [198.51.100.9]) by mail.firstbank.com (Postfix) with ESMTP id 1A2B3C4D60; "+when(&h[k], -time.Second)), false)
		}
		// removal
		l := append([]string{}, lines...)
		n := append([]string{}, names...)
		l = append(l[:h[k].Field], l[h[k].Field+1:]...)
		n = append(n[:h[k].Field], n[h[k].Field+1:]...)
		check("remove", build(l, n), true)
		// swap k and k+1
		l = append([]string{}, lines...)
		l[h[k].Field], l[h[k+1].Field] = l[h[k+1].Field], l[h[k].Field]
		r := build(l, names)
		check("swap", r, false)
		check("swap(or break)", r, worst(r) == "")
		// shift
		for _, s := range []time.Duration{-3 * time.Hour, 5 * time.Hour, 40 * time.Minute, 2 * 24 * time.Hour, -26 * time.Hour} {
			if h[k].Date.OK && h[k].Spans.Date.Len() > 0 {
				l = append([]string{}, lines...)
				raw := h[k].Raw
				a := h[k].Date.Span.Start - h[k].Span.Start
				b := h[k].Date.Span.End - h[k].Span.Start
				l[h[k].Field] = raw[:a] + when(&h[k], s) + raw[b:]
				check(fmt.Sprint("shift", s), build(l, names), false)
			}
		}
		// copy
		if h[k].ID != "" {
			check("copy-bottom", ins(old.Field+1, lines[h[k].Field]), false)
		}
	}
	fmt.Println("base", base, "of", len(all))
	for k := range tot {
		fmt.Printf("%-18s %d/%d = %.2f\n", k, hit[k], tot[k], float64(hit[k])/float64(tot[k]))
	}
}
