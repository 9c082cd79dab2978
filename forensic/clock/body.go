package clock

// readParts reads the MIME structure and the content of the parts.
func (r *reader) readParts() {}
