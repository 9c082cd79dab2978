package headers

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// recvBracketed finds an IPv4 address in brackets, by other means than the
// parser.
var recvBracketed = regexp.MustCompile(`\[(?:IPv6:)?(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?::\d+)?\]`)

var recvParenthesized = regexp.MustCompile(`\(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\)$`)

// TestReceivedSamples: one line of each shape of a large collection. The
// address, the date and the stamping host are compared with what simple means
// find; the roles must not be mixed.
func TestReceivedSamples(t *testing.T) {
	lines := bytes.Split(corpus.Read(t, filepath.Join(corpus.Dir(t, "clocks"), "received-samples.jsonl")), []byte("\n"))
	dated, total := 0, 0
	for _, line := range lines {
		var sample struct{ MTA, Raw string }
		if len(line) == 0 {
			continue
		}
		if err := json.Unmarshal(line, &sample); err != nil {
			t.Fatal(err)
		}
		r := recvCheck(t, sample.Raw)
		total++
		if r.Date.OK {
			dated++
		}
		recvCheckSample(t, sample.MTA, sample.Raw, r)
		if differ := recvDiffer(strings.Join(strings.Fields(sample.Raw), " "), &r); differ != "" {
			t.Errorf("%s: %s: %s", sample.MTA, differ, sample.Raw)
		}
	}
	if total < 400 || dated < total*99/100 {
		t.Errorf("%d of %d lines with a date", dated, total)
	}
}

func recvCheckSample(t *testing.T, mta, raw string, r Received) {
	t.Helper()
	before, _, _ := strings.Cut(raw, " by ")
	all := recvBracketed.FindAllStringSubmatch(before, -1)
	if recvParenthesized.MatchString(before) {
		all = nil // "[1.2.3.4] (5.6.7.8)": the brackets are the client's
	}
	// Where an ident or account stands there may be more than one; the last
	// is the peer's.
	if len(all) > 0 && recvAddr(all[len(all)-1][1]).IsValid() && strings.HasPrefix(raw, "from ") && !strings.Contains(before, "(unknown)") &&
		r.IPText != all[len(all)-1][1] && !strings.Contains(before, "helo=") {
		t.Errorf("%s: address %q, not %q: %s", mta, r.IPText, all[len(all)-1][1], raw)
	}
	if strings.Contains(raw, " by ") && strings.HasPrefix(raw, "from ") && r.By == "" {
		t.Errorf("%s: no by: %s", mta, raw)
	}
	switch mta {
	case "postfix-cnf", "sendmail", "asf", "exim", "exchange-frontend", "exchange-smtp-server", "iis-smtpsvc", "powermta", "momentum/sparkpost", "amavis":
		if strings.HasPrefix(raw, "from ") && r.HELO == "" && r.RDNS == "" && !r.IP.IsValid() && r.IPText == "" && !strings.Contains(raw, "pickup") {
			t.Errorf("%s: nothing of the client: %s", mta, raw)
		}
	}
	if product := recvWantProduct[mta]; product != "" && r.Product != product {
		t.Errorf("%s: product %q: %s", mta, r.Product, raw)
	}
}

// recvWantProduct: families of samples that all state their software.
var recvWantProduct = map[string]string{
	"exchange-frontend": "Microsoft Exchange", "exim": "Exim", "qmail-invoked": "qmail", "opensmtpd": "OpenSMTPD",
	"iis-smtpsvc": "Microsoft SMTPSVC", "amavis": "amavis", "fetchmail": "fetchmail", "communigate": "CommuniGate Pro", "lotus-domino": "Domino",
	"sendgrid": "SendGrid", "momentum/sparkpost": "Momentum", "squirrelmail": "SquirrelMail", "kumomta": "KumoMTA", "pmdf": "PMDF",
}

// recvFields yields the value of every Received and X-Received line of real
// mail, folds left in.
func recvFields(data []byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for start := 0; start < len(data); {
			end := addrLineEnd(data, start)
			name, _, ok := bytes.Cut(data[start:end], []byte(":"))
			if !ok || len(name) > 16 || !slices.Contains([]string{"received", "x-received", "old-received", ">received"}, strings.ToLower(string(name))) {
				start = end
				continue
			}
			for end < len(data) && (data[end] == ' ' || data[end] == '\t') {
				end = addrLineEnd(data, end)
			}
			if !yield(string(bytes.TrimRight(data[start+len(name)+1:end], "\r\n"))) {
				return
			}
			start = end
		}
	}
}

// recvNaive are the parts of a line that a reader without a grammar sees: a
// word behind "from" and "by", an address between the two or behind "from", a
// time of day at the end.
var recvNaive = []struct {
	name string
	see  *regexp.Regexp
	has  func(r *Received) bool
}{
	{"from", regexp.MustCompile(`(?i)^\s*from\s+[^\s;]`), func(r *Received) bool {
		return r.From != "" || r.HELO != "" || r.IPText != "" || r.Submitter != ""
	}},
	{"by", regexp.MustCompile(`(?i)(?:^|\s)by\s+[\w\[][\w.-]*[\w\]](?:\s|;|$)`), func(r *Received) bool { return r.By != "" }},
	{"ip", regexp.MustCompile(`(?i)^\s*from\s[^()]*[(\[](?:[^()\s]* )?\[?(?:IPv6:)?(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}:[0-9a-f:.]*:[0-9a-f.]+)(?:%\w+)?\]?[) ].*\sby\s`), func(r *Received) bool { return r.IPText != "" }},
	{"date", regexp.MustCompile(`\d\d?:\d\d:\d\d[^;]*$`), func(r *Received) bool { return r.Date.OK }},
}

