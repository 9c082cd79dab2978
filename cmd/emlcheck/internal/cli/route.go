package cli

import (
	"net/netip"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic/render"
)

// route prints the way of each message.
func (s *session) route(c *cli.Context) error {
	return s.printEach(c, func(out *output) (printer, error) {
		p, err := render.NewRoute(s.cfg.format, out, s.ink(out.terminal))
		return reports{p}, err
	})
}

// trustFlags name what belongs to the recipient, for the commands that tell
// the recipient's word from that of others.
func trustFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "trusted-host", Usage: "recipient's own mail server or domain `HOST`; may be repeated"},
		&cli.StringSliceFlag{Name: "trusted-network", Usage: "recipient's own network or address `NET` (CIDR); may be repeated"},
	}
}

// readTrust checks what is said to be the recipient's own.
func (s *session) readTrust(c *cli.Context) error {
	for _, text := range c.StringSlice("trusted-host") {
		host, ok := readHost(text)
		if !ok {
			return invalid("trusted-host", text, "it is a host name, or a domain for all names in it")
		}
		s.cfg.hosts = append(s.cfg.hosts, host)
	}
	for _, text := range c.StringSlice("trusted-network") {
		network, ok := readNetwork(text)
		if !ok {
			return invalid("trusted-network", text, "it is an address such as 192.0.2.7 or a network such as 192.0.2.0/24 or 2001:db8::/32")
		}
		s.cfg.networks = append(s.cfg.networks, network)
	}
	return nil
}

// readHost reads a host name. What cannot be one would match nothing, and
// nobody would know.
func readHost(text string) (string, bool) {
	host := strings.ToLower(strings.TrimSuffix(text, "."))
	for label := range strings.SplitSeq(host, ".") {
		if label == "" {
			return "", false
		}
	}
	odd := strings.ContainsFunc(host, func(r rune) bool {
		return r <= ' ' || r < 0x80 && !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-_", r)
	})
	_, err := netip.ParseAddr(host)
	return host, !odd && err != nil
}

// readNetwork reads an address or a network. An IPv4 network written as IPv6
// (RFC 4291 2.5.5.2) is the IPv4 one, as the hops' addresses are.
func readNetwork(text string) (netip.Prefix, bool) {
	if at, err := netip.ParseAddr(text); err == nil {
		at = at.Unmap()
		return netip.PrefixFrom(at, at.BitLen()), at.Zone() == ""
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return p, false
	}
	if p.Addr().Is4In6() {
		if p.Bits() < 96 {
			return p, false
		}
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p.Masked(), true
}
