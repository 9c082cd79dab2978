package forensic

import (
	"context"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// MailboxSchema is the name of the JSON form of [Mailbox].
const MailboxSchema = "emlcheck/mailbox/1"

// Mailbox is what a mailbox as a whole shows.
type Mailbox struct {
	// Schema is always [MailboxSchema].
	Schema string `json:"schema"`
	// Tool names the program that read the mailbox.
	Tool report.Tool `json:"tool"`
	// Survey is how the mailbox is written, what in it could be read another
	// way, and what belongs to no message.
	evidence.Survey
}

// SurveyMailbox reads a whole mailbox; with opt.SecondReader another reader
// counts its messages, too. Its messages are not analysed: that is
// what [Scan] does. What was read before an error is in the result.
func SurveyMailbox(ctx context.Context, file *evidence.File, opt *Options) (*Mailbox, error) {
	s, err := file.Survey(ctx, orDefault(opt).SecondReader)
	return &Mailbox{Schema: MailboxSchema, Tool: orDefault(opt).tool(), Survey: *s}, err
}
