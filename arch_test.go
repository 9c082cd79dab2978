package emlcheck

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/emlcheck/emlcheck"

// rooms states the import law: a package may import the rooms listed here and
// no other of this module. Data flows one way: bytes, headers, parts, facts,
// findings, ink.
var rooms = map[string][]string{
	"":                                       nil,
	"headers":                                {"internal/charset"},
	"internal/charset":                       nil,
	"internal/corpus":                        nil,
	"forensic/internal/domain":               {"internal/idna"},
	"internal/idna":                          nil,
	"internal/fromquote":                     nil,
	"forensic/internal/rawtext":              nil,
	"mimeparse/internal/transfer":            {"headers", "internal/fromquote"},
	"mimeparse/internal/tnef":                {"headers", "internal/charset"},
	"mimeparse":                              {"headers", "internal/charset", "internal/fromquote", "mimeparse/internal/transfer", "mimeparse/internal/tnef"},
	"smime/internal/smimeforge":              nil,
	"forensic/capture/internal/captureforge": nil,
	"smime/internal/ber":                     nil,
	"smime/internal/cms":                     {"smime/internal/ber"},
	"smime/internal/envelope":                {"smime/internal/ber", "smime/internal/cms"},
	"smime/internal/sigalg":                  nil,
	"smime/pki":                              {"internal/idna", "smime/internal/ber", "smime/internal/sigalg"},
	"smime":                                  {"headers", "mimeparse", "internal/fromquote", "internal/idna", "smime/internal/ber", "smime/internal/cms", "smime/internal/envelope", "smime/internal/sigalg", "smime/pki"},
	"forensic/evidence":                      {"headers", "internal/fromquote", "forensic/internal/rawtext"},
	"forensic/report":                        {"headers", "mimeparse", "forensic/internal/rawtext", "forensic/evidence", "forensic/clock"},
	"internal/jsonschema":                    nil,
	"forensic/route":                         {"headers", "forensic/internal/domain"},
	"forensic/clock":                         {"headers", "mimeparse"},
	"forensic":                               {"headers", "mimeparse", "smime", "smime/pki", "forensic/internal/domain", "internal/fromquote", "forensic/internal/rawtext", "forensic/evidence", "forensic/route", "forensic/clock", "forensic/report"},
	"forensic/capture/packet":                nil,
	"forensic/capture/dialog":                nil,
	"forensic/capture/stream":                {"forensic/capture/dialog", "forensic/capture/packet"},
	"forensic/capture/transcript":            {"forensic/capture/dialog"},
	"forensic/capture/words":                 nil,
	"forensic/capture":                       {"headers", "forensic/internal/domain", "forensic", "forensic/evidence", "forensic/capture/dialog", "forensic/capture/packet", "forensic/capture/stream", "forensic/capture/transcript", "forensic/capture/words", "forensic/internal/rawtext", "forensic/report"},
	"forensic/render":                        {"headers", "forensic", "forensic/evidence", "forensic/capture", "forensic/capture/dialog", "forensic/capture/words", "forensic/internal/rawtext", "forensic/report"},
	"cmd/emlcheck":                           {"cmd/emlcheck/internal/cli"},
	"cmd/emlcheck/internal/cli":              {"headers", "mimeparse", "smime", "smime/pki", "forensic", "forensic/evidence", "forensic/render", "forensic/capture", "forensic/capture/dialog", "forensic/capture/words", "forensic/report"},
	"examples/attachments":                   {"mimeparse"},
	"examples/routes":                        {"forensic", "forensic/evidence", "forensic/report"},
	"examples/whosent":                       {"forensic/capture"},
	"examples/whosigned":                     {"mimeparse", "smime", "smime/pki"},
	"examples/whowrote":                      {"forensic"},
}

// suppliers states which room may import which other module: one each, so that
// a dependency can be exchanged behind one wall.
var suppliers = map[string][]string{
	"github.com/emersion/go-mbox":        {"forensic/evidence"},
	"github.com/emersion/go-message":     {"mimeparse"},
	"github.com/gabriel-vasile/mimetype": {"mimeparse"},
	"github.com/klauspost/compress":      {"forensic/evidence"},
	"github.com/urfave/cli/v2":           {"cmd/emlcheck/internal/cli"},
	"go.mozilla.org/pkcs7":               {"smime"},
	"golang.org/x/crypto":                {"smime/internal/sigalg", "smime/pki", "smime/internal/smimeforge"}, // keys and certificates are read in two rooms, both by cryptobyte
	"golang.org/x/sys":                   {"forensic/evidence"},
	"golang.org/x/text":                  {"internal/charset"},
}

