package capture

import (
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/headers"
)

// run hands a message to the caller and to the analysis.
func (j *job) run(out *examined) error {
	if !j.kept {
		return nil
	}
	if j.f.opt.Message != nil {
		b := j.tx.Body
		err := j.f.opt.Message(&Message{Conn: j.index, Tx: j.tx.Index, Octets: j.octet, Pieces: b.Pieces(), Complete: b.Complete(), SHA256: b.SHA256Zero()})
		if err != nil {
			return err
		}
	}
	c := comparison{tx: &j.tx, client: j.who}
	c.header = headers.ParseMessage(j.octet, nil)
	c.compare()
	out.compared, out.bcc = c.found, c.bcc
	j.match(out)
	if j.f.opt.NoReports {
		return nil
	}
	report, err := forensic.AnalyzeMessage(j.f.ctx, j.message(), j.f.opt.Analysis)
	if err != nil {
		return err
	}
	out.report = report
	return nil
}

// match compares the message with the saved ones.
func (j *job) match(out *examined) {
	if len(j.f.saved) == 0 {
		return
	}
	w := normalise(j.octet)
	for i := range j.f.saved {
		saved := &j.f.saved[i]
		m := match(saved, &w, j.octet)
		if m == nil {
			continue
		}
		if j.tx.Mode == "DATA" || j.tx.Mode == "BDAT" {
			if m.checkReceived(saved, &j.tx, j.who) {
				out.compared = append(out.compared, finding{
					id: "received-mismatch", detail: "the newest Received line of " + saved.Path + ": " + strings.Join(m.Received, "; "),
				})
			}
		}
		out.matches = append(out.matches, *m)
	}
}

// message is the message as evidence, with the envelope that was seen.
func (j *job) message() *evidence.Message {
	container := evidence.PCAP
	if j.f.c.script != nil {
		container = evidence.Transcript
	}
	place := evidence.Place{Path: string(j.f.c.File.Path), Member: fmt.Sprintf("connection %d, message %d", j.index, j.tx.Index), Index: j.tx.Index}
	m := evidence.NewMessage(place, container, j.octet)
	m.Scattered = true
	m.Envelope = j.envelope()
	return m
}

// envelope is nil for a message that was fetched: it has none.
func (j *job) envelope() *evidence.Envelope {
	t := &j.tx
	if t.Mode != "DATA" && t.Mode != "BDAT" {
		return nil
	}
	e := &evidence.Envelope{HELO: t.HELO, MailFrom: t.From, Source: "the SMTP dialogue as captured"}
	if j.who.IsValid() {
		e.ClientIP = j.who.String()
	}
	for i := range t.Recipients {
		if t.Recipients[i].Accepted() || t.Recipients[i].Code == 0 {
			e.RcptTo = append(e.RcptTo, t.Recipients[i].Address)
		}
	}
	return e
}
