package route

import (
	"hash/maphash"
	"net/netip"
	"strings"
	"sync/atomic"

	"github.com/emlcheck/emlcheck/forensic/internal/domain"
)

// naming is what follows from a host's name alone.
type naming struct {
	host string
	bare string     // without brackets and a final dot
	addr netip.Addr // that the name consists of
	// operator is that of the host; by its address, where the name is one.
	operator int
	// valid: the characters of a host's name; localhost: the very host that
	// uses the name.
	valid, localhost bool
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
		return shallowNaming(strings.Clone(host))
	}
	slot := &namings[maphash.String(nameSeed, host)%uint64(len(namings))]
	if n := slot.Load(); n != nil && n.host == host {
		return n
	}
	n := newNaming(strings.Clone(host)) // it may be a part of a whole message
	slot.Store(n)
	return n
}

// shallowNaming is what the characters alone tell.
func shallowNaming(host string) *naming {
	n := &naming{host: host, bare: bare(host), addr: literal(host), family: noFamily, operator: noFamily}
	n.private, n.localhost = readPrivateName(n.bare), isLocalhost(n.bare)
	if googleInner.Contains(n.addr) {
		n.operator = google
	}
	return n
}

func newNaming(host string) *naming {
	n := shallowNaming(host)
	n.valid = isHost(host)
	n.public = n.valid && !n.private && !n.addr.IsValid()
	if n.public {
		n.org = readOrg(n.bare)
		n.family = readFamily(n.org)
	}
	if !n.addr.IsValid() {
		n.operator = n.family
	}
	n.brand = n.readBrand()
	return n
}

// short is the first label.
func (n *naming) short() string {
	if i := strings.IndexByte(n.bare, '.'); i >= 0 {
		return n.bare[:i]
	}
	return n.bare
}

// isRole reports whether the first label names a task alone.
func (n *naming) isRole() bool { return isRoleName(n.short()) }

// same reports whether two names are one, brackets and a final dot aside.
func (n *naming) same(o *naming) bool { return n == o || equalFold(n.bare, o.bare) }

// by is the naming of the host that stamped the hop, which tests ask for many
// times; helo and rdns are those of its client.
func (h *Hop) by() *naming {
	if h.names[0] == nil {
		h.names[0] = nameOf(h.By)
	}
	return h.names[0]
}

func (h *Hop) helo() *naming {
	if h.names[1] == nil {
		h.names[1] = nameOf(h.HELO)
	}
	return h.names[1]
}

func (h *Hop) rdns() *naming {
	if h.names[2] == nil {
		h.names[2] = nameOf(h.RDNS)
	}
	return h.names[2]
}

// readOrg is the registrable domain of a public host name.
func readOrg(host string) string {
	o := domain.Org(host)
	if strings.IndexByte(o, '.') < 0 {
		return ""
	}
	return o
}
