package forensic

import (
	"errors"

	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// smallInput is the size up to which an input is opened and examined by one
// worker; a larger one is cut into pieces for all.
const smallInput = 1 << 20

// errOneMailbox: a range needs one input that it is a range of.
var errOneMailbox = errors.New("forensic: a range needs exactly one path")

// feed cuts all evidence into units.
func (s *scan[T]) feed(paths []string) {
	defer close(s.order)
	defer close(s.work)
	if s.opt.Range != (evidence.Range{}) && len(paths) != 1 {
		s.queue(&unit[T]{err: errOneMailbox})
		return
	}
	ordinal := -1
	for in, err := range evidence.Walk(s.ctx, paths, s.evidence()) {
		if ordinal++; ordinal < s.opt.Start.Input {
			continue
		}
		if !s.input(ordinal, in, err) {
			return
		}
	}
}

func (s *scan[T]) evidence() *evidence.Options {
	o := s.opt.Options.evidence()
	o.Limits, o.Stdin = s.opt.Limits, s.opt.Stdin
	return o
}

// input queues the units of one input; false ends the scan.
func (s *scan[T]) input(ordinal int, in *evidence.Input, err error) bool {
	if err != nil {
		return s.queue(&unit[T]{ordinal: ordinal, err: err})
	}
	r := s.rangeOf(ordinal)
	if !in.Streamed && in.Size >= 0 && in.Size <= smallInput && r == (evidence.Range{}) {
		return s.queue(&unit[T]{ordinal: ordinal, input: in})
	}
	file, err := in.Open()
	if err != nil {
		return s.queue(&unit[T]{ordinal: ordinal, err: placed(in.Place, err)})
	}
	defer file.Close()
	return s.pieces(ordinal, file, r)
}

// rangeOf is the stretch of an input that is to be examined.
func (s *scan[T]) rangeOf(ordinal int) evidence.Range {
	if start := s.opt.Start; ordinal == start.Input && start.Index > 0 {
		return evidence.Range{Offset: start.Offset, FirstIndex: start.Index}
	}
	return s.opt.Range
}

// pieces queues the pieces of an open file, and behind them a look at whether
// the file has changed. Every unit holds the file until it is done.
func (s *scan[T]) pieces(ordinal int, file *evidence.File, r evidence.Range) bool {
	first := make(chan int, 1)
	first <- r.FirstIndex
	for p, err := range file.Pieces(r) {
		u := &unit[T]{ordinal: ordinal, file: file, piece: p, err: err, first: first, then: make(chan int, 1)}
		first = u.then
		file.Hold()
		if !s.queue(u) {
			return false
		}
	}
	file.Hold()
	return s.queue(&unit[T]{ordinal: ordinal, file: file})
}

// queue puts a unit into the order and hands it to a worker; false when the
// scan has ended. A unit that was put into the order is always worked on or
// closed, so that nobody waits for it in vain.
func (s *scan[T]) queue(u *unit[T]) bool {
	u.out = make(chan []result[T], batches)
	select {
	case <-s.ctx.Done():
		u.close()
		return false
	case s.order <- u:
	}
	select {
	case <-s.ctx.Done():
		close(u.out)
		return false
	case s.work <- u:
		return true
	}
}
