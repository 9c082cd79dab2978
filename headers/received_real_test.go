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

// TestReceivedReal: the properties hold for every trace line of real mail, and
// nearly all have a date and a stamping host.
func TestReceivedReal(t *testing.T) {
	var total, dated, by, ip, helo, peer int
	for _, path := range corpus.Files(t, "eml", "phishing", "bounce", "mbox") {
		for value := range recvFields(corpus.Read(t, path)) {
			r := recvCheck(t, value)
			total++
			dated += recvCount1(r.Date.OK)
			by += recvCount1(r.By != "")
			helo += recvCount1(r.HELO != "")
			ip += recvCount1(r.IP.IsValid())
			peer += recvCount1(r.From != "" || r.IP.IsValid() || r.Submitter != "")
		}
	}
	t.Logf("%d lines: %d with a date, %d by, %d ip, %d helo, %d from", total, dated, by, ip, helo, peer)
	if total < 10_000 || dated < total*985/1000 || by < total*85/100 {
		t.Errorf("%d lines: %d with a date, %d by", total, dated, by)
	}
}

func recvCount1(ok bool) int {
	if ok {
		return 1
	}
	return 0
}
