package smime

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
	"github.com/emlcheck/emlcheck/smime/internal/envelope"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// Bounds of one message.
const (
	maxLayers  = 64       // layers that are looked into
	maxDepth   = 16       // layers in one another
	maxObject  = 64 << 20 // of a decoded object
	maxContent = 64 << 20 // of what comes out of a compressed object

	// maxWork bounds digests, signatures and searches for a message, in units of some
	// 50 microseconds, and workUnit is the octets digested in one. A message is
	// digested ten times over at most, but a small one gets half a second.
	maxWork  = 10_000
	workUnit = 50_000
)

// Inspect verifies every S/MIME layer of a message, at any depth, offline and
// without a clock. Bad input is no error: what cannot be read is a layer with the
// verdict malformed. It gives nil for a message without anything of S/MIME. The
// only error is that of ctx.
func Inspect(ctx context.Context, m *mimeparse.Message, opt *Options) (*Report, error) {
	if !Present(m) {
		return nil, nil
	}
	if opt == nil {
		opt = &Options{}
	}
	i := &inspector{ctx: ctx, opt: opt, evidence: opt.Evidence, by: ByEvidence, session: pki.NewSession(maxWork + 10*len(m.Raw)/workUnit)}
	i.date = dateOf(m)
	if i.evidence.IsZero() {
		i.evidence, i.by = i.date, ByDate
	}
	r := i.message(m)
	return r, ctx.Err()
}

// dateOf is the time of the Date field; zero when it states none.
func dateOf(m *mimeparse.Message) (t time.Time) {
	if f, ok := m.Header.First("Date"); ok {
		if d := f.Date(); d.OK {
			t = d.Time
		}
	}
	return t
}

// inspector is the state of one examination.
type inspector struct {
	ctx      context.Context
	opt      *Options
	evidence time.Time // zero: not known
	by       Moment    // why that one
	date     time.Time // that of the header; zero: not known
	session  *pki.Session
	layers   int
	cut      bool // there are more
	depth    int
	authors  authors // of the message that is shown
	prefix   string  // of paths: where that message is
}

// message examines the message that is shown.
func (i *inspector) message(m *mimeparse.Message) *Report {
	i.authors = authorsOf(m.Header)
	r := &Report{Layers: i.below(m, m.Root())}
	r.judge(m)
	if i.cut {
		r.Flags = append(r.Flags, Flag{"layer-limit", fmt.Sprintf("more than %d layers, or more than %d in one another: the rest was not looked into", maxLayers, maxDepth)})
		if r.Verdict == VerdictValid {
			r.Verdict = VerdictPartial
		}
	}
	return r
}

// below examines the layers under a part, and those of messages inside.
func (i *inspector) below(m *mimeparse.Message, root *mimeparse.Part) []*Layer {
	if i.depth == maxDepth {
		i.cut = i.cut || len(findIn(m, root)) > 0
		return nil
	}
	i.depth++
	defer func() { i.depth-- }()
	var out []*Layer
	for _, at := range findIn(m, root) {
		if i.layers++; i.layers > maxLayers || i.ctx.Err() != nil {
			i.cut = true
			return out
		}
		if at.part.Message != nil {
			out = append(out, i.forwarded(at.part)...)
			continue
		}
		out = append(out, i.layer(&at))
	}
	return out
}

// forwarded examines a message inside a part. It has authors of its own.
func (i *inspector) forwarded(p *mimeparse.Part) []*Layer {
	outer := i.authors
	i.authors = authorsOf(p.Message.Header)
	defer func() { i.authors = outer }()
	return i.in(p, p.Message)
}

// in examines what is inside a part.
func (i *inspector) in(p *mimeparse.Part, m *mimeparse.Message) []*Layer {
	outer := i.prefix
	i.prefix += p.Path + "~"
	defer func() { i.prefix = outer }()
	return i.below(m, m.Root())
}

