package headers

// openGroup begins the group whose name the tokens hold (RFC 5322 3.4).
func (p *addrParser) openGroup(colon addrToken) {
	if p.stop(0) {
		return
	}
	p.missingComma()
	start, n := p.toks[0].start, len(p.toks)
	if p.inGroup {
		p.closeGroup(0)
		p.fault(addrFaultGroupNested, start, colon.end)
	}
	p.group = p.phrase(0, n)
	p.out.Groups = append(p.out.Groups, Group{
		Name:    p.group,
		Comment: p.comments(0, n, n, n),
		Span:    Span{p.base + start, p.base + colon.end},
	})
	p.inGroup, p.emptyRun = true, false
	p.members, p.comma, p.groupColon = len(p.out.Addresses), -1, colon.end
	p.fresh = len(p.out.Defects)
}

// stretchGroup makes the last group reach to end.
func (p *addrParser) stretchGroup(end int) *Group {
	g := &p.out.Groups[len(p.out.Groups)-1]
	g.Span.End = max(g.Span.End, p.base+end)
	return g
}

// closeGroup ends the open group at end.
func (p *addrParser) closeGroup(end int) *Group {
	g := p.stretchGroup(end)
	g.Empty = len(p.out.Addresses) == p.members
	p.group, p.inGroup = "", false
	return g
}

// groupComment gives an element of comments alone to the group that it stands
// in, as the whole list, or that it follows: group-list may be CFWS, and CFWS
// may follow the semicolon (RFC 5322 3.4).
func (p *addrParser) groupComment(end addrToken) bool {
	alone := p.inGroup && p.comma < 0 && end.kind != addrComma && len(p.out.Addresses) == p.members
	if !alone && !p.afterGroup {
		return false
	}
	n := len(p.toks)
	g := p.stretchGroup(p.toks[n-1].end)
	text := p.comments(0, n, n, n)
	if g.Comment != "" && text != "" {
		text = g.Comment + " " + text
	}
	if text != "" {
		g.Comment = text
	}
	return true
}
