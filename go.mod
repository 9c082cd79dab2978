module github.com/emlcheck/emlcheck

go 1.24.0

require (
	github.com/emersion/go-mbox v1.0.4
	github.com/emersion/go-message v0.18.2
	github.com/gabriel-vasile/mimetype v1.4.13
	github.com/klauspost/compress v1.19.2
	github.com/urfave/cli/v2 v2.27.7
	go.mozilla.org/pkcs7 v0.10.0
	golang.org/x/crypto v0.48.0
	golang.org/x/sys v0.41.0
	golang.org/x/text v0.34.0
)

require (
	github.com/cpuguy83/go-md2man/v2 v2.0.7 // indirect
	github.com/russross/blackfriday/v2 v2.1.0 // indirect
	github.com/xrash/smetrics v0.0.0-20240521201337-686a1a2994c1 // indirect
)