// recvBlind are comments in which the words "by" and "from" are no clauses.
var recvBlind = regexp.MustCompile(`\((?:qmail|nullmailer)[^()]*\)|\(from [^()]*\)`)

// recvPlain are the plain shapes that a pattern can read as well: it tells what
// each of its groups is.
var recvPlain = []struct {
	see   *regexp.Regexp
	roles string
}{
	{regexp.MustCompile(`^from (\S+) \((?:[^\s()]*@)?([^\s()\[\]@]+) \[(?:IPv6:)?([0-9a-fA-F.:]+)\](?: \(may be forged\))?\) by (\S+) (?:\([^()]*\) )?with \w*(?i:MTP)`), "helo rdns ip by"},
	{regexp.MustCompile(`^from (\S+) \(\[(?:IPv6:)?([0-9a-fA-F.:]+)\]\) by (\S+) (?:\([^()]*\) )?with \w*(?i:MTP)`), "helo ip by"},
	{regexp.MustCompile(`^from (\S+) \([HE][EH]LO (\S+)\) \(\[?([0-9.]+)\]?\) by (\S+) `), "rdns helo ip by"},
	{regexp.MustCompile(`^from (\S+) \(([0-9a-fA-F.:]+)\) by (\S+) \(([0-9a-fA-F.:]+)\) with Microsoft SMTP Server`), "helo ip by"},
	{regexp.MustCompile(`^from (\S+) \(([0-9a-fA-F.:]+)\) by (\S+) with HTTPS`), "helo ip by"},
	{regexp.MustCompile(`^from \[([0-9.]+)\] \((?:port=\d+ )?helo=(\S+)\) by (\S+) `), "ip helo by"},
	{regexp.MustCompile(`^from (\S+) \(\[([0-9.]+)\] helo=(\S+)\) by (\S+) `), "rdns ip helo by"},
	{regexp.MustCompile(` by ([^\s()]+) (?:\([^()]*\) )?with (\w+) id <?([^\s;<>]+)>?(?: ?;| for | \()`), "by with id"},
	{regexp.MustCompile(` id \S+ for <([^<>\s]+)>;`), "for"},
	{regexp.MustCompile(`^\(from [^()]*\) by (\S+) \(\S+\) id ([^\s;]+)`), "by id"},
	{regexp.MustCompile(`^by (\S+) with (\w+) id ([^\s;]+)`), "by with id"},
}

// recvDiffer returns the first role in which the reading of a line and a plain
// pattern differ.
func recvDiffer(line string, r *Received) string {
	got := recvRoles(*r)
	for _, plain := range recvPlain {
		m := plain.see.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		for i, role := range strings.Fields(plain.roles) {
			want := m[i+1]
			if role == "rdns" && (!recvHostName(want) || recvAddr(want).IsValid()) {
				want = ""
			}
			if role == "ip" && !recvAddr(want).IsValid() {
				continue
			}
			if have := got[role]; have != want && have+"." != want {
				return role + " is " + have + ", not " + want
			}
		}
	}
	return ""
}

// TestReceivedReal: the properties hold for every trace line of real mail, and
// what simple means see on a line is nearly always there: at most three lines in
// a thousand differ for each part, mostly templates with a placeholder in them.
// With -v the others are printed.
func TestReceivedReal(t *testing.T) {
	seen, missed, total := make([]int, len(recvNaive)), make([]int, len(recvNaive)), 0
	mixed := 0
	for _, path := range corpus.Files(t, "eml", "phishing", "bounce", "mbox", "dkim-dmarc-arc") {
		for value := range recvFields(corpus.Read(t, path)) {
			r := recvCheck(t, value)
			total++
			line := recvBlind.ReplaceAllString(strings.Join(strings.Fields(value), " "), "")
			if differ := recvDiffer(line, &r); differ != "" {
				mixed++
				t.Logf("%s: %s: %.400s", filepath.Base(path), differ, line)
			}
			for i, part := range recvNaive {
				if !part.see.MatchString(line) {
					continue
				}
				seen[i]++
				if !part.has(&r) {
					missed[i]++
					t.Logf("%s: no %s: %.300s", filepath.Base(path), part.name, line)
				}
			}
		}
	}
	if t.Logf("%d lines in which a role differs", mixed); mixed*1000 > total {
		t.Errorf("a role of %d lines differs", mixed)
	}
	for i, part := range recvNaive {
		t.Logf("%d lines, %d with %s, %d of them not found", total, seen[i], part.name, missed[i])
		if total < 10_000 || missed[i]*1000 > seen[i]*3 {
			t.Errorf("%s: %d of %d not found", part.name, missed[i], seen[i])
		}
	}
}
