package headers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// addrFields are the fields that hold addresses (RFC 5322 3.6.2, 3.6.3, 3.6.6,
// 3.6.7) and some that delivery agents add.
var addrFields = []string{
	"from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-sender", "resent-to", "resent-cc", "resent-bcc", "resent-reply-to",
	"return-path", "delivered-to", "envelope-to", "x-original-to", "apparently-to", "errors-to",
}

// addrValues collects every distinct value of an address field under the
// data folder, wherever a line begins like one.
func addrValues(t *testing.T) [][]byte {
	t.Helper()
	seen := map[string]bool{}
	var values [][]byte
	for _, path := range corpus.Files(t, "") {
		if !addrIsMail(path) {
			continue
		}
		for value := range addrValuesOf(corpus.Read(t, path)) {
			if !seen[string(value)] {
				seen[string(value)] = true
				values = append(values, bytes.Clone(value))
			}
		}
	}
	if len(values) < 1000 {
		t.Fatalf("only %d values", len(values))
	}
	return values
}

func addrIsMail(path string) bool {
	switch filepath.Ext(path) {
	case ".md", ".json", ".tsv", ".py", ".pcap", ".pcapng", ".pst", ".msg", ".dat", ".xml":
		return false
	}
	return true
}

// addrValuesOf yields the values of the address fields in data, folding left
// in.
func addrValuesOf(data []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for start := 0; start < len(data); {
			end := addrLineEnd(data, start)
			name, _, ok := bytes.Cut(data[start:end], []byte(":"))
			if !ok || len(name) > 20 || !slices.Contains(addrFields, strings.ToLower(string(name))) {
				start = end
				continue
			}
			for end < len(data) && isBlank(data[end]) {
				end = addrLineEnd(data, end)
			}
			if !yield(bytes.TrimRight(data[start+len(name)+1:end], "\r\n")) {
				return
			}
			start = end
		}
	}
}

func addrLineEnd(data []byte, i int) int {
	if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(data)
}

// TestAddressData: the properties hold for real mail, and ordinary mail has
// no defects.
func TestAddressData(t *testing.T) {
	values := addrValues(t)
	clean, entries := 0, 0
	for _, value := range values {
		list := addrCheck(t, value)
		entries += len(list.Addresses)
		if len(list.Defects) == 0 {
			clean++
		}
	}
	t.Logf("%d values, %d entries, %d values without a defect", len(values), entries, clean)
	if clean < len(values)*9/10 {
		t.Errorf("only %d of %d values without a defect", clean, len(values))
	}
}

// TestAddressDataStrict compares with net/mail, a strict reader of RFC 5322:
// what it accepts, we read alike.
func TestAddressDataStrict(t *testing.T) {
	accepted := 0
	for _, value := range addrValues(t) {
		ok, diff := addrStrict(value, true)
		if diff != "" {
			t.Errorf("%q: %s", value, diff)
		}
		if ok {
			accepted++
		}
	}
	t.Logf("%d values accepted by both", accepted)
}

// addrStrict compares one value with net/mail, as far as that accepts it, and
// the names too if asked.
func addrStrict(value []byte, names bool) (accepted bool, diff string) {
	theirs, err := mail.ParseAddressList(string(value))
	if err != nil {
		return false, ""
	}
	list := ParseAddresses(value, Span{0, len(value)})
	if slices.ContainsFunc(list.Defects, func(d Defect) bool { return d.Code == "address.encoded-word-specials" }) {
		return true, "" // the two readings differ, and the defect says so
	}
	if len(list.Addresses) != len(theirs) {
		return true, fmt.Sprintf("%d entries, net/mail has %d", len(list.Addresses), len(theirs))
	}
	for i, a := range list.Addresses {
		if got, want := addrPlain(a), theirs[i].Address; got != want {
			return true, fmt.Sprintf("address %q, net/mail has %q", got, want)
		}
		if !names {
			continue
		}
		got, want := addrWords(a.Name), addrWords(theirs[i].Name)
		decoded := bytes.Contains(value, []byte("=?")) // net/mail knows few charsets
		behind := want == "" && a.Name == a.Comment    // nor the comment in "<addr> (Name)"
		if got != want && !decoded && !behind {
			return true, fmt.Sprintf("name %q, net/mail has %q", got, want)
		}
	}
	return true, ""
}

// addrPlain is the address as net/mail gives it: the local part without
// quotes and backslashes.
func addrPlain(a Address) string {
	local := a.Local
	if n := len(local); n > 1 && local[0] == '"' && local[n-1] == '"' {
		local = addrUnfold(local[1:n-1], true)
	}
	return local + "@" + a.Domain
}

func addrWords(s string) string { return strings.Join(strings.Fields(s), " ") }

// addrExpected is one entry of the expectations of the Rust crate mail-parser.
type addrExpected struct {
	Header   string
	Expected struct {
		List  []addrNamed
		Group []struct {
			Name      string
			Addresses []addrNamed
		}
	}
}

type addrNamed struct{ Name, Address string }

const (
	addrWhyComment = "a comment is no part of the display name (RFC 5322 3.2.2); it is in Comment"
	addrWhySpace   = "white space and comments are no part of the addr-spec (RFC 5322 4.4)"
	addrWhyGroup   = "CFWS is no mailbox: group-list may be CFWS, and CFWS may follow the group (RFC 5322 3.4)"
	addrWhyURI     = "a URI is no address: the scheme is left out with a defect, so is the query (RFC 6068)"
)

// addrDiffer says where and why we read otherwise, by position in the file.
var addrDiffer = map[int]string{
	8:  addrWhyComment,
	9:  addrWhyComment + `; the fold is undone before "\" quotes the blank, so the next parenthesis ends the comment`,
	10: addrWhyComment + "; " + addrWhyGroup,
	11: addrWhyGroup,
	13: addrWhySpace + "; a route is no part of it either",
	14: addrWhyComment + "; " + addrWhySpace,
	22: addrWhyComment,
	28: "a quoted string is no encoded word: the blank before it stays (RFC 2047 6.2)",
	38: addrWhyURI,
	39: addrWhyURI,
	40: addrWhyURI,
	41: addrWhyURI,
	42: "a word without @ is no addr-spec: it is kept as a name",
	43: addrWhyURI,
	44: addrWhyURI,
	45: addrWhyURI,
	46: addrWhyURI,
	47: addrWhyURI,
	56: addrWhyComment,
}

// addrUpToBreak is the value up to the line break that no blank follows.
func addrUpToBreak(s string) string {
	for i := range s {
		if s[i] == '\n' && (i+1 == len(s) || !isBlank(s[i+1])) {
			return s[:i]
		}
	}
	return s
}

// TestAddressStalwart compares with the expectations of mail-parser.
func TestAddressStalwart(t *testing.T) {
	data := corpus.Read(t, filepath.Join(corpus.Dir(t, "eml"), "stalwart-mail-parser", "address.json"))
	var cases []addrExpected
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		want := slices.Clone(c.Expected.List)
		for _, g := range c.Expected.Group {
			want = append(want, g.Addresses...)
		}
		var got []addrNamed
		for _, a := range addrParse(addrUpToBreak(c.Header)).Addresses {
			got = append(got, addrNamed{a.Name, a.Address})
		}
		if why, differ := addrDiffer[i], !slices.Equal(got, want); differ != (why != "") {
			t.Errorf("%d %q:\n got %q\nwant %q\n%s", i, c.Header, got, want, why)
		}
	}
}
