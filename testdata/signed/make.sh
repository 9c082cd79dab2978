#!/bin/sh
# Writes signed.eml and root.pem anew, with keys that are thrown away: a signed
# message to which a mailing list has added a footer. It needs OpenSSL 3.
set -eu
out=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out root.pem -days 14600 -subj '/O=Example Trust/CN=Example Mail Root' \
	-addext 'keyUsage=critical,keyCertSign,cRLSign' 2>/dev/null
openssl req -new -newkey rsa:2048 -nodes -keyout ada.key -out ada.csr -subj '/O=Example Ltd/CN=Ada Example' 2>/dev/null
printf 'subjectAltName=email:ada@example.org\nextendedKeyUsage=emailProtection\nkeyUsage=digitalSignature\nbasicConstraints=CA:false\n' >ext
openssl x509 -req -in ada.csr -CA root.pem -CAkey ca.key -set_serial 0x1f4a -days 7300 -extfile ext -out ada.pem 2>/dev/null

printf 'Content-Type: text/plain; charset=utf-8\r\n\r\nDear all,\r\n\r\nthe meeting is on Tuesday at ten.\r\n\r\nAda\r\n' >text
openssl cms -sign -in text -signer ada.pem -inkey ada.key -md sha256 | tr -d '\r' | sed 's/$/\r/' >signed
boundary=list-footer-1
{
	printf 'Received: from lists.example.org (lists.example.org [192.0.2.25])\r\n\tby mx.example.net with ESMTPS id 7f2\r\n\tfor <ben@example.net>; %s\r\n' "$(date -u -R)"
	printf 'Date: %s\r\nFrom: Ada Example <ada@example.org>\r\nTo: team@lists.example.org\r\nSubject: [team] Meeting\r\n' "$(date -u -R)"
	printf 'Message-ID: <20261126.1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n' $boundary $boundary
	sed '1{/^MIME-Version/d}' signed
	printf '\r\n--%s\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nYou get this mail because you are on the list "team".\r\nThe room has changed: see http://rooms.example.com/\r\n--%s--\r\n' $boundary $boundary
} >"$out/signed.eml"
cp root.pem "$out/root.pem"