func (i *inspector) layer(at *place) *Layer {
	l := &Layer{Part: i.prefix + at.part.Path, Message: at.msg, Kind: UnknownLayer, part: at.part}
	for _, f := range at.flags {
		l.flag(f, "")
	}
	switch {
	case at.fault.code == "content-type-twice":
		l.Verdict, l.Reason = VerdictMalformed, at.fault.detail
	case at.part.IsMultipart():
		i.clear(l, at)
	case at.fault.code != "":
		l.Verdict, l.Reason = VerdictUnsigned, at.fault.detail
	default:
		i.object(l, at.part)
	}
	return l
}

// clear examines a multipart/signed.
func (i *inspector) clear(l *Layer, at *place) {
	l.Kind = SignedClear
	if at.content != nil {
		e := entityOf(at.msg, at.content)
		l.Children = i.below(at.msg, at.content)
		if at.fault.code == "" {
			l.Covers = []headers.Span{e.span}
			i.clearSignature(l, at, &e)
		}
	}
	if at.fault.code != "" {
		l.Verdict, l.Reason = VerdictMalformed, at.fault.detail
	}
}

func (i *inspector) clearSignature(l *Layer, at *place, e *entity) {
	l.objectPart = at.signature
	object, err := readObject(at.signature)
	if err != nil {
		l.Verdict, l.Reason = VerdictMalformed, err.Error()
		return
	}
	if !l.take(object) {
		return
	}
	if object.Signed == nil {
		l.Verdict, l.Reason = VerdictMalformed, fmt.Sprintf("RFC 8551 3.5.3: the signature is an object of the type %q", object.Kind)
		return
	}
	c := &content{forms: e.forms(), in: e.in, whole: e.whole, entity: e, size: e.span.Len(), session: i.session}
	l.checkEmbedded(object.Signed, c)
	l.Protected = protectedBy(at.content)
	i.signers(l, object.Signed, c)
	i.secondOpinion(l, object, c)
	l.checkMicalg(at.part)
	if at.isAmbiguous() {
		l.Verdict = worse(l.Verdict, VerdictMalformed)
		l.Reason = orString(l.Reason, "the structure can be read in two ways, or names another kind of signature")
	}
}

func (l *Layer) flag(code, detail string) { l.Flags = append(l.Flags, Flag{code, detail}) }

