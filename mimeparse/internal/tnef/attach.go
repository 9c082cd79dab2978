package tnef

import (
	"bytes"
	"encoding/binary"

	"github.com/emlcheck/emlcheck/headers"
)

// Values of [Attachment.Method] (MS-OXCMSG 2.2.2.9).
const (
	MethodUnstated = -1
	MethodNone     = 0
	MethodByValue  = 1
	MethodEmbedded = 5 // a message
	MethodOLE      = 6
)

// Attachment is one attachment. Zero values mean: not stated.
type Attachment struct {
	// Name is the file's name as stated, path separators and all: the long file
	// name, else attAttachTitle, the short file name, the display name, the
	// transport name, the long path, the path. Unsafe to use on a disk.
	Name Text
	// Names holds every candidate, in the order of the stream.
	Names []Text
	// MIMEType is the declared type, ContentID as HTML refers to it.
	MIMEType, ContentID Text
	// Texts holds every further string about the attachment.
	Texts []Text

	// Data is the file's bytes, as stored. Of an embedded message it is, where
	// there is any, the notice shown by readers that do not know of such.
	Data headers.Span
	// DataSource names the attribute or property that Data stands in.
	DataSource string
	// Others are further contents that the stream gives for this attachment.
	Others []headers.Span
	// Method is PidTagAttachMethod; [MethodUnstated] when there is none.
	Method int
	// Interface is the GUID that stands before an object's bytes, which are
	// then Embedded or Data.
	Interface string
	// Embedded is an embedded message's TNEF stream; Message what it says, nil
	// at the depth limit or when it cannot be read.
	Embedded headers.Span
	Message  *Message

	// Created and Modified are chosen from Times, UTC before local.
	Created, Modified Stamp
	// Times holds every date that the stream states about the attachment.
	Times []Stamp

	// Rendering is how the attachment shows in an RTF body.
	Rendering Rendering
	// Metafile is the picture drawn for the attachment, a Windows metafile.
	Metafile headers.Span
	// Hidden is PidTagAttachmentHidden: not to be listed for the reader.
	Hidden bool
	// InBody says that the HTML body refers to the attachment
	// (PidTagAttachFlags, rendered in body).
	InBody bool
	// MacBinary says that Data wraps the file in the MacBinary format.
	MacBinary bool

	// Properties are the attachment's MAPI properties, in order.
	Properties []Property
	// Span runs from its first attribute to the end of its last.
	Span headers.Span
	// Defects tells what is wrong with the attachment's own data.
	Defects []headers.Defect
}

// Rendering is attAttachRendData (MS-OXTNEF 2.1.3.3.15).
type Rendering struct {
	// Type is 1 for a file, 2 for an OLE object.
	Type uint16
	// Position is the place in the body, 0xFFFFFFFF for none.
	Position uint32
	// Width and Height are the icon's, in pixels.
	Width, Height uint16
	// Flags is 1 for MacBinary data.
	Flags uint32
}

// attachment makes sure that there is an attachment for the attribute to go
// to, and sends defects there; ok is false when the limit passes it over.
func (w *work) attachment(id uint32, a *Attribute) (ok bool) {
	m := w.m
	if id == attAttachRendData || len(m.Attachments) == 0 {
		if !w.begin(a) {
			return false
		}
	}
	if w.full {
		return false
	}
	last := &m.Attachments[len(m.Attachments)-1]
	last.Span.End = a.Span.End
	w.defects = &last.Defects
	if id != attAttachRendData && last.Span.Start == a.Span.Start {
		w.defect("tnef.attachment-implied", a.Span, "no attAttachRendData begins the attachment")
	}
	return true
}

func (w *work) begin(a *Attribute) bool {
	switch {
	case w.full:
		return false
	case w.left.Attachments <= 0:
		w.full = true
		w.defect("tnef.limit-attachments", headers.Span{Start: a.Span.Start, End: w.m.Span.End}, "attachments left unread")
		return false
	}
	w.left.Attachments--
	w.m.Attachments = append(w.m.Attachments, Attachment{Method: MethodUnstated, Span: a.Span})
	for k := range attributeTable {
		if attributeTable[k].level == levelAttachment {
			w.seen[k] = false
		}
	}
	return true
}

func (w *work) attachmentAttribute(id uint32, a *Attribute) {
	out := &w.m.Attachments[len(w.m.Attachments)-1]
	switch id {
	case attAttachRendData:
		w.rendering(out, a.Data)
	case attAttachData:
		w.content(out, a.Name(), a.Data)
	case attAttachTitle, attAttachTransport:
		out.Names = append(out.Names, w.text(a.Name(), typeString8, a.Data))
	case attAttachMetaFile:
		out.Metafile = a.Data
	case attAttachCreateDate, attAttachModifyDate:
		out.Times = w.addWall(out.Times, a.Name(), a.Data)
	case attAttachment:
		w.attachmentProperties(out, a.Data)
	}
}

