package dialog

func newPOP3(d *Dialog) machine { return &deaf{d: d} }
func newIMAP(d *Dialog) machine { return &deaf{d: d} }
