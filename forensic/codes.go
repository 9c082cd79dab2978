package forensic

import "github.com/emlcheck/emlcheck/forensic/report"

// codeIndex files the defects of a report by their codes. Most messages have
// none or few, and each rule asks for one or two codes.
type codeIndex struct {
	lengths uint64 // one bit for each length of a code that is there
	codes   []codePlaces
}

// codePlaces are the indexes of the defects with one code, ascending.
type codePlaces struct {
	code   string
	places []int
}

func (x *codeIndex) fill(defects []report.Defect) {
	for i := range defects {
		code := defects[i].Code
		p := x.find(code)
		if p == nil {
			x.codes = append(x.codes, codePlaces{code: code})
			x.lengths |= 1 << (len(code) & 63)
			p = &x.codes[len(x.codes)-1]
		}
		p.places = append(p.places, i)
	}
}

// find is the entry of a code; nil without one. A search from end to end is
// enough: there are less than 200 codes in all, and seldom more than three in
// one message.
func (x *codeIndex) find(code string) *codePlaces {
	if x.lengths>>(len(code)&63)&1 == 0 {
		return nil
	}
	for i := range x.codes {
		if x.codes[i].code == code {
			return &x.codes[i]
		}
	}
	return nil
}

// has reports whether there is a defect of one of the codes.
func (x *codeIndex) has(codes []string) bool {
	for _, c := range codes {
		if x.find(c) != nil {
			return true
		}
	}
	return false
}
