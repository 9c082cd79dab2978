package tnef

import (
	"encoding/binary"
	"iter"

	"github.com/emlcheck/emlcheck/headers"
)

// Property types (MS-OXCDATA 2.11.1).
const (
	typeNull    = 0x0001
	typeInt16   = 0x0002
	typeInt32   = 0x0003
	typeFloat32 = 0x0004
	typeFloat64 = 0x0005
	typeMoney   = 0x0006
	typeAppTime = 0x0007
	typeError   = 0x000A
	typeBool    = 0x000B
	typeObject  = 0x000D
	typeInt64   = 0x0014
	typeString8 = 0x001E
	typeUnicode = 0x001F
	typeTime    = 0x0040
	typeGUID    = 0x0048
	typeBinary  = 0x0102

	multiFlag  = 0x1000
	firstNamed = 0x8000 // ids from here on stand for named properties
)

// Property is one MAPI property (MS-OXTNEF 2.1.3.4).
type Property struct {
	// ID is the property's number. From 0x8000 on it only stands for the named
	// property that Set and LID or Name tell.
	ID uint16
	// Type is the type of its values, without the flag that says there may be
	// many.
	Type uint16
	// Multi is that flag.
	Multi bool
	// Count is the number of values that are there.
	Count int
	// Span is the whole property, padding included.
	Span headers.Span
	// Value is the value without length and padding; where Count is not 1, the
	// region of all of them. See [Property.Values].
	Value headers.Span
	// Set is the 16 bytes of a named property's set GUID.
	Set headers.Span
	// LID is the number of a named property that has no name.
	LID uint32
	// Name is a named property's name, UTF-16LE, without the closing NUL.
	Name headers.Span
}

// GUID is a named property's set, written as a GUID; empty for others. raw is
// the stream.
func (p *Property) GUID(raw []byte) string { return guid(raw, p.Set) }

// Values iterates over the property's values in raw, the stream.
func (p *Property) Values(raw []byte) iter.Seq[headers.Span] {
	return func(yield func(headers.Span) bool) {
		if p.Count == 1 {
			yield(p.Value)
			return
		}
		c := &cursor{raw: raw, off: p.Value.Start, end: min(p.Value.End, len(raw))}
		for range p.Count {
			at, _ := c.value(p.Type)
			if !yield(at) {
				return
			}
		}
	}
}

// Int is the value of an Integer16, Integer32 or Boolean property; ok is false
// for others and for several values.
func (p *Property) Int(raw []byte) (n int, ok bool) {
	b := p.Value.Of(raw)
	switch {
	case p.Count != 1:
		return 0, false
	case p.Type == typeInt32 && len(b) == 4:
		return int(int32(binary.LittleEndian.Uint32(b))), true
	case p.Type == typeInt16 && len(b) == 2:
		return int(int16(binary.LittleEndian.Uint16(b))), true
	case p.Type == typeBool && len(b) == 2:
		// QUIRK: MS-OXCDATA 2.11.1 has one byte here; what fills the second one
		// is garbage in streams written by Exchange 2000.
		return int(b[0] & 1), true
	}
	return 0, false
}

// sizeOf is the size of a value of the type, -1 when it stands before the
// value; ok is false for types that cannot stand in TNEF (MS-OXTNEF 2.1.3.4).
func sizeOf(t uint16) (size int, ok bool) {
	switch t {
	case typeNull:
		return 0, true
	case typeInt16, typeBool:
		return 2, true
	case typeInt32, typeFloat32, typeError:
		return 4, true
	case typeFloat64, typeMoney, typeAppTime, typeInt64, typeTime:
		return 8, true
	case typeGUID:
		return 16, true
	case typeObject, typeString8, typeUnicode, typeBinary:
		return -1, true
	}
	return 0, false
}

// value reads one value and its padding; when it is cut short, what is there,
// and whole is false.
func (c *cursor) value(t uint16) (at headers.Span, whole bool) {
	size, _ := sizeOf(t)
	n := uint32(max(size, 0))
	if size < 0 {
		if n, whole = c.u32(); !whole {
			at, c.off = c.rest(), c.end
			return at, false
		}
	}
	if at, whole = c.take(n); !whole {
		at, c.off = c.rest(), c.end
		return at, false
	}
	c.pad(at.Len())
	return at, true
}

