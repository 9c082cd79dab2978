package tnef

import (
	"bytes"
	"encoding/binary"

	"github.com/emlcheck/emlcheck/headers"
)

// oemCodePage is the primary code page of the stream (MS-OXTNEF 2.1.3). It
// should stand near the top; strings are read only after it was looked for.
func (w *work) oemCodePage() int {
	for _, a := range w.m.Attributes {
		if a.ID == attOemCodepage && a.Data.Len() >= 4 {
			return int(int32(binary.LittleEndian.Uint32(a.Data.Of(w.raw))))
		}
	}
	return 0
}

// attribute takes in what one attribute says. Its number decides what it is,
// also where level or type do not fit, so that nothing is missed.
func (w *work) attribute(a *Attribute) {
	w.defects = &w.m.Defects
	k := known(a.ID)
	if k < 0 {
		return
	}
	id := attributeTable[k].id
	if attributeTable[k].level == levelAttachment {
		if !w.attachment(id, a) {
			return
		}
		w.checkFrame(k, a)
		w.attachmentAttribute(id, a)
		return
	}
	w.checkFrame(k, a)
	w.messageAttribute(id, a)
}

func (w *work) checkFrame(k int, a *Attribute) {
	if a.Level != attributeTable[k].level {
		w.defect("tnef.attribute-level", a.Span, "the attribute belongs to the other level")
	}
	if a.ID != attributeTable[k].id {
		w.defect("tnef.attribute-type", a.Span, "the attribute has another type elsewhere")
	}
	if w.seen[k] {
		w.defect("tnef.attribute-repeated", a.Span, "the attribute stands more than once")
	}
	w.seen[k] = true
}

func (w *work) messageAttribute(id uint32, a *Attribute) {
	m := w.m
	switch id {
	case attMsgProps:
		w.messageProperties(a.Data)
	case attRecipTable:
		w.recipients(a.Data)
	case attFrom:
		w.triple(a.Data)
	case attOwner, attSentFor:
		w.counted(a.Name(), a.Data)
	case attTnefVersion:
		w.version(a)
	case attOemCodepage:
		if a.Data.Len() != 8 {
			w.defect("tnef.attribute-size", a.Data, "the code pages take 8 bytes")
		}
	case attDateStart, attDateEnd, attDateSent, attDateRecd, attDateModified:
		m.Times = w.addWall(m.Times, a.Name(), a.Data)
	case attSubject, attMessageClass, attOriginalClass, attMessageID, attParentID, attConversationID:
		w.addText(a.Name(), a.Data)
	}
}

// version checks the stream's version, which is 1.0 (MS-OXTNEF 2.1.3).
func (w *work) version(a *Attribute) {
	b := a.Data.Of(w.raw)
	switch {
	case len(b) != 4:
		w.defect("tnef.attribute-size", a.Data, "the version takes 4 bytes")
	case binary.LittleEndian.Uint32(b) != 0x00010000:
		w.defect("tnef.version", a.Data, "not version 1.0")
	}
}

// addText appends an 8-bit string of the message.
func (w *work) addText(source string, at headers.Span) {
	w.m.Texts = append(w.m.Texts, w.text(source, typeString8, at))
}

// triple reads attFrom (MS-OXTNEF 2.1.3.3.3): id, size, length of the name,
// length of the address, then name and address, NUL-terminated.
func (w *work) triple(at headers.Span) {
	c := w.cursor(at)
	_, _ = c.u32()
	nameSize, _ := c.u16()
	addressSize, _ := c.u16()
	name, ok := c.take(uint32(nameSize))
	address, both := c.take(uint32(addressSize))
	if !ok || !both {
		w.defect("tnef.attribute-size", at, "the sender's name and address reach past the attribute")
		return
	}
	w.addText("attFrom/name", name)
	w.addAddress("attFrom", address)
}

// addAddress appends "SMTP:user@example.com": the type, then the address.
func (w *work) addAddress(source string, at headers.Span) {
	text := at
	if i := bytes.IndexByte(at.Of(w.raw), ':'); i >= 0 {
		w.addText(source+"/type", headers.Span{Start: at.Start, End: at.Start + i})
		text.Start += i + 1
	}
	w.addText(source+"/address", text)
}

// counted reads attOwner and attSentFor (MS-OXTNEF 2.1.3.3.16): a name and an
// address, each behind its length.
func (w *work) counted(source string, at headers.Span) {
	c := w.cursor(at)
	nameSize, _ := c.u16()
	name, ok := c.take(uint32(nameSize))
	addressSize, _ := c.u16()
	address, both := c.take(uint32(addressSize))
	if !ok || !both {
		w.defect("tnef.attribute-size", at, "a name or address reaches past the attribute")
		return
	}
	w.addText(source+"/name", name)
	w.addAddress(source, address)
}

// messageProperties reads attMsgProps (MS-OXTNEF 2.1.3.3.21, 2.1.3.4).
func (w *work) messageProperties(at headers.Span) {
	m := w.m
	c := w.cursor(at)
	list := w.properties(c)
	w.checkEnd(c)
	m.Properties = append(m.Properties, list...)
	for i := range list {
		p := &list[i]
		m.Times = w.addTime(m.Times, p)
		if p.ID != pidBody && p.ID != pidHTML {
			m.Texts = w.addString(m.Texts, p)
		}
	}
}

