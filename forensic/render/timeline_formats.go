package render

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// csvHeader names the columns of "csv".
const csvHeader = "time,precision_seconds,clock,event,source,software,strength,author,hop,raw,rule,offset,path,index,part,message_id,contradicts\n"

func csvLine(r *timelineRow, _ bool) (string, error) {
	return csvRecord(
		r.Time, number(r.PrecisionSeconds), r.Clock, r.Event, string(r.Source), string(r.Software), r.Strength, string(r.Author), optional(r.Hop),
		string(r.Raw), r.Rule, optional(r.Offset), string(r.Path), strconv.Itoa(r.Index), r.Part, string(r.MessageID), strings.Join(r.Contradicts, "; "),
	), nil
}

func number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func optional[T int | int64](v *T) string {
	if v == nil {
		return ""
	}
	return strconv.FormatInt(int64(*v), 10)
}

// csvRecord writes one record (RFC 4180 2), with the line break that most
// readers expect.
func csvRecord(cells ...string) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		c = guarded(clean(c))
		if strings.ContainsAny(c, `",;`) || strings.TrimSpace(c) != c {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		b.WriteString(c)
	}
	b.WriteByte('\n')
	return b.String()
}

// guarded keeps a spreadsheet from taking a cell for a formula, wherever it
// may let a cell begin: in some countries behind a semicolon. The apostrophe
// is the spreadsheet's own mark for text.
func guarded(s string) string {
	if !strings.ContainsAny(s, "=+-@\uff1d\uff0b\uff0d\uff20") {
		return s
	}
	var b strings.Builder
	begins := true
	for _, c := range s {
		if begins && strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", c) {
			b.WriteByte('\'')
		}
		begins = c == ';' || begins && (c == ' ' || c == '"')
		b.WriteRune(c)
	}
	return b.String()
}

func jsonlLine(r *timelineRow, escape bool) (string, error) { return jsonLine(r, escape) }

func jsonLine(v any, escape bool) (string, error) {
	var b bytes.Buffer
	if err := encode(&b, v, "", ""); err != nil {
		return "", err
	}
	return string(visibleJSON(b.Bytes(), escape)), nil
}

// timesketchRow has the fields that Timesketch demands, and all others behind
// them. timestamp is microseconds since 1970. A wall clock must have some
// instant there: its text and timezone say that it is none.
type timesketchRow struct {
	Message       string `json:"message"`
	DateTime      string `json:"datetime"`
	Timestamp     int64  `json:"timestamp"`
	TimestampDesc string `json:"timestamp_desc"`
	TimeZone      string `json:"timezone"`
	DataType      string `json:"data_type"`
	*timelineRow
}

func timesketchLine(r *timelineRow, escape bool) (string, error) {
	return jsonLine(&timesketchRow{
		Message: r.message(), DateTime: r.at.Format("2006-01-02T15:04:05.000000") + "+00:00", Timestamp: r.at.UnixMicro(),
		TimestampDesc: eventTitle(r.Event), TimeZone: r.timeZone(), DataType: "email:clock:reading", timelineRow: r,
	}, escape)
}

func (r *timelineRow) timeZone() string {
	if r.wall {
		return "unknown"
	}
	return "UTC"
}

// l2tHeader names the columns of log2timeline's CSV.
const l2tHeader = "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n"

// l2tLine writes the 17 columns of log2timeline's CSV. Its readers split lines
// at commas without regard for quotes, so no cell holds either.
func l2tLine(r *timelineRow, _ bool) (string, error) {
	message := r.message()
	return delimited(",", `,"`, true,
		r.at.Format("01/02/2006"), r.at.Format("15:04:05"), r.timeZone(), "....", "EMAIL", "E-mail "+string(r.Source), eventTitle(r.Event),
		"-", dashed(string(r.Host)), r.headline(), message, "2", string(r.Path), "-", dashed(strings.Join(r.Contradicts, "; ")), "emlcheck",
		"time: "+r.Time+"; precision_seconds: "+number(r.PrecisionSeconds)+"; clock: "+r.Clock+"; strength: "+r.Strength+"; author: "+string(r.Author)+
			"; rule: "+r.Rule+word("; offset: ", optional(r.Offset))+"; index: "+strconv.Itoa(r.Index)+"; part: "+r.Part+"; sha256: "+r.SHA256,
	), nil
}

// dashed is the mark of these formats for what is not known.
func dashed(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// tlnLine writes Time|Source|Host|User|Description, the time in seconds since
// 1970; the exact one stands in the description.
func tlnLine(r *timelineRow, _ bool) (string, error) {
	return delimited("|", "|", false, strconv.FormatInt(r.at.Unix(), 10), "EMAIL", string(r.Host), "", r.Time+"; "+r.message()+"; "+string(r.Path)), nil
}

// bodyLine writes MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime.
// The time stands as the time of change, the name is the whole reading.
func bodyLine(r *timelineRow, _ bool) (string, error) {
	md5 := r.md5
	if md5 == "" {
		md5 = "0"
	}
	name := string(r.Path) + " (" + r.Time + "; " + r.message() + ")"
	return delimited("|", "|", false, md5, name, "0", "0", "0", "0", strconv.FormatInt(r.size, 10), "0", strconv.FormatInt(r.at.Unix(), 10), "0", "0"), nil
}

// delimited joins cells. Characters that the format has no way to quote are
// written as \xNN, never dropped.
func delimited(between, taken string, guard bool, cells ...string) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString(between)
		}
		c = clean(c)
		if guard && c != "-" {
			c = guarded(c)
		}
		writeWithout(&b, c, taken)
	}
	b.WriteByte('\n')
	return b.String()
}

func writeWithout(b *strings.Builder, s, taken string) {
	for i := strings.IndexAny(s, taken); i >= 0; i = strings.IndexAny(s, taken) {
		b.WriteString(s[:i])
		writeHexByte(b, s[i]) // taken is ASCII
		s = s[i+1:]
	}
	b.WriteString(s)
}
