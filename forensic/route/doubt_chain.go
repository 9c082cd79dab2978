package route

import (
	"strconv"
	"strings"
)

// chainDoubts runs the tests that compare neighbours.
func (t *tracer) chainDoubts() {
	hops := t.r.Hops
	for i := max(0, len(hops)-comparedHops); i < len(hops); i++ {
		swapped := t.swapped(i)
		switch {
		case swapped != "":
			d := t.doubt("order", i, swapped, "this line and the next newer one fit to their neighbours better the other way round", hops[i].Span, hops[i+1].Span)
			d.speaksAgainst("a program that orders the fields anew")
			i++ // the other one of the two is told of
		case t.inserted(i):
			d := t.doubt("inserted", i, high, "no neighbour names "+hops[i].By+" or is named by it, and the lines on both sides fit to each other", hops[i].Span)
			d.speaksFor("without this line the chain is whole")
		case t.ownBelow(i):
			d := t.doubt("own-name-below", i, medium, "stamped by "+hops[i].By+", which has stamped the message again as the recipient's own host, and the line above does not name it", hops[i].Span, hops[i].Spans.By)
			d.speaksAgainst("mail that left the recipient's system and came back by a list or a forwarder")
		case t.belowEntry(i):
			d := t.doubt("below-entry", i, medium, "the next newer line shows a client that began there, and does not name "+hops[i].By, hops[i].Span, hops[i+1].Span)
			d.speaksAgainst("a relay that authenticates itself under another name")
		default:
			t.unlinked(i)
		}
	}
	if len(hops) > 100 {
		t.doubt("loop", -1, medium, "more than 100 hops: relays take such a message for one in a loop (RFC 5321 6.3)")
	}
}

// weak reports whether hop i is not named by the next newer one: another host
// of the same organisation at most.
func (t *tracer) weak(i int) bool {
	if i < 0 || i+1 >= len(t.r.Hops) {
		return false
	}
	switch t.r.Hops[i].Link.Fit {
	case FitNone, FitProvider, FitOrg:
		return true
	}
	return false
}

// fits reports whether hop i is named by hop k as its client: by name or
// address, which another host of the same organisation would not be.
func (t *tracer) fits(i, k int) bool {
	return score(fit(&t.r.Hops[i], &t.r.Hops[k])) >= .7
}

// swapped reports whether hop i and the next newer one stand in each other's
// place, by the weight of the finding: the three links around them fit when the
// two change places, and did not before.
func (t *tracer) swapped(i int) string {
	hops := t.r.Hops
	n := len(hops)
	if i+1 >= n || n < 3 || !t.weak(i-1) && !t.weak(i) && !t.weak(i+1) {
		return ""
	}
	now, then, whole := 0., 0., true
	pair := func(older, newer, i, k int) {
		if i < 0 || k >= n {
			return
		}
		f := fit(&hops[older], &hops[newer])
		now, then = now+hops[i].Link.Score, then+score(f)
		whole = whole && (score(f) > .6 || f == FitLoopback && t.looped(&hops[older], &hops[newer]))
	}
	pair(i-1, i+1, i-1, i)
	pair(i+1, i, i, i+1)
	pair(i, i+2, i+1, i+2)
	back := isMoment(hops[i].Date) && isMoment(hops[i+1].Date) && hops[i+1].Date.Time.Before(hops[i].Date.Time)
	switch better := then - now; {
	case !whole:
		return ""
	case better >= 1 && t.broken(i-1, i, i+1) && (t.weak(i-1) || t.weak(i+1)):
		return high
	case better >= .8, better >= .3 && back && t.broken(i-1, i, i+1):
		return medium
	}
	return ""
}

// looped reports whether a message can have gone from one line's host to the
// other's without leaving it: their names allow it, or the newer line is of a
// program that is known to take from its own host.
func (t *tracer) looped(older, newer *Hop) bool {
	return newer.Class == Filter || newer.Class == Retrieval || t.kin(older.by(), newer.by())
}

// broken reports whether one of the links is no fit at all.
func (t *tracer) broken(links ...int) bool {
	for _, i := range links {
		if i >= 0 && i < len(t.r.Hops) && t.r.Hops[i].Link.Fit == FitNone {
			return true
		}
	}
	return false
}

