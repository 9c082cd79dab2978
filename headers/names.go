package headers

// commonNames are the field names of ordinary mail. They serve twice: a name
// found here costs no allocation, and a line with such a name is taken for a
// field even behind a line that is none.
var commonNames = [...]string{
	"Received", "From", "To", "Cc", "CC", "Bcc", "Subject", "Date", "Message-ID", "Message-Id", "Sender", "Reply-To",
	"In-Reply-To", "References", "Return-Path", "Delivered-To", "Envelope-To", "Delivery-Date", "MIME-Version", "Mime-Version",
	"Content-Type", "Content-type", "Content-Transfer-Encoding", "Content-transfer-encoding", "Content-Disposition", "Content-ID", "Content-Id",
	"Content-Description", "Content-Language", "Content-Location", "Content-Length", "Lines", "Status", "X-Status", "X-Mailer",
	"User-Agent", "X-Priority", "Priority", "Importance", "Precedence", "Organization", "Errors-To", "Comments", "Keywords",
	"Thread-Index", "Thread-Topic", "Autocrypt", "DKIM-Signature", "DomainKey-Signature", "ARC-Seal", "ARC-Message-Signature",
	"ARC-Authentication-Results", "Authentication-Results", "Received-SPF", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post",
	"List-Help", "List-Subscribe", "List-Archive", "Mailing-List", "Resent-From", "Resent-To", "Resent-Date", "Resent-Message-ID",
	"Resent-Sender", "Resent-Cc", "Auto-Submitted", "Feedback-ID", "Disposition-Notification-To", "X-Received", "X-Spam-Status",
	"X-Spam-Level", "X-Spam-Flag", "X-Originating-IP", "X-OriginalArrivalTime", "X-MimeOLE", "X-MSMail-Priority", "X-Google-Smtp-Source",
	"X-Gm-Message-State", "X-Google-DKIM-Signature", "X400-Received", "X400-Originator", "X400-Recipients", "X400-MTS-Identifier",
	"Newsgroups", "Path", "Xref", "Apparently-To", "Encrypted", "Sensitivity", "Via", "Original-Recipient",
}

// knownPrefixes are the families of names that only header fields bear.
var knownPrefixes = [...]string{"x-", "content-", "list-", "resent-", "arc-", "dkim-", "x400-", "received-", "authentication-"}

// onceNames are the fields that RFC 5322 3.6 allows once in a header. Those of
// MIME are left to the reader of the MIME structure.
var onceNames = [...]string{
	"date", "from", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references", "subject",
}

// nameInfo is what is known of a field name.
type nameInfo struct {
	name string // one of commonNames, or empty for a name in unusual letter case
	once uint16 // the bit of its place in onceNames, or 0
}

// nameSlots holds the common names by nameHash, each in its slot or, where
// that is taken, behind it. A map would cost a third of the time of a scan.
var nameSlots = makeNameSlots()

const nameSlotCount = 512

func makeNameSlots() (slots [nameSlotCount]nameInfo) {
	for _, name := range commonNames {
		i := nameHash([]byte(name))
		for slots[i].name != "" {
			i = (i + 1) % nameSlotCount
		}
		slots[i] = nameInfo{name, onceBit(name)}
	}
	return slots
}

func onceBit(name string) uint16 {
	for i, once := range onceNames {
		if equalFold(name, once) {
			return 1 << i
		}
	}
	return 0
}

// nameHash is the same for all spellings of a name, which must not be empty.
func nameHash(name []byte) uint {
	n := len(name)
	return (uint(n)*37 + uint(name[0]|0x20)*5 + uint(name[n/2]|0x20)*11 + uint(name[n-1]|0x20)*3) % nameSlotCount
}

// lookupName finds a name without regard to letter case; info.name is set only
// when the letter case is a common one too.
func lookupName(name []byte) (info nameInfo, ok bool) {
	for i := nameHash(name); nameSlots[i].name != ""; i = (i + 1) % nameSlotCount {
		known := &nameSlots[i]
		if len(known.name) != len(name) {
			continue
		}
		if string(name) == known.name {
			return *known, true
		}
		if !ok && equalFold(name, known.name) {
			info, ok = nameInfo{once: known.once}, true
		}
	}
	return info, ok
}

// knownName reports whether name is one that header fields bear.
func knownName(name []byte) bool {
	for _, p := range knownPrefixes {
		if len(name) > len(p) && equalFold(name[:len(p)], p) {
			return true
		}
	}
	_, ok := lookupName(name)
	return ok
}
