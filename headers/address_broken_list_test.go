package headers

// addrBrokenListCases is broken where mailboxes are joined or named as a group.
var addrBrokenListCases = []addrCase{
	{
		why: "an unquoted comma: two entries by the grammar, no text dropped",
		in:  "Doe, John <j@d>",
		want: []string{
			"Doe|",
			"John|j@d",
		},
		codes: []string{"no-addr-spec Doe"},
	},
	{
		why: "an unquoted comma hard against the bracket",
		in:  "Support Team,<no-reply@x.example>",
		want: []string{
			"Support Team|",
			"|no-reply@x.example",
		},
		codes: []string{"no-addr-spec Support Team"},
	},
	{
		why: "a name that holds a dot and a comma",
		in:  "Public, John Q. <j@d>",
		want: []string{
			"Public|",
			"John Q.|j@d",
		},
		codes: []string{
			"no-addr-spec Public",
			"obsolete-phrase .",
		},
	},
	{
		why: "a route with empty elements",
		in:  "<@a,,@b,:c@d>, x@y",
		want: []string{
			"|c@d|route=@a,,@b,",
			"|x@y",
		},
		codes: []string{"route @a,,@b,:"},
	},
	{
		why: "a comma in brackets that is no route",
		in:  "<@a,b@c>",
		want: []string{
			"|@a",
			"|b@c",
		},
		codes: []string{
			"angle-unclosed <@a",
			"no-local @",
			"unexpected >",
		},
	},
	{
		why:   "stray brackets between separators",
		in:    "> , a@b",
		want:  []string{"|a@b"},
		codes: []string{"unexpected >"},
	},
	{
		why:  "nothing but the sign",
		in:   "@",
		want: []string{"|"},
		codes: []string{
			"no-local @",
			"no-domain @",
		},
	},
	{
		why: "empty elements in the middle and at the end",
		in:  "a@b,,c@d,",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{
			"empty-element ,",
			"empty-element ,",
		},
	},
	{
		why:   "empty elements in front",
		in:    ", ,a@b",
		want:  []string{"|a@b"},
		codes: []string{"empty-element , ,"},
	},
	{
		why:   "commas alone",
		in:    ",,,",
		codes: []string{"empty-element ,,,"},
	},
	{
		why: "an empty element in a group",
		in:  "G: a@b,, c@d,;",
		want: []string{
			"|a@b|group=G",
			"|c@d|group=G",
		},
		groups: []string{"G|G: a@b,, c@d,;"},
		codes: []string{
			"empty-element ,",
			"empty-element ,",
		},
	},
	{
		why:    "an empty element behind a group",
		in:     "G: a@b;,",
		want:   []string{"|a@b|group=G"},
		groups: []string{"G|G: a@b;"},
		codes:  []string{"empty-element ,"},
	},
	{
		why: "semicolons between recipients, as Outlook shows them",
		in:  "a@b; c@d;",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{
			"semicolon ;",
			"semicolon ;",
		},
	},
	{
		why:   "a semicolon alone",
		in:    ";",
		codes: []string{"semicolon ;"},
	},
	{
		why: "two semicolons",
		in:  "a@b;; c@d",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{"semicolon ;;"},
	},
	{
		why: "no comma behind a group",
		in:  "G: a@b; c@d",
		want: []string{
			"|a@b|group=G",
			"|c@d",
		},
		groups: []string{"G|G: a@b;"},
		codes:  []string{"missing-comma c"},
	},
	{
		why: "no comma behind a group before the next group",
		in:  "One: a@b; Two: c@d;",
		want: []string{
			"|a@b|group=One",
			"|c@d|group=Two",
		},
		groups: []string{
			"One|One: a@b;",
			"Two|Two: c@d;",
		},
		codes: []string{"missing-comma Two"},
	},
	{
		why: "no comma between bracketed mailboxes",
		in:  "Ann <a@b> <c@d>",
		want: []string{
			"Ann|a@b",
			"|c@d",
		},
		codes: []string{"missing-comma <"},
	},
	{
		why: "no comma between named mailboxes",
		in:  "Ann <a@b> Bob <c@d>",
		want: []string{
			"Ann|a@b",
			"Bob|c@d",
		},
		codes: []string{"missing-comma Bob"},
	},
	{
		why: "no comma between bare addresses",
		in:  "a@b c@d e@f",
		want: []string{
			"|a@b",
			"|c@d",
			"|e@f",
		},
		codes: []string{
			"missing-comma c",
			"missing-comma e",
		},
	},
	{
		why:    "a group that is not closed",
		in:     "undisclosed-recipients:",
		groups: []string{"undisclosed-recipients|undisclosed-recipients:|empty"},
		codes:  []string{"group-unterminated undisclosed-recipients:"},
	},
	{
		why:    "a group with a member that is not closed",
		in:     "Team: a@b",
		want:   []string{"|a@b|group=Team"},
		groups: []string{"Team|Team: a@b"},
		codes:  []string{"group-unterminated Team:"},
	},
	{
		why:    "a reply mark before the name opens a group",
		in:     "Re: Ann <a@b>",
		want:   []string{"Ann|a@b|group=Re"},
		groups: []string{"Re|Re: Ann <a@b>"},
		codes:  []string{"group-unterminated Re:"},
	},
	{
		why: "a group inside a group",
		in:  "A: B: c@d; e@f;",
		want: []string{
			"|c@d|group=B",
			"|e@f",
		},
		groups: []string{
			"A|A:|empty",
			"B|B: c@d;",
		},
		codes: []string{
			"group-nested B:",
			"missing-comma e",
			"semicolon ;",
		},
	},
	{
		why:  "a group without a name is none",
		in:   ":a@b;",
		want: []string{"|a@b"},
		codes: []string{
			"unexpected :",
			"semicolon ;",
		},
	},
	{
		why:  "a scheme and nothing",
		in:   "<mailto:>",
		want: []string{"|"},
		codes: []string{
			"null-path <mailto:>",
			"mailto mailto:",
		},
	},
	{
		why:  "nothing but dots",
		in:   "...@...",
		want: []string{"|...@..."},
		codes: []string{
			"dots ...",
			"dots ...",
		},
	},
	{
		why:   "a group in brackets with the relay's domain",
		in:    "<undisclosed-recipients:;@relay>",
		want:  []string{"|undisclosed-recipients:;@relay"},
		codes: []string{"unexpected :;"},
	},
	{
		why:  "a group in brackets, the semicolon last",
		in:   "<Undisclosed-Recipient:@relay;>",
		want: []string{"|Undisclosed-Recipient:@relay"},
		codes: []string{
			"unexpected :",
			"unexpected ;",
		},
	},
	{
		why:   "a comma in brackets with no at sign before it",
		in:    "<a,b@c>",
		want:  []string{"|a,b@c"},
		codes: []string{"unexpected ,"},
	},
	{
		why: "a comma in brackets between two addresses",
		in:  "<a@b,c@d>",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{
			"angle-unclosed <a@b",
			"unexpected >",
		},
	},
	{
		why:  "a comma in brackets with no at sign behind it",
		in:   "<a@b, c>",
		want: []string{"|a@b"},
		codes: []string{
			"unexpected ,",
			"unexpected c",
		},
	},
	{
		why: "a line break of its own in the middle",
		in:  "a@b\r\nc@d",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{
			"line-break \r\n",
			"missing-comma c",
		},
	},
	{
		why:  "the field's own line break at the end is no defect",
		in:   "a@b\r\n",
		want: []string{"|a@b"},
	},
	{
		why:   "nothing",
		in:    "",
		codes: []string{"empty "},
	},
	{
		why:   "white space",
		in:    " \r\n\t",
		codes: []string{"empty  \r\n\t"},
	},
	{
		why:   "a comment alone",
		in:    "(nobody)",
		want:  []string{"||comment=nobody"},
		codes: []string{"comment-only (nobody)"},
	},
	{
		why: "a comment alone in a list",
		in:  "(nobody), a@b",
		want: []string{
			"||comment=nobody",
			"|a@b",
		},
		codes: []string{"comment-only (nobody)"},
	},
	{
		why: "a comment alone in a group with members",
		in:  "G: (x), a@b;",
		want: []string{
			"||comment=x|group=G",
			"|a@b|group=G",
		},
		groups: []string{"G|G: (x), a@b;"},
		codes:  []string{"comment-only (x)"},
	},
	{
		why:    "a comment behind a group, then an address",
		in:     "G:; (x) a@b",
		want:   []string{"x|a@b|comment=x"},
		groups: []string{"G|G:;|empty"},
		codes: []string{
			"missing-comma (x)",
			"name-in-comment (x)",
		},
	},
	{
		why:   "a comma left as it is in an encoded word",
		in:    "=?UTF-8?Q?Doe,_John?= <j@d>",
		want:  []string{"Doe, John|j@d"},
		codes: []string{"encoded-word-specials ,"},
	},
	{
		why:    "an empty element behind the comma behind a group",
		in:     "G:;,,a@b",
		want:   []string{"|a@b"},
		groups: []string{"G|G:;|empty"},
		codes:  []string{"empty-element ,"},
	},
	{
		why: "separators of both kinds side by side",
		in:  "a@b,;,c@d",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{
			"empty-element ,",
			"semicolon ;",
			"empty-element ,",
		},
	},
	{
		why: "what only looks like the start of an encoded word, with a comma",
		in:  "=?x, y?= <a@b>",
		want: []string{
			"=?x|",
			"y?=|a@b",
		},
		codes: []string{"no-addr-spec =?x"},
	},
	{
		why:   "a comment between the words of a local part in brackets",
		in:    "<a(x)b@c>",
		want:  []string{"|a b@c|comment=x"},
		codes: []string{"space-in-local (x)"},
	},
	{
		why: "a group name that holds an address is none",
		in:  "a@b: c@d;",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{
			"missing-comma :",
			"unexpected :",
			"semicolon ;",
		},
	},
	{
		why:    "a group name of specials",
		in:     "[x]: a@b;",
		want:   []string{"|a@b|group=[x]"},
		groups: []string{"[x]|[x]: a@b;"},
		codes:  []string{"unquoted-special [x]"},
	},
	{
		why: "an unclosed bracket inside a group",
		in:  "G: <a@b; c@d",
		want: []string{
			"|a@b|group=G",
			"|c@d",
		},
		groups: []string{"G|G: <a@b;"},
		codes: []string{
			"angle-unclosed <a@b",
			"missing-comma c",
		},
	},
	{
		why: "an unclosed comment in a group",
		in:  "G: a@b (x; c@d",
		want: []string{
			"x|a@b|group=G",
			"|c@d",
		},
		groups: []string{"G|G: a@b (x;"},
		codes: []string{
			"comment-unterminated (",
			"unexpected (",
			"name-after-address x",
			"missing-comma c",
		},
	},
	{
		why: "a null path between others",
		in:  "a@b, <>, c@d",
		want: []string{
			"|a@b",
			"|",
			"|c@d",
		},
		codes: []string{"null-path <>"},
	},
	{
		why: "a word between two domains",
		in:  "a@b c @d",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{
			"missing-comma c",
			"space-around-at  ",
		},
	},
	{
		why: "a separator inside a comment is text",
		in:  "a@b (c, d; e), f@g",
		want: []string{
			"c, d; e|a@b|comment=c, d; e",
			"|f@g",
		},
		codes: []string{"name-in-comment (c, d; e)"},
	},
	{
		why:  "a fold between words that cannot be decoded is one blank",
		in:   "=?x-none?Q?a?=\r\n =?x-none?Q?b?= <a@b>",
		want: []string{"=?x-none?Q?a?= =?x-none?Q?b?=|a@b"},
	},
}
