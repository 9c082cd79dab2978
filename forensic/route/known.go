package route

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	"github.com/emlcheck/emlcheck/internal/domain"
)

// naming is what follows from a host's name alone.
type naming struct {
	host string
	// org is the registrable domain of a public name, family its operator.
	org    string
	family int
	// public: a name of the public name system; private: one with a meaning
	// inside of one network only. Text that is no name is neither.
	public, private bool
	brand           string
}

// namings holds what was worked out for the names that came last. The same few
// hosts stand in all messages of a mailbox, and many times in each: looking at
// their names anew took two fifths of the time of this package. Nothing but
// time depends on what is in it.
var namings [1 << 11]atomic.Pointer[naming]

var nameSeed = maphash.MakeSeed()

// maxNamed is the length up to which names are looked at and kept.
const maxNamed = 255

// nameOf is what follows from a host's name.
func nameOf(host string) *naming {
	if len(host) > maxNamed { // no name of a host (RFC 1035 2.3.4)
		return &naming{host: host, private: readPrivateName(host), family: noFamily}
	}
	slot := &namings[maphash.String(nameSeed, host)%uint64(len(namings))]
	if n := slot.Load(); n != nil && n.host == host {
		return n
	}
	n := newNaming(strings.Clone(host)) // it may be a part of a whole message
	slot.Store(n)
	return n
}

func newNaming(host string) *naming {
	n := &naming{host: host, private: readPrivateName(host), family: noFamily}
	n.public = isHost(host) && !n.private && !literal(host).IsValid()
	if n.public {
		n.org = readOrg(host)
		n.family = readFamily(n.org)
	}
	n.brand = readBrand(host, n.org)
	return n
}

// readOrg is the registrable domain of a public host name.
func readOrg(host string) string {
	o := domain.Org(bare(host))
	if strings.IndexByte(o, '.') < 0 {
		return ""
	}
	return o
}
