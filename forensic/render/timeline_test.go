package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

func timelineOf(t testing.TB, format string, opt *TimelineOptions, reports ...*forensic.Report) (string, TimelineCount) {
	t.Helper()
	var b bytes.Buffer
	p, err := NewTimeline(format, &b, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if err := p.Report(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), p.Count()
}

// TestTimelineFormats holds what each format's readers get, to the letter:
// other programs read these lines.
func TestTimelineFormats(t *testing.T) {
	for format, want := range map[string]string{
		"csv": `time,precision_seconds,clock,event,source,software,strength,author,hop,raw,rule,offset,path,index,part,message_id,contradicts
2024-05-01T10:00:00Z,1,utc,queued,Message-ID,Postfix,evidence,sender,,20240501100000.ABC,mid.postfix,120,a.eml,0,1,20240501100000.ABC@a.example,1: Date 2024-05-01T13:00:00Z and Received id 2024-05-01T10:00:01.500Z
2024-05-01T10:00:01.500Z,0.5,periodic,queued,Received id,PowerMTA,evidence,relay,1,h1,trace.powermta,140,a.eml,0,1,20240501100000.ABC@a.example,1: Date 2024-05-01T13:00:00Z and Message-ID 2024-05-01T10:00:00Z
2024-05-01T11:59:58.123456700,0.0000001,sender-local,built,MIME boundary,Outlook,evidence,sender,,01DA9BB1.00000000,boundary.outlook,130,a.eml,0,1,20240501100000.ABC@a.example,
2024-05-01T13:00:00Z,1,utc,built,Date,,evidence,sender,,"Wed, 1 May 2024 15:00:00 +0200",date.date,110,a.eml,0,1,20240501100000.ABC@a.example,1: Message-ID 2024-05-01T10:00:00Z and Received id 2024-05-01T10:00:01.500Z
`,
		"jsonl": `{"time":"2024-05-01T10:00:00Z","precision_seconds":1,"period_seconds":null,"clock":"utc","event":"queued","source":"Message-ID","software":"Postfix","strength":"evidence","author":"sender","hop":null,"host":null,"raw":"20240501100000.ABC","rule":"mid.postfix","offset":120,"path":"a.eml","index":0,"part":"1","message_id":"20240501100000.ABC@a.example","sha256":"5a","contradicts":["1: Date 2024-05-01T13:00:00Z and Received id 2024-05-01T10:00:01.500Z"]}
{"time":"2024-05-01T10:00:01.500Z","precision_seconds":0.5,"period_seconds":16777216,"clock":"periodic","event":"queued","source":"Received id","software":"PowerMTA","strength":"evidence","author":"relay","hop":1,"host":"mx.c.example","raw":"h1","rule":"trace.powermta","offset":140,"path":"a.eml","index":0,"part":"1","message_id":"20240501100000.ABC@a.example","sha256":"5a","contradicts":["1: Date 2024-05-01T13:00:00Z and Message-ID 2024-05-01T10:00:00Z"]}
{"time":"2024-05-01T11:59:58.123456700","precision_seconds":1e-7,"period_seconds":null,"clock":"sender-local","event":"built","source":"MIME boundary","software":"Outlook","strength":"evidence","author":"sender","hop":null,"host":null,"raw":"01DA9BB1.00000000","rule":"boundary.outlook","offset":130,"path":"a.eml","index":0,"part":"1","message_id":"20240501100000.ABC@a.example","sha256":"5a","contradicts":[]}
{"time":"2024-05-01T13:00:00Z","precision_seconds":1,"period_seconds":null,"clock":"utc","event":"built","source":"Date","software":null,"strength":"evidence","author":"sender","hop":null,"host":null,"raw":"Wed, 1 May 2024 15:00:00 +0200","rule":"date.date","offset":110,"path":"a.eml","index":0,"part":"1","message_id":"20240501100000.ABC@a.example","sha256":"5a","contradicts":["1: Message-ID 2024-05-01T10:00:00Z and Received id 2024-05-01T10:00:01.500Z"]}
`,
		"l2tcsv": `date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra
05/01/2024,10:00:00,UTC,....,EMAIL,E-mail Message-ID,Reception begun,-,-,Reception begun: Message-ID of Postfix,Reception begun: Message-ID of Postfix; 20240501100000.ABC; sender's claim; to 1 s; message 0 <20240501100000.ABC@a.example>; contradicts 1: Date 2024-05-01T13:00:00Z and Received id 2024-05-01T10:00:01.500Z,2,a.eml,-,1: Date 2024-05-01T13:00:00Z and Received id 2024-05-01T10:00:01.500Z,emlcheck,time: 2024-05-01T10:00:00Z; precision_seconds: 1; clock: utc; strength: evidence; author: sender; rule: mid.postfix; offset: 120; index: 0; part: 1; sha256: 5a
05/01/2024,10:00:01,UTC,....,EMAIL,E-mail Received id,Reception begun,-,mx.c.example,Reception begun: Received id of PowerMTA,Reception begun: Received id of PowerMTA; h1; a relay outside; to 500 ms; known only modulo 194 d 4 h; host mx.c.example; message 0 <20240501100000.ABC@a.example>; contradicts 1: Date 2024-05-01T13:00:00Z and Message-ID 2024-05-01T10:00:00Z,2,a.eml,-,1: Date 2024-05-01T13:00:00Z and Message-ID 2024-05-01T10:00:00Z,emlcheck,time: 2024-05-01T10:00:01.500Z; precision_seconds: 0.5; clock: periodic; strength: evidence; author: relay; rule: trace.powermta; offset: 140; index: 0; part: 1; sha256: 5a
05/01/2024,11:59:58,unknown,....,EMAIL,E-mail MIME boundary,Message built,-,-,ZONE UNKNOWN: sender's wall clock; Message built: MIME boundary of Outlook,ZONE UNKNOWN: sender's wall clock; Message built: MIME boundary of Outlook; 01DA9BB1.00000000; sender's claim; to 100 ns; message 0 <20240501100000.ABC@a.example>,2,a.eml,-,-,emlcheck,time: 2024-05-01T11:59:58.123456700; precision_seconds: 0.0000001; clock: sender-local; strength: evidence; author: sender; rule: boundary.outlook; offset: 130; index: 0; part: 1; sha256: 5a
05/01/2024,13:00:00,UTC,....,EMAIL,E-mail Date,Message built,-,-,Message built: Date,Message built: Date; Wed\x2C 1 May 2024 15:00:00 +0200; sender's claim; to 1 s; message 0 <20240501100000.ABC@a.example>; contradicts 1: Message-ID 2024-05-01T10:00:00Z and Received id 2024-05-01T10:00:01.500Z,2,a.eml,-,1: Message-ID 2024-05-01T10:00:00Z and Received id 2024-05-01T10:00:01.500Z,emlcheck,time: 2024-05-01T13:00:00Z; precision_seconds: 1; clock: utc; strength: evidence; author: sender; rule: date.date; offset: 110; index: 0; part: 1; sha256: 5a
`,
		"tln": `1714557600|EMAIL|||2024-05-01T10:00:00Z; Reception begun: Message-ID of Postfix; 20240501100000.ABC; sender's claim; to 1 s; message 0 <20240501100000.ABC@a.example>; contradicts 1: Date 2024-05-01T13:00:00Z and Received id 2024-05-01T10:00:01.500Z; a.eml
1714557601|EMAIL|mx.c.example||2024-05-01T10:00:01.500Z; Reception begun: Received id of PowerMTA; h1; a relay outside; to 500 ms; known only modulo 194 d 4 h; host mx.c.example; message 0 <20240501100000.ABC@a.example>; contradicts 1: Date 2024-05-01T13:00:00Z and Message-ID 2024-05-01T10:00:00Z; a.eml
1714568400|EMAIL|||2024-05-01T13:00:00Z; Message built: Date; Wed, 1 May 2024 15:00:00 +0200; sender's claim; to 1 s; message 0 <20240501100000.ABC@a.example>; contradicts 1: Message-ID 2024-05-01T10:00:00Z and Received id 2024-05-01T10:00:01.500Z; a.eml
`,
		"bodyfile": `0123456789abcdef0123456789abcdef|a.eml (2024-05-01T10:00:00Z; Reception begun: Message-ID of Postfix; 20240501100000.ABC; sender's claim; to 1 s; message 0 <20240501100000.ABC@a.example>; contradicts 1: Date 2024-05-01T13:00:00Z and Received id 2024-05-01T10:00:01.500Z)|0|0|0|0|2048|0|1714557600|0|0
0123456789abcdef0123456789abcdef|a.eml (2024-05-01T10:00:01.500Z; Reception begun: Received id of PowerMTA; h1; a relay outside; to 500 ms; known only modulo 194 d 4 h; host mx.c.example; message 0 <20240501100000.ABC@a.example>; contradicts 1: Date 2024-05-01T13:00:00Z and Message-ID 2024-05-01T10:00:00Z)|0|0|0|0|2048|0|1714557601|0|0
0123456789abcdef0123456789abcdef|a.eml (2024-05-01T13:00:00Z; Message built: Date; Wed, 1 May 2024 15:00:00 +0200; sender's claim; to 1 s; message 0 <20240501100000.ABC@a.example>; contradicts 1: Message-ID 2024-05-01T10:00:00Z and Received id 2024-05-01T10:00:01.500Z)|0|0|0|0|2048|0|1714568400|0|0
`,
	} {
		if got, _ := timelineOf(t, format, nil, made()); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", format, got, want)
		}
	}
}

