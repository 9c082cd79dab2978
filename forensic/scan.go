package forensic

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"

	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// ScanOptions directs a scan. nil and the zero value mean the defaults.
type ScanOptions struct {
	// Options directs the analysis of each message.
	Options
	// Jobs is the number of messages examined at the same time; 0 means one for
	// each processor. The results are the same whatever it is.
	Jobs int
	// Limits bounds the unpacking of archives.
	Limits evidence.Limits
	// Stdin is what the path "-" stands for; nil means that there is none.
	Stdin io.Reader
	// Start is where to go on: [Scanned.Next] of the last message of an earlier
	// scan of the same paths. The zero value is the beginning.
	Start Position
	// Range limits the scan of a single mailbox to a stretch of it, so that
	// several processes can each take a part: see [evidence.File.Plan]. It needs one
	// path. The zero value is everything.
	Range evidence.Range
}

// Position is a place between two messages of a scan.
type Position struct {
	// Input counts what [evidence.Walk] yields, from 0.
	Input int `json:"input"`
	// Offset is where the next separator may begin, Index the index of the
	// message behind it; both 0 before the first message of the input.
	Offset int64 `json:"offset"`
	Index  int   `json:"index"`
}

// Scanned is one examined message of a scan.
type Scanned[T any] struct {
	// Message is the message with its place. Its bytes are valid until the
	// iteration goes on.
	Message *evidence.Message
	// Report is what was found.
	Report *Report
	// Value is what the function given to [ScanEach] made of it.
	Value T
	// Next is where a later scan goes on behind this message.
	Next Position
}

// Scan examines every message at and below the paths: files, mailboxes,
// folders and archives, as [evidence.Walk] finds them. Messages come in the
// order of the input, however many are examined at the same time, and memory
// stays bounded whatever the size of the input. Iteration goes on after an
// error, which has its place (*[evidence.PlaceError]), except for that of ctx;
// [evidence.Skipped] tells those that say no more than that a file is no mail.
func Scan(ctx context.Context, paths []string, opt *ScanOptions) iter.Seq2[*Scanned[struct{}], error] {
	return ScanEach(ctx, paths, opt, func(*evidence.Message, *Report) (struct{}, error) { return struct{}{}, nil })
}

// ScanEach is [Scan] with work that is done on each message as soon as it is
// examined, on several messages at the same time: what takes long, such as
// printing, belongs there. Its error takes the place of the message.
func ScanEach[T any](ctx context.Context, paths []string, opt *ScanOptions, work func(*evidence.Message, *Report) (T, error)) iter.Seq2[*Scanned[T], error] {
	if opt == nil {
		opt = &ScanOptions{}
	}
	return func(yield func(*Scanned[T], error) bool) {
		jobs := opt.Jobs
		if jobs <= 0 {
			jobs = runtime.GOMAXPROCS(0)
		}
		inner, cancel := context.WithCancel(ctx)
		s := &scan[T]{ctx: inner, opt: opt, each: work, work: make(chan *unit[T]), order: make(chan *unit[T], 2*jobs)}
		for range jobs {
			go s.worker()
		}
		go s.feed(paths)
		s.consume(ctx, yield)
		cancel()
		// What is under way still reads the files: they are closed behind it,
		// and a read that blocks for ever keeps nobody waiting.
		go s.drain()
	}
}

// scan is one scan under way. A feeder cuts the evidence into units, workers
// take them in order, and the consumer hands on the results of one unit after
// the other. A worker that is ahead fills its unit's channel and then waits, so
// that memory stays bounded; the unit that is due never waits for another.
type scan[T any] struct {
	ctx   context.Context
	opt   *ScanOptions
	each  func(*evidence.Message, *Report) (T, error)
	work  chan *unit[T]
	order chan *unit[T]
}

// unit is what one worker does in one go: a small input, or a piece of a large
// one.
type unit[T any] struct {
	ordinal int
	input   *evidence.Input // not open yet
	file    *evidence.File
	piece   *evidence.Piece
	err     error
	// first receives the index of the unit's first message, then is where that
	// of the next unit goes. A mailbox that is one unit needs neither.
	first, then chan int
	out         chan []result[T]
}

type result[T any] struct {
	item *Scanned[T]
	err  error
}

const (
	// batchSize is how many results are handed over in one go.
	batchSize = 16
	// batches is how many a worker can be ahead.
	batches = 32
)

