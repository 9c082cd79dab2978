package clock

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"time"
)

// attached is a message that is one file.
func attached(content []byte) string {
	return "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(content) + "\n"
}

// fileReading is a reading of a file.
func fileReading(rule, raw, at string, clock Kind, step time.Duration) reading {
	return reading{rule, raw, at, File, clock, Bound, step}
}

// zipOf packs members whose DOS times are given as "2006-01-02 15:04:05".
func zipOf(t testing.TB, members ...[3]string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m[0], Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write([]byte(m[2]))
	}
	_ = w.Close()
	b := out.Bytes()
	for pos, i := 0, 0; i < len(members); i++ { // the times go where the directory has them
		pos += bytes.Index(b[pos:], []byte("PK\x01\x02")) + 4
		at, err := time.Parse("2006-01-02 15:04:05", members[i][1])
		if err != nil {
			t.Fatal(err)
		}
		binary.LittleEndian.PutUint16(b[pos+8:], uint16(at.Hour()<<11|at.Minute()<<5|at.Second()/2))
		binary.LittleEndian.PutUint16(b[pos+10:], uint16((at.Year()-1980)<<9|int(at.Month())<<5|at.Day()))
	}
	return b
}

// Only the oldest and newest member are named; the zero of DOS says nothing.
func TestZipMembers(t *testing.T) {
	zipped := zipOf(t, [3]string{"b", "2024-03-05 06:07:08", "x"}, [3]string{"a", "2023-01-01 01:02:04", "x"}, [3]string{"c", "2024-01-01 00:00:00", "x"}, [3]string{"d", "1980-01-01 00:00:00", "x"})
	checkReadings(t, "zip", partsOf(t, attached(zipped)),
		fileReading("zip.member", "a", "2023-01-01T01:02:04", SenderLocal, 2*second),
		fileReading("zip.member", "b", "2024-03-05T06:07:08", SenderLocal, 2*second))
	checkReadings(t, "cut", partsOf(t, attached(zipped[:len(zipped)-30])))
}

// Where an extended timestamp or NTFS's times are there, they are the better
// clock.
func TestZipExtraTimes(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	at := time.Date(2024, 3, 5, 6, 7, 8, 0, time.UTC)
	_, _ = w.CreateHeader(&zip.FileHeader{Name: "a", Modified: at})
	ntfs := append([]byte{0x0A, 0, 32, 0, 0, 0, 0, 0, 1, 0, 24, 0}, binary.LittleEndian.AppendUint64(nil, uint64(at.Unix()+fileTimeEpoch+60)*1e7+5)...)
	_, _ = w.CreateHeader(&zip.FileHeader{Name: "b", Extra: append(ntfs, make([]byte, 16)...)})
	_ = w.Close()
	checkReadings(t, "extra", partsOf(t, attached(out.Bytes())),
		fileReading("zip.member", "a", "2024-03-05T06:07:08", UTC, second),
		fileReading("zip.member", "b", "2024-03-05T06:08:08.0000005", UTC, 100))
}

// Office documents state their dates in a packed member.
func TestOfficeDates(t *testing.T) {
	core := `<x><dcterms:created xsi:type="dcterms:W3CDTF">2024-03-05T06:07:08Z</dcterms:created><dcterms:modified>2024-02-31T06:07:08Z</dcterms:modified></x>`
	meta := `<m><meta:creation-date>2024-03-05T06:07:08.5</meta:creation-date><dc:date/></m>`
	checkReadings(t, "ooxml", partsOf(t, attached(zipOf(t, [3]string{"docProps/core.xml", "1980-01-01 00:00:00", core}))),
		fileReading("ooxml.created", "2024-03-05T06:07:08Z", "2024-03-05T06:07:08", UTC, second))
	checkReadings(t, "odf", partsOf(t, attached(zipOf(t, [3]string{"meta.xml", "1980-01-01 00:00:00", meta}))),
		fileReading("odf.created", "2024-03-05T06:07:08.5", "2024-03-05T06:07:08.5", SenderLocal, 100*milli))
}

// The forms of a PDF's date; the first and the last of a changed file.
func TestPDFDates(t *testing.T) {
	pdf := "%PDF-1.4\n/CreationDate (D:20240305070708+01'00')\n" + strings.Repeat("x", 200_000) + "\n/ModDate (D:20240305060709Z)\n/CreationDate (D:20240305060708)"
	checkReadings(t, "pdf", partsOf(t, attached([]byte(pdf))),
		fileReading("pdf.created", "D:20240305070708+01'00'", "2024-03-05T06:07:08", UTC, second),
		fileReading("pdf.created", "D:20240305060708", "2024-03-05T06:07:08", SenderLocal, second),
		fileReading("pdf.modified", "D:20240305060709Z", "2024-03-05T06:07:09", UTC, second))
	for _, s := range []string{"", "D:2024", "D:20240230060708", "D:20240305060708+25'00'", "D:20240305060708 PST", "D:191040305060708"} {
		if f, ok := pdfDate(s); ok {
			t.Errorf("%q: %v", s, f.at)
		}
	}
}

