package packet

import (
	"bytes"
	"net/netip"
	"slices"
)

// fragments puts datagrams of IP together (RFC 791 3.2, RFC 8200 4.5). The first
// copy of an octet counts.
type fragments struct {
	info  *Info
	max   int64
	held  int64
	parts map[fragKey]*datagram
	order []fragKey // by first fragment
}

// fragKey names a datagram.
type fragKey struct {
	src, dst netip.Addr
	id       uint32
	protocol uint8
}

// piece is a fragment's header.
type piece struct {
	key          fragKey
	offset       int
	more         bool
	missing      int // octets that the snap length cut off
	number, time int64
}

// datagram is one that is not whole yet.
type datagram struct {
	first  int64 // time
	spans  []span
	length int // -1 until the last fragment is there
	got    int
	cut    int
}

// span is a run of octets of a datagram.
type span struct {
	at   int
	data []byte
}

const (
	// fragmentLife is how long a datagram is waited for, in nanoseconds (RFC 8200
	// 4.5: 60 s).
	fragmentLife = 60 * 1e9
	// maxDatagram is the largest there is.
	maxDatagram = 1 << 16
	// maxDatagrams and fragmentCost bound what small fragments may take.
	maxDatagrams = 1 << 16
	fragmentCost = 128
)

func newFragments(most int64, info *Info) *fragments {
	return &fragments{info: info, max: most, parts: map[fragKey]*datagram{}}
}

// open is the number of datagrams that never became whole.
func (f *fragments) open() int64 { return f.info.Unfinished + int64(len(f.parts)) }

// add takes a fragment and returns the datagram if it is whole now.
func (f *fragments) add(p piece, data []byte) (whole []byte, missing int, ok bool) {
	f.info.Fragments++
	f.expire(p.time)
	if p.offset+len(data) > maxDatagram {
		return nil, 0, false
	}
	d := f.parts[p.key]
	if d == nil {
		d = &datagram{first: p.time, length: -1}
		f.parts[p.key] = d
		f.order = append(f.order, p.key)
	}
	f.insert(d, p, data)
	if !p.more {
		d.length = max(d.length, p.offset+len(data)+p.missing)
	}
	d.cut += p.missing
	if d.length < 0 || d.got+d.cut < d.length {
		return nil, 0, false
	}
	whole, missing, ok = d.join()
	if ok {
		f.drop(p.key)
		f.info.Reassembled++
	}
	return whole, missing, ok
}

// insert adds the octets that are not there yet.
func (f *fragments) insert(d *datagram, p piece, data []byte) {
	at := p.offset
	i := 0
	for len(data) > 0 {
		for i < len(d.spans) && d.spans[i].at+len(d.spans[i].data) <= at {
			i++
		}
		n := len(data)
		if i == len(d.spans) || at < d.spans[i].at {
			if i < len(d.spans) {
				n = min(n, d.spans[i].at-at)
			}
			d.spans = slices.Insert(d.spans, i, span{at, bytes.Clone(data[:n])})
			d.got += n
			f.held += int64(n) + fragmentCost
		} else {
			s := &d.spans[i]
			n = min(n, s.at+len(s.data)-at)
			if !bytes.Equal(s.data[at-s.at:at-s.at+n], data[:n]) {
				f.conflict(p.number)
			}
		}
		data, at = data[n:], at+n
	}
}

func (f *fragments) conflict(number int64) {
	c := f.info.FragmentConflicts
	if len(c) < 100 && (len(c) == 0 || c[len(c)-1] != number) {
		f.info.FragmentConflicts = append(c, number)
	}
}

// join puts the octets together up to the first that is missing.
func (d *datagram) join() (whole []byte, missing int, ok bool) {
	for _, s := range d.spans {
		if s.at != len(whole) {
			break
		}
		whole = append(whole, s.data...)
	}
	if len(whole) == 0 {
		return nil, 0, false
	}
	whole = whole[:min(len(whole), d.length)]
	return whole, d.length - len(whole), true
}

// expire gives up on what is too old, or too much.
func (f *fragments) expire(now int64) {
	for len(f.order) > 0 {
		k := f.order[0]
		d := f.parts[k]
		if d != nil && now-d.first < fragmentLife && f.held <= f.max && len(f.parts) < maxDatagrams {
			return
		}
		f.order = f.order[1:]
		if d != nil {
			f.drop(k)
			f.info.Unfinished++
		}
	}
}

// drop gives up the memory of a datagram.
func (f *fragments) drop(k fragKey) {
	for _, s := range f.parts[k].spans {
		f.held -= int64(len(s.data)) + fragmentCost
	}
	delete(f.parts, k)
}
