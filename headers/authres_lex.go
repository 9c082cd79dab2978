package headers

import "strings"

type authKind uint8

const (
	authEnd       authKind = iota // never a token
	authWord                      // text on the left side of "=", or without any
	authEquals                    // the "=" between the two sides of a pair
	authValue                     // text on the right side
	authComment                   // with its parentheses
	authSemicolon                 // outside of comments and quoted strings
)

type authToken struct {
	start, end int
	kind       authKind
}

func (t authToken) span() Span { return Span{t.start, t.end} }

// authKey is the left side of a pair, such as "header.d" or "dkim/1". name is
// the text without comments and white space; next is the token behind "=".
type authKey struct {
	name string
	at   Span
	next int
}

// lex cuts text into tokens. Nothing is left out but white space.
func (p *authParser) lex(toks []authToken) {
	value := false // the next word is the right side of a pair
	for i := 0; i < len(p.text); {
		c := p.text[i]
		if dateIsBlank(c) {
			i++
			value = value && !authPairAt(p.text, i)
			continue
		}
		t := authToken{start: i, end: i + 1}
		switch {
		case c == ';':
			t.kind, value = authSemicolon, false
		case c == '(':
			t.kind, t.end = authComment, p.commentEnd(i)
		case value:
			t.kind, t.end, value = authValue, p.wordEnd(i, false), false
		case c == '=':
			t.kind, value = authEquals, true
		default:
			t.kind, t.end = authWord, p.wordEnd(i, true)
		}
		toks, i = append(toks, t), t.end
	}
	p.toks = toks
}

// authPairAt reports whether a property with a type begins at i. Behind "= "
// it is not the value that is missing there: a value that holds "=" must be
// quoted (RFC 2045 5.1).
// QUIRK: "smtp.mailfrom= smtp.helo=host", for mail with the null return path.
func authPairAt(text string, i int) bool {
	dots := 0
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c == '.':
			dots++
		case c == '=':
			return dots == 1
		case !authKeyByte(c):
			return false
		}
	}
	return false
}

// commentEnd is the end of the comment at i (RFC 5322 3.2.2).
func (p *authParser) commentEnd(i int) int {
	if end := dateCommentEnd(p.text, i); end > 0 {
		return end
	}
	p.defect("authres.unclosed-comment", Span{i, len(p.text)}, "comment without its closing parenthesis")
	return len(p.text)
}

// wordEnd is the end of the word at i. Quoted strings in it may hold anything.
func (p *authParser) wordEnd(i int, key bool) int {
	for ; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case dateIsBlank(c) || c == ';' || c == '(' || key && c == '=':
			return i
		case c == '"':
			i = p.quoteEnd(i) - 1
		}
	}
	return i
}

// quoteEnd is the end of the quoted string at i (RFC 5322 3.2.4).
func (p *authParser) quoteEnd(i int) int {
	for j := i + 1; j < len(p.text); j++ {
		switch p.text[j] {
		case '\\':
			j++
		case '"':
			return j + 1
		}
	}
	p.defect("authres.unclosed-quote", Span{i, len(p.text)}, "quoted string without its closing quote")
	return len(p.text)
}

func (p *authParser) kind() authKind {
	if p.i < len(p.toks) {
		return p.toks[p.i].kind
	}
	return authEnd
}

// offset is where the next token begins.
func (p *authParser) offset() int {
	if p.i < len(p.toks) {
		return p.toks[p.i].start
	}
	return len(p.text)
}

func (p *authParser) take(kind authKind) bool {
	if p.kind() != kind {
		return false
	}
	p.i++
	return true
}

// skip passes over comments and notes the first of them.
func (p *authParser) skip() {
	p.comment = Span{}
	for ; p.kind() == authComment; p.i++ {
		t := p.toks[p.i]
		if p.comment.Empty() {
			p.comment = t.span()
		}
		p.end = t.end
	}
}

// after is the first token at or behind i that is no comment.
func (p *authParser) after(i int) int {
	for i < len(p.toks) && p.toks[i].kind == authComment {
		i++
	}
	return i
}

// pair looks for the left side of a pair at the next token. White space and
// comments may stand around its "." or "/" (RFC 8601 2.2).
func (p *authParser) pair() (k authKey, ok bool) {
	const pieces = 3 // a name, a mark, a name
	if p.kind() != authWord {
		return k, false
	}
	t := p.toks[p.i]
	k = authKey{p.text[t.start:t.end], t.span(), p.after(p.i + 1)}
	for n := 1; n < pieces && k.next < len(p.toks) && p.toks[k.next].kind == authWord; n++ {
		t = p.toks[k.next]
		if !authMark(k.name[len(k.name)-1]) && !authMark(p.text[t.start]) {
			return k, false
		}
		k.name, k.at.End = k.name+p.text[t.start:t.end], t.end
		k.next = p.after(k.next + 1)
	}
	if k.next >= len(p.toks) || p.toks[k.next].kind != authEquals {
		return k, false
	}
	k.next++
	return k, true
}

// assigned reads the right side of the pair whose left side is k.
func (p *authParser) assigned(k authKey) (value string, written Span) {
	p.end = p.toks[k.next-1].end
	p.i = p.after(k.next)
	if p.kind() != authValue {
		p.i = k.next // comments behind "=" are then behind the pair
		p.defect("authres.empty-value", Span{p.end, p.end}, "nothing behind \"=\"")
		return "", Span{p.end, p.end}
	}
	t := p.toks[p.i]
	p.i++
	p.end = t.end
	return p.value(t), t.span()
}

// value is the text of a token: that of a quoted string without its quotes,
// any other as written, a quoted local part before "@" too.
func (p *authParser) value(t authToken) string {
	s := p.text[t.start:t.end]
	if !authOneQuote(s) {
		return s
	}
	return authUnescape(s[1 : len(s)-1])
}

// authOneQuote reports whether s is one quoted string and nothing else.
func authOneQuote(s string) bool {
	if s == "" || s[0] != '"' {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i == len(s)-1
		}
	}
	return false
}

// authCommentText is the text of a comment without its parentheses; the closing
// one may be missing.
func authCommentText(s string) string {
	if dateCommentEnd(s, 0) > 0 {
		s = s[:len(s)-1]
	}
	return authUnescape(s[1:])
}

// authUnescape undoes quoted pairs and leaves out the line breaks of folding,
// which RFC 5322 3.2.4 calls invisible.
func authUnescape(s string) string {
	if !strings.ContainsAny(s, "\\\r\n") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\r' || c == '\n':
		case c == '\\' && i+1 < len(s):
			i++
			out = append(out, s[i])
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

func authNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func authMark(c byte) bool { return c == '.' || c == '/' }

func authKeyByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || dateIsDigit(c) || c == '-' || c == '_'
}

// authKeyword reports whether s is a Keyword (RFC 5321 4.1.2, Ldh-str). The
// underscore is in use.
func authKeyword(s string) bool {
	for i := 0; i < len(s); i++ {
		if !authKeyByte(s[i]) {
			return false
		}
	}
	return s != ""
}

// authMethod reports whether a name without a dot is that of a method, from
// the IANA registry of e-mail authentication methods or in wide use.
func authMethod(name string) bool {
	switch strings.ToLower(name) {
	case "auth", "dkim", "dkim-adsp", "dkim-atps", "dmarc", "dnswl", "domainkeys", "iprev", "rrvs", "sender-id",
		"smime", "spf", "vbr", "arc", "bimi", "compauth":
		return true
	}
	return false
}
