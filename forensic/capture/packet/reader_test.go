package packet

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// writer writes capture files of any order of octets.
type writer struct {
	order binary.ByteOrder
	b     []byte
	ends  []int // where each record or block ends
}

func (w *writer) u16(v int) {
	b := [2]byte{}
	w.order.PutUint16(b[:], uint16(v))
	w.b = append(w.b, b[:]...)
}
func (w *writer) u32(v uint32) {
	b := [4]byte{}
	w.order.PutUint32(b[:], v)
	w.b = append(w.b, b[:]...)
}

// block writes a block of pcapng with its two lengths.
func (w *writer) block(kind uint32, body ...[]byte) {
	all := cat(body...)
	for len(all)%4 != 0 {
		all = append(all, 0)
	}
	w.u32(kind)
	w.u32(uint32(12 + len(all)))
	w.b = append(w.b, all...)
	w.u32(uint32(12 + len(all)))
	w.ends = append(w.ends, len(w.b))
}

// fields are numbers of 16 ('h') and 32 ('w') bits in the order of the file.
func (w *writer) fields(kinds string, values ...uint64) []byte {
	inner := writer{order: w.order}
	for i, k := range kinds {
		if k == 'h' {
			inner.u16(int(values[i]))
		} else {
			inner.u32(uint32(values[i]))
		}
	}
	return inner.b
}

func (w *writer) option(code int, value string) []byte {
	b := append(w.fields("hh", uint64(code), uint64(len(value))), value...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func (w *writer) section(options ...[]byte) {
	w.block(blockSection, append([][]byte{w.fields("whhww", 0x1A2B3C4D, 1, 0, 0xFFFFFFFF, 0xFFFFFFFF)}, options...)...)
}

func (w *writer) device(link, snap int, options ...[]byte) {
	w.block(blockInterface, append([][]byte{w.fields("hhw", uint64(link), 0, uint64(snap))}, options...)...)
}

func (w *writer) packet(device int, stamp uint64, frame []byte, options ...[]byte) {
	padded := cat(frame, make([]byte, (4-len(frame)%4)%4))
	w.block(blockPacket, append([][]byte{w.fields("wwwww", uint64(device), stamp>>32, stamp&0xFFFFFFFF, uint64(len(frame)), uint64(len(frame))), padded}, options...)...)
}

var orders = map[string]binary.ByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian}

// readAll reads a file; the error is nil for its end.
func readAll(t testing.TB, file []byte) (all []Segment, texts []string, info Info) {
	t.Helper()
	r, err := NewReader(bytes.NewReader(file), nil)
	if errors.Is(err, ErrFormat) {
		return nil, nil, Info{}
	}
	if err != nil {
		t.Fatal(err)
	}
	for {
		var s Segment
		if err := r.Next(&s); err == io.EOF {
			return all, texts, r.Info()
		} else if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(s.Payload))
		s.Payload = nil
		all = append(all, s)
	}
}

func frameOf(text string) []byte { return ethOf(0x0800, ip4Of(6, tcpOf(text))) }

// pcapFile is a classic file with one frame for each text, a second apart.
func pcapFile(order binary.ByteOrder, magic uint32, network uint32, texts ...string) *writer {
	w := &writer{order: order}
	w.u32(magic)
	w.u16(2)
	w.u16(4)
	w.u32(0)
	w.u32(0)
	w.u32(65535)
	w.u32(network)
	w.ends = append(w.ends, len(w.b))
	for i, text := range texts {
		f := frameOf(text)
		w.u32(uint32(1700000000 + i))
		w.u32(500)
		w.u32(uint32(len(f)))
		w.u32(uint32(len(f)))
		if magic == 0xA1B2CD34 {
			w.b = append(w.b, make([]byte, 8)...)
		}
		w.b = append(w.b, f...)
		w.ends = append(w.ends, len(w.b))
	}
	return w
}

// TestPcapKinds: each magic number in each order of octets says how times and records are written.
func TestPcapKinds(t *testing.T) {
	for name, order := range orders {
		for magic, step := range map[uint32]time.Duration{0xA1B2C3D4: time.Microsecond, 0xA1B23C4D: time.Nanosecond, 0xA1B2CD34: time.Microsecond} {
			w := pcapFile(order, magic, linkEthernet, "EHLO a\r\n", "QUIT\r\n")
			if !IsCapture(w.b) {
				t.Errorf("%s %x is no capture", name, magic)
			}
			all, texts, info := readAll(t, w.b)
			if len(all) != 2 || strings.Join(texts, "") != "EHLO a\r\nQUIT\r\n" || info.Truncated != nil || info.BigEndian != (name == "big") {
				t.Fatalf("%s %x: %q %+v", name, magic, texts, info)
			}
			if want := int64(1700000001)*1e9 + 500*int64(step); all[1].Time != want {
				t.Errorf("%s %x: time %d, want %d", name, magic, all[1].Time, want)
			}
			// The payload stands in the file where the segment says.
			if at := all[1].Offset; !bytes.HasPrefix(w.b[at:], []byte("QUIT")) {
				t.Errorf("%s %x: %q at %d", name, magic, w.b[at:min(len(w.b), int(at)+4)], at)
			}
		}
	}
}

