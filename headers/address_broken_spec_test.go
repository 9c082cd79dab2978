package headers

// addrBrokenSpecCases is broken inside the address.
var addrBrokenSpecCases = []addrCase{
	{
		why:   "a route with two hosts",
		in:    "<@a,@b:c@d>",
		want:  []string{"|c@d|route=@a,@b"},
		codes: []string{"route @a,@b:"},
	},
	{
		why:   "a route with comments hard against its signs",
		in:    "<@(x)a(y).b:c@d>",
		want:  []string{"|c@d|comment=x y|route=@a.b"},
		codes: []string{"route @(x)a(y).b:"},
	},
	{
		why:   "a fold in a literal inside a name",
		in:    "a@[x\r\n y] <c@d>",
		want:  []string{"a@[x y]|c@d"},
		codes: []string{"unquoted-special @[x\r\n y]"},
	},
	{
		why:   "a route with blanks and a comment",
		in:    "< @a , (x) @b : c@d >",
		want:  []string{"|c@d|comment=x|route=@a,@b"},
		codes: []string{"route @a , (x) @b :"},
	},
	{
		why:  "a route that leads nowhere",
		in:   "<@a:>",
		want: []string{"||route=@a"},
		codes: []string{
			"null-path <@a:>",
			"route @a:",
		},
	},
	{
		why:  "a route that is never closed",
		in:   "<@a,@b:c@d",
		want: []string{"|c@d|route=@a,@b"},
		codes: []string{
			"angle-unclosed <@a,@b:c@d",
			"route @a,@b:",
		},
	},
	{
		why:   "a route without a colon is an address without a local part",
		in:    "<@a>",
		want:  []string{"|@a"},
		codes: []string{"no-local @"},
	},
	{
		why:   "two at signs: the last one counts",
		in:    "a@b@c",
		want:  []string{"|a@b@c"},
		codes: []string{"multiple-at @b@"},
	},
	{
		why:   "two at signs in brackets",
		in:    "<a@b@c>",
		want:  []string{"|a@b@c"},
		codes: []string{"multiple-at @b@"},
	},
	{
		why:   "two at signs side by side",
		in:    "a@@b",
		want:  []string{"|a@@b"},
		codes: []string{"multiple-at @@"},
	},
	{
		why:   "no domain",
		in:    "a@",
		want:  []string{"|a@|local=a"},
		codes: []string{"no-domain @"},
	},
	{
		why:   "no local part",
		in:    "@b",
		want:  []string{"|@b"},
		codes: []string{"no-local @"},
	},
	{
		why:   "no domain in brackets",
		in:    "Ann <a>",
		want:  []string{"Ann|a|local=a"},
		codes: []string{"no-domain a"},
	},
	{
		why:   "a quoted word hard against a local part in brackets",
		in:    `<"Ann"a@b>`,
		want:  []string{`|"Ann"a@b`},
		codes: []string{`unexpected "Ann"`},
	},
	{
		why:   "a blank inside the local part in brackets",
		in:    "<a b@c>",
		want:  []string{"|a b@c"},
		codes: []string{"space-in-local  "},
	},
	{
		why:   "folding inside the local part in brackets",
		in:    "<a\r\n b@c>",
		want:  []string{"|a b@c"},
		codes: []string{"space-in-local \r\n "},
	},
	{
		why:   "a blank inside the domain in brackets",
		in:    "<a@b c>",
		want:  []string{"|a@b"},
		codes: []string{"unexpected c"},
	},
	{
		why:  "obs-local-part and obs-domain: blanks about each dot",
		in:   "john . doe @ example . com",
		want: []string{"|john.doe@example.com"},
		codes: []string{
			"obsolete-space  ",
			"obsolete-space  ",
			"space-around-at  ",
			"space-around-at  ",
			"obsolete-space  ",
			"obsolete-space  ",
		},
	},
	{
		why:  "comments about each dot",
		in:   "a(x).b@(y)c(z).d",
		want: []string{"|a.b@c.d|comment=x y z"},
		codes: []string{
			"obsolete-space (x)",
			"space-around-at (y)",
			"obsolete-space (z)",
		},
	},
	{
		why:   "a fold about a dot",
		in:    "a@b\r\n .c",
		want:  []string{"|a@b.c"},
		codes: []string{"obsolete-space \r\n "},
	},
	{
		why:   "a scheme before a bare address",
		in:    "mailto:a@b",
		want:  []string{"|a@b"},
		codes: []string{"mailto mailto:"},
	},
	{
		why:   "a literal without its end",
		in:    "a@[192.0.2.1",
		want:  []string{"|a@[192.0.2.1"},
		codes: []string{"literal-unterminated [192.0.2.1"},
	},
	{
		why: "a literal without its end in a list",
		in:  "a@[192.0.2.1, c@d",
		want: []string{
			"|a@[192.0.2.1",
			"|c@d",
		},
		codes: []string{"literal-unterminated [192.0.2.1"},
	},
	{
		why:   "a literal without its end in brackets",
		in:    "<a@[192.0.2.1>",
		want:  []string{"|a@[192.0.2.1"},
		codes: []string{"literal-unterminated [192.0.2.1"},
	},
	{
		why:   "a literal inside a name of hosts",
		in:    "a@b[c]",
		want:  []string{"|a@b"},
		codes: []string{"unexpected [c]"},
	},
	{
		why:  "brackets where the local part should be",
		in:   "[list]@b",
		want: []string{"|[list]@b"},
		codes: []string{
			"unexpected [",
			"unexpected ]",
		},
	},
	{
		why:   "a leading dot",
		in:    ".a@b",
		want:  []string{"|.a@b"},
		codes: []string{"dots ."},
	},
	{
		why:   "a trailing dot",
		in:    "a.@b",
		want:  []string{"|a.@b"},
		codes: []string{"dots ."},
	},
	{
		why:   "a double dot",
		in:    "a..b@c",
		want:  []string{"|a..b@c"},
		codes: []string{"dots ."},
	},
	{
		why:  "dots about the domain",
		in:   "a@.b.",
		want: []string{"|a@.b."},
		codes: []string{
			"dots .",
			"dots .",
		},
	},
	{
		why:   "a UUCP path",
		in:    "a!b!c",
		want:  []string{"|a!b!c|local=a!b!c"},
		codes: []string{"bang-path a!b!c"},
	},
	{
		why:  "a UUCP path with a name in a comment",
		in:   "a!b!c (Ann)",
		want: []string{"Ann|a!b!c|comment=Ann|local=a!b!c"},
		codes: []string{
			"bang-path a!b!c",
			"name-in-comment (Ann)",
		},
	},
	{
		why:   "a UUCP path in brackets",
		in:    "Ann <a!b!c>",
		want:  []string{"Ann|a!b!c|local=a!b!c"},
		codes: []string{"bang-path a!b!c"},
	},
	{
		why:  "a UUCP path with a domain is a local part like another",
		in:   "a!b@c",
		want: []string{"|a!b@c"},
	},
	{
		why:  "the percent hack",
		in:   "user%host@relay",
		want: []string{"|user%host@relay"},
	},
	{
		why:  "X.400 without blanks",
		in:   "/S=Smith/O=Org/@gw",
		want: []string{"|/S=Smith/O=Org/@gw"},
	},
	{
		why:   "X.400 with blanks and without quotes",
		in:    "/G=Ann/S=Smith/ADMD= /C=GB/@gw",
		want:  []string{"|/G=Ann/S=Smith/ADMD= /C=GB/@gw"},
		codes: []string{"space-in-local  "},
	},
	{
		why:  "X.400 in brackets",
		in:   "</CN=robots/@nexor.example>",
		want: []string{"|/CN=robots/@nexor.example"},
	},
	{
		why:  "NUL and other control characters",
		in:   "A\x00nn <a\x01\x02b@c\x7f>",
		want: []string{"A\x00nn|a\x01\x02b@c\x7f"},
		codes: []string{
			"control \x00",
			"control \x01\x02",
			"control \x7f",
		},
	},
	{
		why:  "bytes that are no UTF-8",
		in:   "<\xe9\xe8@\xe9>",
		want: []string{"|\xe9\xe8@\xe9"},
		codes: []string{
			"8bit \xe9\xe8",
			"8bit \xe9",
		},
	},
	{
		why:   "brackets and an at sign left as they are in an encoded word",
		in:    "=?UTF-8?Q?A_<a@b>?= <c@d>",
		want:  []string{"A <a@b>|c@d"},
		codes: []string{"encoded-word-specials <a@b>"},
	},
	{
		why:   "an encoded local part is kept as written",
		in:    "=?UTF-8?Q?ann?=@x",
		want:  []string{"|=?UTF-8?Q?ann?=@x"},
		codes: []string{"encoded-word =?UTF-8?Q?ann?="},
	},
	{
		why:   "an encoded local part in quotes is kept as written",
		in:    `"=?UTF-8?Q?ann?="@x`,
		want:  []string{`|"=?UTF-8?Q?ann?="@x`},
		codes: []string{"encoded-word =?UTF-8?Q?ann?="},
	},
	{
		why:  "a quoted domain",
		in:   `a@"b"`,
		want: []string{"|a@|local=a"},
		codes: []string{
			"no-domain @",
			`unexpected "b"`,
		},
	},
	{
		why:  "a literal behind a dot",
		in:   "a@b.[c]",
		want: []string{"|a@b."},
		codes: []string{
			"dots .",
			"unexpected [c]",
		},
	},
	{
		why:   "text hard against a literal",
		in:    "a@[c]d",
		want:  []string{"|a@[c]"},
		codes: []string{"unexpected d"},
	},
	{
		why:  "a fold in a domain literal of a name with two signs",
		in:   "a@[x\r\n y]@b",
		want: []string{"|a@[x y]@b"},
		codes: []string{
			"multiple-at @[x\r\n y]@",
			"unexpected [x\r\n y]",
		},
	},
	{
		why:   "a path that only begins like X.400",
		in:    "/dev/null x@y",
		want:  []string{"/dev/null|x@y"},
		codes: []string{"missing-angle /dev/null x@y"},
	},
	{
		why:  "a comment before an X.400 address",
		in:   "(x) /G=Ann/S=B C/@gw",
		want: []string{"x|/G=Ann/S=B C/@gw|comment=x"},
		codes: []string{
			"name-in-comment (x)",
			"space-in-local  ",
		},
	},
	{
		why:   "a name before an X.400 address is read as one",
		in:    "Ann /S=B/@gw",
		want:  []string{"Ann|/S=B/@gw"},
		codes: []string{"missing-angle Ann /S=B/@gw"},
	},
	{
		why:  "a literal as a name",
		in:   "[1.2.3.4] <a@b>",
		want: []string{"[1.2.3.4]|a@b"},
		codes: []string{
			"unquoted-special [1.2.3.4]",
			"obsolete-phrase .2.3.",
		},
	},
	{
		why:  "comments beside a quoted word of the local part",
		in:   `"a"(x).(y)"b c"@d`,
		want: []string{`|a."b c"@d|comment=x y`},
		codes: []string{
			`needless-quotes "a"`,
			"obsolete-space (x)",
			"obsolete-space (y)",
		},
	},
	{
		why:  "a quoted word before a second at sign",
		in:   `"a"@b@c`,
		want: []string{"|a@b@c"},
		codes: []string{
			`needless-quotes "a"`,
			"multiple-at @b@",
		},
	},
}
