// Package transcript answers: who said which line in a saved session log?
package transcript

import (
	"errors"
	"net/netip"
	"time"
)

type Dialect string
type Side uint8

const (
	Client Side = iota
	Server
)

type Line struct {
	Side   Side
	Data   []byte
	Time   time.Time
	Offset int64
	Len    int
	Number int
}
type Session struct {
	Client, Server         string
	ClientAddr, ServerAddr netip.Addr
	ClientPort, ServerPort uint16
	Lines                  []Line
	LineEndsAssumed        bool
	Protocol               string
}
type Report struct {
	Dialect  Dialect
	Sessions []Session
	Frames   [][]byte
}

var ErrUnknown = errors.New("unknown")

func Read(data []byte, d Dialect) (*Report, error) { return nil, ErrUnknown }