// Timesketch wants these fields of each line; a wall clock says there that it
// is none of UTC.
func TestTimesketch(t *testing.T) {
	text, _ := timelineOf(t, "timesketch", nil, made())
	var rows []map[string]any
	for line := range strings.Lines(text) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse("2006-01-02T15:04:05.000000-07:00", row["datetime"].(string))
		if err != nil || float64(at.UnixMicro()) != row["timestamp"] || row["message"] == "" || row["timestamp_desc"] == "" || row["rule"] == "" {
			t.Errorf("%v: %s", err, line)
		}
		rows = append(rows, row)
	}
	if len(rows) != 4 {
		t.Fatal(len(rows), "rows")
	}
	local := rows[2]
	if local["datetime"] != "2024-05-01T11:59:58.123456+00:00" || local["timezone"] != "unknown" || !strings.HasPrefix(local["message"].(string), "ZONE UNKNOWN: sender's wall clock; Message built") {
		t.Error(local)
	}
	if rows[0]["timezone"] != "UTC" || rows[0]["timestamp_desc"] != "Reception begun" {
		t.Error(rows[0])
	}
}

// What is asked for is added, and what a format cannot hold is counted.
func TestTimelineOptions(t *testing.T) {
	for _, c := range []struct {
		format string
		opt    TimelineOptions
		want   TimelineCount
	}{
		{"csv", TimelineOptions{}, TimelineCount{Rows: 4, Stretches: 1}},
		{"csv", TimelineOptions{Hints: true}, TimelineCount{Rows: 4, Stretches: 1}}, // the hint is of another event
		{"csv", TimelineOptions{All: true}, TimelineCount{Rows: 5, Stretches: 1}},
		{"csv", TimelineOptions{All: true, Hints: true}, TimelineCount{Rows: 6, Stretches: 1}},
		{"csv", TimelineOptions{Local: true}, TimelineCount{Rows: 4, Stretches: 1}},
		{"tln", TimelineOptions{}, TimelineCount{Rows: 3, Stretches: 1, WithoutZone: 1}},
		{"tln", TimelineOptions{Local: true}, TimelineCount{Rows: 4, Stretches: 1}},
		{"bodyfile", TimelineOptions{All: true}, TimelineCount{Rows: 4, Stretches: 1, WithoutZone: 1}},
	} {
		if _, got := timelineOf(t, c.format, &c.opt, made()); got != c.want {
			t.Errorf("%s %+v: %+v, want %+v", c.format, c.opt, got, c.want)
		}
	}
	text, _ := timelineOf(t, "tln", &TimelineOptions{Local: true}, made())
	if !strings.Contains(text, "|2024-05-01T11:59:58.123456700; ZONE UNKNOWN: sender's wall clock; ") {
		t.Error("a wall clock passes for UTC:", text)
	}
	old := made()
	old.Clock.Readings[0].Time, old.Clock.Readings[1].Time = "1969-12-31T23:59:59Z", ""
	if _, got := timelineOf(t, "bodyfile", nil, old); got.OutOfRange != 1 || got.Rows != 1 {
		t.Errorf("%+v", got)
	}
	if text, _ := timelineOf(t, "tln", nil, old); !strings.HasPrefix(text, "-1|") {
		t.Error(text)
	}
}

