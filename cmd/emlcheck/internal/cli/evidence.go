package cli

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// evidenceFlags say what signatures are verified against. Commands of many flags
// refer to the help of verify for them.
func evidenceFlags(elsewhere bool) []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "roots", Hidden: elsewhere, Usage: "trust the certificates in `FILE`; may be repeated, as the next three"},
		&cli.StringSliceFlag{Name: "certs", Hidden: elsewhere, Usage: "further certificates, of signers and authorities, in `FILE`"},
		&cli.StringSliceFlag{Name: "crl", Hidden: elsewhere, Usage: "a revocation list in `FILE`"},
		&cli.StringSliceFlag{Name: "ocsp", Hidden: elsewhere, Usage: "an OCSP response in `FILE`"},
		&cli.StringFlag{Name: "cert", Hidden: elsewhere, Usage: "the certificate in `FILE` of the recipient whose --key decrypts"},
		&cli.StringFlag{Name: "key", Hidden: elsewhere, Usage: "the private key in `FILE`, without a password"},
		&cli.StringFlag{Name: "at", Hidden: elsewhere, Value: "received", Usage: "judge certificates at `received|date|now|TIME`"},
	}
}

// readEvidence reads the files that these flags name. One that cannot be read is
// an error of the command line: without it every answer would be another one.
func (s *session) readEvidence(c *cli.Context) error {
	opt := &s.cfg.smime
	for _, read := range []func(*cli.Context, *smime.Options) error{readCertificates, readRevocations, readKey} {
		if err := read(c, opt); err != nil {
			return err
		}
	}
	return s.readMoment(c)
}

func readCertificates(c *cli.Context, opt *smime.Options) error {
	var err error
	if opt.Roots, err = readAll(c, "roots", pki.ReadCertificates); err != nil {
		return err
	}
	opt.Certificates, err = readAll(c, "certs", pki.ReadCertificates)
	return err
}

func readRevocations(c *cli.Context, opt *smime.Options) error {
	for _, path := range c.StringSlice("crl") {
		found, err := readEach("crl", path, pki.ReadRevocationLists)
		if err != nil {
			return err
		}
		for _, l := range found {
			l.Label = path
		}
		opt.CRLs = append(opt.CRLs, found...)
	}
	for _, path := range c.StringSlice("ocsp") {
		found, err := readEach("ocsp", path, pki.ReadOCSPResponses)
		if err != nil {
			return err
		}
		for _, r := range found {
			r.Label = path
		}
		opt.OCSP = append(opt.OCSP, found...)
	}
	return nil
}

// readAll reads what the files of a flag hold.
func readAll[T any](c *cli.Context, flag string, read func([]byte) ([]T, error)) (all []T, err error) {
	for _, path := range c.StringSlice(flag) {
		found, err := readEach(flag, path, read)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// readEach reads what a flag's file holds, which must be something.
func readEach[T any](flag, path string, read func([]byte) ([]T, error)) ([]T, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, &usageError{"flag --" + flag + ": " + path + ": " + errorText(err), ""}
	}
	found, err := read(b)
	if err == nil && len(found) == 0 {
		err = errors.New("nothing of the kind is in it")
	}
	if err != nil {
		return nil, &usageError{fmt.Sprintf("flag --%s: %s: %s", flag, path, errorText(err)), "PEM and DER are read"}
	}
	return found, nil
}

// readKey reads the pair that decrypts.
func readKey(c *cli.Context, opt *smime.Options) error {
	owner, key := c.String("cert"), c.String("key")
	switch {
	case owner == "" && key == "":
		return nil
	case owner == "" || key == "":
		return &usageError{"--cert and --key belong together", "the certificate says for whom the key decrypts"}
	}
	certs, err := readEach("cert", owner, pki.ReadCertificates)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(key)
	if err != nil {
		return &usageError{"flag --key: " + key + ": " + errorText(err), ""}
	}
	private, err := parseKey(b)
	if err != nil {
		return &usageError{"flag --key: " + key + ": " + err.Error(), "openssl pkcs8 -topk8 -nodes writes a form that is read"}
	}
	opt.Keys = []smime.Key{{Certificate: certs[0], Private: private}}
	return nil
}

// parseKey reads PKCS #8, PKCS #1 and SEC 1, in PEM or DER.
func parseKey(b []byte) (crypto.PrivateKey, error) {
	for block, rest := pem.Decode(b); block != nil; block, rest = pem.Decode(rest) {
		if key, err := parseKeyDER(block.Bytes); err == nil {
			return key, nil
		}
	}
	return parseKeyDER(b)
}

func parseKeyDER(der []byte) (crypto.PrivateKey, error) {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, errors.New("no private key that can be read, or one with a password")
}

// readMoment reads --at.
func (s *session) readMoment(c *cli.Context) error {
	switch text := c.String("at"); text {
	case "", "received":
	case "date":
		s.cfg.atDate = true
	case "now":
		s.cfg.smime.Evidence = time.Now().UTC()
	default:
		at, ok := readTime(text, time.UTC, false)
		if !ok {
			return invalid("at", text, "it is received, date, now, or a time such as 2024-05-01 or 2024-05-01T10:00:00Z")
		}
		s.cfg.smime.Evidence = at
	}
	return nil
}
