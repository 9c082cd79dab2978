package forensic

import (
	"cmp"
	"context"
	"io"
	"iter"
	"slices"

	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime"
)

// Analyze examines the one message that r holds. An error means that nothing
// can be said: the input could not be read, is larger than a limit, or ctx
// ended. Whatever is wrong with the message itself is in the report.
func Analyze(ctx context.Context, r io.Reader, opt *Options) (*Report, error) {
	o := orDefault(opt)
	ev := o.evidence()
	ev.Single = true
	file, err := evidence.Read("-", r, ev)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for m, err := range file.Messages() {
		if err != nil {
			return nil, err
		}
		return AnalyzeMessage(ctx, m, o)
	}
	return nil, io.ErrUnexpectedEOF // not reached: there is always one message
}

// AnalyzeFile examines every message in the file at path, in order: one for
// an .eml, each one of an mbox. Iteration goes on after an error of one
// message; that the file cannot be opened is the only thing yielded. [Scan]
// does the same on all processors, and takes folders and archives.
func AnalyzeFile(ctx context.Context, path string, opt *Options) iter.Seq2[*Report, error] {
	return func(yield func(*Report, error) bool) {
		o := orDefault(opt)
		file, err := evidence.Open(path, o.evidence())
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		AnalyzeAll(ctx, file, o)(yield)
	}
}

// AnalyzeAll examines every message of opened evidence, in order. Iteration
// goes on after an error.
func AnalyzeAll(ctx context.Context, file *evidence.File, opt *Options) iter.Seq2[*Report, error] {
	return func(yield func(*Report, error) bool) {
		for m, err := range file.Messages() {
			var r *Report
			if err == nil {
				r, err = AnalyzeMessage(ctx, m, opt)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// AnalyzeMessage examines one message. Errors are those of ctx and
// [evidence.ErrChanged].
func AnalyzeMessage(ctx context.Context, m *evidence.Message, opt *Options) (*Report, error) {
	a := &analysis{ctx: ctx, opt: orDefault(opt)}
	a.digest = digesters.Get().(*digester)
	defer digesters.Put(a.digest)
	var report *Report
	err := evidence.Guard(func() error {
		parsed := mimeparse.ParseSource(m, &a.opt.Parse)
		a.found, a.envelope = m.Defects, m.Envelope
		report = a.report(parsed, origin(m), nil)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	return report, nil
}

// InspectSMIME verifies the S/MIME layers of a message as [AnalyzeMessage] does, at
// the same moment, and gives what package smime has found, with the bytes that it
// rests on; nil without S/MIME. It may be used while m's bytes may. Errors are those
// of ctx and [evidence.ErrChanged].
func InspectSMIME(ctx context.Context, m *evidence.Message, opt *Options) (*smime.Report, error) {
	a := &analysis{ctx: ctx, opt: orDefault(opt)}
	f := &facts{report: &Report{Evidence: origin(m)}}
	err := evidence.Guard(func() error {
		f.msg = mimeparse.ParseSource(m, &a.opt.Parse)
		f.readMessage()
		f.readRoute(a.opt)
		a.readSMIME(f, nil)
		f.memo.release()
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	return f.smime, nil
}

// origin says where the message was found.
func origin(m *evidence.Message) report.Evidence {
	offset := m.Offset
	ev := report.Evidence{Path: report.Raw(m.Path), Container: m.Container, Flags: report.Stated(m.Flags), Compression: report.Stated(m.Compression), Index: m.Index, Offset: &offset}
	if m.Scattered {
		ev.Offset = nil
	}
	if m.Member != "" {
		member := report.Raw(m.Member)
		ev.Member = &member
	}
	if m.Container == evidence.Mbox {
		s := report.Raw(m.Separator)
		ev.Separator = &s
	}
	return ev
}

func orDefault(opt *Options) *Options {
	if opt == nil {
		return &Options{}
	}
	return opt
}

// analysis is the state shared by a message and all messages nested in it.
type analysis struct {
	ctx    context.Context
	opt    *Options
	digest *digester
	depth  int
	found  []headers.Defect // between the message and its container
	// envelope is what the transport stated; nil without it.
	envelope *evidence.Envelope
}

// report examines one parsed message: facts first, then judgement over them.
// layers are what is known of its S/MIME layers already.
func (a *analysis) report(m *mimeparse.Message, ev report.Evidence, layers *smime.Report) *Report {
	r := &Report{Schema: report.Schema, Tool: a.opt.tool(), Evidence: ev, Defects: []report.Defect{}, Settings: a.opt.settings()}
	a.identify(m, &r.Evidence)
	f := &facts{msg: m, report: r}
	f.readMessage()
	f.readTNEF()
	f.readRoute(a.opt)
	f.readClock(&a.opt.Tolerances)
	f.readFingerprints()
	f.readTrust()
	a.readSMIME(f, layers)
	a.readParts(f)
	if a.opt.SecondReader && ev.Parent == nil {
		f.readSecond()
	}
	if ev.Parent == nil {
		f.addDefects("", a.found)
		f.witnessEnvelope(a.envelope)
	}
	f.addDefects("1", m.Header.Defects)
	sortDefects(r.Defects)
	r.Findings = judge(f)
	f.memo.release()
	return r
}

// identify fills in what the bytes themselves say about the evidence.
func (a *analysis) identify(m *mimeparse.Message, ev *report.Evidence) {
	a.digest.reset(a.legacy(len(m.Raw)))
	d, count := hashMessage(m.Source(), a.digest)
	ev.Size, ev.SHA256, ev.SHA1, ev.MD5 = d.size, d.sha256, d.sha1, d.md5
	ev.LineEndings = count.word()
	if m.FromQuoted() {
		from := 0 // a message inside another is body of that from its first byte on
		if ev.Parent == nil {
			from = fromquote.Body(m.Raw)
		}
		ev.SHA256Unquoted = hashUnquoted(m.Source(), a.digest, from)
	}
	if a.opt.Digests == DigestsMinimal {
		return
	}
	ev.SHA256CRLF = report.Stated(ev.SHA256)
	if count.lf > 0 || count.cr > 0 {
		ev.SHA256CRLF = report.Stated(hashCRLF(m.Source(), a.digest))
	}
}

// legacy reports whether SHA-1 and MD5 are taken of a stretch of that size.
func (a *analysis) legacy(size int) bool {
	if a.opt.Digests != DigestsAll {
		return false
	}
	limit := a.opt.LegacyDigestLimit
	return limit < 0 || int64(size) <= cmp.Or(limit, defaultLegacyLimit)
}

// facts is one message with everything read from it so far; the rules judge
// over it.
type facts struct {
	msg    *mimeparse.Message
	report *Report
	// names and types of the parts, by index into report.Parts
	parts []*mimeparse.Part
	route *route.Route
	smime *smime.Report
	// evidenceFrom says in a word where the moment comes from at which certificates
	// are judged.
	evidenceFrom report.Stated
	// readings are the dated facts, verdict what follows from them; indexes
	// are those of report.Clock.Readings.
	readings []clock.Reading
	verdict  clock.Judgement
	memo     *memo
}

// addDefects files defects under the part they belong to.
func (f *facts) addDefects(part string, defects []headers.Defect) []report.Defect {
	start := len(f.report.Defects)
	for _, d := range defects {
		f.report.Defects = append(f.report.Defects, report.Defect{Code: d.Code, Span: d.Span, Detail: d.Detail, Part: report.Stated(part)})
	}
	return f.report.Defects[start:]
}

func sortDefects(d []report.Defect) {
	slices.SortStableFunc(d, func(a, b report.Defect) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Code, b.Code))
	})
}
