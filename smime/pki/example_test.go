package pki_test

import (
	"fmt"
	"os"
	"time"

	"github.com/emlcheck/emlcheck/smime/pki"
)

// Who is trusted comes from a file, the moment from the evidence.
func ExampleBuildPath() {
	data, err := os.ReadFile("roots.pem")
	if err != nil {
		return
	}
	roots, err := pki.ReadCertificates(data)
	if err != nil {
		fmt.Println("some roots cannot be read:", err)
	}
	var signer *pki.Certificate // from the message
	p := pki.BuildPath(signer, &pki.Options{Roots: roots, At: time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)})
	fmt.Println(p.State, p.Standing[0])
	for _, problem := range p.Problems {
		fmt.Println(problem.Certificate, problem.Code, problem.Detail, problem.Clause)
	}
}

func ExampleReadCertificates() {
	_, err := pki.ReadCertificates([]byte("no certificate"))
	fmt.Println(err)
	// Output: pki: malformed object: neither PEM nor DER at offset 0
}
