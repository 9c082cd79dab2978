package cli

import (
	"net/netip"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/smime"
)

// settings are the flags of a run, checked.
type settings struct {
	quiet, verbose bool
	color          string
	progress       string
	jobs           int
	zone           *time.Location

	format   string
	spans    bool
	output   string // "" and "-" are standard output
	force    bool
	failOn   int // the rank of a severity; neverFail for none
	maxBytes int64
	single   bool
	second   bool
	hosts    []string // the recipient's own, as the networks
	networks []netip.Prefix
	start    forensic.Position // where a resumed scan goes on
	digests  forensic.Digests
	smime    smime.Options
	atDate   bool // certificates are judged at the time of Date
	filter   filter
}

// neverFail is above the rank of every severity.
const neverFail = 100

// readRoot checks the flags that every command has.
func (s *session) readRoot(c *cli.Context) error {
	s.cfg.quiet, s.cfg.verbose = c.Bool("quiet"), c.Bool("verbose")
	s.cfg.color, s.cfg.progress = c.String("color"), c.String("progress")
	for _, name := range []string{"color", "progress"} {
		if err := oneOf(name, c.String(name), "auto", "always", "never"); err != nil {
			return err
		}
	}
	return s.readZoneAndJobs(c)
}

func (s *session) readZoneAndJobs(c *cli.Context) error {
	s.cfg.jobs = runtime.GOMAXPROCS(0)
	if text := c.String("jobs"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return invalid("jobs", text, "it is a number from 0 up")
		}
		if n > 0 {
			s.cfg.jobs = min(n, maxJobs)
		}
	}
	name := c.String("tz")
	if !c.IsSet("tz") {
		return nil
	}
	zone, ok := readZone(name)
	if !ok {
		return invalid("tz", name, "it is a name such as Europe/Berlin, UTC, Local, or an offset such as +02:00")
	}
	s.cfg.zone = zone
	return nil
}

// maxJobs bounds what a slip of the finger can start.
const maxJobs = 1024

