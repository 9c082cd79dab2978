package evidence

// Plan cuts the file into at most n ranges of about the same length, each with
// the index of its first message: scans of the ranges, by whatever processes,
// together give the same as one scan. It reads the file once, as fast as
// separators can be found. What can be read only once is one range.
func (f *File) Plan(n int) ([]Range, error) {
	if f.Container != Mbox || f.rest != nil || n < 2 {
		return []Range{{}}, nil
	}
	step := (int64(len(f.data)) + int64(n) - 1) / int64(n)
	var all []Range
	count := 0
	for p, err := range f.Pieces(Range{}) {
		if err != nil {
			return nil, err
		}
		found, err := p.Split()
		if err != nil {
			return nil, err
		}
		at := int64(p.from)
		if f.byLength && found > 0 {
			at = int64(p.slots[0].from)
		}
		if len(all) == 0 || at >= int64(len(all))*step {
			all = closeAt(all, at)
			all = append(all, Range{Offset: at, FirstIndex: count})
		}
		count += found
		p.Release()
	}
	return all, nil
}

// closeAt ends the last range where the next one begins.
func closeAt(all []Range, at int64) []Range {
	if n := len(all); n > 0 {
		all[n-1].Length = at - all[n-1].Offset
	}
	return all
}
