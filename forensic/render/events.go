package render

// eventWords tells people which event a reading dates: in a sentence, and as
// the label of a row.
var eventWords = [...]struct{ name, text, title string }{
	{"file", "a file inside was made or changed", "File made or changed"},
	{"thread", "the conversation began", "Conversation begun"},
	{"compose", "writing began", "Writing begun"},
	{"built", "the message was put together", "Message built"},
	{"signed", "it was signed", "Message signed"},
	{"queued", "a host began to receive it", "Reception begun"},
	{"received", "a host had received it", "Message received"},
	{"scanned", "a filter examined it", "Message scanned"},
	{"stored", "it was stored", "Message stored"},
	{"expires", "validity that the writer set ends", "Validity ends"},
	{"released", "the software did not exist before", "Software not older"},
	{"other", "another event than this message's", "Other event"},
}

// eventText is the event in a sentence.
func eventText(event string) string {
	for _, w := range eventWords {
		if w.name == event {
			return w.text
		}
	}
	return Visible(event, true)
}

// eventTitle is the event as a label.
func eventTitle(event string) string {
	for _, w := range eventWords {
		if w.name == event {
			return w.title
		}
	}
	return Visible(event, true)
}
