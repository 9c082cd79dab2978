package envelope

// names are what the algorithms are called in openssl and in the RFC that is named.
var names = map[string]string{
	oidRSA:  "rsa-pkcs1", // RFC 8017 7.2
	oidOAEP: "rsa-oaep",  // RFC 8017 7.1

	"1.3.133.16.840.63.0.2": "ecdh-sha1", "1.3.133.16.840.63.0.3": "ecdh-cofactor-sha1", // RFC 5753 7.1.4
	"1.3.132.1.11.0": "ecdh-sha224", "1.3.132.1.11.1": "ecdh-sha256", "1.3.132.1.11.2": "ecdh-sha384", "1.3.132.1.11.3": "ecdh-sha512",
	"1.3.132.1.14.0": "ecdh-cofactor-sha224", "1.3.132.1.14.1": "ecdh-cofactor-sha256", "1.3.132.1.14.2": "ecdh-cofactor-sha384", "1.3.132.1.14.3": "ecdh-cofactor-sha512",
	"1.2.840.113549.1.9.16.3.19": "ecdh-hkdf-sha256", "1.2.840.113549.1.9.16.3.20": "ecdh-hkdf-sha384", "1.2.840.113549.1.9.16.3.21": "ecdh-hkdf-sha512", // RFC 8418 2.2

	"1.2.840.113549.1.9.16.3.5":  "esdh",              // RFC 3370 4.1.1; named, not opened
	"1.2.840.113549.1.9.16.3.9":  "password",          // RFC 3211 3; named, not opened
	oidTripleDESWrap:             "3des-wrap",         // RFC 3370 4.3.1
	"2.16.840.1.101.3.4.1.5":     "aes128-wrap",       // RFC 3565 2.3.2
	"2.16.840.1.101.3.4.1.25":    "aes192-wrap",       //
	"2.16.840.1.101.3.4.1.45":    "aes256-wrap",       //
	"2.16.840.1.101.3.4.1.2":     "aes-128-cbc",       // RFC 3565 4.1
	"2.16.840.1.101.3.4.1.22":    "aes-192-cbc",       //
	"2.16.840.1.101.3.4.1.42":    "aes-256-cbc",       //
	"1.2.840.113549.3.7":         "des-ede3-cbc",      // RFC 3370 5.1
	"1.3.14.3.2.7":               "des-cbc",           // RFC 2311 2.7
	oidRC2:                       "rc2-cbc",           // RFC 3370 5.2
	"2.16.840.1.101.3.4.1.6":     "aes-128-gcm",       // RFC 5084 3.2
	"2.16.840.1.101.3.4.1.26":    "aes-192-gcm",       //
	"2.16.840.1.101.3.4.1.46":    "aes-256-gcm",       //
	"2.16.840.1.101.3.4.1.7":     "aes-128-ccm",       // RFC 5084 3.1
	"2.16.840.1.101.3.4.1.27":    "aes-192-ccm",       //
	"2.16.840.1.101.3.4.1.47":    "aes-256-ccm",       //
	"1.2.840.113549.1.9.16.3.18": "chacha20-poly1305", // RFC 8103 2; named, not opened
}

// Name is the name of an algorithm of encryption; the identifier itself, dotted,
// when it has none here.
func Name(oid string) string {
	if name, ok := names[oid]; ok {
		return name
	}
	return oid
}
