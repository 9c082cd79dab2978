// Package captureforge answers for the tests: which network captures have which answer?
//
// It makes captures with fresh names, addresses, ports and contents for every seed, and says what
// a reader must find in them. It shares no code with the reader, and only tests import it.
package captureforge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
)

// Case is one capture and the truth about it.
type Case struct {
	Name string
	// Why says what a reader may get wrong.
	Why   string
	File  []byte
	Conns []Conn
	// Secrets must not be printed.
	Secrets []string
	// Truncated: the file is not whole.
	Truncated bool
}

// Conn is the truth about one connection.
type Conn struct {
	Client, Server         string
	ClientPort, ServerPort uint16
	Protocol               string
	Verbs                  []string // nil: not compared
	Replies                []int    // nil: not compared
	HELO, Verb             string
	Fallback               bool
	StartTLS               string // "" is not compared
	Auth                   []Auth
	Tx                     []Tx
	// Findings must be there, Forbidden must not.
	Findings, Forbidden []string
}

// Auth is an attempt to log in; User "" is not known.
type Auth struct {
	Mechanism, User string
	OK              bool
}

// Tx is the truth about one message.
type Tx struct {
	From     string // "-" is not seen
	Rcpt     []string
	Codes    []int
	Final    []int // of LMTP
	Mode     string
	Status   string
	Code     int
	Size     int64 // -1: nothing was sent
	SHA256   string
	Complete bool
	Gaps     [][2]int64
	Present  string // digest of what was captured; "" is not compared
	Bcc      []string
	Findings []string
	// Forbidden must not be found.
	Forbidden []string
}

// Sum is the digest in hexadecimal numbers.
func Sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// Cases makes all cases; the same seed makes the same ones.
func Cases(seed uint64) []Case {
	f := &forge{rng: rand.New(rand.NewPCG(seed, 6))}
	for _, family := range families {
		family(f)
	}
	return f.cases
}

var families = [...]func(*forge){
	(*forge).files, (*forge).links, (*forge).tcp, (*forge).commands, (*forge).pipelines, (*forge).chunks, (*forge).auth, (*forge).tls,
	(*forge).messages, (*forge).smuggling, (*forge).others, (*forge).pop3, (*forge).imap,
}

// forge makes names and collects cases.
type forge struct {
	rng   *rand.Rand
	cases []Case
}

// word is a fresh word.
func (f *forge) word() string {
	const c, v = "bcdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range 2 + f.rng.IntN(3) {
		b.WriteByte(c[f.rng.IntN(len(c))])
		b.WriteByte(v[f.rng.IntN(len(v))])
	}
	return b.String()
}

func (f *forge) host() string    { return f.word() + "." + f.word() + ".example" }
func (f *forge) address() string { return f.word() + "@" + f.host() }
func (f *forge) secret() string  { return "Pw" + f.word() + f.word() + "9" }

// text is a message with a header and n lines.
func (f *forge) text(from string, to []string, n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nSubject: %s %s\r\nMessage-ID: <%s@%s>\r\n\r\n", from, strings.Join(to, ">, <"), f.word(), f.word(), f.word(), from[strings.IndexByte(from, '@')+1:])
	for range n {
		for b2 := 0; b2 < 6; b2++ {
			b.WriteString(f.word() + " ")
		}
		b.WriteString("\r\n")
	}
	return []byte(b.String())
}
