package tnef

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

const (
	levelMessage    = 1
	levelAttachment = 2
)

// Attributes (MS-OXTNEF 2.1.3): the type in the upper half, the number in
// the lower one. The number alone does not tell them apart: 0x0006 is a date
// and a message class.
const (
	attOwner            = 0x00060000
	attSentFor          = 0x00060001
	attDelegate         = 0x00060002
	attDateStart        = 0x00030006
	attOriginalClass    = 0x00070006
	attDateEnd          = 0x00030007
	attAidOwner         = 0x00050008
	attRequestRes       = 0x00040009
	attFrom             = 0x00008000
	attSubject          = 0x00018004
	attDateSent         = 0x00038005
	attDateRecd         = 0x00038006
	attMessageStatus    = 0x00068007
	attMessageClass     = 0x00078008
	attMessageID        = 0x00018009
	attParentID         = 0x0001800A
	attConversationID   = 0x0001800B
	attBody             = 0x0002800C
	attPriority         = 0x0004800D
	attAttachData       = 0x0006800F
	attAttachTitle      = 0x00018010
	attAttachMetaFile   = 0x00068011
	attAttachCreateDate = 0x00038012
	attAttachModifyDate = 0x00038013
	attDateModified     = 0x00038020
	attAttachTransport  = 0x00069001
	attAttachRendData   = 0x00069002
	attMsgProps         = 0x00069003
	attRecipTable       = 0x00069004
	attAttachment       = 0x00069005
	attTnefVersion      = 0x00089006
	attOemCodepage      = 0x00069007
)

// attributeTable lists the attributes that MS-OXTNEF knows.
var attributeTable = [...]struct {
	id    uint32
	level byte
	name  string
}{
	{attOwner, levelMessage, "attOwner"},
	{attSentFor, levelMessage, "attSentFor"},
	{attDelegate, levelMessage, "attDelegate"},
	{attDateStart, levelMessage, "attDateStart"},
	{attOriginalClass, levelMessage, "attOriginalMessageClass"},
	{attDateEnd, levelMessage, "attDateEnd"},
	{attAidOwner, levelMessage, "attAidOwner"},
	{attRequestRes, levelMessage, "attRequestRes"},
	{attFrom, levelMessage, "attFrom"},
	{attSubject, levelMessage, "attSubject"},
	{attDateSent, levelMessage, "attDateSent"},
	{attDateRecd, levelMessage, "attDateRecd"},
	{attMessageStatus, levelMessage, "attMessageStatus"},
	{attMessageClass, levelMessage, "attMessageClass"},
	{attMessageID, levelMessage, "attMessageID"},
	{attParentID, levelMessage, "attParentID"},
	{attConversationID, levelMessage, "attConversationID"},
	{attBody, levelMessage, "attBody"},
	{attPriority, levelMessage, "attPriority"},
	{attAttachData, levelAttachment, "attAttachData"},
	{attAttachTitle, levelAttachment, "attAttachTitle"},
	{attAttachMetaFile, levelAttachment, "attAttachMetaFile"},
	{attAttachCreateDate, levelAttachment, "attAttachCreateDate"},
	{attAttachModifyDate, levelAttachment, "attAttachModifyDate"},
	{attDateModified, levelMessage, "attDateModified"},
	{attAttachTransport, levelAttachment, "attAttachTransportFilename"},
	{attAttachRendData, levelAttachment, "attAttachRendData"},
	{attMsgProps, levelMessage, "attMsgProps"},
	{attRecipTable, levelMessage, "attRecipTable"},
	{attAttachment, levelAttachment, "attAttachment"},
	{attTnefVersion, levelMessage, "attTnefVersion"},
	{attOemCodepage, levelMessage, "attOemCodepage"},
}

// known is the row of the attribute in the table, or -1. Where only the lower
// half is found, the row of the first with that half.
func known(id uint32) int {
	half := -1
	for i := range attributeTable {
		if attributeTable[i].id == id {
			return i
		}
		if half < 0 && uint16(attributeTable[i].id) == uint16(id) {
			half = i
		}
	}
	return half
}

// Name is the attribute's name in MS-OXTNEF, such as "attSubject"; for others
// the number, as "0x00011234".
func (a Attribute) Name() string {
	if i := known(a.ID); i >= 0 && attributeTable[i].id == a.ID {
		return attributeTable[i].name
	}
	return hexadecimal(uint64(a.ID), 8)
}

func hexadecimal(n uint64, digits int) string {
	s := strings.ToUpper(strconv.FormatUint(n, 16))
	return "0x" + strings.Repeat("0", max(0, digits-len(s))) + s
}

// Properties that the reader looks into (MS-OXPROPS 2).
const (
	pidMessageClass         = 0x001A
	pidSubject              = 0x0037
	pidClientSubmitTime     = 0x0039
	pidSentRepresentingName = 0x0042
	pidSentRepresentingAddr = 0x0065
	pidTransportHeaders     = 0x007D
	pidRecipientType        = 0x0C15
	pidDeliveryTime         = 0x0E06
	pidBody                 = 0x1000
	pidRTF                  = 0x1009
	pidHTML                 = 0x1013
	pidDisplayName          = 0x3001
	pidCreationTime         = 0x3007
	pidModificationTime     = 0x3008
	pidAttachData           = 0x3701
	pidAttachEncoding       = 0x3702
	pidAttachFilename       = 0x3704
	pidAttachMethod         = 0x3705
	pidAttachLongFilename   = 0x3707
	pidAttachPathname       = 0x3708
	pidRenderingPosition    = 0x370B
	pidAttachTransportName  = 0x370C
	pidAttachLongPathname   = 0x370D
	pidAttachMIMETag        = 0x370E
	pidAttachContentID      = 0x3712
	pidAttachFlags          = 0x3714
	pidInternetCodepage     = 0x3FDE
	pidAttachmentHidden     = 0x7FFE
)

