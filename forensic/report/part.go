package report

import "github.com/emlcheck/emlcheck/headers"

// Part is one MIME part of the message.
type Part struct {
	// Path is "1" for the message itself, "1.2" for its second child.
	Path string `json:"path"`
	// Parent is the path of the part around it; nil for the message itself.
	Parent Stated `json:"parent"`
	// ContentType is the media type in force (RFC 2045 5.2 supplies a missing
	// one); Declared tells whether the header states it.
	ContentType string `json:"content_type"`
	// Declared is false when ContentType is only implied.
	Declared bool `json:"declared"`
	// Charset is the charset parameter as written; nil without one.
	Charset Stated `json:"charset"`
	// Encoding is the declared transfer encoding (RFC 2045 6), in lower case; nil when none is.
	Encoding Stated `json:"encoding"`
	// Disposition is the word of Content-Disposition (RFC 2183), in lower case.
	Disposition Stated `json:"disposition"`
	// Filename is the preferred one of Filenames, decoded.
	Filename Stated `json:"filename"`
	// FilenameRaw is that name as written, before decoding.
	FilenameRaw *Raw `json:"filename_raw"`
	// Filenames are all names that one reader or another may show.
	Filenames []Filename `json:"filenames"`
	// ContentID is the Content-ID without its angle brackets.
	ContentID Stated `json:"content_id"`
	// Header reaches up to and with the blank line.
	Header headers.Span `json:"header"`
	// Body leaves out the line break that belongs to the next delimiter.
	Body headers.Span `json:"body"`
	// Preamble is what stands in a multipart before its first delimiter, which readers do not
	// show; nil when empty.
	Preamble *headers.Span `json:"preamble"`
	// Epilogue is what stands behind the last delimiter; nil when empty.
	Epilogue *headers.Span `json:"epilogue"`
	// EncodedSize is the size of the body as stored.
	EncodedSize int64 `json:"encoded_size"`
	// Size and the digests are of the decoded content; null for a multipart.
	Size *int64 `json:"size"`
	// SHA256 is the digest of the decoded content; nil for a multipart.
	SHA256 Stated `json:"sha256"`
	// SHA256Encoded is the digest of the body as stored; nil unless all digests were asked for.
	SHA256Encoded Stated `json:"sha256_encoded"`
	// SHA1 is for comparison with older records only.
	SHA1 Stated `json:"sha1"`
	// MD5 is for comparison with older records only.
	MD5 Stated `json:"md5"`
	// DetectedType is the media type by the content's first bytes, whatever the header says.
	DetectedType Stated `json:"detected_type"`
	// IsAttachment is true for what a reader is offered as a file.
	IsAttachment bool `json:"is_attachment"`
	// Inline are files within the body that are no parts of their own.
	Inline []Inline `json:"inline"`
	// Defects are those of this part.
	Defects []Defect `json:"defects"`
	// Message is the report on the message inside this part.
	Message *Report `json:"message"`
}

// Filename is one candidate for a part's name and where it stood.
type Filename struct {
	// Value is the name, decoded.
	Value string `json:"value"`
	// Source is the field and parameter it stood in.
	Source string `json:"source"`
	// Raw is the name as written.
	Raw Raw `json:"raw"`
	// Span is where Raw stands.
	Span headers.Span `json:"span"`
}

// Inline is a file that is no part of its own.
type Inline struct {
	// Place is "text" for a uuencoded file in a text body, and "header" for
	// content that stands where its part's header should have ended.
	Place string `json:"place"`
	// Name is the file's name; nil without one.
	Name Stated `json:"name"`
	// Span is the file as stored; the whole body where it stands in text that
	// was decoded, and then Content says where in that text.
	Span headers.Span `json:"span"`
	// Content is nil where Span says all.
	Content *PartSpan `json:"content"`
	// Size is the number of decoded bytes.
	Size int64 `json:"size"`
	// SHA256 is the digest of the decoded bytes.
	SHA256 string `json:"sha256"`
	// SHA1 is for comparison with older records only.
	SHA1 Stated `json:"sha1"`
	// MD5 is for comparison with older records only.
	MD5 Stated `json:"md5"`
	// DetectedType is the media type by the first bytes.
	DetectedType string `json:"detected_type"`
	// Complete is false where its end is missing.
	Complete bool `json:"complete"`
}

// PartSpan is a range of bytes in the decoded content of a part.
type PartSpan struct {
	// Part is the path of the part.
	Part string `json:"part"`
	// Start is the offset of the first byte.
	Start int `json:"start"`
	// End is the offset behind the last one.
	End int `json:"end"`
}

// Content is what the text of the message says; filled by a later version.
type Content struct {
	// Links are the links of the text.
	Links []Link `json:"links"`
	// Addresses are the mail addresses of the text.
	Addresses []string `json:"addresses"`
	// Indicators are other things that can be searched for.
	Indicators []string `json:"indicators"`
}

// Link is a link in a text or HTML part.
type Link struct {
	// Text is what the reader sees.
	Text Stated `json:"text"`
	// Href is where it leads.
	Href Raw `json:"href"`
	// Host is the host in Href.
	Host Stated `json:"host"`
	// Span is where it stands.
	Span headers.Span `json:"span"`
	// Flags say what is odd about it.
	Flags []string `json:"flags"`
}
