#!/bin/sh
# Writes the encrypted objects of this folder anew, and the keys that open them.
# The keys serve these tests alone. It needs OpenSSL 3 with its legacy provider.
set -eu
cd "$(dirname "$0")"
text=$(mktemp)
trap 'rm -f "$text"' EXIT
printf 'Content-Type: text/plain\r\n\r\nHello\r\n' >"$text"

key() { name=$1; shift; openssl req -x509 -nodes -keyout "$name.key" -out "$name.pem" -days 36500 -subj "/CN=$name" "$@" 2>/dev/null; }
key rsa -newkey rsa:1024
key small -newkey rsa:512 -provider legacy -provider default
key p256 -newkey ec -pkeyopt ec_paramgen_curve:P-256
key p521 -newkey ec -pkeyopt ec_paramgen_curve:P-521

encrypt() { name=$1; shift; openssl cms -encrypt -binary -outform DER -provider legacy -provider default -in "$text" -out "$name.der" "$@"; }
for cipher in aes-128-cbc aes-192-cbc aes-256-cbc des3 des-cbc rc2-40-cbc rc2-64-cbc rc2-cbc aes-128-gcm aes-256-gcm; do
	encrypt "rsa-$cipher" "-$cipher" rsa.pem
done
oaep() { name=$1; shift; encrypt "$name" -aes-128-cbc -recip rsa.pem -keyopt rsa_padding_mode:oaep "$@"; }
oaep rsa-oaep
oaep rsa-oaep-sha256 -keyopt rsa_oaep_md:sha256
oaep rsa-oaep-mixed -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha1
oaep rsa-oaep-label -keyopt rsa_oaep_label:6c6162656c
encrypt small-des3 -des3 small.pem
encrypt p256-aes128 -aes-128-cbc -recip p256.pem
encrypt p256-keyid -aes-256-cbc -keyid -recip p256.pem
encrypt p256-des3 -des3 -recip p256.pem
encrypt p256-sha256 -aes-256-gcm -recip p256.pem -keyopt ecdh_kdf_md:sha256
encrypt p521-sha512 -aes-256-cbc -recip p521.pem -keyopt ecdh_kdf_md:sha512
encrypt rsa-two -aes-256-cbc p256.pem rsa.pem
rm -f ./*.pem