// consume hands on the results in order.
func (s *scan[T]) consume(ctx context.Context, yield func(*Scanned[T], error) bool) {
	for {
		select {
		case <-ctx.Done():
			yield(nil, ctx.Err())
			return
		case u, more := <-s.order:
			if !more || !s.finish(ctx, u, yield) {
				return
			}
		}
	}
}

// finish hands on the results of one unit; false ends the scan.
func (s *scan[T]) finish(ctx context.Context, u *unit[T], yield func(*Scanned[T], error) bool) bool {
	for {
		select {
		case <-ctx.Done():
			go u.release()
			yield(nil, ctx.Err())
			return false
		case batch, more := <-u.out:
			if !more {
				u.close()
				return true
			}
			for _, r := range batch {
				if !yield(r.item, r.err) {
					go u.release()
					return false
				}
			}
		}
	}
}

// drain releases what is still under way when a scan ends early.
func (s *scan[T]) drain() {
	for u := range s.order {
		u.release()
	}
}

// release waits for the worker and closes the unit.
func (u *unit[T]) release() {
	for range u.out {
	}
	u.close()
}

// close lets go of the file behind the last result.
func (u *unit[T]) close() {
	if u.piece != nil {
		u.piece.Release()
	}
	if u.file != nil {
		_ = u.file.Close() // it was only read
	}
}

func (s *scan[T]) worker() {
	for u := range s.work {
		w := &worker[T]{scan: s, unit: u}
		w.run()
		w.flush()
		close(u.out)
	}
}

// worker is the work on one unit.
type worker[T any] struct {
	*scan[T]
	unit  *unit[T]
	batch []result[T]
}

func (w *worker[T]) run() {
	u := w.unit
	switch {
	case u.err != nil:
		w.send(nil, u.err)
	case u.input != nil:
		w.open()
	case u.piece != nil:
		w.messages(u.piece.Messages(w.count()))
	default:
		if err := u.file.Trouble(); err != nil {
			w.send(nil, err)
		}
	}
}

// open opens a small input and examines all of it.
func (w *worker[T]) open() {
	file, err := w.unit.input.Open()
	if err != nil {
		w.send(nil, placed(w.unit.input.Place, err))
		return
	}
	w.unit.file = file
	w.messages(file.Messages())
}

// count is the index of the piece's first message. It passes the next one on
// before the work on the messages begins, so that no unit waits for that.
func (w *worker[T]) count() int {
	n, _ := w.unit.piece.Split() // what it could not read, Messages tells
	first := 0
	select {
	case <-w.ctx.Done():
	case first = <-w.unit.first:
	}
	w.unit.then <- first + n
	return first
}

// messages examines the messages one after the other.
func (w *worker[T]) messages(all iter.Seq2[*evidence.Message, error]) {
	for m, err := range all {
		if w.ctx.Err() != nil {
			return
		}
		if err != nil {
			w.send(nil, err)
			continue
		}
		item, err := w.message(m)
		w.send(item, err)
	}
}

// message examines one message. A fault of this program in one message must
// not take the reports on all others with it.
func (w *worker[T]) message(m *evidence.Message) (item *Scanned[T], err error) {
	defer func() {
		if r := recover(); r != nil {
			item, err = nil, placed(m.Place, fmt.Errorf("forensic: fault in the analysis, please report it: %v", r))
		}
	}()
	item = &Scanned[T]{Message: m}
	if item.Report, err = AnalyzeMessage(w.ctx, m, &w.opt.Options); err != nil {
		return nil, placed(m.Place, err)
	}
	err = evidence.Guard(func() (err error) {
		item.Value, err = w.each(m, item.Report)
		return err
	})
	if err != nil {
		return nil, placed(m.Place, err)
	}
	item.Next = Position{Input: w.unit.ordinal, Offset: m.Next, Index: m.Index + 1}
	return item, nil
}

// placed gives an error the place it belongs to.
func placed(at evidence.Place, err error) error {
	if _, has := err.(*evidence.PlaceError); has {
		return err
	}
	return &evidence.PlaceError{Place: at, Err: err}
}

// send hands over a result, in batches.
func (w *worker[T]) send(item *Scanned[T], err error) {
	if w.batch = append(w.batch, result[T]{item, err}); len(w.batch) == batchSize {
		w.flush()
	}
}

func (w *worker[T]) flush() {
	if len(w.batch) == 0 {
		return
	}
	select {
	case <-w.ctx.Done():
	case w.unit.out <- w.batch:
	}
	w.batch = nil
}