// readZone reads a time zone's name or an offset.
func readZone(name string) (*time.Location, bool) {
	if at, err := time.Parse("-07:00", name); err == nil {
		_, offset := at.Zone()
		return time.FixedZone(name, offset), true
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil && name != ""
}

// readData checks the flags of the commands that print text or JSON of each
// message.
func (s *session) readData(c *cli.Context) error {
	if err := s.readCommon(c); err != nil {
		return err
	}
	return s.readFormat(c)
}

// readCommon checks the flags of all commands that read messages.
func (s *session) readCommon(c *cli.Context) error {
	if err := s.readRoot(c); err != nil {
		return err
	}
	s.cfg.spans, s.cfg.force, s.cfg.single = c.Bool("spans"), c.Bool("force"), c.Bool("single")
	s.cfg.second = c.Bool("second-reader")
	s.cfg.output = c.String("output")
	if c.IsSet("output") && s.cfg.output == "" {
		return invalid("output", "", "it is the name of a file, or -")
	}
	if err := s.readTrust(c); err != nil {
		return err
	}
	if err := s.readEvidence(c); err != nil {
		return err
	}
	if err := s.readFailOn(c.String("fail-on")); err != nil {
		return err
	}
	return s.readMaxBytes(c)
}

// readFormat joins --format with its short forms, which must not contradict.
func (s *session) readFormat(c *cli.Context) error {
	var asked []string
	if c.IsSet("format") {
		asked = append(asked, c.String("format"))
		if err := oneOf("format", c.String("format"), render.Formats()...); err != nil {
			return err
		}
	}
	for _, name := range []string{"json", "jsonl"} {
		if c.Bool(name) {
			asked = append(asked, name)
		}
	}
	s.cfg.format = "text"
	if len(asked) > 0 {
		s.cfg.format = asked[0]
	}
	for _, a := range asked {
		if a != asked[0] {
			return &usageError{"two output formats, " + asked[0] + " and " + a, "give one of --format, --json and --jsonl"}
		}
	}
	return nil
}

// readRowFormat reads the format of a command that prints rows: the first one
// that it knows unless another is asked for, also by --jsonl.
func (s *session) readRowFormat(c *cli.Context, known []string) error {
	s.cfg.format = known[0]
	if c.IsSet("format") {
		s.cfg.format = c.String("format")
	}
	if c.Bool("jsonl") {
		if c.IsSet("format") && s.cfg.format != "jsonl" {
			return &usageError{"two output formats, " + s.cfg.format + " and jsonl", "give one of --format and --jsonl"}
		}
		s.cfg.format = "jsonl"
	}
	return oneOf("format", s.cfg.format, known...)
}

func (s *session) readFailOn(word string) error {
	if word == "none" || word == "" { // "" where a command has no such flag
		s.cfg.failOn = neverFail
		return nil
	}
	s.cfg.failOn = forensic.Severity(word).Rank()
	return oneOf("fail-on", word, "none", "info", "low", "medium", "high")
}

func (s *session) readMaxBytes(c *cli.Context) error {
	text := c.String("max-bytes")
	if !c.IsSet("max-bytes") {
		return nil
	}
	n, ok := readSize(text)
	if !ok {
		return invalid("max-bytes", text, "it is a number from 1 up; K, M or G may follow")
	}
	s.cfg.maxBytes = n
	return nil
}

// readSize reads a number of bytes with an optional unit: 1 K is 1,024.
func readSize(text string) (int64, bool) {
	shift := 0
	if i := strings.IndexAny(text, "KMGkmg"); i >= 0 && i == len(text)-1 {
		shift = 10 * (1 + strings.Index("KMG", strings.ToUpper(text[i:])))
		text = text[:i]
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n << shift, err == nil && n > 0 && n<<shift>>shift == n
}

func oneOf(flag, value string, known ...string) error {
	if slices.Contains(known, value) {
		return nil
	}
	last := len(known) - 1
	return invalid(flag, value, "it is "+strings.Join(known[:last], ", ")+" or "+known[last])
}

func invalid(flag, value, hint string) error {
	return &usageError{"flag --" + flag + " cannot be " + strconv.Quote(value), hint}
}

// analysis is what the library is told.
func (s *settings) analysis() *forensic.Options {
	return &forensic.Options{
		Digests: s.digests, MaxBytes: s.maxBytes, Single: s.single, SecondReader: s.second, TrustedHosts: s.hosts, TrustedNetworks: s.networks,
		SMIME: s.smime, SMIMEAtDate: s.atDate,
	}
}

// scanOptions is what the library is told about the whole run.
func (s *session) scanOptions() *forensic.ScanOptions {
	return &forensic.ScanOptions{Options: *s.cfg.analysis(), Jobs: s.cfg.jobs, Stdin: s.In, Start: s.cfg.start}
}

// ink is how results look on the stream that they go to.
func (s *session) ink(toTerminal bool) *render.Options {
	return &render.Options{Color: s.colored(s.cfg.color, toTerminal), Escape: toTerminal, Spans: s.cfg.spans, Zone: s.cfg.zone}
}

// operands checks what is to be read. Without any, a pipe is read; a terminal
// is told how to go on.
func (s *session) operands(c *cli.Context) ([]string, error) {
	paths := c.Args().Slice()
	if len(paths) == 0 {
		if s.InTTY {
			return nil, &usageError{"no file given", "emlcheck " + c.Command.Name + " FILE..., or - for standard input; --help tells more"}
		}
		return []string{"-"}, nil
	}
	stdin := 0
	for _, p := range paths {
		switch p {
		case "-":
			stdin++
		case "":
			return nil, &usageError{"a file name is empty", "it may be an unset variable of the shell"}
		}
	}
	if stdin > 1 {
		return nil, &usageError{"standard input can be read only once", ""}
	}
	return paths, nil
}

// label names an input in messages on stderr.
func label(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}

// sizeOf is the size of a regular file; 0 for anything else.
func sizeOf(path string) int64 {
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		return info.Size()
	}
	return 0
}