// Rows of many messages are sorted as one list, and a reading in a message
// inside another counts its offset in the file.
func TestTimelineOrder(t *testing.T) {
	second, inner := made(), made()
	second.Evidence.Path, second.Evidence.Index = "B.mbox", 3
	inner.Evidence = report.Evidence{Container: "message", Offset: ref(int64(1000))}
	second.Parts = []report.Part{{Path: "1.2", Message: inner}}
	text, count := timelineOf(t, "csv", nil, made(), second)
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || count.Rows != 12 || len(records) != 13 {
		t.Fatal(err, count, len(records))
	}
	var keys []string
	for _, r := range records[1:] {
		keys = append(keys, r[0]+" "+r[12]+" "+r[13]+" "+r[14]+" "+r[11])
	}
	for i := 0; i < len(keys); i += 3 {
		if !strings.Contains(keys[i], " B.mbox 3 1 1") || !strings.Contains(keys[i+1], " B.mbox 3 1.2~1 11") || !strings.Contains(keys[i+2], " a.eml 0 1 1") {
			t.Errorf("%q", keys[i:i+3])
		}
	}
	if !slices.IsSortedFunc(keys, func(a, b string) int { return strings.Compare(a[:23], b[:23]) }) {
		t.Errorf("%q", keys)
	}
	inner.Evidence.Offset = nil
	if text, _ := timelineOf(t, "jsonl", nil, second); strings.Count(text, `"offset":null`) != 4 {
		t.Error("a decoded message stands nowhere in the file")
	}
}

