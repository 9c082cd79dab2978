package cli

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// task is one message under examination, or an input that could not be read.
type task struct {
	path   string
	msg    *evidence.Message // nil when the input could not be read
	report *forensic.Report
	err    error
	ready  chan struct{} // closed when report and err stand
	file   *evidence.File
	last   bool // no message but the end of file: it can be closed
}

// where names the message as FILE#INDEX@OFFSET, or the input alone.
func (t *task) where() string {
	if t.msg == nil {
		return label(t.path)
	}
	return label(t.path) + "#" + strconv.Itoa(t.msg.Index) + "@" + strconv.FormatInt(t.msg.Offset, 10)
}

// pool examines messages on several processors and hands them out in input
// order. Only a few messages per worker are under way at any time.
type pool struct {
	ctx   context.Context
	s     *session
	work  chan *task
	order chan *task
	group sync.WaitGroup
}

// examine calls each for every message of the inputs, in order, and for every
// failure. It ends early with the error of each, or when the run is
// interrupted. What could not be examined is told and counted here.
func (s *session) examine(paths []string, each func(*task) error) error {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	p := &pool{ctx: ctx, s: s, work: make(chan *task, s.cfg.jobs), order: make(chan *task, 2*s.cfg.jobs)}
	for range s.cfg.jobs {
		p.group.Add(1)
		go p.worker()
	}
	go p.feed(paths)
	err := p.consume(each)
	if s.ctx.Err() != nil {
		// A read that blocks for ever must not keep an interrupted program: the
		// process ends now, and with it all that is still open.
		return s.ctx.Err()
	}
	cancel()
	for t := range p.order {
		p.release(t)
	}
	return err
}

// consume takes the tasks in order.
func (p *pool) consume(each func(*task) error) error {
	for {
		select {
		case <-p.ctx.Done():
			return p.ctx.Err()
		case t, more := <-p.order:
			if !more {
				return nil
			}
			err := p.finish(t, each)
			p.release(t)
			if err != nil {
				return err
			}
		}
	}
}

// finish waits for one task and hands it on.
func (p *pool) finish(t *task, each func(*task) error) error {
	select {
	case <-p.ctx.Done():
		return p.ctx.Err()
	case <-t.ready:
	}
	switch {
	case t.last:
		return nil
	case t.err != nil && p.ctx.Err() != nil:
		return p.ctx.Err()
	case t.err != nil:
		p.s.failed++
		p.s.sayError(t.where(), t.err)
		return nil
	}
	return p.hand(t, each)
}

// hand lets each look at the message's bytes, which may vanish: then that is
// the message's failure and not the program's.
func (p *pool) hand(t *task, each func(*task) error) error {
	var failed error
	err := evidence.Guard(func() error {
		failed = each(t)
		return nil
	})
	switch {
	case err != nil:
		p.s.failed++
		p.s.sayError(t.where(), err)
	case failed == nil:
		p.s.done++
		p.s.flagged = p.s.flagged || reaches(t.report, p.s.cfg.failOn)
		p.s.progress.add(t.msg)
	}
	return failed
}

// release closes a file behind its last message. All of its messages stand
// before that in the order, so no worker uses it any more.
func (p *pool) release(t *task) {
	<-t.ready
	if t.last {
		_ = t.file.Close() // it was only read
	}
}

// reaches reports whether a finding of the message, or of one inside it, is as
// grave as the rank.
func reaches(r *forensic.Report, rank int) bool {
	for _, f := range r.Findings {
		if f.Severity.Rank() >= rank {
			return true
		}
	}
	for i := range r.Parts {
		if inner := r.Parts[i].Message; inner != nil && reaches(inner, rank) {
			return true
		}
	}
	return false
}

// feed opens the inputs one after the other.
func (p *pool) feed(paths []string) {
	defer close(p.order)
	defer p.group.Wait()
	defer close(p.work)
	for _, path := range paths {
		file, err := p.open(path)
		if err != nil {
			if !p.send(&task{path: path, err: err}) {
				return
			}
			continue
		}
		if p.ctx.Err() != nil || !p.messages(path, file) {
			return // the process is about to end; a worker may still read the file
		}
	}
}

// open reads an input without blocking an interrupt: standard input and pipes
// may never end.
func (p *pool) open(path string) (*evidence.File, error) {
	type opened struct {
		file *evidence.File
		err  error
	}
	done := make(chan opened, 1)
	go func() {
		var o opened
		if path == "-" {
			o.file, o.err = evidence.Read(path, p.s.In, p.s.cfg.evidence())
		} else {
			o.file, o.err = evidence.Open(path, p.s.cfg.evidence())
		}
		done <- o
	}()
	select {
	case <-p.ctx.Done():
		return nil, p.ctx.Err()
	case o := <-done:
		return o.file, o.err
	}
}

// messages sends the messages of a file; false when the run ends.
func (p *pool) messages(path string, file *evidence.File) bool {
	going := true
	err := evidence.Guard(func() error {
		for m := range file.Messages() {
			if going = p.send(&task{path: path, msg: m}); !going {
				break
			}
		}
		return nil
	})
	if err != nil && going {
		going = p.send(&task{path: path, err: err})
	}
	return going && p.send(&task{path: path, file: file, last: true})
}

// send queues a task; false when the run ends. A message goes to the workers
// first, so that whatever stands in the order becomes ready.
func (p *pool) send(t *task) bool {
	t.ready = make(chan struct{})
	if t.msg == nil {
		close(t.ready)
	} else {
		select {
		case <-p.ctx.Done():
			return false
		case p.work <- t:
		}
	}
	select {
	case <-p.ctx.Done():
		return false
	case p.order <- t:
		return true
	}
}

func (p *pool) worker() {
	defer p.group.Done()
	for t := range p.work {
		p.analyze(t)
		close(t.ready)
	}
}

// analyze examines one message. A fault of this program in one message must
// not take the report on all others with it.
func (p *pool) analyze(t *task) {
	defer func() {
		if r := recover(); r != nil {
			t.err = fmt.Errorf("fault in emlcheck, please report it: %v", r)
		}
	}()
	t.report, t.err = forensic.AnalyzeMessage(p.ctx, t.msg, p.s.cfg.analysis())
}
