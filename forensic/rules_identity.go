package forensic

import (
	"slices"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

func checkFromMissing(j *judging) []hit {
	field, ok := j.field("From")
	if !ok {
		return j.absent("From")
	}
	for i := range j.report.Message.From {
		if a := &j.report.Message.From[i]; a.Address != "" {
			return nil
		}
	}
	return []hit{at(field.Span, "From is "+quoteBytes(field.Raw())+" and holds no address")}
}

// readAuthors takes the mailboxes of the first From field and their
// organisational domains: other copies have a rule of their own.
func (j *judging) readAuthors() {
	field, ok := j.field("From")
	if !ok {
		return
	}
	from := j.report.Message.From
	j.authors = from[:0:0]
	for i := range from {
		a := &from[i]
		if a.Address == "" || !field.Span.Contains(a.Span) {
			continue
		}
		if len(j.authors) == i { // so far all of them are: no copy is needed
			j.authors = from[: i+1 : i+1]
		} else {
			j.authors = append(j.authors, *a)
		}
		if org := domain.Org(domain.Of(string(a.Address))); !slices.Contains(j.orgs, org) && len(j.orgs) < maxOrgs {
			j.orgs = append(j.orgs, org)
		}
	}
}

// maxOrgs is the number of organisations that the authors of one message are
// compared by.
const maxOrgs = 100

func checkMultipleAuthors(j *judging) []hit { return j.severalAuthors(true) }

func checkSenderMissing(j *judging) []hit { return j.severalAuthors(false) }

func (j *judging) severalAuthors(withSender bool) []hit {
	authors := j.authors
	if len(authors) < 2 || withSender != (j.report.Message.Sender != nil) {
		return nil
	}
	h := hit{detail: "From names " + strconv.Itoa(len(authors)) + " mailboxes: "}
	for i, a := range authors {
		h.spans = append(h.spans, a.Span)
		if i > 0 && i < maxSpans {
			h.detail += ", "
		}
		if i < maxSpans {
			h.detail += quote(string(a.Address))
		}
	}
	if withSender {
		h.detail += "; Sender is " + quote(string(j.report.Message.Sender.Address))
	}
	return []hit{h}
}

// apart compares the organisational domain of an address with those of the
// authors. It reports false where there is nothing to compare.
func (j *judging) apart(a *report.Address) (detail string, spans []headers.Span, ok bool) {
	host := domain.Of(string(a.Address))
	if len(j.authors) == 0 || host == domain.Of(string(j.authors[0].Address)) {
		return "", nil, false // its organisation is among those of the authors
	}
	org := domain.Org(host)
	if org == "" || slices.Contains(j.orgs, org) || slices.Contains(j.orgs, "") {
		return "", nil, false
	}
	return quote(string(a.Address)) + " belongs to " + quote(org) + ", From " + quote(string(j.authors[0].Address)) +
		" to " + quote(strings.Join(j.orgs, ", ")), []headers.Span{a.Span, j.authors[0].Span}, true
}

func checkReplyTo(j *judging) []hit {
	var hits []hit
	for i := range j.report.Message.ReplyTo {
		a := &j.report.Message.ReplyTo[i]
		detail, spans, ok := j.apart(a)
		if !ok {
			continue
		}
		h := hit{detail: "Reply-To " + detail, spans: spans}
		switch {
		case !isFreemail(domain.Org(domain.Of(string(a.Address)))) || isFreemail(j.orgs[0]):
		case j.fromList:
			h.detail += "; replies go to a public mail provider, and the header has the fields of a list server"
		default:
			h.severity = report.Medium
			h.detail += "; replies go to a public mail provider"
		}
		hits = append(hits, h)
	}
	return hits
}

func checkReturnPath(j *judging) []hit { return j.single("Return-Path", j.report.Message.ReturnPath) }

func checkSender(j *judging) []hit { return j.single("Sender", j.report.Message.Sender) }

func (j *judging) single(field string, a *report.Address) []hit {
	if a == nil {
		return nil
	}
	detail, spans, ok := j.apart(a)
	if !ok {
		return nil
	}
	return []hit{{detail: field + " " + detail, spans: spans}}
}

// isFreemail reports whether anybody can have an address at the domain. Only
// large providers are listed: the rule that asks is about contrast.
func isFreemail(org string) bool {
	switch org {
	case "gmail.com", "googlemail.com", "aol.com", "ymail.com", "rocketmail.com", "icloud.com", "me.com", "msn.com", "web.de",
		"t-online.de", "freenet.de", "mail.ru", "bk.ru", "inbox.ru", "list.ru", "proton.me", "protonmail.com", "pm.me",
		"tutanota.com", "tuta.io", "zoho.com", "mail.com", "email.com", "qq.com", "163.com", "126.com", "sina.com", "naver.com",
		"rediffmail.com", "libero.it", "orange.fr", "laposte.net", "free.fr", "wp.pl", "onet.pl", "seznam.cz", "uol.com.br":
		return true
	}
	switch label, _, _ := strings.Cut(org, "."); label {
	case "yahoo", "hotmail", "live", "outlook", "gmx", "yandex":
		return true
	}
	return false
}
