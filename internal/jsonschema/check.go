package jsonschema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Check lists what in a document does not fit a schema; an error means that one of them is no JSON.
// others are the schemas that it refers to by their addresses.
func Check(schema, document []byte, others ...[]byte) ([]string, error) {
	var root Object
	var v any
	if err := json.Unmarshal(schema, &root); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(document, &v); err != nil {
		return nil, err
	}
	c := checker{root: root, others: map[string]Object{}}
	for _, other := range others {
		var o Object
		if err := json.Unmarshal(other, &o); err != nil {
			return nil, err
		}
		c.others[o["$id"].(string)] = o
	}
	c.check("$", root, v)
	return c.faults, nil
}

// checker validates by the keywords that the schema uses. A property that the
// schema does not know is a fault here, although the schema itself allows it:
// fields may be added later, but not without their description.
type checker struct {
	root   Object
	others map[string]Object
	faults []string
}

func (c *checker) fault(path, format string, args ...any) {
	c.faults = append(c.faults, path+": "+fmt.Sprintf(format, args...))
}

func (c *checker) check(path string, s Object, v any) {
	if ref, ok := s["$ref"].(string); ok {
		c.follow(path, ref, v)
	}
	if anyOf, ok := s["anyOf"].([]any); ok && !slices.ContainsFunc(anyOf, func(o any) bool { return c.fits(o.(Object), v) }) {
		c.fault(path, "fits none of %d schemas", len(anyOf))
	}
	if want, ok := s["type"]; ok && !isType(want, v) {
		c.fault(path, "is %T, not %v", v, want)
		return
	}
	switch v := v.(type) {
	case string:
		c.text(path, s, v)
	case []any:
		if n, ok := s["minItems"].(float64); ok && len(v) != int(n) {
			c.fault(path, "has %d items, not %v", len(v), n)
		}
		for i, item := range v {
			c.check(fmt.Sprintf("%s[%d]", path, i), s["items"].(Object), item)
		}
	case Object:
		c.object(path, s, v)
	}
}

// follow checks by another schema: one of the definitions, or one with an address of its own.
func (c *checker) follow(path, ref string, v any) {
	if name, ok := strings.CutPrefix(ref, "#/$defs/"); ok {
		c.check(path, c.root["$defs"].(Object)[name].(Object), v)
		return
	}
	other, ok := c.others[ref]
	if !ok {
		c.fault(path, "refers to %s, which is not there", ref)
		return
	}
	inner := checker{root: other, others: c.others}
	inner.check(path, other, v)
	c.faults = append(c.faults, inner.faults...)
}

func (c *checker) fits(s Object, v any) bool {
	inner := checker{root: c.root, others: c.others}
	inner.check("", s, v)
	return len(inner.faults) == 0
}

func (c *checker) text(path string, s Object, v string) {
	if p, ok := s["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
		c.fault(path, "%q does not fit %s", v, p)
	}
	if want, ok := s["const"]; ok && want != v {
		c.fault(path, "%q is not %v", v, want)
	}
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, any(v)) {
		c.fault(path, "%q is not among %v", v, enum)
	}
}

func (c *checker) object(path string, s Object, v Object) {
	if each, ok := s["additionalProperties"].(Object); ok {
		for name, item := range v {
			c.check(path+"."+name, each, item)
		}
	}
	properties, ok := s["properties"].(Object)
	if !ok {
		return // a $ref or anyOf has looked at it
	}
	for _, name := range s["required"].([]any) {
		if _, ok := v[name.(string)]; !ok {
			c.fault(path, "%v is missing", name)
		}
	}
	for name, item := range v {
		if p, ok := properties[name].(Object); ok {
			c.check(path+"."+name, p, item)
		} else {
			c.fault(path, "%s is not described", name)
		}
	}
}

func isType(want, v any) bool {
	if list, ok := want.([]any); ok {
		return slices.ContainsFunc(list, func(w any) bool { return isType(w, v) })
	}
	switch v := v.(type) {
	case nil:
		return want == "null"
	case bool:
		return want == "boolean"
	case string:
		return want == "string"
	case float64:
		return want == "number" || want == "integer" && v == float64(int64(v))
	case []any:
		return want == "array"
	case Object:
		return want == "object"
	}
	return false
}
