package smime

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// protectedBy is the part whose header fields are under the same protection as
// the content: the content itself where it says so by the parameter hp (RFC 9788
// 2.1.1) or, as drafts of that had it, protected-headers; or a message that is
// all of the content (RFC 8551 3.1).
func protectedBy(p *mimeparse.Part) *mimeparse.Part {
	if hp, ok := p.Type.Get("hp"); ok {
		if v := strings.ToLower(hp.Value); v == "clear" || v == "cipher" {
			return p
		}
	}
	if v, ok := p.Type.Get("protected-headers"); ok && strings.HasPrefix(strings.ToLower(v.Value), "v") {
		return p
	}
	if p.Message != nil && p.Message.Container == "message" && p.ContentType == "message/rfc822" {
		return p.Message.Root()
	}
	return nil
}

// compared are the fields that a reader is shown.
var compared = [...]string{"From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To", "References"}

// compareHeaders compares protected fields with those outside, which anybody on
// the way could write (RFC 9788 4).
func compareHeaders(inner, outer *headers.Block) []Flag {
	var flags []Flag
	for _, name := range compared {
		in, ok := inner.First(name)
		if !ok {
			continue
		}
		out, ok := outer.First(name)
		if !ok || !bytes.Equal(flat(in.Raw()), flat(out.Raw())) {
			flags = append(flags, Flag{"header-differs", fmt.Sprintf("%s is another one outside of the protection", name)})
		}
		if name == "From" && inner.Count(name) > 1 {
			flags = append(flags, Flag{flagSeveralFrom, "in the protected header"})
		}
	}
	return flags
}

// flat is a value without folds and blanks at its ends.
func flat(b []byte) []byte {
	return bytes.Join(bytes.Fields(b), []byte(" "))
}

// checkHeaders says which header fields the signatures of a message cover.
func (r *Report) checkHeaders(m *mimeparse.Message, layers []*Layer) (protected bool) {
	for _, l := range layers {
		if l.Protected != nil {
			protected = true
			r.Flags = append(r.Flags, Flag{"headers-protected", "header fields are protected with the content of part " + l.Part})
			r.Flags = append(r.Flags, compareHeaders(l.Protected.Header, m.Header)...)
		}
		protected = r.checkHeaders(m, l.Children) || protected
	}
	return protected
}
