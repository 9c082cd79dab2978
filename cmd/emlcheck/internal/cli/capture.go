package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/words"
	"github.com/emlcheck/emlcheck/forensic/render"
)

func captureFlags() []cli.Flag {
	return append(dataFlagsWithout("single", "second-reader"),
		&cli.StringFlag{Name: "extract", Usage: "write the messages into folder `DIR`, each with a map of its bytes"},
		&cli.StringSliceFlag{Name: "match", Usage: "is the message in `FILE` one of these? Exit 1 if not; repeatable"},
		&cli.StringFlag{Name: "conn", Usage: "connection number `N` only"},
		&cli.StringSliceFlag{Name: "port", Usage: "a further port and its protocol: `PORT=smtp|lmtp|pop3|imap`"},
		&cli.BoolFlag{Name: "reveal-credentials", Usage: "show passwords; they are numbered otherwise"},
		&cli.StringFlag{Name: "lang", Value: "en", Usage: "text and meanings in `en|es`"},
	)
}

// captureRun prints the dialogues of captures and transcripts.
type captureRun struct {
	s     *session
	opt   capture.Options
	print *render.CapturePrinter
	only  int // -1 for all
	x     *extractor
	mu    sync.Mutex
	names nameSet
	file  string // the capture whose messages are written
	found []bool // of the saved messages
}

// capture prints what captures and transcripts hold.
func (s *session) capture(c *cli.Context) error {
	r := &captureRun{s: s, only: -1, names: nameSet{}}
	if err := s.readData(c); err != nil {
		return err
	}
	if err := r.readFlags(c); err != nil {
		return err
	}
	paths, err := s.operands(c)
	if err != nil {
		return err
	}
	return r.run(paths, c.String("extract"))
}

func (r *captureRun) readFlags(c *cli.Context) error {
	lang, ok := words.ParseLanguage(cmp.Or(c.String("lang"), "en")) // analyze has no such flag
	if !ok {
		return invalid("lang", c.String("lang"), "it is en or es")
	}
	r.opt.Language = lang
	if c.IsSet("extract") && c.String("extract") == "" {
		return invalid("extract", "", "it is the name of a folder")
	}
	if c.IsSet("conn") {
		n, err := strconv.Atoi(c.String("conn"))
		if err != nil || n < 0 {
			return invalid("conn", c.String("conn"), "it is the number of a connection, from 0 up")
		}
		r.only = n
		r.opt.Only = &r.only
	}
	if err := r.readPorts(c.StringSlice("port")); err != nil {
		return err
	}
	r.opt.RevealSecrets = c.Bool("reveal-credentials")
	r.opt.Secrets = dialog.NewSecrets()
	r.opt.Workers = r.s.cfg.jobs
	r.opt.Analysis = r.s.cfg.analysis()
	return r.readSaved(c.StringSlice("match"))
}

func (r *captureRun) readPorts(list []string) error {
	r.opt.Ports = map[uint16]dialog.Protocol{}
	for _, text := range list {
		number, name, _ := strings.Cut(text, "=")
		n, err := strconv.ParseUint(number, 10, 16)
		p := dialog.Protocol(name)
		if err != nil || p != dialog.SMTP && p != dialog.LMTP && p != dialog.POP3 && p != dialog.IMAP {
			return invalid("port", text, "it is a number and a protocol, such as 26=smtp")
		}
		r.opt.Ports[uint16(n)] = p
	}
	return nil
}

// readSaved reads the messages that are looked for.
func (r *captureRun) readSaved(paths []string) error {
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			return &usageError{"cannot read " + p + ": " + errorText(err), "--match takes the file of one message"}
		}
		r.opt.Saved = append(r.opt.Saved, capture.Saved{Path: p, Octets: data})
	}
	r.found = make([]bool, len(paths))
	return nil
}

// run reads the captures one after the other.
func (r *captureRun) run(paths []string, dir string) error {
	s := r.s
	out, err := s.openOutput(paths)
	if err != nil {
		return err
	}
	if r.print, err = render.NewCapture(s.cfg.format, out, s.ink(out.terminal), r.opt.Language); err != nil {
		return errors.Join(err, out.finish(false))
	}
	if dir != "" {
		if r.x, err = s.openExtractor(dir, "", paths, nil); err != nil {
			return errors.Join(err, out.finish(false))
		}
		defer r.x.root.Close()
		r.opt.Message = r.write
	}
	for _, p := range paths {
		if err = r.one(p, out); err != nil {
			break
		}
	}
	if err == nil {
		r.missing()
		err = r.print.Close()
	}
	return s.finish(out, err)
}