// The offset of a row cuts its text out of the file, also behind the separator
// of a mailbox and in a message inside another.
func TestTimelineOffsets(t *testing.T) {
	file, reports := inbox(t, "From: z@example.org\nDate: Wed, 1 May 2024 11:00:00 +0000\n\nfirst\n", strings.ReplaceAll(outer, "Subject: inside", "Date: Wed, 1 May 2024 13:00:00 +0000"))
	text, _ := timelineOf(t, "jsonl", nil, reports...)
	inside := 0
	for line := range strings.Lines(text) {
		var row timelineRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Part == "1.1~1" {
			inside++
		}
		if row.Offset == nil || !bytes.HasPrefix(file[*row.Offset:], []byte(row.Raw)) {
			t.Errorf("no %q at its offset", row.Raw)
		}
	}
	if inside == 0 {
		t.Errorf("nothing from the message inside:\n%s", text)
	}
}

// The memory for sorting is bounded: beyond it each stretch is sorted by
// itself, nothing is lost, and the header stands once.
func TestTimelineStretches(t *testing.T) {
	var many []*forensic.Report
	for range 50 {
		many = append(many, made())
	}
	whole, _ := timelineOf(t, "csv", nil, many...)
	parts, count := timelineOf(t, "csv", &TimelineOptions{MaxBytes: 4000}, many...)
	sorted := func(s string) []string { return slices.Sorted(strings.Lines(s)) }
	if count.Stretches < 5 || count.Rows != 200 || !slices.Equal(sorted(whole), sorted(parts)) || parts == whole || !strings.HasPrefix(parts, csvHeader) {
		t.Errorf("%+v", count)
	}
}

