package forensic

import (
	"cmp"
	"slices"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// addressRules judge the syntax of addresses. Each rests on a defect that the
// address grammar (RFC 5322 3.4) tells.
var addressRules = []rule{
	{
		id: "address.group-in-from", severity: report.Medium, confidence: report.Sure,
		title:      "The author is written as a group",
		explain:    "From holds a group. RFC 5322 knew no group there until RFC 6854, and readers disagree whether to show the name of the group or a member as the author.",
		innocent:   "Gateways use an empty group where an author has no mailbox, as RFC 6854 intends.",
		references: []string{"RFC 5322 3.6.2", "RFC 6854"},
		check:      checkGroupInFrom,
	},
	{
		id: "address.invalid", severity: report.Medium, confidence: report.Sure,
		title:      "The author field breaks the address grammar",
		explain:    "A reader has to guess where the author's mailbox begins and ends, and readers guess differently. Only From and Sender are judged here; other fields have the defect alone.",
		innocent:   "Scripts that put a name with a comma or a bracket before the address without quoting it.",
		references: []string{"RFC 5322 3.4", "RFC 7103 7.1"},
		check:      checkInvalidAuthor,
	},
	{
		id: "address.multiple-at", severity: report.Medium, confidence: report.Sure,
		title:      "An address has more than one at sign",
		explain:    "This library takes the last at sign as the separator. A reader that takes the first one sees another domain.",
		innocent:   "A name or a second address typed into the address box; rewriting by an old gateway.",
		references: []string{"RFC 5322 3.4.1", "RFC 5321 4.1.2"},
		codes:      []string{"address.multiple-at"},
	},
	{
		id: "address.route", severity: report.Low, confidence: report.Sure,
		title:      "An address has a source route",
		explain:    "Text between the angle bracket and a colon is an obsolete route. Readers leave it out, but a reader that does not may take it for the address.",
		innocent:   "Mail from before about 1995, and X.400 gateways.",
		references: []string{"RFC 5322 4.4", "RFC 5321 appendix C"},
		codes:      []string{"address.route"},
	},
}

// invalidCodes are the defects after which the mailbox is a guess.
var invalidCodes = [...]string{
	"address.no-addr-spec", "address.missing-angle", "address.angle-unclosed", "address.name-after-address", "address.unexpected",
	"address.quote-unterminated", "address.comment-unterminated", "address.no-domain", "address.no-local", "address.space-in-local",
}

// checkInvalidAuthor finds defects of invalidCodes within From and Sender.
func checkInvalidAuthor(j *judging) []hit {
	found := j.defectsOf(invalidCodes[:]...)
	if len(found) == 0 {
		return nil
	}
	var fields []headers.Field // in order of position, as the header's are
	for _, f := range j.msg.Header.Fields {
		if f.Is("From") || f.Is("Sender") {
			fields = append(fields, f)
		}
	}
	hits := make([]hit, len(fields))
	for _, i := range found {
		d := &j.report.Defects[i]
		n, _ := slices.BinarySearchFunc(fields, d.Span.Start, func(f headers.Field, at int) int { return cmp.Compare(f.Span.End, at+1) })
		if d.Part != "1" || n == len(fields) || !fields[n].Value.Contains(d.Span) {
			continue
		}
		if hits[n].detail == "" {
			hits[n].detail = fields[n].Name + " is " + quoteBytes(fields[n].Raw()) + ": " + d.Detail
		}
		hits[n].spans = append(hits[n].spans, d.Span)
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return len(h.spans) == 0 })
}

func checkGroupInFrom(j *judging) []hit {
	var hits []hit
	for i := range j.memo.lists {
		f := &j.memo.lists[i]
		if f.name != "From" {
			continue
		}
		for _, g := range f.Groups {
			hits = append(hits, at(g.Span, "From holds the group "+quote(g.Name)+members(g.Empty)))
		}
	}
	return hits
}

func members(empty bool) string {
	if empty {
		return " without any member, so no author has an address"
	}
	return " with members"
}
