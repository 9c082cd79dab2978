package headers

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// recvSuiteLine is one line of testdata/suites/received.jsonl: a trace value
// and the roles that it states, known because the line was made from them.
type recvSuiteLine struct {
	Name, Shape, Raw string
	Want             map[string]string
}

// recvSuite reads the suite; make_received.py beside it wrote it.
func recvSuite(t testing.TB) []recvSuiteLine {
	t.Helper()
	data, err := os.ReadFile("../testdata/suites/received.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var lines []recvSuiteLine
	for text := range bytes.Lines(data) {
		var line recvSuiteLine
		if err := json.Unmarshal(text, &line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

// recvRoles are the roles of a reading under the suite's names.
func recvRoles(r Received) map[string]string {
	ip := ""
	if r.IP.IsValid() {
		ip = r.IPText
	}
	return map[string]string{
		"helo": r.HELO, "rdns": r.RDNS, "ip": ip, "by": r.By, "with": r.With, "id": r.ID, "for": r.For,
		"tls_version": r.TLSVersion, "tls_cipher": r.TLSCipher, "authenticated_as": r.AuthenticatedAs,
		"envelope_from": r.EnvelopeFrom, "date": r.Date.RFC3339(),
	}
}

// TestReceivedSuite: every role of every shape, and nothing in a role that the
// line does not state. The same with CRLF folds and with each fold as a blank:
// relays change both.
func TestReceivedSuite(t *testing.T) {
	shapes := map[string]bool{}
	for _, line := range recvSuite(t) {
		shapes[line.Shape] = true
		recvSuiteCheck(t, line, line.Raw)
		recvSuiteCheck(t, line, strings.ReplaceAll(line.Raw, "\n", "\r\n"))
		if line.Shape != "pit-fold-name" { // a fold inside of a name is none
			recvSuiteCheck(t, line, strings.ReplaceAll(line.Raw, "\n", ""))
		}
		if !strings.HasPrefix(line.Shape, "pit-") && !strings.Contains(line.Raw, "\"") {
			recvSuiteCheck(t, line, recvFoldAll.Replace(line.Raw))
		}
	}
	if len(shapes) < 130 {
		t.Errorf("only %d shapes", len(shapes))
	}
}

// recvFoldAll folds a line at every blank.
var recvFoldAll = strings.NewReplacer("\n", "", " ", "\n ")

func recvSuiteCheck(t *testing.T, line recvSuiteLine, raw string) {
	t.Helper()
	r := recvCheck(t, raw)
	for role, got := range recvRoles(r) {
		if want := line.Want[role]; got != want {
			t.Errorf("%s: %s is %q, want %q\n\t%q", line.Name, role, got, want, raw)
		}
	}
	if want := line.Want["software"]; want != "" && r.Product != want {
		t.Errorf("%s: product %q, want %q\n\t%q", line.Name, r.Product, want, raw)
	}
}

// TestReceivedSuitePrefixed: the value reads the same under any field name and
// any number of blanks ahead, as after "Received:", ">Received: ",
// "X-Received:" or "Recieved:\t".
func TestReceivedSuitePrefixed(t *testing.T) {
	for _, line := range recvSuite(t) {
		for _, name := range []string{"Received:", ">Received:  ", "X-Old-Received:\n\t", "Recieved:\t"} {
			raw := []byte("Subject: x\n" + name + line.Raw + "\n")
			start := len("Subject: x\n") + strings.IndexByte(name, ':') + 1
			r := ParseReceived(raw, Span{start, len(raw) - 1})
			if alone := ParseReceived([]byte(line.Raw), Span{0, len(line.Raw)}); recvShow(r) != recvShow(alone) {
				t.Errorf("%s after %q: %s", line.Name, name, recvShow(r))
			}
		}
	}
}
