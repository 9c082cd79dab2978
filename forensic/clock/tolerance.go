package clock

import (
	"cmp"
	"time"
)

// Tolerances states by how much honest clocks may differ, in seconds. A zero
// field means its default, which [Tolerances.Effective] fills in. The defaults
// come from 16,147 real messages with 80,078 trace lines (2001 to 2026).
type Tolerances struct {
	// Server is the error of a mail server's clock. Of 62,461 pairs of
	// neighbouring stamps 0.13 % of modern ones run backwards by more than a
	// minute, 0.02 % by more than ten; default 300.
	Server float64 `json:"server_seconds"`
	// OldServer is the same before 2006: of the ham of 2002 2.2 % of the pairs
	// run backwards by more than ten minutes, 0.36 % by more than an hour;
	// default 2,700.
	OldServer float64 `json:"old_server_seconds"`
	// Fleet is the error inside a provider's fleet of hosts: 5 % of the pairs
	// inside Exchange Online run backwards, the worst by 27 minutes; default
	// 900.
	Fleet float64 `json:"fleet_seconds"`
	// Desktop is the error of the sender's clock. The Date of 0.7 % of 7,652
	// messages lies more than five minutes behind their arrival; default 900.
	Desktop float64 `json:"desktop_seconds"`
	// OldDesktop is the same before 2006; default 3,600.
	OldDesktop float64 `json:"old_desktop_seconds"`
	// Together is how far the clocks may lie apart that are read while a
	// message is built, and those a server reads while it handles it: 97 to
	// 100 % of the honest ones lie within a minute, nearly all others within
	// the hour; default 3,600.
	Together float64 `json:"together_seconds"`
	// Queue is how long software that numbers a message on leaving may have
	// kept it: the usual life in a queue (RFC 5321 4.5.4.1); default 432,000.
	Queue float64 `json:"queue_seconds"`
	// Draft is how long writing may take: of 316 Pine and 61 Eudora
	// identifiers, made when writing begins, all but a few are younger than an
	// hour, and drafts are known to wait over a weekend; default 216,000.
	Draft float64 `json:"draft_seconds"`
	// Outbox is how long a message whose Date no other clock supports may have
	// waited before its first hop: 1.8 % of 7,652 are more than a day old;
	// default 259,200.
	Outbox float64 `json:"outbox_seconds"`
	// File is how far a file's times may lie behind the message, and those of a
	// mailbox before it: clocks of cameras and other computers. Where no zone is
	// said, the width of the zones comes on top; default 86,400.
	File float64 `json:"file_seconds"`
	// Release is how far a build number's time may lie from a stamp: the
	// middle 99 % of 7,958 lie between -14 and +35 days; default 5,184,000.
	Release float64 `json:"release_seconds"`
}

// Effective fills in the defaults.
func (t Tolerances) Effective() Tolerances {
	const minute, hour, day = 60, 3600, 86400
	return Tolerances{
		Server: cmp.Or(t.Server, 5*minute), OldServer: cmp.Or(t.OldServer, 45*minute), Fleet: cmp.Or(t.Fleet, 15*minute),
		Desktop: cmp.Or(t.Desktop, 15*minute), OldDesktop: cmp.Or(t.OldDesktop, hour), Together: cmp.Or(t.Together, hour),
		Queue: cmp.Or(t.Queue, 5*day), Draft: cmp.Or(t.Draft, 60*hour), Outbox: cmp.Or(t.Outbox, 3*day),
		File: cmp.Or(t.File, day), Release: cmp.Or(t.Release, 60*day),
	}
}

// old is when computers began to set their clocks by the network as a rule:
// stamps before 2006 run backwards twenty times as often as later ones.
var old = time.Date(2006, 1, 1, 0, 0, 0, 0, time.UTC)

// maxOffset is the largest offset that is taken for one (ISO 8601 knows no
// bound; date libraries have this one).
const maxOffset = 18 * time.Hour

// Zones in use on Earth reach from UTC-12 to UTC+14.
const (
	zoneWest = -12 * time.Hour
	zoneEast = 14 * time.Hour
)
