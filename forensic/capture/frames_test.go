package capture_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"reflect"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
)

// What a capture says of itself belongs into the report: how much of it is no TCP, was cut short, or
// lies about its order, decides what the rest can show.
func TestFrames(t *testing.T) {
	file := captureforge.Play(`S 220 mx ESMTP\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`)
	n := int64(0)
	for at := 24; at < len(file); n++ {
		at += 16 + int(binary.LittleEndian.Uint32(file[at+8:]))
	}
	frame := func(sec uint32, wire int, octets []byte) {
		h := binary.LittleEndian.AppendUint32(nil, sec)
		h = binary.LittleEndian.AppendUint32(h, 0)
		h = binary.LittleEndian.AppendUint32(h, uint32(len(octets)))
		h = binary.LittleEndian.AppendUint32(h, uint32(wire))
		file = append(append(file, h...), octets...)
	}
	arp := append(make([]byte, 12, 60), 0x08, 0x06)
	frame(captureforge.PlayTime+100, 60, arp)
	frame(captureforge.PlayTime-100, len(arp), arp)
	c, err := capture.Read(context.Background(), "x.pcap", bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	f := c.File.Frames
	if f == nil {
		t.Fatal("no frames are told of")
	}
	if len(f.Skipped) != 1 || f.Skipped[0].Count != 2 {
		t.Errorf("skipped: %+v", f.Skipped)
	}
	f.Skipped = nil
	want := capture.Frames{
		First: "2023-11-14T22:11:40.000000000Z", Last: "2023-11-14T22:15:00.000000000Z", Backwards: 1, Segments: n, Snapped: 1,
		FragmentConflicts: []int64{}, Interfaces: []capture.Interface{}, Comments: []capture.Comment{},
	}
	if !reflect.DeepEqual(*f, want) {
		t.Errorf("got  %+v\nwant %+v", *f, want)
	}
}

// A capture of pcapng names where it was made and holds what the examiner wrote into it. Frames
// without a time do not make it begin in 1970.
func TestFramesOfPcapng(t *testing.T) {
	var file []byte
	block := func(kind uint32, body []byte) {
		for len(body)%4 > 0 {
			body = append(body, 0)
		}
		n := uint32(len(body) + 12)
		file = binary.LittleEndian.AppendUint32(file, kind)
		file = binary.LittleEndian.AppendUint32(file, n)
		file = append(file, body...)
		file = binary.LittleEndian.AppendUint32(file, n)
	}
	option := func(b []byte, code uint16, text string) []byte {
		b = binary.LittleEndian.AppendUint16(b, code)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(text)))
		b = append(b, text...)
		for len(b)%4 > 0 {
			b = append(b, 0)
		}
		return b
	}
	block(0x0A0D0D0A, option([]byte("\x4D\x3C\x2B\x1A\x01\x00\x00\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), 1, "taken at the switch"))
	block(1, option(option([]byte("\x01\x00\x00\x00\x80\x00\x00\x00"), 2, "eth0"), 11, "\x00tcp port 25"))
	block(3, []byte("\x0E\x00\x00\x00"+"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08\x06")) // a simple packet: no time
	c, err := capture.Read(context.Background(), "x.pcapng", bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	f := c.File.Frames
	want := []capture.Interface{{Name: "eth0", Filter: "tcp port 25", Link: "EN10MB", SnapLength: 128}}
	if !reflect.DeepEqual(f.Interfaces, want) {
		t.Errorf("interfaces %+v, want %+v", f.Interfaces, want)
	}
	if want := []capture.Comment{{Text: "taken at the switch"}}; !reflect.DeepEqual(f.Comments, want) {
		t.Errorf("comments %+v, want %+v", f.Comments, want)
	}
	if f.First != "" || f.Last != "" || f.Backwards != 0 {
		t.Errorf("times of frames without one: %s to %s, %d backwards", f.First, f.Last, f.Backwards)
	}
}
