package clock

// appendThreadIndex reads the value of a Thread-Index field.
func appendThreadIndex(out []found, value string, c *clue) []found { return out }
