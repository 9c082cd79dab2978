package transcript

import (
	"bytes"
)

// reader reads the lines of one dialect.
type reader struct {
	dialect Dialect
	// score says of a line how sure it makes the dialect.
	score func(text []byte) int
	read  func(lines []raw) *Report
}

// readers are tried in this order; where two are as sure, the first one reads.
var readers = [...]reader{
	{Exchange, scoreExchange, readExchange},
	{TShark, scoreTShark, readTShark},
	{Smtplib, scoreSmtplib, readSmtplib},
	{Postfix, scorePostfix, readPostfix},
	{Exim, scoreExim, readExim},
	{Swaks, scoreSwaks, readSwaks},
	{Curl, scoreCurl, readCurl},
	{Sendmail, scoreSendmail, readSendmail},
	{Prefixed, scorePrefixed, readPrefixed},
	{PacketList, scorePacketList, readPacketList},
	{HexDump, scoreHexDump, readHexDump},
	{OpenSSL, scoreOpenSSL, readOpenSSL},
	{Telnet, scoreTelnet, readTelnet},
}

const (
	// looked is how many lines are looked at to tell the dialect.
	looked = 400
	// sure is the score from which on a dialect is believed.
	sure = 6
	// decisive is the score of a line that no other dialect has: the replies and commands around it
	// would speak for a terminal.
	decisive = 1000
)

// Detect tells the dialect by the shapes of the first lines; "" for a text that is no transcript.
func Detect(head []byte) Dialect {
	lines, _, _ := split(head)
	if r := detect(lines); r != nil {
		return r.dialect
	}
	return ""
}

func detect(lines []raw) *reader {
	if len(lines) > looked {
		lines = lines[:looked]
	}
	if bytes.IndexByte(bytes.Join(texts(lines, 20), nil), 0) >= 0 {
		return nil // no text
	}
	var best *reader
	most := 0
	for i := range readers {
		score := 0
		for k := range lines {
			score += readers[i].score(lines[k].text)
		}
		if score >= sure && score > most {
			best, most = &readers[i], score
		}
	}
	if best != nil && best.dialect == Telnet && !plausible(lines) {
		return nil
	}
	return best
}

func texts(lines []raw, n int) (out [][]byte) {
	for i := range lines[:min(n, len(lines))] {
		out = append(out, lines[i].text)
	}
	return out
}

// Read reads a transcript; its lines tell the dialect. Errors are ErrUnknown.
func Read(data []byte) (*Report, error) { return readAs(data, "") }

// readAs reads a transcript of one dialect; "" for that which its lines tell.
func readAs(data []byte, d Dialect) (*Report, error) {
	text := bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	lines, unread, long := split(text)
	if shift := int64(len(data) - len(text)); shift > 0 {
		for i := range lines {
			lines[i].offset += shift
		}
		if unread >= 0 {
			unread += shift
		}
	}
	r := detect(lines)
	if d != "" {
		r = nil
		for i := range readers {
			if readers[i].dialect == d {
				r = &readers[i]
			}
		}
	}
	if r == nil {
		return nil, ErrUnknown
	}
	out := r.read(lines)
	out.Dialect, out.Unread, out.LongLines = r.dialect, unread, long
	out.Sessions = part(out.Sessions)
	if len(out.Sessions) > 0 {
		out.PassedOver = passedOver(lines, out.Sessions)
	}
	for i := range out.Sessions {
		if s := &out.Sessions[i]; s.MessagesElided {
			s.elide()
		}
	}
	if len(out.Sessions) == 0 && len(out.Frames) == 0 {
		return nil, ErrUnknown
	}
	return out, nil
}
