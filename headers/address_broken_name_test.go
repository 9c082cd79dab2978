package headers

// addrBrokenNameCases is broken in the name, or in what is about the address.
var addrBrokenNameCases = []addrCase{
	{
		why:   "a word is no address",
		in:    "Anonymous",
		want:  []string{"Anonymous|"},
		codes: []string{"no-addr-spec Anonymous"},
	},
	{
		why:   "a word with a comment neither",
		in:    "ilug (Request)",
		want:  []string{"ilug||comment=Request"},
		codes: []string{"no-addr-spec ilug (Request)"},
	},
	{
		why:   "a quoted name alone",
		in:    `"Doe, John"`,
		want:  []string{"Doe, John|"},
		codes: []string{`no-addr-spec "Doe, John"`},
	},
	{
		why:   "no closing bracket",
		in:    "Ann <a@b",
		want:  []string{"Ann|a@b"},
		codes: []string{"angle-unclosed <a@b"},
	},
	{
		why: "no closing bracket before the next mailbox",
		in:  "Ann <a@b, Bob <c@d>",
		want: []string{
			"Ann|a@b",
			"Bob|c@d",
		},
		codes: []string{"angle-unclosed <a@b"},
	},
	{
		why: "no closing bracket before the next bracket",
		in:  "Ann <a@b <c@d>",
		want: []string{
			"Ann|a@b",
			"|c@d",
		},
		codes: []string{
			"angle-unclosed <a@b",
			"missing-comma <",
		},
	},
	{
		why:   "a closing bracket too many",
		in:    "Ann <a@b>>",
		want:  []string{"Ann|a@b"},
		codes: []string{"unexpected >"},
	},
	{
		why:  "an opening bracket too many",
		in:   "Ann <<a@b>>",
		want: []string{"Ann|a@b"},
		codes: []string{
			"unexpected <",
			"unexpected >",
		},
	},
	{
		why:   "a closing bracket alone",
		in:    "a@b>",
		want:  []string{"|a@b"},
		codes: []string{"unexpected >"},
	},
	{
		why:  "a lone opening bracket",
		in:   "<",
		want: []string{"|"},
		codes: []string{
			"angle-unclosed <",
			"null-path <",
		},
	},
	{
		why:   "brackets about nothing but blanks and a name",
		in:    "Ann < > (x)",
		want:  []string{"Ann||comment=x"},
		codes: []string{"null-path < >"},
	},
	{
		why:   "a word before a bare address: its brackets are missing",
		in:    "a b@c",
		want:  []string{"a|b@c"},
		codes: []string{"missing-angle a b@c"},
	},
	{
		why:   "several words before a bare address",
		in:    "mailing list x@y",
		want:  []string{"mailing list|x@y"},
		codes: []string{"missing-angle mailing list x@y"},
	},
	{
		why:   "a quoted name before a bare address",
		in:    `"Ann" a@b`,
		want:  []string{"Ann|a@b"},
		codes: []string{`missing-angle "Ann" a@b`},
	},
	{
		why:   "a quoted name hard against a bare address",
		in:    `"Ann"a@b`,
		want:  []string{"Ann|a@b"},
		codes: []string{`missing-angle "Ann"a@b`},
	},
	{
		why: "a bare address behind a bracketed one",
		in:  "<a@b> c@d",
		want: []string{
			"|a@b",
			"|c@d",
		},
		codes: []string{"missing-comma c"},
	},
	{
		why: "an empty bracket before the true one",
		in:  `"Play Now" <><a@b>`,
		want: []string{
			"Play Now|",
			"|a@b",
		},
		codes: []string{
			"null-path <>",
			"missing-comma <",
		},
	},
	{
		why:   "words behind the address",
		in:    "<a@b> Ann B",
		want:  []string{"Ann B|a@b"},
		codes: []string{"name-after-address Ann B"},
	},
	{
		why:   "words behind a named address",
		in:    "Ann <a@b> B",
		want:  []string{"Ann|a@b"},
		codes: []string{"unexpected B"},
	},
	{
		why:   "words behind a bare address",
		in:    "a@b Ann",
		want:  []string{"Ann|a@b"},
		codes: []string{"name-after-address Ann"},
	},
	{
		why:   "junk hard against a bare address is no name",
		in:    `a@b\par`,
		want:  []string{"|a@b"},
		codes: []string{`unexpected \par`},
	},
	{
		why:  "a bracket before the words behind",
		in:   "<a@b> ]On Behalf Of Ann",
		want: []string{"On Behalf Of Ann|a@b"},
		codes: []string{
			"unexpected ]",
			"name-after-address On Behalf Of Ann",
		},
	},
	{
		why:   "a colon alone",
		in:    ":",
		codes: []string{"unexpected :"},
	},
	{
		why:   "a colon in a bare address",
		in:    "a@b:25",
		want:  []string{"|a@b"},
		codes: []string{"unexpected :25"},
	},
	{
		why:  "a scheme and a query in brackets",
		in:   "<mailto:a@b?subject=x.y>",
		want: []string{"|a@b"},
		codes: []string{
			"mailto mailto:",
			"unexpected ?subject=x.y",
		},
	},
	{
		why:  "a scheme in capitals behind a name",
		in:   "Ann [MAILTO:a@b]",
		want: []string{"Ann|a@b"},
		codes: []string{
			"missing-angle Ann [MAILTO:a@b",
			"unexpected [",
			"mailto MAILTO:",
			"unexpected ]",
		},
	},
	{
		why:  "a name that is an address, quoted",
		in:   `"a@b" <c@d>`,
		want: []string{"a@b|c@d"},
	},
	{
		why:   "a name that is an address, unquoted",
		in:    "a@b <c@d>",
		want:  []string{"a@b|c@d"},
		codes: []string{"unquoted-special @"},
	},
	{
		why:  "a name that is a whole mailbox",
		in:   `"<a@b>" <c@d>`,
		want: []string{"<a@b>|c@d"},
	},
	{
		why:   "a tag before the name",
		in:    "[list] Ann <a@b>",
		want:  []string{"[list] Ann|a@b"},
		codes: []string{"unquoted-special [list]"},
	},
	{
		why: "a parenthesis that is never closed",
		in:  "Ann (work <a@b>, c@d",
		want: []string{
			"Ann (work|a@b",
			"|c@d",
		},
		codes: []string{
			"comment-unterminated (",
			"unquoted-special (",
		},
	},
	{
		why:   "a closing parenthesis alone",
		in:    "Ann) <a@b>",
		want:  []string{"Ann)|a@b"},
		codes: []string{"unquoted-special )"},
	},
	{
		why: "a quote that is never closed",
		in:  `"Ann <a@b>, c@d`,
		want: []string{
			`"Ann|a@b`,
			"|c@d",
		},
		codes: []string{
			`quote-unterminated "`,
			`unquoted-special "`,
		},
	},
	{
		why: "a quote that is never closed behind a good one",
		in:  `"Ann" <a@b>, "Bob <c@d>`,
		want: []string{
			"Ann|a@b",
			`"Bob|c@d`,
		},
		codes: []string{
			`quote-unterminated "`,
			`unquoted-special "`,
		},
	},
	{
		why:   "escaped quotes outside quotes open no string",
		in:    `\"Ann\" <a@b>`,
		want:  []string{`\"Ann\"|a@b`},
		codes: []string{`unquoted-special \"Ann\"`},
	},
	{
		why:   "a backslash in a name is kept",
		in:    `CORP\ann <a@b>`,
		want:  []string{`CORP\ann|a@b`},
		codes: []string{`unquoted-special \`},
	},
	{
		why:   "a backslash at the end",
		in:    `a@b \`,
		want:  []string{"|a@b"},
		codes: []string{`unexpected \`},
	},
	{
		why:  "a URL in brackets",
		in:   "<http://x.example/list> (Archive)",
		want: []string{"Archive|http://x.example/list|comment=Archive|local=http://x.example/list"},
		codes: []string{
			"no-domain http://x.example/list",
			"unexpected :",
			"name-in-comment (Archive)",
		},
	},
	{
		why:  "a control character in quotes and comment",
		in:   "\"A\x01\" <a@b> (\x02)",
		want: []string{"A\x01|a@b|comment=\x02"},
		codes: []string{
			"control \x01",
			"control \x02",
		},
	},
	{
		why:   "a bare CR in the name",
		in:    "Ann\rB <a@b>",
		want:  []string{"Ann B|a@b"},
		codes: []string{"line-break \r"},
	},
	{
		why:  "a bare CR in the address",
		in:   "a\rb@c",
		want: []string{"a|b@c"},
		codes: []string{
			"missing-angle a\rb@c",
			"line-break \r",
		},
	},
	{
		why:   "a bare CR in quotes",
		in:    "\"A\rB\" <a@b>",
		want:  []string{"A B|a@b"},
		codes: []string{"line-break \r"},
	},
	{
		why:   "an encoded word in quotes",
		in:    `"=?UTF-8?Q?J=C3=BCrgen?=" <j@x>`,
		want:  []string{"J\u00fcrgen|j@x"},
		codes: []string{`encoded-word-in-quotes "=?UTF-8?Q?J=C3=BCrgen?="`},
	},
	{
		why:   "an encoded word in quotes behind an escape",
		in:    `"\"=?UTF-8?Q?J=C3=BC?=\"" <j@x>`,
		want:  []string{"\"J\u00fc\"|j@x"},
		codes: []string{`encoded-word-in-quotes "\"=?UTF-8?Q?J=C3=BC?=\""`},
	},
	{
		why:   "an encoded word that hides a whole mailbox stays text",
		in:    "=?utf-8?Q?A_=3Ca=40b=3E?=",
		want:  []string{"A <a@b>|"},
		codes: []string{"no-addr-spec =?utf-8?Q?A_=3Ca=40b=3E?="},
	},
	{
		why:  "an encoded word that hides a mailbox before the true one",
		in:   "=?utf-8?Q?Ann_=3Ca=40b=3E=2C?= <c@d>",
		want: []string{"Ann <a@b>,|c@d"},
	},
	{
		why:   "an encoded addr-spec in brackets is kept as written",
		in:    "<=?UTF-8?Q?a@b?=>",
		want:  []string{"|=?UTF-8?Q?a@b?="},
		codes: []string{"encoded-word =?UTF-8?Q?a@b?="},
	},
	{
		why:  "two encoded words about a dot",
		in:   "<=?UTF-8?Q?a?=.=?UTF-8?Q?b?=@x>",
		want: []string{"|=?UTF-8?Q?a?=.=?UTF-8?Q?b?=@x"},
		codes: []string{
			"encoded-word =?UTF-8?Q?a?=",
			"encoded-word =?UTF-8?Q?b?=",
		},
	},
	{
		why:  "nothing in an encoded word",
		in:   "=?UTF-8?Q??= <a@b>",
		want: []string{"|a@b"},
	},
	{
		why:  "a blank inside an encoded word ends it",
		in:   "=?UTF-8?Q?A B?= <a@b>",
		want: []string{"A B|a@b"},
	},
	{
		why:  "an encoded word hard against text",
		in:   "H=?UTF-8?Q?=C3=B6?=hn <h@x>",
		want: []string{"H\u00f6hn|h@x"},
	},
	{
		why:  "quotes about a double dot are needed",
		in:   `"a..b"@x`,
		want: []string{`|"a..b"@x`},
	},
	{
		why:  "quotes about a dot at the end are needed",
		in:   `"a."@x`,
		want: []string{`|"a."@x`},
	},
	{
		why:   "quotes about a control character are needed",
		in:    "\"a\x01\"@x",
		want:  []string{"|\"a\x01\"@x"},
		codes: []string{"control \x01"},
	},
	{
		why:  "a bare address, a word and a bracket",
		in:   "a@b <c> d",
		want: []string{"a@b|c|local=c"},
		codes: []string{
			"unquoted-special @",
			"no-domain c",
			"unexpected d",
		},
	},
	{
		why: "a bracketed address without a sign before a bare one",
		in:  "<a> b@c",
		want: []string{
			"|a|local=a",
			"|b@c",
		},
		codes: []string{
			"no-domain a",
			"missing-comma b",
		},
	},
	{
		why: "brackets hard against a host",
		in:  "<a>@b",
		want: []string{
			"|a|local=a",
			"|@b",
		},
		codes: []string{
			"no-domain a",
			"missing-comma @",
			"no-local @",
		},
	},
	{
		why:   "encoded words with a charset that holds a quote are none",
		in:    `=?x"?Q?y?= <a@b>"`,
		want:  []string{"=?x?Q?y?= <a@b>|"},
		codes: []string{`no-addr-spec =?x"?Q?y?= <a@b>"`},
	},
	{
		why:  "an angle bracket inside a comment is text",
		in:   "Ann (<a@b>) <c@d>",
		want: []string{"Ann|c@d|comment=<a@b>"},
	},
	{
		why:  "an angle bracket inside quotes is text",
		in:   `"<" a@b ">"`,
		want: []string{"<|a@b"},
		codes: []string{
			`missing-angle "<" a@b`,
			`unexpected ">"`,
		},
	},
	{
		why:  "a backslash before a fold in quotes",
		in:   "\"a\\\r\n b\" <a@b>",
		want: []string{"a b|a@b"},
	},
}