// TestCheckSequence: octets of a frame check sequence, which the F bit announces, are no data.
func TestCheckSequence(t *testing.T) {
	plain := pcapFile(binary.LittleEndian, 0xA1B2C3D4, linkEthernet|1<<26|2<<28, "QUIT\r\nFCS!")
	_, texts, _ := readAll(t, plain.b)
	if len(texts) != 1 || texts[0] != "QUIT\r\n" && texts[0] != "QUIT\r\nFCS!" {
		t.Errorf("got %q", texts)
	}
}

// sample is a file of pcapng with everything that a reader must look at.
func sample(order binary.ByteOrder) *writer {
	w := &writer{order: order}
	w.section(w.option(1, "made by hand"), w.option(0, ""))
	w.device(linkEthernet, 0, w.option(2, "eth0"), w.option(3, "the first"), w.option(9, "\x09"), w.option(11, "\x00port 25"), w.option(12, "an OS"), w.option(0, ""))
	w.device(linkEthernet, 0, w.option(9, "\x8A"), w.option(14, string(w.fields("ww", 0, 0))), w.option(0, ""))
	w.packet(0, 1700000000_123456789, frameOf("EHLO a\r\n"), w.option(1, "look here"), w.option(0, ""))
	w.packet(1, 1700000000<<10|512, frameOf("NOOP\r\n"))
	w.block(blockOldPacket, w.fields("hhwwww", 0, 0, 1700000001_000000000>>32, 1700000001_000000000&0xFFFFFFFF, uint64(len(frameOf("RSET\r\n"))), uint64(len(frameOf("RSET\r\n")))), frameOf("RSET\r\n"))
	f := frameOf("QUIT\r\n")
	w.block(blockSimple, w.fields("w", uint64(len(f))), f)
	w.block(0x0BAD0BAD, []byte("a block that nobody knows"))
	return w
}

// TestPcapng: blocks, options and resolutions, in either order of octets.
func TestPcapng(t *testing.T) {
	for name, order := range orders {
		w := sample(order)
		all, texts, info := readAll(t, w.b)
		if strings.Join(texts, "|") != "EHLO a\r\n|NOOP\r\n|RSET\r\n|QUIT\r\n" || info.Truncated != nil {
			t.Fatalf("%s: %q %+v", name, texts, info)
		}
		for i, want := range []int64{1700000000_123456789, 1700000000_500000000, 1700000001_000000000, NoTime} {
			if all[i].Time != want { // a simple packet has no time (pcapng 4.4)
				t.Errorf("%s: packet %d at %d, want %d", name, i+1, all[i].Time, want)
			}
		}
		if d := info.Interfaces; len(d) != 2 || d[0].Name != "eth0" || d[0].Description != "the first" || d[0].Filter != "port 25" || d[0].OS != "an OS" || d[0].UnitsPerSecond != 1e9 || d[1].UnitsPerSecond != 1024 {
			t.Errorf("%s: %+v", name, d)
		}
		if c := fmt.Sprint(info.Comments); c != "[{0 made by hand} {1 look here}]" {
			t.Errorf("%s: comments %s", name, c)
		}
	}
}

// TestSections: a new section has its own order of octets and its own interfaces.
func TestSections(t *testing.T) {
	file := cat(sample(binary.LittleEndian).b, sample(binary.BigEndian).b)
	_, texts, info := readAll(t, file)
	if len(texts) != 8 || info.Sections != 2 || len(info.Interfaces) != 4 || info.Truncated != nil {
		t.Errorf("%d segments, %+v", len(texts), info)
	}
}

// TestCutAnywhere: a file that breaks off gives what is whole before, and says that it is not; one
// that ends between two records is whole.
func TestCutAnywhere(t *testing.T) {
	for name, w := range map[string]*writer{
		"pcap": pcapFile(binary.LittleEndian, 0xA1B2C3D4, linkEthernet, "EHLO a\r\n", "NOOP\r\n", "QUIT\r\n"), "pcapng": sample(binary.BigEndian),
	} {
		_, whole, _ := readAll(t, w.b)
		for cut := range w.b {
			_, texts, info := readAll(t, w.b[:cut])
			if len(texts) > len(whole) || strings.Join(texts, "") != strings.Join(whole[:len(texts)], "") {
				t.Fatalf("%s cut at %d: %q", name, cut, texts)
			}
			between := false
			for _, end := range w.ends {
				between = between || cut == end
			}
			if cut >= w.ends[0] && (info.Truncated == nil) != between {
				t.Errorf("%s cut at %d: truncated %+v, between two records: %v", name, cut, info.Truncated, between)
			}
			if c := info.Truncated; c != nil && (c.Offset > int64(cut) || c.Detail == "") {
				t.Errorf("%s cut at %d: %+v", name, cut, c)
			}
		}
	}
}

