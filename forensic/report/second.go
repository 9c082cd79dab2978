package report

// SecondReading compares the parts with those that another parser finds in the
// same bytes. It is made on request.
type SecondReading struct {
	// Reader names the other parser and its version.
	Reader string `json:"reader"`
	// Refused is its error text where it gave up; null when it read all.
	Refused Stated `json:"refused"`
	// Leaves is the number of parts with content that it found.
	Leaves int `json:"leaves"`
	// Missed lists the paths of parts whose content it did not find.
	Missed []string `json:"missed"`
	// Other lists what it found that is no part of this report.
	Other []SecondLeaf `json:"other"`
}

// SecondLeaf is a part as the other parser sees it.
type SecondLeaf struct {
	// ContentType is the media type it takes it for.
	ContentType string `json:"content_type"`
	// Filename is the name it shows.
	Filename Stated `json:"filename"`
	// Size is the number of decoded bytes.
	Size int64 `json:"size"`
	// SHA256 is the digest of the decoded bytes.
	SHA256 string `json:"sha256"`
}