// properties reads a property list: a count and that many properties. What
// follows is left to the caller.
func (w *work) properties(c *cursor) []Property {
	start := c.off
	count, ok := c.u32()
	if !ok {
		w.defect("tnef.property-truncated", c.rest(), "no room for the number of properties")
		c.off = c.end
		return nil
	}
	// A count out of the stream must not ask for memory that the stream cannot
	// fill; no list of real mail is much longer.
	list := make([]Property, 0, min(int64(count), int64(c.left()/8), 128))
	for range count {
		if w.left.Properties <= 0 {
			w.defect("tnef.limit-properties", c.rest(), "properties left unread")
			c.off = c.end
			return list
		}
		if c.left() == 0 {
			w.defect("tnef.property-truncated", headers.Span{Start: start, End: c.end}, "fewer properties than the list states")
			return list
		}
		p, ok, more := w.property(c)
		if ok {
			w.left.Properties--
			list = append(list, p)
		}
		if !more {
			c.off = c.end
			return list
		}
	}
	return list
}

// property reads one property. ok tells whether there is one to keep, more
// whether the list can be followed behind it.
func (w *work) property(c *cursor) (p Property, ok, more bool) {
	start := c.off
	t, _ := c.u16()
	id, ok := c.u16()
	if ok {
		p = Property{ID: id, Type: t &^ multiFlag, Multi: t&multiFlag != 0}
		ok = id < firstNamed || c.propertyName(&p)
	}
	if !ok {
		w.defect("tnef.property-truncated", headers.Span{Start: start, End: c.end}, "the list ends inside a property's name")
		return p, false, false
	}
	// Many values of no size are none, but counting them could take for ever.
	if _, ok := sizeOf(p.Type); !ok || p.Type == typeNull && p.Multi {
		w.defect("tnef.property-type", headers.Span{Start: start, End: c.end}, "a property type of unknown size; the rest of the list is unread")
		return p, false, false
	}
	whole := c.propertyValue(&p)
	p.Span = headers.Span{Start: start, End: c.off}
	switch {
	case !whole:
		w.defect("tnef.property-truncated", p.Span, "the list ends inside a property's value")
	case !p.Multi && p.Count != 1:
		w.defect("tnef.property-count", p.Span, "a single-valued property whose number of values is not one")
	}
	return p, true, whole
}

// propertyName reads what tells a named property (MS-OXTNEF 2.1.3.4).
func (c *cursor) propertyName(p *Property) (ok bool) {
	const kindNumber = 0
	if p.Set, ok = c.take(16); !ok {
		return false
	}
	kind, ok := c.u32()
	if !ok {
		return false
	}
	n, ok := c.u32()
	if !ok {
		return false
	}
	if kind == kindNumber {
		p.LID = n
		return true
	}
	if p.Name, ok = c.take(n); !ok {
		return false
	}
	c.pad(p.Name.Len())
	if b := p.Name.Of(c.raw); len(b) >= 2 && b[len(b)-1] == 0 && b[len(b)-2] == 0 {
		p.Name.End -= 2
	}
	return true
}

// propertyValue reads the value or the values; whole is false when the list
// ends before they do.
func (c *cursor) propertyValue(p *Property) (whole bool) {
	size, _ := sizeOf(p.Type)
	if size >= 0 && !p.Multi {
		p.Value, whole = c.value(p.Type)
		p.Count = 1
		return whole
	}
	count, ok := c.u32()
	if !ok {
		c.off = c.end
		return false
	}
	if count == 1 {
		p.Value, whole = c.value(p.Type)
		p.Count = 1
		return whole
	}
	return c.values(p, count)
}

// values reads several values. The region is walked once here, so that its
// end, and how many values there are, are known.
func (c *cursor) values(p *Property, count uint32) bool {
	start := c.off
	for range count {
		if c.left() == 0 {
			p.Value = headers.Span{Start: start, End: c.off}
			return false
		}
		_, whole := c.value(p.Type)
		p.Count++
		if !whole {
			p.Value = headers.Span{Start: start, End: c.off}
			return false
		}
	}
	p.Value = headers.Span{Start: start, End: c.off}
	return true
}