// TestCompressedCaptures: gzip around a capture is seen through; what is damaged or cut gives what
// came before.
func TestCompressedCaptures(t *testing.T) {
	var z bytes.Buffer
	g := gzip.NewWriter(&z)
	if _, err := g.Write(sample(binary.LittleEndian).b); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if !IsCapture(z.Bytes()) {
		t.Error("no capture is seen in it")
	}
	_, texts, info := readAll(t, z.Bytes())
	if len(texts) != 4 || info.Compression != "gzip" || info.Truncated != nil {
		t.Errorf("%q %+v", texts, info)
	}
	for cut := 20; cut < z.Len(); cut++ {
		if _, texts, info := readAll(t, z.Bytes()[:cut]); len(texts) > 4 || len(texts) < 4 && info.Truncated == nil && info.Format != "" {
			t.Errorf("cut at %d: %d segments, %+v", cut, len(texts), info.Truncated)
		}
	}
	for i := 12; i < z.Len(); i++ { // no damage may do more than end the reading
		readAll(t, with(z.Bytes(), i, z.Bytes()[i]^0x55))
	}
	if IsCapture([]byte("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x00not compressed")) || IsCapture([]byte("\x1F\x8B")) || IsCapture(nil) {
		t.Error("what is no capture is taken for one")
	}
}

// TestFaultyBlocks: what a block claims is not believed.
func TestFaultyBlocks(t *testing.T) {
	begin := func() *writer {
		w := &writer{order: binary.LittleEndian}
		w.section()
		w.device(linkEthernet, 0)
		w.packet(0, 1700000000_000000, frameOf("EHLO a\r\n"))
		return w
	}
	for name, c := range map[string]struct {
		add   func(*writer)
		cut   bool
		skips string
	}{
		"another length behind":       {func(w *writer) { w.packet(0, 1, frameOf("x")); w.b[len(w.b)-4]++ }, true, ""},
		"a length of nothing":         {func(w *writer) { w.u32(6); w.u32(8) }, true, ""},
		"an odd length":               {func(w *writer) { w.u32(6); w.u32(33); w.b = append(w.b, make([]byte, 40)...) }, true, ""},
		"a huge length":               {func(w *writer) { w.u32(6); w.u32(0xFFFFFFF0) }, true, ""},
		"a section without its magic": {func(w *writer) { w.block(blockSection, make([]byte, 16)) }, true, ""},
		"a section too short":         {func(w *writer) { w.block(blockSection, w.fields("w", 0x1A2B3C4D)) }, true, ""},
		"an unknown interface":        {func(w *writer) { w.packet(7, 1, frameOf("x")) }, false, "packet of an unknown interface"},
		"a packet too short":          {func(w *writer) { w.block(blockPacket, make([]byte, 8)) }, false, "packet block too short"},
		"a packet longer than its block": {func(w *writer) {
			w.block(blockPacket, w.fields("wwwww", 0, 0, 1, 5000, 5000), frameOf("x"))
		}, false, "packet longer than its block"},
		"an interface too short":     {func(w *writer) { w.block(blockInterface, make([]byte, 4)) }, false, "interface description too short"},
		"a simple packet of nothing": {func(w *writer) { w.block(blockSimple) }, false, "simple packet without an interface"},
		"an option beyond the end":   {func(w *writer) { w.packet(0, 1, frameOf("NOOP\r\n"), w.fields("hh", 1, 900)) }, false, ""},
	} {
		w := begin()
		c.add(w)
		_, texts, info := readAll(t, w.b)
		if len(texts) == 0 || texts[0] != "EHLO a\r\n" {
			t.Errorf("%s: what stood before it is lost: %q", name, texts)
		}
		if (info.Truncated != nil) != c.cut {
			t.Errorf("%s: truncated %+v", name, info.Truncated)
		}
		if c.skips != "" && !strings.Contains(fmt.Sprint(info.Skipped), c.skips) {
			t.Errorf("%s: skipped %v", name, info.Skipped)
		}
	}
	if _, err := NewReader(strings.NewReader("\x0A\x0D\x0D\x0A"), nil); err != nil {
		t.Errorf("a section's magic number alone: %v", err)
	}
	if _, err := NewReader(strings.NewReader("\xD4\xC3\xB2\xA1 too short"), nil); !errors.Is(err, ErrFormat) {
		t.Errorf("a header that is cut: %v", err)
	}
}

// TestResolution: if_tsresol is a power of ten or of two; what no clock has is bounded.
func TestResolution(t *testing.T) {
	for v, want := range map[byte]uint64{0: 1, 6: 1e6, 9: 1e9, 19: 1e19, 127: 1e19, 0x80: 1, 0x8A: 1024, 0xFF: 1 << 63} {
		if got := resolution(v); got != want {
			t.Errorf("%#x: %d, want %d", v, got, want)
		}
	}
	d := device{units: 1 << 63, offset: -5}
	if got := d.nanoseconds(1<<63 | 1<<62); got != -3_500_000_000 {
		t.Errorf("%d", got)
	}
}
