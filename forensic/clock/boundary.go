package clock

// appendBoundary reads the clocks in a MIME boundary.
func appendBoundary(out []found, boundary string, c *clue) []found { return out }

// appendContentID reads the clocks in a Content-ID, given without its angle
// brackets.
func appendContentID(out []found, id string, c *clue) []found { return out }
