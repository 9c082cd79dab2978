package headers

import (
	"net/netip"
	"sync"
)

// Received is one trace line as its stamping host wrote it: a Received or
// X-Received value (RFC 5321 4.4) or one of the many shapes that differ from
// it. Each role has a field of its own and roles are never mixed: what the
// client said of itself is HELO and nothing else, what the stamping host found
// out is RDNS and IP. What the line does not say stays zero.
type Received struct {
	// Raw is the whole value as it stands in the message, folds included.
	Raw string
	// Span is where Raw stands.
	Span Span
	// From is the text between "from" and the data of the connection, as
	// written and without a role: a host that the client named, a host that the
	// server looked up, or a local account, depending on the software. The same
	// text is given again in the field of its role.
	From string
	// HELO is the name the client gave itself in HELO, EHLO or LHLO, or as a
	// mailbox server of Exchange over MAPI or HTTPS. It is the client's claim and
	// may be any text at all.
	HELO string
	// RDNS is the name that the stamping host found for the client's address,
	// without a final dot. Empty when there was none ("unknown"). Where Exim
	// writes one name alone it is HELO and RDNS: it found the two to agree.
	RDNS string
	// Ident is the user that the client's ident service named (RFC 1413), or
	// what stands before the last '@' of qmail's (user@IP) without a sign that it
	// is who authenticated.
	Ident string
	// IP is the client's address as seen by the stamping host, with its zone id
	// if one is written; the zero Addr when the line has none or IPText cannot
	// be read. An IPv4-mapped address stays mapped ([netip.Addr.Unmap]).
	IP netip.Addr
	// IPText is the address as written, without brackets, "IPv6:" tag and port.
	IPText string
	// By is the host that stamped the line, as it names itself; an address
	// literal with its brackets, as in From and HELO (RFC 5321 4.1.3).
	By string
	// ByIP is the stamping host's own address where the line has one.
	ByIP netip.Addr
	// Via is the link or the inner station named after "via".
	Via string
	// With is the protocol as written after "with": "ESMTPS", "Microsoft SMTP
	// Server", "local". Protocol says what it means.
	With string
	// ID is the stamping host's own identifier of the transfer, without the
	// angle brackets that some software puts around it.
	ID string
	// For is the first envelope recipient that the line names, without angle
	// brackets.
	For string
	// ForAll holds all recipients when the line names more than one; else nil.
	ForAll []string
	// TLSVersion and TLSCipher are as written: "TLSv1.3", "TLS1_2",
	// "TLS_AES_256_GCM_SHA384".
	TLSVersion, TLSCipher string
	// AuthenticatedAs is the identity that the client proved to the stamping
	// host (RFC 4954), as the line names it.
	AuthenticatedAs string
	// EnvelopeFrom is the return path that the line names, without angle
	// brackets; "<>" for the null path.
	EnvelopeFrom string
	// Submitter is the local account, mailbox or customer number that the line
	// names in the place of a client host: "rick" of Exim's "with local",
	// "userid 1000" of Postfix, "cpunks@localhost" of sendmail.
	Submitter string
	// OriginalFor is the recipient before rewriting: "(ORCPT ...)".
	OriginalFor string
	// Software is the stamping software as the line states it, with its
	// version: "Postfix", "Exim 4.97 #2", "8.14.4/8.14.4" (sendmail writes no
	// more). Empty when the line does not say.
	Software string
	// Product is the name alone ("Exim", "sendmail"), one spelling for each
	// product known here; empty when Software is none of them.
	Product string
	// Protocol is what With means.
	Protocol RecvProtocol
	// Encrypted is true when anything on the line states that the transfer was
	// protected by TLS: the protocol, a cipher, Microsoft's "TLS secured channel".
	Encrypted bool
	// Authenticated is true when anything on the line states that the client
	// authenticated itself, with or without an identity.
	Authenticated bool
	// Date is the stamp; the zero Date when the line has none.
	Date Date
	// Spans tells where each value stands; a zero Span where the line has none.
	Spans ReceivedSpans
	// Defects are departures from RFC 5321 4.4. Those of the date are in
	// Date.Defects. RFC 5321 4.4 forbids changing trace lines, so nearly all
	// were written so by the stamping software, and only show its habits.
	Defects []Defect
}

// ReceivedSpans holds the bytes of the values of a [Received], in fields of the same names: each value
// alone, without its keyword, angle brackets and quotes.
type ReceivedSpans struct {
	From, HELO, RDNS, Ident, IP, By, ByIP, Via, With, ID, For Span
	TLSVersion, TLSCipher, AuthenticatedAs, EnvelopeFrom      Span
	Submitter, OriginalFor, Software, Date                    Span
	// ForAll runs beside [Received.ForAll].
	ForAll []Span
}

