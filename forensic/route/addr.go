package route

import "net/netip"

// reach says from where an address can be a client.
type reach int

const (
	reachNone     reach = iota // no address
	reachLoopback              // the host itself
	reachPrivate               // one network: RFC 1918, 3927, 4193, 4291, 6598, 6to4 of such
	reachReserved              // nobody: no host can have it
	reachPublic
)

var (
	sharedNet = netip.MustParsePrefix("100.64.0.0/10") // RFC 6598
	benchNet  = netip.MustParsePrefix("198.18.0.0/15") // RFC 2544, used as private
	thisNet   = netip.MustParsePrefix("0.0.0.0/8")     // RFC 1122 3.2.1.3
	classE    = netip.MustParsePrefix("240.0.0.0/4")   // RFC 1112 4
	globalV6  = netip.MustParsePrefix("2000::/3")      // RFC 4291 2.4: all that is allocated
	nat64     = netip.MustParsePrefix("64:ff9b::/96")  // RFC 6052
	siteLocal = netip.MustParsePrefix("fec0::/10")     // RFC 3879: given up, still in use
	sixToFour = netip.MustParsePrefix("2002::/16")     // RFC 3056
)

// reachOf classes an address. Documentation ranges (RFC 5737, RFC 3849) count
// as public: archives put them in the place of addresses that they hide.
func reachOf(a netip.Addr) reach {
	a = a.Unmap().WithZone("")
	switch {
	case !a.IsValid():
		return reachNone
	case a.IsLoopback():
		return reachLoopback
	case a.IsPrivate(), a.IsLinkLocalUnicast(), sharedNet.Contains(a), benchNet.Contains(a), siteLocal.Contains(a):
		return reachPrivate
	case sixToFour.Contains(a):
		b := a.As16()
		return reachOf(netip.AddrFrom4([4]byte(b[2:6])))
	case a.IsMulticast(), a.IsUnspecified(), thisNet.Contains(a), classE.Contains(a):
		return reachReserved
	case a.Is6() && !globalV6.Contains(a) && !nat64.Contains(a):
		return reachReserved
	}
	return reachPublic
}

// microsoftNets are the networks from which Exchange Online hands mail on:
// what its own documents list for the protection service, and 2603:1000::/24,
// in which its inner hosts lie.
var microsoftNets = [...]netip.Prefix{
	netip.MustParsePrefix("40.92.0.0/14"), netip.MustParsePrefix("40.107.0.0/16"), netip.MustParsePrefix("52.100.0.0/14"),
	netip.MustParsePrefix("104.47.0.0/17"), netip.MustParsePrefix("2603:1000::/24"), netip.MustParsePrefix("2a01:111::/32"),
}

func isMicrosoftNet(a netip.Addr) bool {
	for _, n := range microsoftNets {
		if n.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}
