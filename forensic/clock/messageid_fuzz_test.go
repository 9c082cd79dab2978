package clock

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// midSamples is a mix of identifiers with and without clocks.
var midSamples = []string{
	"20160309142536.3A5C118E07@mx.example", "201603091425.u29EPaXk023456@mx.example", "E1adf3Q-00089R-PS@mx.example",
	"001f01d17a0f$8c5454c8$6401a8c0@pc", "000000000000b56214052d9e785a@google.com", "987654321.17.1457533536789@app",
	"56E03260.8070605@pc.example", "87vb4vpw2n.fsf@pc", "O42KTOZTMXT4.Q1W2E3R4T5Y61@pc", "Pine.LNX.4.44.0203091425361.4711-100000@pc",
	"OF1A2B3C4D.5E6F7081-ONC1257F71.004F3FCE-C1257F71.004F5162@corp", "3qKwg45bnJz3Kx7@mx", "1457533536-4711-3-git-send-email-jo@dev",
	"2a1f.4d5e6f7a8b.m1.ca9714c8-e602-11e5-9a2b-0016d3c4e5f6.1535bc4ca15@mailer", "D305E2E0.5D2F%jo@pc", "p06200a12d305e2e01f2e@pc",
	"5.1.0.14.2.20020309142536.00a96a61@pop", "nbpbp0$3k1$2@news", "cmu-lmtpd-4711-1457533536-3@mx", "56e032604d2_3fe82b4c10245d3@box.mail",
}

// midMisses hold no clock; they are the most frequent identifiers of all.
var midMisses = []string{
	"CA+5b1d2e3fw8a7c6b5d4e3f2a1b-080309zk5b1d2e@mail.gmail.com", "9f1b0c5e-77aa-4d3c-8e21-5b6a7c8d9e0f@pc.example",
	"AM5PR0301MB20160309142536A7C6B5D4E3F2A@AM5PR0301MB2016.eurprd03.prod.outlook.com", "a3f1c2d4e5b60718293a4b5c6d7e8f90@pc.example",
	"NDBBIAKOPKHFGPLCODIGAEKBCHAA.jo@pc.example", "note-to-self@pc.example",
}

// FuzzMessageID: no identifier makes the decoders fail, every time lies in the
// window, and every reading cuts something out of the identifier.
func FuzzMessageID(f *testing.F) {
	for _, s := range midSamples {
		f.Add(s)
	}
	for _, s := range midMisses {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		left, right, _ := strings.Cut(text, "@")
		id := headers.MessageID{Value: text, Left: left, Right: right}
		for _, got := range appendMessageID(nil, id, &clue{agent: right}) {
			if !inWindow(got.at) || got.step <= 0 || got.rule == "" || got.from < 0 || got.to < got.from || got.to > len(text) {
				t.Errorf("%q: %+v", text, got)
			}
		}
	})
}

// TestMessageIDRandom counts how often random identifiers of the usual kinds
// yield a reading that calls itself evidence.
func TestMessageIDRandom(t *testing.T) {
	const hex, base36, base62 = "0123456789abcdef", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ shape, alphabet string }{
		{"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", hex}, {"xxxxxxxxxxxxxxxx", hex}, {"xxxxxxxxxxxxxxxxxxxxxxxx", hex},
		{"xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", hex}, {"xxxxxxxxxxxxxxxxxxxxxxxxxxxx", hex},
		{"xxxxxxxxxxxxxxxx", base62}, {"xxxxxxxxxxxxxxxxxxxxxx", base62}, {"xxxxxxxxxxxxxxx", base62},
		{"xxxxxxxxxxxxxx", base36}, {"xxxxxxxxxxxx.xxxxxxxxxxxx", base36}, {"xxxxxxxxxxxxxxxxxxxxxxxx", base36},
		{"xxxxxxxxxxxxxx", "0123456789"}, {"xxxxxxxxxxxxxxx.xxxxx", "0123456789"}, {"xxxx.xxxxxx.xxxx", "0123456789"},
		{"xxxxxxxxxxxx$xxxxxxxx$xxxxxxxx", hex},
	} {
		hits := 0
		for range 20000 {
			if midRandomReads(r, c.shape, c.alphabet) {
				hits++
			}
		}
		if hits > 60 { // three in a thousand; MimeKit's ticks are the widest target
			t.Errorf("%s over %d characters: %d of 20000", c.shape, len(c.alphabet), hits)
		}
	}
}

func midRandomReads(r *rand.Rand, shape, alphabet string) bool {
	b := []byte(shape)
	for i := range b {
		if b[i] == 'x' {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
	}
	for _, f := range appendMessageID(nil, headers.MessageID{Value: string(b), Left: string(b), Right: "pc.example"}, &clue{}) {
		if f.strength == "" || f.strength == Evidence {
			return true
		}
	}
	return false
}

// BenchmarkMessageID reads a mix; the misses must not allocate, as most
// identifiers of a mailbox are such.
func BenchmarkMessageID(b *testing.B) {
	for name, list := range map[string][]string{"hits": midSamples, "misses": midMisses} {
		var ids []headers.MessageID
		for _, s := range list {
			left, right, _ := strings.Cut(s, "@")
			ids = append(ids, headers.MessageID{Value: s, Left: left, Right: right})
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var c clue
			out := make([]found, 0, 8)
			for i := range b.N {
				out = appendMessageID(out[:0], ids[i%len(ids)], &c)
			}
		})
	}
}
