package cli

import (
	"encoding/pem"
	"errors"
	"io"
	"path"
	"slices"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// exhibits writes what signatures were verified from into a folder, so that others
// can repeat it.
type exhibits struct {
	*extractor
	print *render.VerifyPrinter
	dir   string
	given smime.Files // what decrypts
}

func (s *session) openExhibits(dir string, inputs []string, p *render.VerifyPrinter, given smime.Files) (*exhibits, error) {
	x, err := s.openExtractor(dir, "", inputs, nil)
	if err != nil {
		return nil, err
	}
	return &exhibits{extractor: x, print: p, dir: dir, given: given}, nil
}

// Close ends the output and lets go of the folder.
func (x *exhibits) Close() error { return errors.Join(x.print.Close(), x.root.Close()) }

// task writes the exhibits of one message.
func (x *exhibits) task(t *task) error {
	x.s.judge(t)
	found, err := forensic.InspectSMIME(x.s.ctx, t.msg, x.s.cfg.analysis())
	if err != nil {
		return err
	}
	if found == nil {
		return x.print.Report(t.report, nil, nil)
	}
	folder, err := x.folder(t.msg)
	if err != nil {
		return err
	}
	run := &exhibition{extraction: extraction{extractor: x.extractor, task: t, folder: folder, names: x.names[folder]}, exhibits: x}
	run.layers(found.Layers)
	return x.print.Report(t.report, run.files, run.commands)
}

// exhibition is the work on one message.
type exhibition struct {
	extraction
	*exhibits
	commands []string
	missing  bool // a file of the layer could not be written
}

func (x *exhibition) layers(list []*smime.Layer) {
	for _, l := range list {
		if x.exhibits.s.ctx.Err() != nil {
			return
		}
		x.layer(l)
		x.layers(l.Children)
	}
}

// layer writes the files of a layer, and the commands that check them.
func (x *exhibition) layer(l *smime.Layer) {
	object := l.Object()
	if object == nil {
		return
	}
	x.missing = false
	files := x.given
	if files.Recipient == "" {
		files.Recipient, files.Key = "RECIPIENT.pem", "KEY.pem"
	}
	if l.Kind == smime.SignedClear {
		files.Object = x.bytes(l.Part, "signature.p7s", object)
	} else {
		files.Object = x.bytes(l.Part, "object.p7m", object)
	}
	switch {
	case len(l.Signers) > 0:
		files.Content = x.put(l.Part, "signed.bin", func(w io.Writer) error {
			for piece := range l.Signed(&l.Signers[0]) {
				if _, err := w.Write(piece); err != nil {
					return err
				}
			}
			return nil
		})
	case l.Inner != nil:
		files.Content = x.bytes(l.Part, "content.eml", l.Inner.Raw)
	case l.Kind != smime.CertsLayer:
		files.Out = path.Join(x.dir, l.Part+"_content.eml")
	}
	certs, roots := certificatesOf(l)
	if len(certs) > 0 {
		files.Certificates = x.bytes(l.Part, "certificates.pem", toPEM(certs))
	}
	if len(roots) > 0 {
		files.Roots = x.bytes(l.Part, "roots.pem", toPEM(roots))
	}
	if !x.missing {
		x.commands = append(x.commands, l.OpenSSL(files)...)
	}
}

// bytes writes one file and gives its path.
func (x *exhibition) bytes(part, name string, content []byte) string {
	return x.put(part, name, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

func (x *exhibition) put(part, name string, content func(io.Writer) error) string {
	before := len(x.files)
	x.file(part, name, "", content)
	if len(x.files) == before {
		x.missing = true // which was told
		return ""
	}
	return path.Join(x.dir, x.files[before].File)
}

// certificatesOf are those in the object and those of the paths, and the roots of
// these.
func certificatesOf(l *smime.Layer) (certs, roots []*pki.Certificate) {
	certs = slices.Clone(l.Certificates)
	for i := range l.Signers {
		p := l.Signers[i].Path()
		if p == nil {
			continue
		}
		chain := p.Chain
		if p.Anchored {
			roots = append(roots, chain[len(chain)-1])
			chain = chain[:len(chain)-1]
		}
		certs = append(certs, chain...)
	}
	return pki.Unique(certs), pki.Unique(roots)
}

func toPEM(list []*pki.Certificate) []byte {
	var out []byte
	for _, c := range list {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out
}