// exifFile is a JPEG file with Exif, in the given byte order.
func exifFile(order binary.AppendByteOrder, magic string) []byte {
	const taken, offset, changed = "2024:03:05 07:07:08\x00", "+01:00\x00", "2024:03:06 07:07:08\x00"
	entry := func(tag, kind uint16, n, at uint32) []byte {
		b := order.AppendUint16(order.AppendUint16(nil, tag), kind)
		return order.AppendUint32(order.AppendUint32(b, n), at)
	}
	tiff := order.AppendUint32([]byte(magic), 8)
	tiff = order.AppendUint16(tiff, 2) // at 8: the main directory, 2 + 24 + 4 bytes
	tiff = append(tiff, entry(exifChanged, 2, 20, 100)...)
	tiff = append(tiff, entry(exifIFD, 4, 1, 40)...)
	tiff = append(tiff, make([]byte, 40-len(tiff))...)
	tiff = order.AppendUint16(tiff, 2)
	tiff = append(tiff, entry(exifOriginal, 2, 20, 120)...)
	tiff = append(tiff, entry(exifOffsetOri, 2, 7, 140)...)
	tiff = append(tiff, make([]byte, 100-len(tiff))...)
	tiff = append(tiff, changed+taken+offset...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	file := append([]byte("\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xE1"), byte((len(segment)+2)>>8), byte(len(segment)+2))
	return append(append(file, segment...), "\xFF\xDA"...)
}

// A photograph's clock in both byte orders, with its offset where it states
// one.
func TestExif(t *testing.T) {
	for magic, order := range map[string]binary.AppendByteOrder{"II*\x00": binary.LittleEndian, "MM\x00*": binary.BigEndian} {
		checkReadings(t, magic, partsOf(t, attached(exifFile(order, magic))),
			fileReading("exif.original", "2024:03:05 07:07:08+01:00", "2024-03-05T06:07:08", UTC, second),
			fileReading("exif.changed", "2024:03:06 07:07:08", "2024-03-06T07:07:08", SenderLocal, second))
	}
}

// A PNG's time stands in a chunk of seven bytes.
func TestPNGTime(t *testing.T) {
	head := "\x89PNG\r\n\x1A\n" + "\x00\x00\x00\x02IHDRab\x00\x00\x00\x00"
	png := head + "\x00\x00\x00\x07tIME\x07\xE8\x03\x05\x06\x07\x08\x00\x00\x00\x00"
	checkReadings(t, "png", partsOf(t, attached([]byte(png))), fileReading("png.time", "07E80305060708", "2024-03-05T06:07:08", UTC, second))
	checkReadings(t, "13th month", partsOf(t, attached([]byte(strings.Replace(png, "\xE8\x03", "\xE8\x0D", 1)))))
}

// oleFile is a compound file with the times of its root and a summary.
func oleFileOf(unix int64) []byte {
	stamp := func(add int64) []byte {
		return binary.LittleEndian.AppendUint64(nil, uint64(unix+add+fileTimeEpoch)*1e7)
	}
	b := make([]byte, 2048)
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	b[30], b[48] = 9, 0
	root := b[512:]
	root[66] = 5
	copy(root[100:], stamp(0))
	copy(root[108:], stamp(1))
	set := b[1024:]
	copy(set, "\xFE\xFF")
	copy(set[28:], summaryFormat)
	set[44] = 48
	section := set[48:]
	section[0], section[4] = 48, 2
	copy(section[8:], []byte{12, 0, 0, 0, 24, 0, 0, 0, 13, 0, 0, 0, 36, 0, 0, 0})
	section[24], section[36] = 0x40, 0x40
	copy(section[28:], stamp(2))
	copy(section[40:], stamp(3))
	return b
}

// The four times of a compound file.
func TestOLE(t *testing.T) {
	got := partsOf(t, attached(oleFileOf(1709618828)))
	if len(got) != 4 {
		t.Fatalf("%+v", got)
	}
	for i, r := range got {
		if want := int64(1709618828 + i); r.Time.Unix() != want || r.Event != File || r.Strength != Bound || r.Precision != 100 {
			t.Errorf("%d: %+v", i, r)
		}
	}
	checkReadings(t, "no times", partsOf(t, attached(oleFileOf(-fileTimeEpoch - 3)[:1024])))
}

// A type that a part declares does not decide what its file is, and a text
// that begins like a file is not decoded.
func TestSniff(t *testing.T) {
	pdf := "%PDF-1.4\n/CreationDate (D:20240305060708Z)\n"
	for _, test := range []struct {
		head string
		want int
	}{
		{"Content-Type: image/png\n\n", 1},
		{"Content-Type: application/pdf\nContent-Transfer-Encoding: quoted-printable\n\n", 1},
		{"Content-Type: text/plain\n\n", 0},
		{"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n", 0},
	} {
		if got := partsOf(t, test.head+pdf); len(got) != test.want {
			t.Errorf("%s: %+v", test.head, got)
		}
	}
}
