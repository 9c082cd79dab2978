package smimeforge

import (
	"crypto/ecdh"
	"fmt"
	"math/big"
	"math/rand"
	"time"
)

// This file answers one question: which people, keys and certificates do the cases share?

// forge holds the shared world and the cases made so far.
type forge struct {
	cases  []*Case
	rnd    *rand.Rand // for content, never for keys
	serial int64
	date   time.Time // Date of an ordinary message
	host   string
	nick   string // local part of the honest author
	full   string // display name of the honest author
	prose  string

	root, inter          *cert // the trusted authority and its intermediate
	alice, mallory       *cert // honest author; another customer of the same authority
	bob                  *cert // recipient with RSA
	carol                *cert // recipient with P-256
	carolKey             *ecdh.PrivateKey
	rsa1024, rsa2048More *key
}

var people = [][2]string{{"alice", "Alice Adams"}, {"ute.weber", "Ute Weber"}, {"j-smith", "Jo Smith"}, {"nina2", "Nina Ek"}}

var proses = []string{
	"Hello Bob,\r\n\r\nplease pay 100 EUR to account 4711.\r\n\r\nRegards\r\n",
	"The meeting is moved to Tuesday, 10:30, room 5.\r\nBring the contract with you.\r\n",
	"Order 2026-0815 is confirmed.\r\n- 3 pumps\r\n- 2 valves\r\nDelivery in two weeks.\r\n",
	"Minutes of today:\r\n  1. Budget agreed.\r\n  2. Audit in June.\r\n\tAll present.\r\n",
}

func newForge(seed int64) (*forge, error) {
	f := &forge{rnd: rand.New(rand.NewSource(seed)), serial: 0x1000}
	p := people[f.rnd.Intn(len(people))]
	f.nick, f.full, f.prose = p[0], p[1], proses[f.rnd.Intn(len(proses))]
	f.host = []string{"example.com", "example.org", "example.net"}[f.rnd.Intn(3)]
	f.date = time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC).Add(time.Duration(f.rnd.Intn(100*24*60)) * time.Minute)
	keys, err := newKeys(4)
	if err != nil {
		return nil, err
	}
	if f.rsa1024, err = newRSA(1024, 65537); err != nil {
		return nil, err
	}
	f.rsa2048More = keys[3]
	f.root = f.authority(nil, "Forge Root", keys[0], nil)
	f.inter = f.authority(f.root, "Forge Mail CA", keys[1], nil)
	f.alice = f.person(func(c *cert) { c.key = keys[2] })
	f.mallory = f.person(func(c *cert) { c.subject, c.sans = name("Mallory"), [][]byte{sanMail("mallory@" + f.host)} })
	f.bob = f.person(func(c *cert) {
		c.subject, c.sans, c.key = name("Bob"), [][]byte{sanMail("bob@" + f.host)}, keys[3]
	})
	carol, ec, err := newECDH()
	if err != nil {
		return nil, err
	}
	f.carolKey = ec
	f.carol = f.person(func(c *cert) {
		c.subject, c.sans, c.key = name("Carol"), [][]byte{sanMail("carol@" + f.host)}, carol
		c.ku = kuKeyAgreement
	})
	return f, nil
}

// newKeys makes RSA keys side by side, for they are slow to find.
func newKeys(n int) ([]*key, error) {
	keys, errs := make([]*key, n), make(chan error, n)
	for i := range keys {
		go func() {
			var err error
			keys[i], err = newRSA(2048, 65537)
			errs <- err
		}()
	}
	for range keys {
		if err := <-errs; err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func (f *forge) nextSerial() *big.Int {
	f.serial++
	return big.NewInt(f.serial)
}

// addr is the honest author's address.
func (f *forge) addr() string { return f.nick + "@" + f.host }

// authority makes a CA certificate; without an issuer it is self-signed.
func (f *forge) authority(by *cert, cn string, k *key, edit func(*cert)) *cert {
	if k == nil {
		k = newECDSA(p256)
	}
	c := &cert{subject: name(cn), serial: f.nextSerial(), from: f.date.AddDate(-10, 0, 0), to: f.date.AddDate(10, 0, 0),
		key: k, hash: sha256Hash, ku: kuCertSign | kuCRLSign, ca: true, pathLen: -1, version: 3}
	issuer := c
	if by != nil {
		issuer = by
	}
	if edit != nil {
		edit(c)
	}
	if c.issuer == nil {
		c.issuer = issuer.subject
	}
	return c.make(issuer.key)
}

// person makes a mail certificate for the honest author from the intermediate, unless edit says otherwise.
func (f *forge) person(edit func(*cert)) *cert { return f.personBy(f.inter, edit) }

func (f *forge) personBy(by *cert, edit func(*cert)) *cert {
	c := &cert{subject: name(f.full), serial: f.nextSerial(), from: f.date.AddDate(-1, 0, 0), to: f.date.AddDate(1, 0, 0),
		hash: sha256Hash, ku: kuDigitalSignature | kuNonRepudiation | kuKeyEncipherment, eku: []string{ekuMail},
		sans: [][]byte{sanMail(f.addr())}, version: 3}
	if edit != nil {
		edit(c)
	}
	if c.key == nil {
		c.key = newECDSA(p256)
	}
	if c.issuer == nil {
		c.issuer = by.subject
	}
	return c.make(by.key)
}

// letter is an ordinary message of the honest author.
func (f *forge) letter() letter {
	return letter{from: []string{fmt.Sprintf("From: %s <%s>", f.full, f.addr())}, to: "Bob <bob@" + f.host + ">",
		subject: "Your order", date: f.date}
}

// part is the ordinary signed content.
func (f *forge) part() []byte { return text(f.prose) }

// sign is the ordinary signer for a certificate.
func (f *forge) sign(c *cert) *signer { return &signer{cert: c, time: f.date, hash: sha256Hash} }

// cms is the ordinary SignedData over a part.
func (f *forge) cms(part []byte) *signed { return f.cmsBy(f.alice, part) }

func (f *forge) cmsBy(c *cert, part []byte) *signed {
	return &signed{content: part, certs: [][]byte{c.der, f.inter.der}, signers: []*signer{f.sign(c)}}
}

// add takes a finished message in.
func (f *forge) add(name, want, why string, message []byte) *Case {
	c := &Case{Name: name, Why: why, Message: message, Roots: f.root.pem(), Want: want}
	f.cases = append(f.cases, c)
	return c
}

// addSigned makes a multipart/signed message of the ordinary kind; edit changes the SignedData before it is built.
func (f *forge) addSigned(name, want, why string, edit func(*signed)) *Case {
	part := f.part()
	s := f.cms(part)
	if edit != nil {
		edit(s)
	}
	return f.add(name, want, why, f.letter().with(clearSigned(part, s.der())))
}

// addBy is addSigned with another signer's certificate and further changes.
func (f *forge) addBy(name, want, why string, c *cert, edit func(*signed)) *Case {
	return f.addSigned(name, want, why, func(s *signed) {
		s.certs, s.signers = [][]byte{c.der, f.inter.der}, []*signer{f.sign(c)}
		if edit != nil {
			edit(s)
		}
	})
}

// addDER makes a multipart/signed message around a finished object.
func (f *forge) addDER(name, want, why string, p7s []byte) *Case {
	return f.add(name, want, why, f.letter().with(clearSigned(f.part(), p7s)))
}

// addBody makes an ordinary letter around a finished MIME entity.
func (f *forge) addBody(name, want, why string, entity []byte) *Case {
	return f.add(name, want, why, f.letter().with(entity))
}
