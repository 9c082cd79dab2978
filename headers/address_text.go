package headers

import "strings"

// phrase reads tokens [lo, hi), at least one of them a word, as a display name
// (RFC 5322 3.2.5, 4.1).
func (p *addrParser) phrase(lo, hi int) string {
	lo, hi = p.trim(lo, hi)
	toks := p.toks[lo:hi]
	plain := p.checkPhrase(toks)
	first, last := toks[0], toks[len(toks)-1]
	switch {
	case plain:
		return p.s[first.start:last.end]
	case len(toks) == 1 && first.kind == addrQuoted && first.bits&(addrBitEscape|addrBitWord|addrBit8) == 0:
		return p.s[first.start+1 : first.end-1]
	}
	return p.phraseText(toks)
}

// checkPhrase reports what a name may not hold without quotes, once for each
// kind, and whether the name reads as it is written.
func (p *addrParser) checkPhrase(toks []addrToken) (plain bool) {
	var dots, specials Span
	plain = true
	for i, t := range toks {
		switch t.kind {
		case addrAtom, addrDot:
		case addrQuoted, addrComment:
			plain = false
		default:
			specials = addrWiden(specials, t)
		}
		if t.kind == addrDot {
			dots = addrWiden(dots, t)
		}
		if t.bits&(addrBitEscape|addrBitWord|addrBit8) != 0 || i > 0 && t.gap == addrGapWide {
			plain = false
		}
	}
	if !dots.Empty() {
		p.fault(addrFaultNameDot, dots.Start, dots.End)
	}
	if !specials.Empty() {
		p.fault(addrFaultNameSpecial, specials.Start, specials.End)
	}
	return plain
}

func addrWiden(s Span, t addrToken) Span {
	if s.Empty() {
		return Span{t.start, t.end}
	}
	return Span{s.Start, t.end}
}

// clear makes the scratch empty.
func (p *addrParser) clear() {
	if p.buf == nil {
		p.buf = make([]byte, 0, 64)
	}
	p.buf = p.buf[:0]
}

// phraseText decodes a name: each quoted string by itself, and each run of
// other tokens as one text, so that encoded words in a row are read together.
func (p *addrParser) phraseText(toks []addrToken) string {
	p.clear()
	gap := false
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		gap = gap || t.gap != addrGapNone
		if t.kind == addrComment {
			gap = true
			continue
		}
		if gap && len(p.buf) > 0 {
			p.buf = append(p.buf, ' ')
		}
		gap = false
		if t.kind == addrQuoted {
			if t.bits&addrBitWord != 0 && addrHasWord(p.text(t)) {
				p.fault(addrFaultWordQuoted, t.start, t.end)
			}
			p.appendText(t.start+1, t.end-1, true)
			continue
		}
		for i+1 < len(toks) && toks[i+1].kind != addrQuoted && toks[i+1].kind != addrComment {
			i++
		}
		p.appendText(t.start, toks[i].end, false)
	}
	return string(p.buf)
}

// comments is the text of the comments among tokens [lo, hi), those of
// [skip, skipEnd) left out.
func (p *addrParser) comments(lo, hi, skip, skipEnd int) string {
	if p.seen&(1<<addrComment) == 0 {
		return ""
	}
	only, n := addrToken{}, 0
	for i := lo; i < hi; i++ {
		if p.toks[i].kind == addrComment && (i < skip || i >= skipEnd) {
			only = p.toks[i]
			n++
		}
	}
	if n == 0 {
		return ""
	}
	if n == 1 && only.bits&(addrBitEscape|addrBitWord|addrBit8) == 0 {
		return p.s[only.start+1 : only.end-1]
	}
	p.clear()
	for i := lo; i < hi; i++ {
		if t := p.toks[i]; t.kind == addrComment && (i < skip || i >= skipEnd) {
			if len(p.buf) > 0 {
				p.buf = append(p.buf, ' ')
			}
			p.appendText(t.start+1, t.end-1, true)
		}
	}
	return string(p.buf)
}

