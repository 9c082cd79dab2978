package headers

// addrGrammarCases is what RFC 5322 allows, its obsolete forms included.
var addrGrammarCases = []addrCase{
	{
		why:  "RFC 5322 A.1.1: a display name and an address",
		in:   "John Doe <jdoe@machine.example>",
		want: []string{"John Doe|jdoe@machine.example"},
	},
	{
		why:  "RFC 5322 A.1.1: the same behind the blank of the field",
		in:   " Mary Smith <mary@example.net>",
		want: []string{"Mary Smith|mary@example.net"},
	},
	{
		why:  "RFC 5322 A.1.1 variation: Sender of its own",
		in:   "Michael Jones <mjones@machine.example>",
		want: []string{"Michael Jones|mjones@machine.example"},
	},
	{
		why:  "RFC 5322 A.1.2: a quoted name keeps its dots",
		in:   `"Joe Q. Public" <john.q.public@example.com>`,
		want: []string{"Joe Q. Public|john.q.public@example.com"},
	},
	{
		why: "RFC 5322 A.1.2: three forms in one list; a question mark is atext",
		in:  "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
		want: []string{
			"Mary Smith|mary@x.test",
			"|jdoe@example.org",
			"Who?|one@y.test",
		},
	},
	{
		why: "RFC 5322 A.1.2: quotes inside quotes; a semicolon in quotes is text",
		in:  `<boss@nil.test>, "Giant; \"Big\" Box" <sysservices@example.net>`,
		want: []string{
			"|boss@nil.test",
			`Giant; "Big" Box|sysservices@example.net`,
		},
	},
	{
		why: "RFC 5322 A.1.3: a group of three",
		in:  "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
		want: []string{
			"Ed Jones|c@a.test|group=A Group",
			"|joe@where.test|group=A Group",
			"John|jdoe@one.test|group=A Group",
		},
		groups: []string{"A Group|A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;"},
	},
	{
		why:    "RFC 5322 A.1.3: a group of none",
		in:     "Undisclosed recipients:;",
		groups: []string{"Undisclosed recipients|Undisclosed recipients:;|empty"},
	},
	{
		why:  "RFC 5322 A.2: a colon in quotes opens no group",
		in:   `"Mary Smith: Personal Account" <smith@home.example>`,
		want: []string{"Mary Smith: Personal Account|smith@home.example"},
	},
	{
		why:   "RFC 5322 A.5: comments at every place they may stand",
		in:    `Pete(A nice \) chap) <pete(his account)@silly.test(his host)>`,
		want:  []string{"Pete|pete@silly.test|comment=A nice ) chap his account his host"},
		codes: []string{"space-around-at (his account)"},
	},
	{
		why: "RFC 5322 A.5: comments around a group and its members",
		in:  "A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n         joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end of the group)",
		want: []string{
			"Chris Jones|c@public.example|comment=Chris's host.|group=A Group",
			"|joe@example.org|group=A Group",
			"John|jdoe@one.test|comment=my dear friend|group=A Group",
		},
		groups: []string{"A Group|A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n         joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end of the group)|comment=Some people the end of the group"},
		codes:  []string{"space-around-at (Chris's host.)"},
	},
	{
		why:    "RFC 5322 A.5: a group of comments alone is empty",
		in:     "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;",
		groups: []string{"Hidden recipients|(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;|comment=Empty list start nobody(that I know)|empty"},
	},
	{
		why:   "RFC 5322 A.6.1: obs-phrase, a dot without quotes",
		in:    "Joe Q. Public <john.q.public@example.com>",
		want:  []string{"Joe Q. Public|john.q.public@example.com"},
		codes: []string{"obsolete-phrase ."},
	},
	{
		why: "RFC 5322 A.6.1: a route, an empty element, blanks about a dot",
		in:  "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
		want: []string{
			"Mary Smith|mary@example.net|route=@node.test",
			"|jdoe@test.example",
		},
		codes: []string{
			"route @node.test:",
			"empty-element ,",
			"obsolete-space   ",
			"obsolete-space  ",
		},
	},
	{
		why:  "RFC 5322 A.6.3: white space and comment inside the domain",
		in:   "John Doe <jdoe@machine(comment).  example>",
		want: []string{"John Doe|jdoe@machine.example|comment=comment"},
		codes: []string{
			"obsolete-space (comment)",
			"obsolete-space   ",
		},
	},
	{
		why:  "RFC 5322 A.6.3: a line of blanks inside folding",
		in:   "Mary Smith\r\n          \r\n\t<mary@example.net>",
		want: []string{"Mary Smith|mary@example.net"},
	},
	{
		why:  "an addr-spec alone",
		in:   "a@b",
		want: []string{"|a@b"},
	},
	{
		why:  "angle brackets alone",
		in:   "<a@b>",
		want: []string{"|a@b"},
	},
	{
		why:  "no blank before the bracket",
		in:   "Ann<a@b>",
		want: []string{"Ann|a@b"},
	},
	{
		why:  "every special of atext",
		in:   "!#$%&'*+-/=?^_`{|}~@x.example",
		want: []string{"|!#$%&'*+-/=?^_`{|}~@x.example"},
	},
	{
		why:  "a subaddress and a digit host",
		in:   "a+b-c@1.2.3.example",
		want: []string{"|a+b-c@1.2.3.example"},
	},
	{
		why:  "a single label",
		in:   "root@localhost",
		want: []string{"|root@localhost"},
	},
	{
		why:  "a domain literal",
		in:   "a@[192.0.2.1]",
		want: []string{"|a@[192.0.2.1]"},
	},
	{
		why: "an IPv6 literal: colons inside open no group",
		in:  "Ann <a@[IPv6:2001:db8::1]>, b@c",
		want: []string{
			"Ann|a@[IPv6:2001:db8::1]",
			"|b@c",
		},
	},
	{
		why:  "a literal with a comma and brackets of other kinds stays one token",
		in:   "a@[x,y;(z)]",
		want: []string{"|a@[x,y;(z)]"},
	},
	{
		why:   "white space in a literal is left out",
		in:    "a@[ 192.0.2.1 ]",
		want:  []string{"|a@[192.0.2.1]"},
		codes: []string{"obsolete-space [ 192.0.2.1 ]"},
	},
	{
		why:  "a quoted local part keeps quotes that it needs",
		in:   `"john doe"@x.example`,
		want: []string{`|"john doe"@x.example`},
	},
	{
		why:  "an empty quoted local part",
		in:   `""@x`,
		want: []string{`|""@x`},
	},
	{
		why:  "an at sign in a quoted local part is text",
		in:   `"a@b"@c`,
		want: []string{`|"a@b"@c`},
	},
	{
		why:  "escapes in a local part that needs its quotes are kept as written",
		in:   `"a\"b\\c"@x`,
		want: []string{`|"a\"b\\c"@x`},
	},
	{
		why:  "a folded local part",
		in:   "\"john\r\n doe\"@x",
		want: []string{`|"john doe"@x`},
	},
	{
		why:   "RFC 5321 4.1.2: quotes that say nothing are left out",
		in:    `"john"@x`,
		want:  []string{"|john@x"},
		codes: []string{`needless-quotes "john"`},
	},
	{
		why:   "escapes that say nothing go with the quotes",
		in:    `"j\ohn"@x`,
		want:  []string{"|john@x"},
		codes: []string{`needless-quotes "j\ohn"`},
	},
	{
		why:  "obs-local-part: words with dots between them",
		in:   `first."middle name".last@x`,
		want: []string{`|first."middle name".last@x`},
	},
	{
		why:   "needless quotes on one word of several",
		in:    `"a.b".c@x`,
		want:  []string{"|a.b.c@x"},
		codes: []string{`needless-quotes "a.b"`},
	},
	{
		why:  "a quoted name alone in its words",
		in:   `"Doe, John" <j@d>`,
		want: []string{"Doe, John|j@d"},
	},
	{
		why:  "a quoted name with several words beside it",
		in:   `Dr "Who" is <w@d>`,
		want: []string{"Dr Who is|w@d"},
	},
	{
		why:  "words hard against each other are read as written",
		in:   `O"Brien" <o@d>`,
		want: []string{"OBrien|o@d"},
	},
	{
		why:  "an empty quoted name is no name",
		in:   `"" <a@b>`,
		want: []string{"|a@b"},
	},
	{
		why:  "blanks in quotes are the writer's own",
		in:   `"  Ann  B " <a@b>`,
		want: []string{"  Ann  B |a@b"},
	},
	{
		why:  "folding in quotes is one blank",
		in:   "\"Ann\r\n   B\" <a@b>",
		want: []string{"Ann B|a@b"},
	},
	{
		why:  "a tab is white space",
		in:   "Ann\tB\t<a@b>",
		want: []string{"Ann B|a@b"},
	},
	{
		why:  "runs of blanks between words are one",
		in:   "Ann    B <a@b>",
		want: []string{"Ann B|a@b"},
	},
	{
		why:  "folding by bare LF and by bare CR",
		in:   "Ann\n B\r C <a@b>",
		want: []string{"Ann B C|a@b"},
	},
	{
		why:  "a comment between words is white space",
		in:   "Ann(x)B <a@b>",
		want: []string{"Ann B|a@b|comment=x"},
	},
	{
		why:  "a comment before, inside and behind",
		in:   "(x) Ann (y) <a@b> (z)",
		want: []string{"Ann|a@b|comment=x y z"},
	},
	{
		why:  "nested comments keep their inner parentheses",
		in:   "Ann (a (b (c)) d) <a@b>",
		want: []string{"Ann|a@b|comment=a (b (c)) d"},
	},
	{
		why:  "quoted pairs in a comment",
		in:   `Ann (\(\)\\) <a@b>`,
		want: []string{`Ann|a@b|comment=()\`},
	},
	{
		why:  "folding in a comment",
		in:   "Ann (x\r\n\ty) <a@b>",
		want: []string{"Ann|a@b|comment=x y"},
	},
	{
		why:  "an empty comment names nobody",
		in:   "a@b ()",
		want: []string{"|a@b"},
	},
	{
		why:   "RFC 822's form: the comment is the name",
		in:    "a@b (Ann B)",
		want:  []string{"Ann B|a@b|comment=Ann B"},
		codes: []string{"name-in-comment (Ann B)"},
	},
	{
		why:   "the comment as a name in front",
		in:    "(Ann B) a@b",
		want:  []string{"Ann B|a@b|comment=Ann B"},
		codes: []string{"name-in-comment (Ann B)"},
	},
	{
		why:   "the comment as a name behind brackets",
		in:    "<a@b> (Ann B)",
		want:  []string{"Ann B|a@b|comment=Ann B"},
		codes: []string{"name-in-comment (Ann B)"},
	},
	{
		why:  "two comments make one name",
		in:   "a@b (Ann) (B)",
		want: []string{"Ann B|a@b|comment=Ann B"},
		codes: []string{
			"name-in-comment (Ann)",
			"name-in-comment (B)",
		},
	},
	{
		why:   "a comment inside the addr-spec names nobody",
		in:    "a(x)@b",
		want:  []string{"|a@b|comment=x"},
		codes: []string{"space-around-at (x)"},
	},
	{
		why:  "of an inner and an outer comment the outer one is the name",
		in:   "a(x)@b (Ann)",
		want: []string{"Ann|a@b|comment=x Ann"},
		codes: []string{
			"space-around-at (x)",
			"name-in-comment (Ann)",
		},
	},
	{
		why:  "a name leaves the comment alone",
		in:   "Ann <a@b> (work)",
		want: []string{"Ann|a@b|comment=work"},
	},
	{
		why:  "a trap: the parentheses are inside quotes",
		in:   `"(Gay David)" <dgay@x>`,
		want: []string{"(Gay David)|dgay@x"},
	},
	{
		why: "groups and single mailboxes mixed",
		in:  "a@b, Team: c@d, e@f;, g@h",
		want: []string{
			"|a@b",
			"|c@d|group=Team",
			"|e@f|group=Team",
			"|g@h",
		},
		groups: []string{"Team|Team: c@d, e@f;"},
	},
	{
		why: "two groups",
		in:  "One: a@b;, Two: c@d;",
		want: []string{
			"|a@b|group=One",
			"|c@d|group=Two",
		},
		groups: []string{
			"One|One: a@b;",
			"Two|Two: c@d;",
		},
	},
	{
		why:    "a quoted group name",
		in:     `"Team; A": a@b;`,
		want:   []string{"|a@b|group=Team; A"},
		groups: []string{`Team; A|"Team; A": a@b;`},
	},
	{
		why:    "a group whose list is white space",
		in:     "Nobody: \r\n ;",
		groups: []string{"Nobody|Nobody: \r\n ;|empty"},
	},
	{
		why:   "the null path of a bounce",
		in:    "<>",
		want:  []string{"|"},
		codes: []string{"null-path <>"},
	},
	{
		why:   "a null path with a comment",
		in:    "<> (bounce)",
		want:  []string{"||comment=bounce"},
		codes: []string{"null-path <>"},
	},
	{
		why:   "blanks inside the null path",
		in:    "< >",
		want:  []string{"|"},
		codes: []string{"null-path < >"},
	},
	{
		why:  "UTF-8 in every place: RFC 6532",
		in:   "J\u00fcrgen <j\u00fcrgen@b\u00fccher.example>",
		want: []string{"J\u00fcrgen|j\u00fcrgen@b\u00fccher.example"},
	},
	{
		why:  "UTF-8 in quotes and comment",
		in:   "\"J\u00fcrgen\" <j@b> (K\u00f6ln)",
		want: []string{"J\u00fcrgen|j@b|comment=K\u00f6ln"},
	},
	{
		why:  "RFC 2047 8: one encoded word",
		in:   "=?ISO-8859-1?Q?Andr=E9?= Pirard <p@x>",
		want: []string{"Andr\u00e9 Pirard|p@x"},
	},
	{
		why:  "encoded words in a row, folded",
		in:   "=?UTF-8?Q?J=C3=BCrgen_?=\r\n =?UTF-8?Q?M=C3=BCller?= <j@x>",
		want: []string{"J\u00fcrgen M\u00fcller|j@x"},
	},
	{
		why:  "an encoded word between plain ones",
		in:   "Dr =?UTF-8?B?w4Q=?= X <j@x>",
		want: []string{"Dr \u00c4 X|j@x"},
	},
	{
		why:   "an encoded word in a comment",
		in:    "j@x (=?UTF-8?Q?J=C3=BCrgen?=)",
		want:  []string{"J\u00fcrgen|j@x|comment=J\u00fcrgen"},
		codes: []string{"name-in-comment (=?UTF-8?Q?J=C3=BCrgen?=)"},
	},
	{
		why:    "an encoded group name",
		in:     "=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=: a@b;",
		want:   []string{"|a@b|group=Gr\u00fc\u00dfe"},
		groups: []string{"Gr\u00fc\u00dfe|=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=: a@b;"},
	},
	{
		why:  "what merely begins like an encoded word",
		in:   "=? what <a@b>",
		want: []string{"=? what|a@b"},
	},
	{
		why:  "thirty blanks inside an encoded word are the writer's own",
		in:   "=?UTF-8?Q?Ann______________________________B?= <a@b>",
		want: []string{"Ann                              B|a@b"},
	},
}