// A message without clocks is a table without rows, no message is nothing, and
// an unknown format is named.
func TestTimelineEdges(t *testing.T) {
	if text, _ := timelineOf(t, "csv", nil); text != "" {
		t.Errorf("%q", text)
	}
	if text, _ := timelineOf(t, "csv", nil, &forensic.Report{}); text != csvHeader {
		t.Errorf("%q", text)
	}
	if text, _ := timelineOf(t, "tln", nil, &forensic.Report{}); text != "" {
		t.Errorf("%q", text)
	}
	if _, err := NewTimeline("xml", nil, nil); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), `"xml"`) {
		t.Error(err)
	}
	for _, format := range TimelineFormats() {
		p, err := NewTimeline(format, failing{}, &TimelineOptions{MaxBytes: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(p.Report(made()), p.Close()); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// A cell that a spreadsheet would calculate becomes text; others stay as they
// are.
func TestGuarded(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", " =1": " '=1", `"=1`: `"'=1`, "a;=1": "a;'=1", "a; @x": "a; '@x", "\uff1d1": "'\uff1d1",
		"a=b": "a=b", "a@b.example": "a@b.example", "x-y": "x-y", "": "", "plain": "plain",
	} {
		if got := guarded(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := csvRecord("a,b", `q"q`, " x", "\t=1", "\r+1", "=1\n"); got != `"a,b","q""q"," x",\t=1,\r+1,'=1\n`+"\n" {
		t.Errorf("%q", got)
	}
}

// FuzzTimeline: no text of a message can add a row or a column to any format,
// nor leave a character in it that a terminal or spreadsheet obeys.
func FuzzTimeline(f *testing.F) {
	for _, seed := range []string{"plain", "a\nb\r\nc", "a|b|c", "a,b,\"c\"", "=cmd|' /C calc'!A0", "\x00\x1b[31m\u202e\u2028", "\xff\xfe", "-", ";=1", "'"} {
		f.Add(seed, seed, int64(1714557600))
	}
	f.Fuzz(func(t *testing.T, a, b string, unix int64) {
		r := made()
		r.Evidence.Path, r.Message.MessageID, r.Route.Hops[1].By = report.Raw(a), report.Stated(b), report.Stated(a)
		at := time.Unix(unix%4e9, 0).UTC()
		r.Clock.Readings[1] = report.Reading{
			Source: a, Software: report.Stated(b), Raw: report.Raw(a), Rule: b, Event: a, Clock: b, Strength: a, Author: report.Author(b), Part: a,
			Hop: ref(1), Time: report.Stated(at.Format(time.RFC3339)), PrecisionSeconds: 1, Span: headers.Span{Start: 1, End: 2},
		}
		opt := &TimelineOptions{Escape: true, All: true, Hints: true, Local: true}
		for _, format := range TimelineFormats() {
			text, count := timelineOf(t, format, opt, r)
			checkRows(t, format, text, count)
		}
	})
}

// checkRows reads a timeline back as its readers would.
func checkRows(t *testing.T, format, text string, count TimelineCount) {
	t.Helper()
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool { return c != '\n' && (breaksLine(c) || hides(c)) }) {
		t.Fatalf("%s: unsafe %q", format, text)
	}
	lines := slices.Collect(strings.Lines(text))
	columns := map[string]int{"csv": 17, "l2tcsv": 17, "tln": 5, "bodyfile": 11}[format]
	switch format {
	case "csv", "l2tcsv":
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(records) != count.Rows+1 || len(lines) != count.Rows+1 {
			t.Fatalf("%s: %v, %d records in %q", format, err, len(records), text)
		}
		for _, r := range records {
			for _, cell := range r {
				if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@") && cell != "-" {
					t.Fatalf("%s: cell %q", format, cell)
				}
			}
		}
		if format == "l2tcsv" {
			checkColumns(t, lines, ",", columns)
		}
	case "tln", "bodyfile":
		checkColumns(t, lines, "|", columns)
	default:
		for _, line := range lines {
			if !json.Valid([]byte(line)) {
				t.Fatalf("%s: %q", format, line)
			}
		}
	}
	if format != "csv" && format != "l2tcsv" && len(lines) != count.Rows {
		t.Fatalf("%s: %d lines, %d rows", format, len(lines), count.Rows)
	}
}

func checkColumns(t *testing.T, lines []string, between string, n int) {
	t.Helper()
	for _, line := range lines {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), between)
		if len(cells) != n {
			t.Fatalf("%d columns in %q", len(cells), line)
		}
		if between == "|" {
			for _, i := range map[int][]int{5: {0}, 11: {6, 7, 8, 9, 10}}[n] {
				if _, err := strconv.ParseInt(cells[i], 10, 64); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// Real mail holds texts that nobody thinks of: no format may break over them.
func TestTimelineOfRealMail(t *testing.T) {
	var reports []*forensic.Report
	for i, path := range corpus.Files(t, "eml", "phishing") {
		if i%17 != 0 { // some hundred files are enough to meet every kind
			continue
		}
		for r, err := range forensic.AnalyzeFile(t.Context(), path, nil) {
			if err == nil {
				reports = append(reports, r)
			}
		}
	}
	for _, format := range TimelineFormats() {
		text, count := timelineOf(t, format, &TimelineOptions{Escape: true, All: true, Hints: true}, reports...)
		checkRows(t, format, text, count)
		t.Logf("%s: %+v from %d messages", format, count, len(reports))
	}
}

func BenchmarkTimeline(b *testing.B) {
	r := made()
	b.ReportAllocs()
	for b.Loop() {
		timelineOf(b, "csv", nil, r, r, r, r)
	}
}
