package clock

// readFields reads the header fields of the message, trace lines left out.
func (r *reader) readFields() {}