func orString(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// take keeps what an object shows by itself. It reports whether to go on: bytes
// behind an object belong to nobody.
func (l *Layer) take(o *cms.Object) bool {
	l.Encoding = o.Facts
	for _, d := range o.Defects {
		if d.Code != "cms.trailing-bytes" {
			l.flag(d.Code, d.Detail)
		} else {
			l.flag("trailing-data", d.Detail)
			l.Verdict, l.Reason = VerdictMalformed, d.Detail
			return false
		}
	}
	return true
}

// errTooLarge stops decoding.
var errTooLarge = errors.New("object larger than what is read of one")

// readObject decodes a part and reads the object in it.
func readObject(p *mimeparse.Part) (*cms.Object, error) {
	b, err := decodeObject(p)
	if err != nil {
		return nil, err
	}
	return cms.Parse(b)
}

func decodeObject(p *mimeparse.Part) ([]byte, error) {
	var b []byte
	if size := p.Body.Len(); size <= maxObject {
		b = make([]byte, 0, size)
	}
	_, err := p.Decode(func(piece []byte) error {
		if len(b)+len(piece) > maxObject {
			return errTooLarge
		}
		b = append(b, piece...)
		return nil
	})
	return b, err
}

// object examines a part that is a CMS object.
func (i *inspector) object(l *Layer, p *mimeparse.Part) {
	l.objectPart = p
	object, err := readObject(p)
	if err != nil {
		l.Verdict, l.Reason = VerdictMalformed, err.Error()
		return
	}
	l.Covers = []headers.Span{p.Body}
	l.checkType(object, p)
	if !l.take(object) {
		return
	}
	switch object.Kind {
	case cms.Signed:
		i.opaque(l, object)
	case cms.Enveloped, cms.AuthEnveloped:
		i.enveloped(l, object)
	case cms.Compressed:
		i.compressed(l, object.Compressed)
	default:
		l.Verdict, l.Reason = VerdictMalformed, fmt.Sprintf("RFC 8551 3.2: an object of the type %q", object.Type)
	}
}

// opaque examines a signature with its content inside (RFC 8551 3.5.2), or a bag
// of certificates.
func (i *inspector) opaque(l *Layer, o *cms.Object) {
	s := o.Signed
	if len(s.Signers) == 0 {
		l.Kind, l.Verdict = CertsLayer, VerdictCertsOnly
		l.Covers, l.Certificates = nil, readCertificates(s)
		l.flag("no-signers", "")
		return
	}
	l.Kind = SignedOpaque
	if !s.Content.Present {
		l.Verdict, l.Reason = VerdictInvalid, "RFC 8551 3.5.2: the object holds no content"
		return
	}
	b := s.Content.Bytes()
	if s.Content.Type == cms.OIDData {
		i.inside(l, b)
	}
	c := &content{size: len(b), session: i.session, forms: []form{asStored}, in: func(form) pieces { return s.Content.Pieces() }, whole: func(limit int) []byte {
		if len(b) <= limit {
			return b
		}
		return nil
	}}
	if l.Inner != nil {
		l.Protected = protectedBy(l.Inner.Root())
	}
	i.signers(l, s, c)
	i.secondOpinion(l, o, c)
}

// inside parses and examines what came out of an object.
func (i *inspector) inside(l *Layer, b []byte) {
	l.Inner = mimeparse.Parse(b, nil)
	r := &Report{Layers: i.in(l.part, l.Inner)}
	r.judge(l.Inner)
	l.inner, l.Children, l.InnerVerdict = r, r.Layers, r.Verdict
}

func (i *inspector) enveloped(l *Layer, o *cms.Object) {
	l.Kind, l.Verdict = EnvelopedLayer, VerdictEncrypted
	l.checkWrap()
	if o.Kind == cms.AuthEnveloped {
		l.Kind = AuthLayer
	} else {
		l.flag("no-integrity", "RFC 8551 6: CBC has no authentication code; whoever carried the message could change it")
	}
	l.ContentEncryption = envelope.Name(o.Enveloped.Algorithm.OID)
	for _, r := range o.Enveloped.Recipients {
		l.Recipients = append(l.Recipients, recipientOf(&r))
	}
	out, err := envelope.Open(o.Enveloped, i.keys())
	switch {
	case err == nil:
		i.inside(l, out.Content)
		l.Protected = protectedBy(l.Inner.Root())
	case errors.Is(err, envelope.ErrNoKey) && len(i.opt.Keys) > 0:
		l.flag("no-matching-key", "no key given is that of a recipient")
	case errors.Is(err, envelope.ErrNoKey):
	case errors.Is(err, envelope.ErrUnsupported):
		l.flag("unsupported-cipher", err.Error())
	default:
		l.flag("decryption-failed", err.Error())
	}
}

func recipientOf(r *cms.Recipient) Recipient {
	out := Recipient{Kind: r.Kind, KeyEncryption: envelope.Name(r.Algorithm.OID), KeyID: hex.EncodeToString(r.ID.KeyID)}
	if r.ID.Issuer != nil {
		name := pki.ParseName(r.ID.Issuer)
		out.Issuer, out.Serial = name.String(), hex.EncodeToString(r.ID.Serial)
	}
	return out
}

// keys are those given, each with what it answers to.
func (i *inspector) keys() []envelope.Key {
	var out []envelope.Key
	for _, k := range i.opt.Keys {
		out = append(out, envelope.Key{Private: k.Private, Is: func(id cms.KeyHolder) bool {
			return k.Certificate == nil || len(holders(id, []*pki.Certificate{k.Certificate})) > 0
		}})
	}
	return out
}

func (i *inspector) compressed(l *Layer, c *cms.CompressedData) {
	l.Kind, l.Verdict = CompressLayer, VerdictCompressed
	out, err := envelope.Unpack(c, maxContent)
	switch {
	case errors.Is(err, envelope.ErrLimit):
		l.flag("decompression-limit", err.Error())
	case err != nil:
		l.flag("decompression-failed", err.Error())
	default:
		i.inside(l, out)
	}
}
