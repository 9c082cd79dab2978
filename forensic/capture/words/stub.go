// Package words answers: what do the commands and replies of a mail dialogue mean, in plain words?
package words

type Language string

const (
	English Language = "en"
	Spanish Language = "es"
)

func Reply(code int, enhanced, verb string, lang Language) string { return "x" }