// one reads one capture. Errors of the output end the run.
func (r *captureRun) one(path string, out *output) error {
	s := r.s
	c, err := r.open(path)
	if err != nil {
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		s.failed++
		s.sayError(label(path), err)
		return nil
	}
	defer c.Close()
	r.file = label(path)
	if c.File.Truncated {
		s.warn(label(path) + ": " + string(c.File.Note))
	}
	n := 0
	for conn, err := range c.Connections(s.ctx) {
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if err != nil {
			s.failed++
			s.sayError(label(path), err)
			break
		}
		n++
		r.look(conn)
		if r.only >= 0 && conn.Conn != r.only {
			continue
		}
		if err := r.print.Connection(conn); err != nil {
			return err
		}
		if err := out.show(); err != nil {
			return err
		}
	}
	if r.only >= n {
		s.failed++
		s.sayError(label(path), fmt.Errorf("there is no connection %d: they are numbered 0 to %d", r.only, n-1))
		return nil
	}
	s.done++
	if r.only >= 0 {
		return nil
	}
	return r.print.File(&c.File, n)
}

func (r *captureRun) open(path string) (*capture.Capture, error) {
	if path == "-" {
		return capture.Read(r.s.ctx, "-", r.s.In, &r.opt)
	}
	return capture.Open(r.s.ctx, path, &r.opt)
}

// look notes what --match and --fail-on wait for.
func (r *captureRun) look(c *capture.Connection) {
	grave := func(list []capture.Finding) {
		for i := range list {
			r.s.flagged = r.s.flagged || list[i].Severity.Rank() >= r.s.cfg.failOn
		}
	}
	grave(c.Findings)
	for i := range c.Transactions {
		t := &c.Transactions[i]
		grave(t.Findings)
		r.s.flagged = r.s.flagged || t.Message != nil && reaches(t.Message, r.s.cfg.failOn)
		for k := range t.Matches {
			for n := range r.opt.Saved {
				if string(t.Matches[k].Path) == r.opt.Saved[n].Path && t.Matches[k].Verdict != capture.OtherBody {
					r.found[n] = true
				}
			}
		}
	}
}

// missing tells of saved messages that no capture holds.
func (r *captureRun) missing() {
	for i, ok := range r.found {
		if !ok {
			r.s.flagged = true
			r.s.warn(r.opt.Saved[i].Path + ": no message in these captures is this one")
		}
	}
}

// write writes a message and the map of its bytes.
func (r *captureRun) write(m *capture.Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	state := ""
	if !m.Complete {
		state = "_incomplete"
	}
	prefix := ""
	if len(r.x.inputs) > 1 {
		prefix = safeName(r.file) + "_"
	}
	name := r.names.unique(safeName(fmt.Sprintf("%sconn%05d_msg%02d%s.eml", prefix, m.Conn, m.Tx, state)))
	done, err := r.x.write(name, func(w io.Writer) error {
		_, err := w.Write(m.Octets)
		return err
	})
	if err == nil && done.SHA256 != m.SHA256 {
		err = errors.New("the copy differs from what was captured")
	}
	if err == nil {
		_, err = r.x.write(strings.TrimSuffix(name, ".eml")+".map.tsv", func(w io.Writer) error {
			_, err := w.Write(byteMap(m))
			return err
		})
	}
	if err != nil {
		r.s.failed++
		r.s.sayError(r.file, fmt.Errorf("%s: %s", name, writeErrorText(err)))
	}
	return nil
}

// byteMap says of each range of a message where it stands in the capture.
func byteMap(m *capture.Message) []byte {
	var b bytes.Buffer
	b.WriteString("message_offset\tlength\tfile_offset\tframe\n")
	for _, p := range m.Pieces {
		at := ""
		if p.Offset >= 0 {
			at = strconv.FormatInt(p.Offset, 10)
		}
		fmt.Fprintf(&b, "%d\t%d\t%s\t%d\n", p.At, p.Len, at, p.Packet)
	}
	return b.Bytes()
}

// onlyCaptures reports whether the inputs are network captures, which analyze hands to
// capture. Messages beside them are an error: the two have different reports.
func onlyCaptures(paths []string) (bool, error) {
	n := 0
	for _, p := range paths {
		if isCapture(p) {
			n++
		}
	}
	if n > 0 && n < len(paths) {
		return false, &usageError{"captures and other inputs cannot be mixed", "emlcheck capture reads captures"}
	}
	return n > 0, nil
}

func isCapture(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, _ := io.ReadFull(f, head)
	return capture.IsCapture(head[:n])
}
