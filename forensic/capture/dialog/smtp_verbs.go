package dialog

import "strings"

// knownVerb reports whether a word is a verb of RFC 5321, of a registered
// extension, or of one that servers are known to have.
func knownVerb(v string) bool {
	switch v {
	case "HELO", "EHLO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT",
		"SEND", "SOML", "SAML", "TURN", "ETRN", "ATRN", "AUTH", "STARTTLS", "XCLIENT", "XFORWARD", "XEXCH50",
		"X-EXPS", "X-ANONYMOUSTLS", "X-LINK2STATE", "XADR", "XSTA", "XCIR", "XGEN", "XUSR", "BURL", "VERB", "ONEX", "XSHADOW", "XRDST", "XOORG", "XPROXYFROM":
		return true
	}
	return false
}

// verbsWithColon are commands whose argument begins with a word and a colon.
var verbsWithColon = [...]string{"MAIL FROM:", "RCPT TO:", "SEND FROM:", "SOML FROM:", "SAML FROM:"}

// bareVerbs are commands that may stand alone on a line.
var bareVerbs = [...]string{"DATA", "RSET", "QUIT", "NOOP", "STARTTLS", "HELP", "TURN"}

// isCommandLine reports whether a line is a command beyond doubt, even where
// a message may be expected.
func isCommandLine(line string) bool {
	u := upper(line)
	for _, v := range verbsWithColon {
		if strings.HasPrefix(u, v) {
			return true
		}
	}
	trimmed := strings.TrimRight(u, " \t")
	for _, v := range bareVerbs {
		if trimmed == v {
			return true
		}
	}
	word, rest := cutWord(trimmed)
	switch word {
	case "EHLO", "HELO", "LHLO", "AUTH", "VRFY", "EXPN", "ETRN", "XCLIENT":
		return rest != ""
	case "BDAT":
		_, _, ok := parseChunk(rest)
		return ok
	}
	return false
}
