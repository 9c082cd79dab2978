package transcript

import (
	"bytes"
	"strings"
)

// scoreOpenSSL: the words of s_client around a dialogue.
func scoreOpenSSL(b []byte) int {
	if bytes.HasPrefix(b, []byte("CONNECTED(0")) {
		return decisive
	}
	for _, p := range [...]string{"SSL handshake has read", "Verify return code", "    Verify return code", "Post-Handshake New Session Ticket", "SSL-Session:", "Server certificate", "New, TLSv", "New, SSLv", "depth=", "verify return:"} {
		if bytes.HasPrefix(b, []byte(p)) {
			return 3
		}
	}
	return 0
}

// readOpenSSL reads the dialogue behind the handshake. What was said before it
// is not shown by s_client.
func readOpenSSL(lines []raw) *Report {
	s := Session{LineEndsAssumed: true}
	t := terminal{s: &s, begun: true}
	inside := true // within what s_client says
	for i := range lines {
		b := lines[i].text
		text := string(b)
		t.connectLine(text)
		switch {
		case text == "---":
			inside = i+1 < len(lines) && blockBegins(lines[i+1].String())
			continue
		case strings.HasPrefix(text, "Post-Handshake New Session Ticket"), strings.HasPrefix(text, "CONNECTED("):
			inside = true
			continue
		case inside:
			if text == "read R BLOCK" {
				inside = false
			}
			continue
		case strings.HasPrefix(text, "Script "), text == "read R BLOCK", text == "DONE", text == "closed", text == "RENEGOTIATING", text == "KEYUPDATE", strings.HasPrefix(text, "read:errno="), text == "" && !t.data.on:
			continue
		}
		t.line(&lines[i], b)
	}
	return &Report{Sessions: []Session{s}}
}

// blockBegins reports whether a line begins one of the blocks that s_client prints
// between lines of hyphens.
func blockBegins(text string) bool {
	for _, p := range [...]string{
		"Certificate chain", "Server certificate", "No client certificate", "Acceptable client", "SSL handshake", "New, ", "Post-Handshake", "SSL-Session", "no peer certificate",
		"Client Certificate Types", "Peer signing", "Server public key", "Early data", "Verification", "Server Temp Key", "Protocol", "Compression",
	} {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}

// connectLine finds the host in the command line.
func (t *terminal) connectLine(text string) {
	f := strings.Fields(text)
	for i := range f {
		if f[i] == "-connect" && i+1 < len(f) && strings.Contains(text, "s_client") {
			t.s.Server = parseEnd(f[i+1])
		}
	}
}