// recvMaxLen bounds the text that is read. RFC 5322 2.1.1 allows 998 octets a
// line; the longest genuine values (many recipients) stay under 8 KiB.
const recvMaxLen = 1 << 16

// ParseReceived reads one trace value, the bytes of raw at the given span. It
// always returns a usable result; a value that follows no known shape gives
// what can be told apart by the general grammar and defects for the rest.
//
// The text before the connection data comes from the client, which may put
// anything there, text that looks like connection data or like a whole trace
// line included. So the data that stand last before "by" are believed, and all
// before them is HELO.
func ParseReceived(raw []byte, at Span) Received {
	p := recvParsers.Get().(*recvParser)
	p.read(&p.own, raw, at, string(at.Of(raw)))
	r := p.own
	p.own = Received{}
	p.release()
	return r
}

// readReceived is [ParseReceived] into r, which must be the zero value. text is
// the value at the span as a string, out of which the values are cut: the lines
// of one header can share the memory of one string.
func readReceived(r *Received, raw []byte, at Span, text string) {
	if len(text) != len(at.Of(raw)) { // the date is read out of raw
		text = string(at.Of(raw))
	}
	p := recvParsers.Get().(*recvParser)
	p.read(r, raw, at, text)
	p.release()
}

// recvParsers holds parsers that are not in use, for the memory of their lists.
var recvParsers = sync.Pool{New: func() any { return new(recvParser) }}

func (p *recvParser) read(r *Received, raw []byte, at Span, text string) {
	p.r = r
	p.open(len(raw), at, text)
	p.scan()
	p.date(raw)
	p.clauses()
	p.roles()
	p.finish()
}

// recvKeptTokens is the length up to which the lists of a parser are kept.
const recvKeptTokens = 512

// release gives the parser back, with nothing of the line left in it.
func (p *recvParser) release() {
	toks, pairs, open := p.toks[:0], p.pairs[:0], p.opened[:0]
	if max(cap(toks), cap(pairs), cap(open)) > recvKeptTokens {
		toks, pairs, open = nil, nil, nil
	}
	p.recvState = recvState{toks: toks, pairs: pairs, opened: open}
	recvParsers.Put(p)
}

// recvParser is the state of one reading. Offsets are into text, which is Raw;
// base makes them offsets into the message.
type recvParser struct {
	recvState
	own Received // what is read, if the caller has no place for it
}

type recvState struct {
	r      *Received
	text   string
	base   int
	toks   []recvToken
	pairs  []Span // of parentheses
	opened []int  // parentheses that wait for their partner

	tail   int       // tokens from here on stand after the date
	head   int       // tokens before here stand before the date
	client recvRange // tokens from the client or about it
	word   recvWord  // the clause that is being read
	peer   recvPeer  // what the stamping host wrote about the connection
	name   Span      // text offsets: what stands after "from", before the peer
	helo   Span      // a HELO that is marked as such
}

func (p *recvParser) open(size int, at Span, text string) {
	p.base = min(max(at.Start, 0), size)
	p.r.Raw = text
	p.r.Span = Span{p.base, p.base + len(text)}
	p.text = text
	if len(text) > recvMaxLen {
		p.text = text[:recvMaxLen]
		p.defect("received.too-long", Span{recvMaxLen, len(text)}, "text beyond 64 KiB is kept but not read")
	}
}

// abs turns text offsets into message offsets.
func (p *recvParser) abs(s Span) Span { return s.Shift(p.base) }

func (p *recvParser) defect(code string, at Span, detail string) {
	p.r.Defects = append(p.r.Defects, Defect{Code: code, Span: p.abs(at), Detail: detail})
}

// set stores a value with its span unless that role is filled already: the
// first statement counts, as RFC 5321 4.4 allows each clause once.
func (p *recvParser) set(value *string, span *Span, at Span) {
	if span.Len() > 0 || at.Empty() {
		return
	}
	*value, *span = recvUnfold(p.text[at.Start:at.End]), p.abs(at)
}

func (p *recvParser) finish() {
	r := p.r
	r.Encrypted = r.Encrypted || r.Protocol.TLS || r.TLSCipher != "" || r.TLSVersion != ""
	r.Authenticated = r.Authenticated || r.Protocol.Auth || r.AuthenticatedAs != ""
	if r.By == "" && len(p.toks) > 0 {
		p.defect("received.by-missing", Span{0, len(p.text)}, "no by clause (RFC 5321 4.4)")
	}
}
