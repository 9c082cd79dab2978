package report

import "github.com/emlcheck/emlcheck/forensic/evidence"

// Schema is the name of the report's JSON form. Fields may be added to it,
// never renamed or given another meaning.
const Schema = "emlcheck/report/1"

// Report is everything that was read from one message and judged about it.
// Its JSON form is described by report.schema.json beside this file.
type Report struct {
	// Schema is always [Schema].
	Schema string `json:"schema"`
	// Tool names the program that made the report.
	Tool Tool `json:"tool"`
	// Evidence says which bytes were examined.
	Evidence Evidence `json:"evidence"`
	// Envelope is what the message says of its transport envelope; nil when
	// it says nothing.
	Envelope *Envelope `json:"envelope"`
	// Message says who wrote to whom, when and about what.
	Message Message `json:"message"`
	// Route is the way the message says it went.
	Route Route `json:"route"`
	// Clock holds the dated facts of the message.
	Clock Clock `json:"clock"`
	// Parts lists the MIME parts in document order; the first one is the
	// message itself.
	Parts []Part `json:"parts"`
	// Signatures holds what is known of signatures.
	Signatures Signatures `json:"signatures"`
	// Authentication holds the results other hosts wrote into the message.
	Authentication Authentication `json:"authentication"`
	// Content is what the text says; nil until a later version reads it.
	Content *Content `json:"content"`
	// SecondReading is what another parser makes of the bytes; nil unless asked
	// for, and for nested messages.
	SecondReading *SecondReading `json:"second_reading"`
	// Findings is the only place with opinions, gravest first.
	Findings []Finding `json:"findings"`
	// Defects lists what breaks the grammar, by position.
	Defects []Defect `json:"defects"`
	// Settings is every option that can change the result.
	Settings Settings `json:"settings"`
}

// Tool is the program that made a report.
type Tool struct {
	// Name is "emlcheck".
	Name string `json:"name"`
	// Version is the program's own.
	Version string `json:"version"`
}

// Evidence identifies the examined bytes.
type Evidence struct {
	// Path is the name the message was given under, as the caller wrote it.
	Path Raw `json:"path"`
	// Member is the name within the archive at Path, with "!/" between the
	// names of archives in one another; nil outside of archives.
	Member *Raw `json:"member"`
	// Container is "eml", "emlx", "mbox", "maildir", "mh", or for a message
	// found inside another one "message" or "tnef".
	Container evidence.Container `json:"container"`
	// Flags are what the container states about the message, in its own words.
	Flags Stated `json:"flags"`
	// Compression is how the message's file was compressed on disk: "gzip",
	// "bzip2" or "zstd"; offsets and digests are those of what came out.
	Compression Stated `json:"compression"`
	// Index counts the messages of the container from 0.
	Index int `json:"index"`
	// Offset is where the message's first byte stands in the container, or in
	// the member of an archive; for a nested message, in the message around it. nil when it was decoded and
	// therefore stands nowhere as it is.
	Offset *int64 `json:"offset"`
	// Size is the number of bytes.
	Size int64 `json:"size"`
	// Separator is the mbox From_ line above the message, without line break.
	Separator *Raw `json:"separator"`
	// LineEndings is "crlf", "lf", "cr", "mixed", or "none".
	LineEndings string `json:"line_endings"`
	// SHA256 is the digest of the bytes as stored.
	SHA256 string `json:"sha256"`
	// SHA256Unquoted is the digest after mbox From-quoting was undone.
	SHA256Unquoted Stated `json:"sha256_unquoted"`
	// SHA256CRLF is the digest with every line break as CRLF (RFC 5322 2.1):
	// the same for two copies that differ in line ends alone.
	SHA256CRLF Stated `json:"sha256_crlf"`
	// SHA1 is for comparison with older records only.
	SHA1 Stated `json:"sha1"`
	// MD5 is for comparison with older records only.
	MD5 Stated `json:"md5"`
	// Parent says which part of which message holds this one.
	Parent *Parent `json:"parent"`
}

// Parent points from a nested message to the part that holds it.
type Parent struct {
	// Part is the path of that part.
	Part string `json:"part"`
	// SHA256 is the digest of the message the part stands in.
	SHA256 string `json:"sha256"`
}
