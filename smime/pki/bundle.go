package pki

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
)

// maxObjects bounds one file. The bundles of roots that systems carry hold some
// 150 certificates.
const maxObjects = 4096

// ReadCertificates reads PEM with any text around it, or one or more DER
// certificates. With an error it returns those that could be read.
func ReadCertificates(data []byte) ([]*Certificate, error) {
	return readAll(data, "CERTIFICATE", ParseCertificate)
}

// ReadRevocationLists reads CRLs as [ReadCertificates] does certificates.
func ReadRevocationLists(data []byte) ([]*RevocationList, error) {
	return readAll(data, "CRL", parseRevocationList)
}

// ReadOCSPResponses reads OCSP responses as [ReadCertificates] does certificates.
func ReadOCSPResponses(data []byte) ([]*OCSPResponse, error) {
	return readAll(data, "OCSP RESPONSE", parseOCSPResponse)
}

// readAll reads every object of one kind. The type of a PEM block ends with the
// kind: there are "X509 CRL", "TRUSTED CERTIFICATE" and more.
func readAll[T any](data []byte, kind string, parse func([]byte) (T, error)) (list []T, err error) {
	pieces, err := split(data, kind)
	errs := []error{err}
	for i, der := range pieces {
		v, err := parse(der)
		if err != nil {
			errs = append(errs, fmt.Errorf("object %d: %w", i+1, err))
			continue
		}
		list = append(list, v)
	}
	return list, errors.Join(errs...)
}

func split(data []byte, kind string) (pieces [][]byte, err error) {
	if bytes.Contains(data, []byte("-----BEGIN ")) && (len(data) == 0 || data[0] != 0x30) {
		return splitPEM(data, kind)
	}
	for rest := data; len(rest) > 0; {
		if len(pieces) == maxObjects {
			return pieces, fmt.Errorf("%w: more than %d", ErrLimit, maxObjects)
		}
		n := elementSize(rest)
		if n == 0 {
			return pieces, fmt.Errorf("%w: neither PEM nor DER at offset %d", ErrMalformed, len(data)-len(rest))
		}
		pieces, rest = append(pieces, rest[:n]), rest[n:]
	}
	if len(pieces) == 0 {
		return nil, fmt.Errorf("%w: empty", ErrMalformed)
	}
	return pieces, nil
}

func splitPEM(data []byte, kind string) (pieces [][]byte, err error) {
	for {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			break
		}
		if !strings.HasSuffix(block.Type, kind) {
			continue
		}
		if len(pieces) == maxObjects {
			return pieces, fmt.Errorf("%w: more than %d", ErrLimit, maxObjects)
		}
		pieces = append(pieces, block.Bytes)
	}
	if len(pieces) == 0 {
		return nil, fmt.Errorf("%w: no PEM block of type %s", ErrMalformed, kind)
	}
	return pieces, nil
}

// elementSize is the size of the SEQUENCE at the head of data; 0 when there is none.
func elementSize(data []byte) int {
	s := cryptobyte.String(data)
	var element cryptobyte.String
	if s.ReadASN1Element(&element, asn1.SEQUENCE) {
		return len(element)
	}
	if tree, err := ber.Parse(data); err == nil && tree.Root().Tag() == ber.Sequence {
		return tree.Used()
	}
	return 0
}