// inserted reports whether hop i fits on neither side while its neighbours fit
// to each other.
func (t *tracer) inserted(i int) bool {
	if i == 0 || i+1 >= len(t.r.Hops) {
		return false
	}
	below, h, newer := &t.r.Hops[i-1], &t.r.Hops[i], &t.r.Hops[i+1]
	if t.weak(i-1) && t.weak(i) && t.broken(i-1, i) && t.fits(i-1, i+1) {
		return true
	}
	if below.Link.Fit != FitNone || h.Link.Fit != FitNone && h.Link.Fit != FitUnknown || !h.by().public {
		return false
	}
	if op := newer.by().operator; op != noFamily && op == below.by().operator && op != h.by().operator {
		return true // their own hosts, which name one another by address alone
	}
	return h.Link.Fit == FitNone && t.kin(below.by(), newer.by()) && !t.kin(h.by(), newer.by())
}

// ownBelow reports whether a line bears the name of one of the recipient's own
// hosts, but stands below lines of others of which the next does not name it:
// whoever writes a line below may write any name into it.
func (t *tracer) ownBelow(i int) bool {
	h, b := &t.r.Hops[i], t.r.Boundary
	if b < 0 || i >= b-1 || h.Link.Fit != FitNone || h.Author != Sender || !h.by().public || t.kin(t.r.Hops[i+1].by(), h.by()) {
		return false
	}
	for k := b; k < len(t.r.Hops); k++ {
		if t.r.Hops[k].by().same(h.by()) {
			return true
		}
	}
	return false
}

// belowEntry reports whether a line stands below one that shows the entry into
// mail transport, where nothing can have been before: a client that proved its
// account, a local program, or a machine at a subscriber's line.
func (t *tracer) belowEntry(i int) bool {
	hops := t.r.Hops
	if i+1 >= len(hops) || !hops[i].by().public {
		return false
	}
	newer, by := &hops[i+1], hops[i].by()
	if isDesk(newer) && !named(hops[i].Link.Fit) && !t.kin(by, newer.by()) {
		return true
	}
	if !t.unvouched(i) || t.kin(by, newer.by()) || t.resentBetween(i) {
		return false
	}
	p := client(newer)
	for _, n := range p.list() {
		if t.kin(n, by) {
			return false
		}
	}
	if newer.Class == Submission || newer.Class == MAPI || isLocal(&newer.Received) && newer.Class != List && newer.Class != Store {
		return true
	}
	return newer.Class == MTA && reachOf(hops[i].IP) == reachPublic && subscriber(newer)
}

// unvouched reports whether the newer line does not name the host of hop i: it
// names another one, or it is of a client with a login that named itself by an
// address alone, as programs at a desk do and relays do not.
func (t *tracer) unvouched(i int) bool {
	newer := &t.r.Hops[i+1]
	return t.r.Hops[i].Link.Fit == FitNone || t.r.Hops[i].Link.Fit == FitUnknown && newer.Authenticated && newer.helo().addr.IsValid()
}

// resentBetween reports whether somebody resent the message between two hops
// (RFC 5322 3.6.6): the resender's block stands between their lines.
func (t *tracer) resentBetween(i int) bool {
	for k := t.r.Hops[i+1].Field + 1; k < t.r.Hops[i].Field && k < len(t.block.Fields); k++ {
		if hasPrefixFold(t.block.Fields[k].Name, "Resent-") {
			return true
		}
	}
	return false
}

// named reports whether a fit rests on the client's name or address.
func named(f Fit) bool {
	switch f {
	case FitExact, FitIP, FitRDNS, FitShort, FitOrg:
		return true
	}
	return false
}

// isDesk reports whether a line tells that somebody wrote the message there: in
// a web page or in a mailbox's own program. In 2,600 real messages no line of
// another organisation stands below one.
func isDesk(h *Hop) bool {
	return h.Class == Submission && h.Protocol.Name == "HTTP" || h.Class == MAPI && strings.EqualFold(h.With, "mapi")
}

// unlinked: the two lines name public hosts that have nothing in common. Of
// 1,792 honest messages 6 have such a pair, all with a host that the addresses in
// the header name, too; of 819 spam messages 74, 41 of them without.
func (t *tracer) unlinked(i int) {
	hops := t.r.Hops
	if i+1 >= len(hops) || !hops[i].by().public || hops[i+1].Class == Retrieval {
		return
	}
	h, newer := &hops[i], &hops[i+1]
	weight := t.strangers(h, newer)
	if weight == "" {
		return
	}
	if h.Class == Submission || h.Class == MAPI || newer.Class == Store || t.concerned(i, h.by()) {
		weight = low // a mailbox may have been moved, a sender have two names
	}
	test := "unlinked"
	switch reachOf(h.IP) {
	case reachPrivate:
		test = "unlinked-private"
		if weight == medium && (h.Author != Sender || !h.rdns().public && !h.helo().public) {
			weight = low
		}
	case reachLoopback:
		weight = low
	}
	d := t.doubt(test, i, weight, breakDetail(h, newer, FitNone), h.Spans.By, newer.Spans.From)
	if weight == medium {
		d.speaksFor("no address in the header has to do with " + h.By)
	}
	d.speaksAgainst("a host can have names in two domains, or hand on through a host that leaves no line")
}

