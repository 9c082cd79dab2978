#!/bin/sh
# Writes certs.pem anew: self-signed certificates of every kind of key and
# signature that OpenSSL 3 makes, each with a line that names it. A certificate
# holds all that a check needs: key, algorithm, signed bytes and signature. The
# keys are thrown away.
set -eu
out=$(cd "$(dirname "$0")" && pwd)/certs.pem
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
: >"$out"
with='-provider default -provider legacy'

# cert NAME KEYFILE [OPTIONS]
cert() {
	name=$1 key=$2
	shift 2
	echo "$name" >>"$out"
	openssl req -x509 -new -key "$key" -days 3650 -subj "/CN=$name" $with "$@" 2>/dev/null >>"$out"
}

openssl genrsa -out rsa.key 1024 2>/dev/null
openssl genrsa -out rsa512.key 512 2>/dev/null
openssl genrsa -out rsa1025.key 1025 2>/dev/null
for md in md4 md5 sha1 ripemd160 sha224 sha256 sha384 sha512 sha512-256 sha3-256 sha3-512; do
	cert "rsa-$md" rsa.key "-$md" || true
done
cert rsa-512-bits rsa512.key -sha1
pss() { name=$1 key=$2; shift 2; cert "$name" "$key" -sigopt rsa_padding_mode:pss "$@"; }
pss pss-sha256-32 rsa.key -sha256 -sigopt rsa_pss_saltlen:32
pss pss-sha256-0 rsa.key -sha256 -sigopt rsa_pss_saltlen:0
pss pss-sha256-20 rsa.key -sha256 -sigopt rsa_pss_saltlen:20
pss pss-sha1-default rsa.key -sha1 -sigopt rsa_pss_saltlen:20
pss pss-sha256-max rsa.key -sha256 -sigopt rsa_pss_saltlen:max
pss pss-sha384-mgf1 rsa.key -sha384 -sigopt rsa_pss_saltlen:11 -sigopt rsa_mgf1_md:sha1
pss pss-1025-bits rsa1025.key -sha256 -sigopt rsa_pss_saltlen:32
openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024 -out pss.key 2>/dev/null
pss pss-key pss.key -sha256
openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32 -out pssr.key 2>/dev/null
pss pss-restricted-key pssr.key -sha256

openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -pkeyopt dsa_paramgen_q_bits:160 -out dsa.pem 2>/dev/null
openssl genpkey -paramfile dsa.pem -out dsa.key
openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -pkeyopt dsa_paramgen_q_bits:256 -out dsa2.pem 2>/dev/null
openssl genpkey -paramfile dsa2.pem -out dsa2.key
cert dsa-sha1 dsa.key -sha1
cert dsa-sha256 dsa2.key -sha256

for curve in prime192v1 secp224r1 prime256v1 secp384r1 secp521r1 secp256k1 \
	brainpoolP160r1 brainpoolP192r1 brainpoolP224r1 brainpoolP256r1 brainpoolP320r1 brainpoolP384r1 brainpoolP512r1 \
	brainpoolP160t1 brainpoolP192t1 brainpoolP224t1 brainpoolP256t1 brainpoolP320t1 brainpoolP384t1 brainpoolP512t1; do
	openssl ecparam -name $curve -genkey -noout -out ec.key
	cert "ec-$curve" ec.key -sha256
done
openssl ecparam -name prime256v1 -genkey -noout -out ec.key
for md in sha1 sha224 sha384 sha512 sha3-256; do cert "ec-prime256v1-$md" ec.key "-$md"; done
openssl ec -in ec.key -conv_form compressed -out ecc.key 2>/dev/null
cert ec-compressed ecc.key -sha256
openssl ec -in ec.key -param_enc explicit -out ece.key 2>/dev/null
cert ec-explicit ece.key -sha256
openssl genpkey -algorithm ed25519 -out ed.key
cert ed25519 ed.key
openssl genpkey -algorithm ed448 -out ed4.key
cert ed448 ed4.key
