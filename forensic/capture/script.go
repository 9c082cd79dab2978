package capture

import (
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/packet"
	"github.com/emlcheck/emlcheck/forensic/capture/transcript"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// scriptSession is a session of a transcript.
type scriptSession struct {
	*transcript.Session
	octets [2]int64
	// continues: it goes on from the session before; cut: another one goes on from it.
	continues, cut bool
}

// followScript goes through the sessions of a transcript, and the frames of a hex dump.
func (f *follower) followScript(r *transcript.Report) error {
	if len(r.Frames) > 0 {
		return f.followFrames(r)
	}
	for i := range r.Sessions {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		if f.followSession(r.Sessions[i]); f.stopped {
			break
		}
	}
	return nil
}

// followSession goes through one session: in parts, if it is longer than is held.
func (f *follower) followSession(in transcript.Session) {
	protocol := in.Protocol
	for part, rest := 0, in.Lines; part == 0 || len(rest) > 0; part++ {
		one := in
		one.Lines = rest
		s := &session{script: &scriptSession{Session: &one, continues: part > 0}}
		f.add(s, protocol)
		rest = rest[s.play():]
		protocol, s.done = s.dialog.Protocol, true
		if f.hand(); f.stopped {
			return
		}
	}
}

// play feeds the lines, and returns how many: a session that is longer than is held goes on in another
// one.
func (s *session) play() (n int) {
	in := s.script
	if !in.continues {
		s.dialog.Begin(dialog.Client)
		s.dialog.Begin(dialog.Server)
	}
	for n < len(in.Lines) && !isFull(s.dialog) {
		l := &in.Lines[n]
		n++
		in.octets[l.Side] += int64(len(l.Data))
		s.dialog.Feed(l.Side, l.Data, dialog.Mark{Time: l.Time, Packet: int64(l.Number), Offset: l.Offset, Ack: -1})
	}
	s.dialog.Finish(dialog.Open)
	in.cut = n < len(in.Lines)
	in.Lines = in.Lines[:n]
	return n
}

// describe says what is known of the ends.
func (s *scriptSession) describe(c *Connection) {
	c.Client, c.ClientPort = stated(s.Client)
	c.Server, c.ServerPort = stated(s.Server)
	c.Streams.Client.Octets, c.Streams.Server.Octets = s.octets[dialog.Client], s.octets[dialog.Server]
	if len(s.Lines) == 0 {
		return
	}
	first, last := &s.Lines[0], &s.Lines[len(s.Lines)-1]
	c.FirstPacket, c.LastPacket = int64(first.Number), int64(last.Number)
	c.Started, c.Ended = stamp(first.Time), stamp(last.Time)
}

// stated is an end as the report tells it: an address rather than a name.
func stated(e transcript.End) (report.Stated, uint16) {
	if e.Addr.IsValid() {
		return report.Stated(e.Addr.String()), e.Port
	}
	return report.Stated(e.Name), e.Port
}

// followFrames takes the frames of a hex dump apart as a capture of Ethernet or IP.
func (f *follower) followFrames(r *transcript.Report) error {
	table := f.table()
	for i := range r.Frames {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		var s packet.Segment
		if packet.Decode(r.Frames[i].Octets, &s) {
			s.Number, s.Offset = int64(r.Frames[i].Number), -1
			s.Time = packet.NoTime
			if !f.feed(table, &s) {
				return nil
			}
		}
	}
	table.Flush()
	return nil
}
