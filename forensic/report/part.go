package report

import "github.com/emlcheck/emlcheck/headers"

// Part is one MIME part of the message.
type Part struct {
	// Path is "1" for the message itself, "1.2" for its second child.
	Path   string `json:"path"`
	Parent Stated `json:"parent"`
	// ContentType is the media type in force (RFC 2045 5.2 supplies a missing
	// one); Declared tells whether the header states it.
	ContentType string `json:"content_type"`
	Declared    bool   `json:"declared"`
	Charset     Stated `json:"charset"`
	Encoding    Stated `json:"encoding"`
	Disposition Stated `json:"disposition"`
	// Filename is the preferred one of Filenames, decoded.
	Filename    Stated     `json:"filename"`
	FilenameRaw *Raw       `json:"filename_raw"`
	Filenames   []Filename `json:"filenames"`
	ContentID   Stated     `json:"content_id"`
	// Header reaches up to and with the blank line.
	Header headers.Span `json:"header"`
	// Body leaves out the line break that belongs to the next delimiter.
	Body headers.Span `json:"body"`
	// Preamble and Epilogue are the parts of a multipart's body that readers
	// do not show; nil when empty.
	Preamble *headers.Span `json:"preamble"`
	Epilogue *headers.Span `json:"epilogue"`
	// EncodedSize is the size of the body as stored.
	EncodedSize int64 `json:"encoded_size"`
	// Size and the digests are of the decoded content; null for a multipart.
	Size          *int64   `json:"size"`
	SHA256        Stated   `json:"sha256"`
	SHA256Encoded Stated   `json:"sha256_encoded"`
	SHA1          Stated   `json:"sha1"`
	MD5           Stated   `json:"md5"`
	DetectedType  Stated   `json:"detected_type"`
	IsAttachment  bool     `json:"is_attachment"`
	Inline        []Inline `json:"inline"`
	Defects       []Defect `json:"defects"`
	// Message is the report on the message inside this part.
	Message *Report `json:"message"`
}

// Filename is one candidate for a part's name and where it stood.
type Filename struct {
	Value  string       `json:"value"`
	Source string       `json:"source"`
	Raw    Raw          `json:"raw"`
	Span   headers.Span `json:"span"`
}

// Inline is a file that is no part of its own.
type Inline struct {
	// Place is "text" for a uuencoded file in a text body, and "header" for
	// content that stands where its part's header should have ended.
	Place string `json:"place"`
	Name  Stated `json:"name"`
	// Span is the file as stored; the whole body where it stands in text that
	// was decoded, and then Content says where in that text.
	Span         headers.Span `json:"span"`
	Content      *PartSpan    `json:"content"`
	Size         int64        `json:"size"`
	SHA256       string       `json:"sha256"`
	SHA1         Stated       `json:"sha1"`
	MD5          Stated       `json:"md5"`
	DetectedType string       `json:"detected_type"`
	Complete     bool         `json:"complete"`
}

// PartSpan is a range of bytes in the decoded content of a part.
type PartSpan struct {
	Part  string `json:"part"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Content is what the text of the message says; filled by a later version.
type Content struct {
	Links      []Link   `json:"links"`
	Addresses  []string `json:"addresses"`
	Indicators []string `json:"indicators"`
}

// Link is a link in a text or HTML part.
type Link struct {
	Text  Stated       `json:"text"`
	Href  Raw          `json:"href"`
	Host  Stated       `json:"host"`
	Span  headers.Span `json:"span"`
	Flags []string     `json:"flags"`
}
