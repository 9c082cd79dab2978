package pki

import (
	"bytes"
	"encoding/pem"
	"errors"
	"testing"
)

func block(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func TestReadCertificates(t *testing.T) {
	a, b := ca(t, nil, "CN=A").Raw, ca(t, nil, "CN=B").Raw
	l := list{this: since}
	crl := l.der(ca(t, nil, "CN=C"))
	junk := seq(number(1))
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	tests := []struct {
		name string
		data []byte
		n    int
		err  error
	}{
		{"DER", a, 1, nil},
		{"two DER", join(a, b), 2, nil},
		{"PEM", block("CERTIFICATE", a), 1, nil},
		{"text around", join([]byte("Subject: A\n# x\n"), block("CERTIFICATE", a), []byte("\nand B:\n"), block("CERTIFICATE", b), []byte("end")), 2, nil},
		{"other names", join(block("X509 CERTIFICATE", a), block("TRUSTED CERTIFICATE", append(bytes.Clone(b), seq()...))), 2, nil},
		{"key beside", join(block("PRIVATE KEY", []byte{1}), block("CERTIFICATE", a)), 1, nil},
		{"CRLF", bytes.ReplaceAll(block("CERTIFICATE", a), []byte("\n"), []byte("\r\n")), 1, nil},
		{"BER", join([]byte{0x30, 0x80}, a[4:], []byte{0, 0}, b), 2, nil},
		{"one is junk", join(block("CERTIFICATE", junk), block("CERTIFICATE", a)), 1, ErrMalformed},
		{"a CRL", crl, 0, ErrMalformed},
		{"PEM of another kind", block("X509 CRL", crl), 0, ErrMalformed},
		{"junk behind DER", append(bytes.Clone(a), "junk"...), 1, ErrMalformed},
		{"junk", []byte("junk"), 0, ErrMalformed},
		{"empty", nil, 0, ErrMalformed},
		{"too many DER", bytes.Repeat(seq(), maxObjects+1), 0, ErrLimit},
		{"too many PEM", bytes.Repeat(block("CERTIFICATE", seq()), maxObjects+1), 0, ErrLimit},
	}
	for _, test := range tests {
		got, err := ReadCertificates(test.data)
		if len(got) != test.n || !errors.Is(err, test.err) || test.err == nil && err != nil {
			t.Errorf("%s: %d, %v; want %d, %v", test.name, len(got), err, test.n, test.err)
		}
	}
	if got, err := ReadRevocationLists(join(block("X509 CRL", crl), block("CERTIFICATE", a))); len(got) != 1 || err != nil {
		t.Errorf("CRL in PEM: %v %v", got, err)
	}
	if got, err := ReadOCSPResponses(block("OCSP RESPONSE", seq(enum(6)))); len(got) != 1 || err != nil || got[0].Status != "unauthorized" {
		t.Errorf("OCSP in PEM: %v %v", got, err)
	}
}
