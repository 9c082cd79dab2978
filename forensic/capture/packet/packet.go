// Package packet answers: which TCP segments does a capture file hold, and where
// in it?
//
// It reads pcap and pcapng, also compressed with gzip, goes through the layers
// below TCP (links, tunnels, fragments of IP) and knows nothing of what TCP carries. A
// record that cannot be believed ends the reading with its offset; everything
// before it counts. Checksums never discard anything: a host that captures
// its own traffic sees them before the network card has filled them in.
package packet

import (
	"cmp"
	"errors"
	"net/netip"
)

// ErrFormat is the error for a file that is neither pcap nor pcapng.
var ErrFormat = errors.New("packet: no capture file")

// Flags are those of a TCP header (RFC 9293 3.1).
type Flags uint8

// The flags.
const (
	FIN Flags = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
	ECE
	CWR
)

// Segment is one TCP segment of a capture. Payload may be used until the next
// one is read.
type Segment struct {
	// Number is that of the frame in the file, from 1, with all packets counted,
	// as other programs count them.
	Number int64
	// Time is in nanoseconds since 1970 UTC.
	Time int64
	// Offset is where Payload's first octet stands in the file, or in what gzip
	// held; -1 when it was put together from fragments.
	Offset int64
	// Src and Dst are the ends.
	Src, Dst netip.AddrPort
	// Seq and Ack are the numbers of the header.
	Seq, Ack uint32
	// Flags are the control bits (RFC 9293 3.1).
	Flags Flags
	// Payload are the octets captured, Wire how many there were: more when the
	// snap length cut the packet.
	Payload []byte
	Wire    int
	// Tunnel is what the packet ran through, such as "vxlan 42"; "" for nothing.
	Tunnel string
}

// Options bound the reading. The zero value means the defaults.
type Options struct {
	// MaxBlock is the size in octets from which on a record is not believed; 0 means 64 MiB.
	MaxBlock int64
	// MaxFragments is how many octets of fragments are held; 0 means 64 MiB.
	MaxFragments int64
}

func (o *Options) maxBlock() int64 {
	if o == nil {
		return 64 << 20
	}
	return cmp.Or(o.MaxBlock, 64<<20)
}

func (o *Options) maxFragments() int64 {
	if o == nil {
		return 64 << 20
	}
	return cmp.Or(o.MaxFragments, 64<<20)
}

// Info is what is to be known of a capture file itself.
type Info struct {
	// Format is "pcap" or "pcapng"; Compression is "gzip" or "".
	Format, Compression string
	// BigEndian is the order of octets in the (last) header; Resolution is that
	// of times, such as "microseconds"; "as stated by each interface" in pcapng.
	BigEndian  bool
	Resolution string
	// Links are the kinds of link, in order of first use.
	Links []Link
	// Sections counts those of pcapng.
	Sections int
	// Interfaces and Comments are what pcapng states, at most 1,000 of each.
	Interfaces []Interface
	Comments   []Comment
	// Packets counts the records, Segments those that held TCP.
	Packets, Segments int64
	// Skipped counts packets that hold no TCP segment, by reason.
	Skipped []Skip
	// Snapped counts packets that are shorter than they were on the wire.
	Snapped int64
	// Fragments counts fragments of IP, Reassembled the datagrams put together,
	// Unfinished those whose rest was not captured.
	Fragments, Reassembled, Unfinished int64
	// FragmentConflicts are frames with a fragment that says something else than
	// an earlier one about the same octets; at most 100.
	FragmentConflicts []int64
	// First and Last are the smallest and largest time, in nanoseconds since
	// 1970 UTC, NoTime without one; Backwards counts packets with an earlier time than the one before.
	First, Last int64
	Backwards   int64
	// Size is the number of octets read, after decompression.
	Size int64
	// Truncated is nil for a file that is whole.
	Truncated *Cut
}

// Link is a kind of link.
type Link struct {
	// Type is its number (LINKTYPE), Name what tcpdump calls it.
	Type int
	Name string
}

// Interface is one of pcapng.
type Interface struct {
	// Link is the kind of link.
	Link Link
	// SnapLen is how much of a packet was kept; 0 for all.
	SnapLen uint32
	// Name and the others are options of pcapng, as text.
	Name, Description, Filter, OS string
	// UnitsPerSecond is the resolution of its times.
	UnitsPerSecond uint64
	// Offset is added to them, in seconds.
	Offset int64
	// Section counts the sections of the file from 0.
	Section int
}

// Comment is what somebody wrote into a pcapng file.
type Comment struct {
	// Packet is the number of the frame it is about; 0 for a section or interface.
	Packet int64
	// Text is what was written.
	Text string
}

// Skip is how many packets held no TCP segment for a reason.
type Skip struct {
	// Reason says why.
	Reason string
	// Count is how many packets.
	Count int64
}

// Cut says where a file ends before its end.
type Cut struct {
	// Offset is that of the first record that is not whole or cannot be believed.
	Offset int64
	// Detail says what is missing.
	Detail string
}

// skip counts a packet without a segment. There are few reasons.
func (i *Info) skip(reason string) {
	for k := range i.Skipped {
		if i.Skipped[k].Reason == reason {
			i.Skipped[k].Count++
			return
		}
	}
	if len(i.Skipped) < 200 {
		i.Skipped = append(i.Skipped, Skip{reason, 1})
	}
}

func (i *Info) addLink(l int) {
	for _, known := range i.Links {
		if known.Type == l {
			return
		}
	}
	if len(i.Links) < 100 {
		i.Links = append(i.Links, Link{l, linkName(l)})
	}
}
