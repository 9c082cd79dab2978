package pki

// ParseName reads a Name that stands outside of a certificate, DER. What cannot
// be read of it is equal to nothing but the same bytes.
func ParseName(der []byte) Name {
	var unread problems
	return nameOf(der, &unread)
}