// propertyNames are canonical names of MS-OXPROPS for what a message or an
// attachment says about itself in strings and dates.
var propertyNames = map[uint16]string{
	pidMessageClass:         "PidTagMessageClass",
	pidSubject:              "PidTagSubject",
	pidClientSubmitTime:     "PidTagClientSubmitTime",
	0x003D:                  "PidTagSubjectPrefix",
	0x0040:                  "PidTagReceivedByName",
	pidSentRepresentingName: "PidTagSentRepresentingName",
	0x0044:                  "PidTagReceivedRepresentingName",
	0x0047:                  "PidTagMessageSubmissionId",
	0x0048:                  "PidTagProviderSubmitTime",
	0x0049:                  "PidTagOriginalSubject",
	0x004E:                  "PidTagOriginalSubmitTime",
	0x0050:                  "PidTagReplyRecipientNames",
	0x005A:                  "PidTagOriginalSenderName",
	0x005D:                  "PidTagOriginalSentRepresentingName",
	0x0064:                  "PidTagSentRepresentingAddressType",
	pidSentRepresentingAddr: "PidTagSentRepresentingEmailAddress",
	0x0067:                  "PidTagOriginalSenderEmailAddress",
	0x0069:                  "PidTagOriginalSentRepresentingEmailAddress",
	0x0070:                  "PidTagConversationTopic",
	0x0072:                  "PidTagOriginalDisplayBcc",
	0x0073:                  "PidTagOriginalDisplayCc",
	0x0074:                  "PidTagOriginalDisplayTo",
	0x0076:                  "PidTagReceivedByEmailAddress",
	0x0078:                  "PidTagReceivedRepresentingEmailAddress",
	pidTransportHeaders:     "PidTagTransportMessageHeaders",
	0x0C1A:                  "PidTagSenderName",
	0x0C1E:                  "PidTagSenderAddressType",
	0x0C1F:                  "PidTagSenderEmailAddress",
	0x0E02:                  "PidTagDisplayBcc",
	0x0E03:                  "PidTagDisplayCc",
	0x0E04:                  "PidTagDisplayTo",
	pidDeliveryTime:         "PidTagMessageDeliveryTime",
	0x0E1D:                  "PidTagNormalizedSubject",
	0x1035:                  "PidTagInternetMessageId",
	0x1039:                  "PidTagInternetReferences",
	0x1042:                  "PidTagInReplyToId",
	pidDisplayName:          "PidTagDisplayName",
	0x3002:                  "PidTagAddressType",
	0x3003:                  "PidTagEmailAddress",
	pidCreationTime:         "PidTagCreationTime",
	pidModificationTime:     "PidTagLastModificationTime",
	pidAttachData:           "PidTagAttachDataBinary",
	0x3703:                  "PidTagAttachExtension",
	pidAttachFilename:       "PidTagAttachFilename",
	pidAttachLongFilename:   "PidTagAttachLongFilename",
	pidAttachPathname:       "PidTagAttachPathname",
	pidAttachTransportName:  "PidTagAttachTransportName",
	pidAttachLongPathname:   "PidTagAttachLongPathname",
	pidAttachMIMETag:        "PidTagAttachMimeTag",
	0x3711:                  "PidTagAttachContentBase",
	pidAttachContentID:      "PidTagAttachContentId",
	0x3713:                  "PidTagAttachContentLocation",
	0x39FE:                  "PidTagSmtpAddress",
	0x3FF8:                  "PidTagCreatorName",
	0x3FFA:                  "PidTagLastModifierName",
	0x5D01:                  "PidTagSenderSmtpAddress",
	0x5D02:                  "PidTagSentRepresentingSmtpAddress",
	0x7FFB:                  "PidTagExceptionStartTime",
	0x7FFC:                  "PidTagExceptionEndTime",
}

// source names the property as [Text.Source] describes.
func (w *work) source(p *Property) string {
	switch {
	case p.ID < firstNamed:
		if name, ok := propertyNames[p.ID]; ok {
			return name
		}
		return hexadecimal(uint64(p.ID), 4)
	case p.Name.Empty():
		return "named:" + p.GUID(w.raw) + "/" + hexadecimal(uint64(p.LID), 4)
	}
	name, _ := utf16Text(p.Name.Of(w.raw))
	return "named:" + name
}

// guid writes 16 bytes as a GUID (MS-DTYP 2.3.4.3): the first three groups are
// little-endian.
func guid(raw []byte, at headers.Span) string {
	b := at.Of(raw)
	if len(b) != 16 {
		return ""
	}
	const digits = "0123456789ABCDEF"
	order := [...]int{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15}
	out := make([]byte, 0, 38)
	out = append(out, '{')
	for i, at := range order {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out = append(out, '-')
		}
		out = append(out, digits[b[at]>>4], digits[b[at]&15])
	}
	return string(append(out, '}'))
}
