package route

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
)

func TestExplore(t *testing.T) {
	out, _ := os.Create("/tmp/e/doubts.txt")
	defer out.Close()
	show := func(kind string, mails []mail) {
		fits := map[Fit]int{}
		classes := map[Class]int{}
		tests := map[string]int{}
		worst := map[string]int{}
		for _, m := range mails {
			r := Follow(m.block, nil)
			for _, h := range r.Hops {
				fits[h.Link.Fit]++
				classes[h.Class]++
			}
			w := ""
			seen := map[string]bool{}
			for _, d := range r.Doubts {
				k := d.Test + " " + d.Weight
				if !seen[k] {
					tests[k]++
				}
				seen[k] = true
				if d.Weight == high || d.Weight == medium && w != high || w == "" {
					w = d.Weight
				}
				if d.Weight != low {
					raw := ""
					if d.Hop >= 0 {
						raw = strings.Join(strings.Fields(r.Hops[d.Hop].Raw), " ")
						if d.Hop > 0 {
							raw += "\n    OLDER " + strings.Join(strings.Fields(r.Hops[d.Hop-1].Raw), " ")
						}
						if d.Hop+1 < len(r.Hops) {
							raw += "\n    NEWER " + strings.Join(strings.Fields(r.Hops[d.Hop+1].Raw), " ")
						}
					}
					fmt.Fprintf(out, "%s %s %s %s: %s\n    HOP %s\n\n", kind, d.Test, d.Weight, m.name, d.Detail, raw)
				}
			}
			worst[w]++
		}
		fmt.Println(kind, len(mails), fits, classes)
		fmt.Println("   worst", worst)
		var ks []string
		for k := range tests {
			ks = append(ks, k)
		}
		sort.Strings(ks)
		for _, k := range ks {
			fmt.Printf("   %-28s %d\n", k, tests[k])
		}
	}
	show("ham", publicCorpus(t, "ham"))
	show("spam", publicCorpus(t, "spam"))
	show("eml", folders(t, "eml"))
	show("phishing", folders(t, "phishing"))
	show("bounce", folders(t, "bounce"))
}
