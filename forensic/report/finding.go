package report

import "github.com/emlcheck/emlcheck/headers"

// Severity grades a finding.
type Severity string

// Severities, least to gravest. High is kept for bytes that two readers take
// for different authors, names or attachments, and for contradicted evidence.
const (
	Info   Severity = "info"
	Low    Severity = "low"
	Medium Severity = "medium"
	High   Severity = "high"
)

// Rank orders severities: 0 for info up to 3 for high, -1 for other words.
func (s Severity) Rank() int {
	for i, known := range []Severity{Info, Low, Medium, High} {
		if s == known {
			return i
		}
	}
	return -1
}

// Confidence says how sure a finding is of its own statement.
type Confidence string

// Confidences: a byte fact is high; a rule of thumb is low.
const (
	Unsure Confidence = "low"
	Likely Confidence = "medium"
	Sure   Confidence = "high"
)

// Finding is one judgement. It always points at the bytes it rests on.
type Finding struct {
	// ID is stable, dotted and lower case. [Explain] tells more about it.
	ID string `json:"id"`
	// Severity says how grave it is if it is what it looks like.
	Severity Severity `json:"severity"`
	// Confidence says how sure the finding is of its own statement.
	Confidence Confidence `json:"confidence"`
	// Title is the rule's own: the same for every finding with this id.
	Title string `json:"title"`
	// Detail says what it is here.
	Detail string `json:"detail"`
	// Spans are the bytes it rests on.
	Spans []headers.Span `json:"spans"`
	// References are clauses of RFCs, and other documents.
	References []string `json:"references"`
	// Innocent says how the same bytes can come about without ill intent.
	Innocent string `json:"innocent"`
}

// Defect is a syntax fact: no opinion.
type Defect struct {
	// Code is stable: "mime.base64-truncated" and the like.
	Code string `json:"code"`
	// Span is where it stands.
	Span headers.Span `json:"span"`
	// Detail says what it is here; it may be empty where the code says all.
	Detail string `json:"detail"`
	// Part is the path of the part the span belongs to.
	Part Stated `json:"part"`
}
