#!/bin/sh
# Writes the CMS objects of this folder anew, with fresh keys that are thrown
# away. It needs OpenSSL 3. The tests state what each object holds.
set -eu
out=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
printf 'Content-Type: text/plain\r\n\r\nHello\r\n' >text

openssl req -x509 -newkey rsa:1024 -nodes -keyout a.key -out a.pem -days 3650 -subj '/CN=Ada/emailAddress=ada@example.org' -set_serial 4660 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout b.key -out b.pem -days 3650 -subj '/CN=Ben' -set_serial 22136 2>/dev/null
cms() { openssl cms -outform DER "$@"; }

cms -sign -binary -in text -signer a.pem -inkey a.key -md sha256 -out "$out/detached.der"
cms -sign -binary -nodetach -stream -in text -signer a.pem -inkey a.key -md sha256 -out "$out/streamed.der"
cms -sign -binary -in text -keyid -signer b.pem -inkey b.key -signer a.pem -inkey a.key -noattr -nocerts -out "$out/two-signers.der"
openssl crl2pkcs7 -nocrl -certfile a.pem -certfile b.pem -outform DER -out "$out/certs-only.der"
cms -encrypt -binary -in text -aes-128-cbc -out "$out/transport.der" a.pem
cms -encrypt -binary -in text -aes-256-gcm -out "$out/gcm.der" a.pem
cms -encrypt -binary -stream -in text -aes-256-cbc -recip b.pem -keyid -out "$out/agreement.der"
cms -encrypt -binary -in text -aes-128-cbc -secretkey 000102030405060708090a0b0c0d0e0f -secretkeyid 0a0b -pwri_password secret -out "$out/kek-password.der"