// appendText adds bytes [a, b) of the value to buf as a reader means them.
// Without quotes any white space is one blank; between quotes only a run that
// folds is, and backslashes quote (RFC 5322 3.2.1).
func (p *addrParser) appendText(a, b int, quoted bool) {
	from := a
	for i := a; i < b; {
		switch c := p.s[i]; {
		case c == '\\' && quoted && i+1 < b:
			p.decodeText(from, i)
			from = i + 1
			i = addrEscaped(p.s, i)
		case addrIsSpace(c):
			j := addrSpaceEnd(p.s, i, b)
			if !addrKeepSpace(p.s, i, j, quoted) {
				p.decodeText(from, i)
				p.buf = append(p.buf, ' ')
				from = j
			}
			i = j
		default:
			i++
		}
	}
	p.decodeText(from, b)
}

// addrEscaped steps over the backslash at i and the byte that it quotes. A
// line break is not quoted: folding is undone first (RFC 5322 3.2.2).
func addrEscaped(s string, i int) int {
	if c := s[i+1]; c == '\r' || c == '\n' {
		return i + 1
	}
	return i + 2
}

func addrSpaceEnd(s string, i, end int) int {
	for i < end && addrIsSpace(s[i]) {
		i++
	}
	return i
}

// addrKeepSpace reports whether white space [i, j) reads as it is written. So
// does that between two encoded words, which the decoder leaves out (RFC 2047
// 6.2).
func addrKeepSpace(s string, i, j int, quoted bool) bool {
	run := s[i:j]
	if run == " " || quoted && !addrFolds(run) {
		return true
	}
	return strings.HasSuffix(s[:i], "?=") && strings.HasPrefix(s[j:], "=?")
}

func addrFolds(s string) bool { return strings.ContainsAny(s, "\r\n") }

// decodeText adds bytes [a, b) of the value to buf, decoded where they hold
// an encoded word or 8-bit text.
func (p *addrParser) decodeText(a, b int) {
	if a >= b {
		return
	}
	if text := p.s[a:b]; !addrNeedsDecoding(text) {
		p.buf = append(p.buf, text...)
		return
	}
	text, defects := addrDecodeName(p.raw, Span{p.base + a, p.base + b})
	if addrFolds(p.s[a:b]) && addrFolds(text) {
		text = addrUnfold(text, false) // words that cannot be decoded keep their fold
	}
	p.buf = append(p.buf, text...)
	p.keep(defects...)
}

// addrDecodeName decodes encoded words and 8-bit text at a span of raw.
func addrDecodeName(raw []byte, at Span) (string, []Defect) {
	text := DecodeText(raw, at)
	return text.Value, text.Defects
}

func addrNeedsDecoding(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] == '=' && i+1 < len(s) && s[i+1] == '?' {
			return true
		}
	}
	return false
}

// addrHasWord reports whether s holds an encoded word.
func addrHasWord(s string) bool {
	_, end := addrFindWord(s, 0)
	return end > 0
}

// addrFindWord finds the first encoded word from offset i on; end is 0 where
// there is none.
func addrFindWord(s string, i int) (start, end int) {
	for i < len(s) {
		next := strings.Index(s[i:], "=?")
		if next < 0 {
			break
		}
		i += next
		if end := addrWordEnd(s, i); end > 0 {
			return i, end
		}
		i++
	}
	return 0, 0
}

// addrUnfold makes each white space that folds one blank and, when asked,
// takes the quoting backslashes away.
func addrUnfold(s string, unquote bool) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && s[i+1] != '\r' && s[i+1] != '\n':
			if !unquote {
				out = append(out, c)
			}
			i++
			out = append(out, s[i])
		case addrIsSpace(c):
			j := addrSpaceEnd(s, i, len(s))
			if addrFolds(s[i:j]) {
				out = append(out, ' ')
			} else {
				out = append(out, s[i:j]...)
			}
			i = j - 1
		default:
			out = append(out, c)
		}
	}
	return string(out)
}