type pkg struct {
	ImportPath string
	Doc        string
	Standard   bool
	Imports    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Doc,Standard,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestImportLaw: a new arrow is a decision. Whoever needs one changes the
// table above, and ARCHITECTURE.md with it.
func TestImportLaw(t *testing.T) {
	for _, p := range packages(t) {
		room := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		allowed, known := rooms[room]
		if !known {
			t.Errorf("%s is no known room", room)
		}
		for _, i := range p.Imports {
			if inner, ok := strings.CutPrefix(i, module+"/"); ok && !slices.Contains(allowed, inner) {
				t.Errorf("%s must not import %s", room, inner)
			}
			if mod := supplier(i); mod != "" && !slices.Contains(suppliers[mod], room) {
				t.Errorf("%s must not import %s", room, i)
			}
		}
	}
}

// supplier is the foreign module that a path belongs to; "" for the standard
// library and for this module.
func supplier(path string) string {
	first, _, _ := strings.Cut(path, "/")
	if !strings.Contains(first, ".") || path == module || strings.HasPrefix(path, module+"/") {
		return ""
	}
	for mod := range suppliers {
		if path == mod || strings.HasPrefix(path, mod+"/") {
			return mod
		}
	}
	return path // unknown: no room may import it
}

// TestNoNetwork: the library cannot reach a network even by mistake, because
// no package of it imports one that can.
func TestNoNetwork(t *testing.T) {
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			if i == "net" || i == "net/http" || i == "os/exec" || i == "plugin" {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

// forTests are rooms that only tests import.
var forTests = []string{"internal/corpus", "internal/jsonschema", "smime/internal/smimeforge", "forensic/capture/internal/captureforge"}

// TestForTests: what makes answers for tests is no part of the program.
func TestForTests(t *testing.T) {
	for room, allowed := range rooms {
		for _, i := range allowed {
			if slices.Contains(forTests, i) {
				t.Errorf("%s imports %s, which is for tests alone", room, i)
			}
		}
	}
}

// TestArchitecture: each room answers one question, which its first doc sentence asks, and the table
// of ARCHITECTURE.md is made of these sentences and of the import law. With -update it is written.
func TestArchitecture(t *testing.T) {
	var lines []string // go list sorts by path
	for _, p := range packages(t) {
		room := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if room == "" || room == "cmd/emlcheck" || strings.HasPrefix(room, "examples/") {
			continue
		}
		name := room[strings.LastIndexByte(room, '/')+1:]
		question, ok := strings.CutPrefix(p.Doc, "Package "+name+" answers")
		question, forTest := strings.CutPrefix(question, " for the tests")
		question, asked := strings.CutPrefix(question, ": ")
		if !ok || !asked || !strings.HasSuffix(question, "?") || forTest != slices.Contains(forTests, room) {
			t.Errorf("%s does not say which question it answers, and for whom: %q", room, p.Doc)
			continue
		}
		question = strings.ToUpper(question[:1]) + question[1:]
		if forTest {
			question += " (for tests alone)"
		}
		lines = append(lines, "| `"+room+"` | "+question+" | "+importsOf(room)+" |\n")
	}
	const file, head, foot = "ARCHITECTURE.md", "| room | the question it answers | imports |\n|---|---|---|\n", "\nNo arrow goes upward"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), head)
	_, after, closed := strings.Cut(rest, foot)
	if !found || !closed {
		t.Fatalf("%s has no table of rooms", file)
	}
	want := []byte(before + head + strings.Join(lines, "") + foot + after)
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(text, want) {
		t.Errorf("the table of rooms in %s is not what the packages say; go test . -run TestArchitecture -update writes it", file)
	}
}

func importsOf(room string) string {
	list := slices.Sorted(slices.Values(rooms[room]))
	if len(list) == 0 {
		return "nothing"
	}
	return "`" + strings.Join(list, "`, `") + "`"
}
