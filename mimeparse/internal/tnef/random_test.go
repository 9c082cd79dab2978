package tnef

import (
	"bytes"
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"
)

// A message made up at random, so that what the reader must find is known.
type made struct {
	subject string
	bcc     []string
	files   []madeFile
	mails   []*made
}

type madeFile struct {
	name     string
	data     []byte
	modified time.Time
}

func randomMessage(r *rand.Rand, depth int) *made {
	m := &made{subject: randomText(r)}
	for range r.Intn(3) {
		m.bcc = append(m.bcc, randomText(r))
	}
	for range r.Intn(4) {
		data := make([]byte, r.Intn(40))
		r.Read(data)
		m.files = append(m.files, madeFile{randomText(r), data, day.Add(time.Duration(r.Int63n(1e9)) * time.Second)})
	}
	for range r.Intn(3) {
		if depth < 4 {
			m.mails = append(m.mails, randomMessage(r, depth+1))
		}
	}
	return m
}

// randomText is never empty: an empty string counts as not stated.
func randomText(r *rand.Rand) string {
	letters := []rune("abc. \u00e9\u20ac")
	out := make([]rune, 1+r.Intn(9))
	for i := range out {
		out[i] = letters[r.Intn(len(letters))]
	}
	return string(out)
}

var to1252 = map[rune]byte{'\u00e9': 0xE9, '\u20ac': 0x80}

// either is a string property, in Unicode or by the code page.
func either(r *rand.Rand, id uint16, s string) []byte {
	if r.Intn(2) == 0 {
		return wide(id, s)
	}
	return sized(id, typeString8, z(western(s)))
}

func western(s string) string {
	var out []byte
	for _, c := range s {
		if b, ok := to1252[c]; ok {
			c = rune(b)
		}
		out = append(out, byte(c))
	}
	return string(out)
}

// write encodes the message, with properties and attributes in any order that
// MS-OXTNEF 2.1.3 lets readers expect, and things between that say nothing.
func (m *made) write(r *rand.Rand) []byte {
	parts := [][]byte{codePage(1252)}
	if r.Intn(2) == 0 {
		parts = append(parts, att(attSubject, z(western(m.subject))))
	} else {
		parts = append(parts, props(shuffled(r, integer(0x1234, 5), either(r, pidSubject, m.subject), namedText("n", "x"), blob(0x0071, []byte{1}))...))
	}
	if len(m.bcc) > 0 {
		rows := u32(uint32(len(m.bcc)))
		for _, name := range m.bcc {
			rows = append(rows, list(shuffled(r, integer(pidRecipientType, 3), either(r, pidDisplayName, name))...)...)
		}
		parts = append(parts, att(attRecipTable, rows))
	}
	parts = shuffled(r, parts...)
	for _, f := range m.files {
		parts = append(parts, rend(), f.write(r))
	}
	for _, mail := range m.mails {
		parts = append(parts, rend(), attachProps(shuffled(r, method(5), object(messageInterface, mail.write(r)))...))
	}
	return stream(parts...)
}

func (f madeFile) write(r *rand.Rand) []byte {
	properties := [][]byte{method(1), either(r, pidAttachLongFilename, f.name), when(pidModificationTime, f.modified), truth(pidAttachmentHidden, 0)}
	frames := [][]byte{att(attAttachModifyDate, wall(f.modified)), att(attAttachTitle, z("SHORT~1"))}
	if r.Intn(2) == 0 {
		frames = append(frames, att(attAttachData, f.data))
	} else {
		properties = append(properties, blob(pidAttachData, f.data))
	}
	return join(shuffled(r, append(frames, attachProps(shuffled(r, properties...)...))...)...)
}

func shuffled(r *rand.Rand, parts ...[]byte) [][]byte {
	r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return parts
}

// compare tells the first difference between what was made and what was read.
func (m *made) compare(b []byte, got *Message) error {
	var bcc []string
	for _, r := range got.Recipients {
		if r.Type == 3 {
			bcc = append(bcc, r.Name.Value)
		}
	}
	switch {
	case got.Subject.Value != m.subject:
		return fmt.Errorf("subject %q, want %q", got.Subject.Value, m.subject)
	case !slices.Equal(bcc, m.bcc):
		return fmt.Errorf("bcc %q, want %q", bcc, m.bcc)
	case len(got.Attachments) != len(m.files)+len(m.mails):
		return fmt.Errorf("%d attachments, want %d and %d", len(got.Attachments), len(m.files), len(m.mails))
	}
	for i, f := range m.files {
		a := &got.Attachments[i]
		if a.Name.Value != f.name || !bytes.Equal(a.Data.Of(b), f.data) || !a.Modified.Time.Equal(f.modified) || a.Modified.Local {
			return fmt.Errorf("file %d: %q, %q, %v; want %+v", i, a.Name.Value, a.Data.Of(b), a.Modified, f)
		}
	}
	for i, mail := range m.mails {
		a := &got.Attachments[len(m.files)+i]
		if a.Message == nil {
			return fmt.Errorf("mail %d is not read", i)
		}
		if err := mail.compare(b, a.Message); err != nil {
			return fmt.Errorf("mail %d: %w", i, err)
		}
	}
	return nil
}

func TestRandomStreams(t *testing.T) {
	for seed := range 400 {
		r := rand.New(rand.NewSource(int64(seed)))
		want := randomMessage(r, 1)
		b := want.write(r)
		m := mustParse(t, b)
		wantCodes(t, m)
		if err := want.compare(b, m); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		checkMessage(t, b, m)
	}
}