// strangers weighs how far the newer line's hosts are from the one that stamped
// the older line; "" when they are related or nothing can be said. A filter on the
// host itself may have taken the message in without a line.
func (t *tracer) strangers(h, newer *Hop) string {
	p := client(newer)
	by := h.by()
	if op := newer.by().operator; h.Link.Fit == FitUnknown && p.empty() && op != noFamily && op != by.operator {
		return medium // their hosts name no client only among themselves
	}
	if h.Link.Fit == FitUnknown && p.empty() && newer.by().public && !t.kin(newer.by(), by) {
		return low
	}
	if h.Link.Fit != FitNone {
		return ""
	}
	public := newer.by().public && isLocal(&newer.Received)
	if public && t.kin(newer.by(), by) {
		return ""
	}
	for _, n := range p.list() {
		public = public || n.public
		if t.kin(n, by) {
			return ""
		}
	}
	if public && !isSelf(newer) {
		return medium
	}
	return low
}

// repeatDoubts looks for lines that repeat others.
func (t *tracer) repeatDoubts() {
	hops := t.r.Hops[max(0, len(t.r.Hops)-comparedHops):]
	base := len(t.r.Hops) - len(hops)
	for i := range hops {
		for k := i + 1; k < len(hops); k++ {
			if t.repeated(&hops[i], &hops[k], base+i, base+k) {
				break // a third one is told of beside the second
			}
		}
		t.loop(hops, i, base)
	}
}

// repeated compares two hops.
func (t *tracer) repeated(a, b *Hop, i, k int) bool {
	if a.ID == "" && a.By == "" || len(a.ID) != len(b.ID) {
		return false
	}
	n := len(t.r.Doubts)
	switch {
	case sameText(a.Raw, b.Raw):
		weight := medium
		if a.ID == "" && !a.IP.IsValid() {
			weight = low // seen twice from Google's programming interface
		}
		d := t.doubt("duplicate", k, weight, "the line repeats that of hop "+strconv.Itoa(i+1)+" word by word", a.Span, b.Span)
		d.speaksAgainst("a program that stores messages may have written its field twice")
	case a.ID == "" || a.ID != b.ID || isBuild(a.ID) || len(a.ID) < 6 || !strings.ContainsAny(a.ID, decimals):
	case equalFold(a.By, b.By):
		d := t.doubt("copied-hop", k, medium, "the line has the identifier and the host of hop "+strconv.Itoa(i+1)+", which names another client or time", a.Spans.ID, b.Spans.ID)
		d.speaksAgainst("a host that keeps its identifier when it gives a message to itself")
	case a.by().org != "" && b.by().org != "" && a.by().org != b.by().org && len(a.ID) >= 8:
		d := t.doubt("copied-hop", k, medium, "the line has the identifier of hop "+strconv.Itoa(i+1)+", which another host made", a.Spans.ID, b.Spans.ID)
		d.speaksAgainst("programs that pass identifiers on to the next host")
	}
	return len(t.r.Doubts) > n
}

// sameText compares two values, blanks and line breaks aside.
func sameText(a, b string) bool {
	i, k := 0, 0
	for {
		for i < len(a) && isSpace(a[i]) {
			i++
		}
		for k < len(b) && isSpace(b[k]) {
			k++
		}
		if i == len(a) || k == len(b) {
			return i == len(a) && k == len(b) && i > 0
		}
		if a[i] != b[k] {
			return false
		}
		i, k = i+1, k+1
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// loop: one host more than twice, in different transfers.
func (t *tracer) loop(hops []Hop, i, base int) {
	h := &hops[i]
	if len(hops) < 3 || !h.by().public || h.Class == Filter || h.Class == Retrieval {
		return
	}
	visits, first := 0, true
	for k := range hops {
		o := &hops[k]
		if !equalFold(o.By, h.By) || o.Class == Filter || o.Class == Store || k > 0 && equalFold(hops[k-1].By, o.By) {
			continue
		}
		if visits++; k < i {
			first = false
		}
	}
	if visits > 2 && first {
		d := t.doubt("loop", base+i, low, h.By+" has stamped the message "+strconv.Itoa(visits)+" times, with other hosts between", h.Span)
		d.speaksAgainst("lists and forwarders can send a message through one host repeatedly")
	}
}