func (w *work) rendering(out *Attachment, at headers.Span) {
	b := at.Of(w.raw)
	if len(b) != 14 {
		w.defect("tnef.attribute-size", at, "the rendering data take 14 bytes")
	}
	if len(b) < 14 {
		return
	}
	out.Rendering = Rendering{
		Type:     binary.LittleEndian.Uint16(b),
		Position: binary.LittleEndian.Uint32(b[2:]),
		Width:    binary.LittleEndian.Uint16(b[6:]),
		Height:   binary.LittleEndian.Uint16(b[8:]),
		Flags:    binary.LittleEndian.Uint32(b[10:]),
	}
	out.MacBinary = out.Rendering.Flags&1 != 0
}

// content takes in one content of the attachment; the first that is not empty
// is its data.
func (w *work) content(out *Attachment, source string, at headers.Span) {
	if out.Data.Empty() {
		out.Data, out.DataSource = at, source
		return
	}
	if !at.Empty() {
		out.Others = append(out.Others, at)
		w.defect("tnef.attachment-data-repeated", at, "a further content of the same attachment")
	}
}

// attachmentProperties reads attAttachment (MS-OXTNEF 2.1.3.3.23).
func (w *work) attachmentProperties(out *Attachment, at headers.Span) {
	c := w.cursor(at)
	list := w.properties(c)
	w.checkEnd(c)
	out.Properties = append(out.Properties, list...)
	for i := range list {
		p := &list[i]
		out.Times = w.addTime(out.Times, p)
		switch p.ID {
		case pidAttachLongFilename, pidAttachFilename, pidDisplayName,
			pidAttachTransportName, pidAttachLongPathname, pidAttachPathname:
			out.Names = w.addString(out.Names, p)
		case pidAttachMethod:
			if n, ok := p.Int(w.raw); ok {
				out.Method = n
			}
		default:
			out.Texts = w.addString(out.Texts, p)
		}
	}
}

// finish draws the attachment's named fields from all its attributes, when
// their order no longer matters.
func (w *work) finish(a *Attachment) {
	w.defects = &a.Defects
	a.Name = chooseText(a.Names, "PidTagAttachLongFilename", "attAttachTitle", "PidTagAttachFilename",
		"PidTagDisplayName", "attAttachTransportFilename", "PidTagAttachTransportName",
		"PidTagAttachLongPathname", "PidTagAttachPathname")
	a.MIMEType = chooseText(a.Texts, "PidTagAttachMimeTag")
	a.ContentID = chooseText(a.Texts, "PidTagAttachContentId")
	a.Created = chooseStamp(a.Times, "PidTagCreationTime", "attAttachCreateDate")
	a.Modified = chooseStamp(a.Times, "PidTagLastModificationTime", "attAttachModifyDate")
	for i := range a.Properties {
		w.flag(a, &a.Properties[i])
	}
	if a.Embedded.Empty() && a.Method == MethodEmbedded && Is(a.Data.Of(w.raw)) {
		a.Embedded = a.Data
	}
	w.embedded(a)
}

func (w *work) flag(a *Attachment, p *Property) {
	const renderedInBody = 4 // MS-OXCMSG 2.2.2.18
	n, _ := p.Int(w.raw)
	switch p.ID {
	case pidAttachData:
		w.object(a, p)
	case pidAttachmentHidden:
		a.Hidden = n != 0
	case pidAttachFlags:
		a.InBody = n&renderedInBody != 0
	case pidAttachEncoding:
		a.MacBinary = a.MacBinary || string(p.Value.Of(w.raw)) == macBinary
	}
}

const (
	// macBinary is the object identifier 1.2.840.113556.3.11.1, as BER writes
	// it (MS-OXCMSG 2.2.2.20).
	macBinary = "\x2A\x86\x48\x86\xF7\x14\x03\x0B\x01"
	// messageInterface is IID_IMessage, {00020307-0000-0000-C000-000000000046}.
	messageInterface = "\x07\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"
)

// object reads PidTagAttachDataBinary and PidTagAttachDataObject, which share
// a number. An object begins with the GUID of its interface; binary data does
// not, unless it is an embedded message's.
func (w *work) object(a *Attachment, p *Property) {
	const source = "PidTagAttachDataBinary"
	if p.Count != 1 || p.Type != typeObject && p.Type != typeBinary {
		return
	}
	at := p.Value
	b := at.Of(w.raw)
	prefixed := bytes.HasPrefix(b, []byte(messageInterface))
	switch {
	case p.Type == typeBinary && (a.Method != MethodEmbedded || !prefixed):
		w.content(a, source, at)
		return
	case len(b) < 16:
		w.defect("tnef.object-short", at, "an object too short for its interface GUID")
		w.content(a, source, at)
		return
	}
	a.Interface = guid(w.raw, headers.Span{Start: at.Start, End: at.Start + 16})
	at.Start += 16
	if !a.Embedded.Empty() || a.Method != MethodEmbedded && !prefixed {
		w.content(a, source, at)
		return
	}
	a.Embedded = at
}

// embedded reads the embedded message.
func (w *work) embedded(a *Attachment) {
	switch {
	case a.Embedded.Empty():
	case !Is(a.Embedded.Of(w.raw)):
		w.defect("tnef.embedded-not-tnef", a.Embedded, "an embedded message without the TNEF signature")
	case w.depth >= w.left.Depth:
		w.defect("tnef.limit-depth", a.Embedded, "an embedded message left unread")
	default:
		a.Message = w.message(a.Embedded, w.depth+1, w.codePage)
	}
}
