package forensic

import "github.com/emlcheck/emlcheck/forensic/report"

// messageIDRules judge the Message-ID field.
var messageIDRules = []rule{
	{
		id: "msgid.missing", severity: report.Low, confidence: report.Sure,
		title:      "No message identifier is stated",
		explain:    "Nearly all software and every submission server adds one. Without it copies and replies cannot be matched.",
		innocent:   "Drafts, and messages handed over by a program without a submission server.",
		references: []string{"RFC 5322 3.6.4", "RFC 6409 8.3"},
		check:      checkMessageIDMissing,
	},
}

func checkMessageIDMissing(j *judging) []hit {
	if j.report.Message.MessageID != "" {
		return nil
	}
	if field, ok := j.field("Message-ID"); ok {
		return []hit{at(field.Span, "Message-ID is "+quoteBytes(field.Raw())+" and holds no identifier")}
	}
	return j.absent("Message-ID")
}