// checkEnd reports bytes that no property of the list claims.
func (w *work) checkEnd(c *cursor) {
	if c.left() > 0 {
		w.defect("tnef.property-trailing", c.rest(), "bytes behind the last property")
	}
}

// addString appends a string property's text, if it is one and not empty.
func (w *work) addString(list []Text, p *Property) []Text {
	if p.Count != 1 || p.Type != typeString8 && p.Type != typeUnicode {
		return list
	}
	if t := w.text(w.source(p), p.Type, p.Value); !t.Span.Empty() {
		list = append(list, t)
	}
	return list
}

// recipients reads attRecipTable (MS-OXTNEF 2.1.3.4): a count of rows, each a
// property list.
func (w *work) recipients(at headers.Span) {
	c := w.cursor(at)
	rows, ok := c.u32()
	if !ok {
		w.defect("tnef.attribute-size", at, "no room for the number of recipients")
		return
	}
	for range rows {
		if w.left.Recipients <= 0 {
			w.defect("tnef.limit-recipients", c.rest(), "recipients left unread")
			return
		}
		start := c.off
		list := w.properties(c)
		if c.off == start {
			return // nothing is left; properties said so
		}
		w.left.Recipients--
		w.m.Recipients = append(w.m.Recipients, w.recipient(list, headers.Span{Start: start, End: c.off}))
	}
	if c.left() > 0 {
		w.defect("tnef.recipient-trailing", c.rest(), "bytes behind the last recipient")
	}
}

func (w *work) recipient(list []Property, at headers.Span) Recipient {
	out := Recipient{Type: -1, Span: at, Properties: list}
	var texts []Text
	for i := range list {
		texts = w.addString(texts, &list[i])
	}
	out.Name = chooseText(texts, "PidTagDisplayName")
	out.Address = chooseText(texts, "PidTagSmtpAddress", "PidTagEmailAddress")
	if p, ok := find(list, pidRecipientType); ok {
		if n, ok := p.Int(w.raw); ok {
			out.Type = n
		}
	}
	return out
}

// Property returns the message's first property with the number; for named
// properties (0x8000 and above) go through Properties.
func (m *Message) Property(id uint16) (Property, bool) { return find(m.Properties, id) }

func find(list []Property, id uint16) (Property, bool) {
	for _, p := range list {
		if p.ID == id {
			return p, true
		}
	}
	return Property{}, false
}

// choose fills the message's named fields from what was collected.
func (w *work) choose() {
	m := w.m
	t := m.Texts
	m.Subject = chooseText(t, "PidTagSubject", "attSubject")
	m.MessageClass = chooseText(t, "PidTagMessageClass", "attMessageClass")
	m.MessageID = chooseText(t, "PidTagInternetMessageId")
	m.TransportHeaders = chooseText(t, "PidTagTransportMessageHeaders")
	m.From = Party{
		Name:    chooseText(t, "PidTagSentRepresentingName", "attSentFor/name"),
		Address: chooseText(t, "PidTagSentRepresentingSmtpAddress", "PidTagSentRepresentingEmailAddress", "attSentFor/address"),
	}
	m.Sender = Party{
		Name:    chooseText(t, "PidTagSenderName", "attFrom/name"),
		Address: chooseText(t, "PidTagSenderSmtpAddress", "PidTagSenderEmailAddress", "attFrom/address"),
	}
	m.Sent = chooseStamp(m.Times, "PidTagClientSubmitTime", "attDateSent")
	m.Delivered = chooseStamp(m.Times, "PidTagMessageDeliveryTime", "attDateRecd")
	if p, ok := m.Property(pidInternetCodepage); ok {
		m.InternetCodePage, _ = p.Int(w.raw)
	}
	w.bodies()
}

// bodies finds the bodies; the property is taken before attBody.
func (w *work) bodies() {
	m := w.m
	if p, ok := m.Property(pidBody); ok {
		m.BodyPlain, m.PlainCharset = w.body(&p)
	}
	for i := range m.Attributes {
		if m.BodyPlain.Empty() && m.Attributes[i].ID == attBody {
			p := Property{Type: typeString8, Count: 1, Value: m.Attributes[i].Data}
			m.BodyPlain, m.PlainCharset = w.body(&p)
		}
	}
	if p, ok := m.Property(pidHTML); ok {
		m.BodyHTML, m.HTMLCharset = w.body(&p)
	}
	if p, ok := m.Property(pidRTF); ok && p.Type == typeBinary && p.Count == 1 {
		m.BodyRTF = p.Value
	}
}

// body is where a body stands and in which charset. HTML is mostly binary,
// encoded as PidTagInternetCodepage says.
func (w *work) body(p *Property) (at headers.Span, charset string) {
	switch {
	case p.Count != 1:
		return at, ""
	case p.Type == typeBinary:
		return p.Value, charsetName(w.m.InternetCodePage)
	case p.Type == typeUnicode:
		charset = "utf-16le"
	case p.Type == typeString8:
		charset = charsetName(w.codePage)
	default:
		return at, ""
	}
	at, hidden := w.terminate(p.Type, p.Value)
	if !hidden.Empty() {
		w.defect("tnef.string-nul", hidden, "text behind the NUL that ends a body")
	}
	return at, charset
}
