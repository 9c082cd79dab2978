package headers

import (
	"reflect"
	"testing"
)

// usualSeeds are dates on both sides of what the quick reader takes.
var usualSeeds = []string{
	"Mon, 23 Sep 2024 14:05:09 +0200", "Mon, 23 Sep 2024 14:05:09 -0700 (PDT)", "3 Jan 1994 09:00:00 EST", "Thu,  1 Jan 1970 00:00:00 -0000",
	"Wed, 31 Dec 1969 23:59:59 GMT (x)", "Mon, 1 Jan 1900 00:00:00 +0000", "Fri, 31 Dec 9999 23:59:59 -1200", "Thu, 29 Feb 2024 10:11:12 UT",
	"Wed, 29 Feb 2023 10:11:12 UTC", "Tue, 23 Sep 2024 14:05:09 +0200", "31 Apr 2002 10:11:12 +0000", "1 Jan 2002 24:00:00 +0000",
	"1 Jan 2002 23:59:60 +0000", "1 Jan 2002 10:11:12 +1500", "1 Jan 2002 10:11:12 +0160", "1 Jan 2002 10:11:12 +00000", "1 Jan 2002 10:11:12 +0000(a(b))",
	"1 Jan 2002 10:11:12 +0000()", "1 Jan 2002 10:11:12 EST+5", "Mon,23 Sep 2024 14:05:09 +0200", "1 Jan 2002 10:11:12", "1 Jan 2002 10:11:12 Z", "1 Jan 2002 10:11:12 +0",
	"32 Jan 2002 10:11:12 +0000", "0 Jan 2002 10:11:12 +0000", "1 jan 2002 10:11:12 +0000", "1 Jan 2002  10:11:12   +0000   (PST)  ", "1 Jan 2002 10:11:12 +0000 (a\r\n b)",
	"Mon,\r\n\t23 Sep 2024\r\n 14:05:09\n+0200 \t\r (PDT)", "Mon,\t23\tSep 2024\n14:05:09 EST", "Mon, 1", "1 Jan", "1 Jan 2002", "1 Jan 2002 10:11:1", "Sun, ", "", "1 Jan 2002 10:11:12 ", "01 Jan 2002 10:11:12 PDT (PDT) x",
}

// FuzzDateUsual: the quick reader of the usual form says the same as the one
// that reads every form, spans and texts included.
func FuzzDateUsual(f *testing.F) {
	for _, seed := range usualSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		raw, at := []byte("x:"+text+"y"), Span{2, 2 + len(text)}
		if got, want := ParseDate(raw, at), parseDateSlow(raw, at); !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v", text, got, want)
		}
	})
}

// TestDateUsualDays compares with the calendar of the standard library, which
// the reader of all forms goes by, over the days that a rule of leap years
// changes.
func TestDateUsualDays(t *testing.T) {
	for year := 1900; year <= 2400; year++ {
		for month, name := range dateMonths {
			for _, day := range []string{"1", "28", "29", "31"} {
				text := day + " " + name[:3] + " " + string([]byte{'0' + byte(year/1000), '0' + byte(year/100%10), '0' + byte(year/10%10), '0' + byte(year%10)}) + " 10:11:12 +0000"
				raw := []byte(text)
				if got, want := ParseDate(raw, Span{0, len(raw)}), parseDateSlow(raw, Span{0, len(raw)}); !reflect.DeepEqual(got, want) {
					t.Fatalf("month %d: %q:\n got %+v\nwant %+v", month+1, text, got, want)
				}
			}
		}
	}
}
