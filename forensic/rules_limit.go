package forensic

import "github.com/emlcheck/emlcheck/forensic/report"

// limitRules say that a limit was reached: what the report holds is then less
// than what the message holds. Which limit is set to what is in the settings.
var limitRules = []rule{
	{
		id: "limit.decoded", severity: report.Medium, confidence: report.Sure,
		title:      "Content was not opened: the limit of decoded bytes is reached",
		explain:    "A message or file inside the message was larger, alone or with others, than the limit allows to unpack. What is inside it was not examined.",
		innocent:   "Large forwarded messages.",
		references: []string{"RFC 2046 5.2.1"},
		codes:      []string{"limit.decoded", "limit.ratio", "limit.uu-text", "tnef.limit-attachments", "tnef.limit-attributes", "tnef.limit-depth", "tnef.limit-properties", "tnef.limit-recipients", "tnef.rtf-limit"},
	},
	{
		id: "limit.depth", severity: report.Medium, confidence: report.Sure,
		title:      "Parts were not split: they are nested too deeply",
		explain:    "Nesting this deep serves no reader. What is further inside was not examined part by part.",
		innocent:   "Mail loops in which each round forwards the last one as an attachment.",
		references: []string{"RFC 2046 5.1"},
		codes:      []string{"limit.depth"},
	},
	{
		id: "limit.fields", severity: report.Medium, confidence: report.Sure,
		title:      "Fields or their defects are not all listed",
		explain:    "The header holds more fields, values or errors than the limit. What is beyond it was not examined.",
		innocent:   "Mail loops; very long recipient lists.",
		references: []string{"RFC 5322 2.2"},
		codes:      []string{"limit.fields", "limit.defects", "limit.params", "address.limit", "authres.too-long", "msgid.too-many", "received.too-long", "taglist.too-many", "x400.address-too-many", "x400.too-long"},
	},
	{
		id: "limit.parts", severity: report.Medium, confidence: report.Sure,
		title:      "Parts are not all listed",
		explain:    "The message holds more parts than the limit. Those beyond it were not examined.",
		innocent:   "Digests of very busy lists.",
		references: []string{"RFC 2046 5.1"},
		codes:      []string{"limit.parts", "limit.uu-blocks"},
	},
}
