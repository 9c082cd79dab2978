package forensic

import "strings"

// family is a group of file formats that are told apart from others, but not
// among themselves. "" means that nothing is known.
type family string

const (
	familyText    family = "text"
	familyImage   family = "image"
	familyMedia   family = "media" // MP4 and Ogg hold both sound and film
	familyPDF     family = "pdf"
	familyZip     family = "zip"
	familyOLE     family = "ole"
	familyOffice  family = "office" // zip or OLE by version, text by export
	familyArchive family = "archive"
	familyProgram family = "program"
)

// familyOfType sorts a media type. Types that a content cannot show by its
// first bytes (signatures, messages, application data) are "".
func familyOfType(t string) family {
	major, minor, _ := strings.Cut(t, "/")
	switch major {
	case "text":
		if minor == "rfc822-headers" {
			return ""
		}
		return familyText
	case "image":
		if minor == "svg+xml" {
			return familyText
		}
		return familyImage
	case "audio", "video":
		return familyMedia
	case "application":
		return familyOfApplication(minor)
	}
	return ""
}

// familyOfContent sorts the type that a content shows. A zip archive with the
// folder of a Java archive in it may be one of sources or of documents.
func familyOfContent(t string) family {
	switch t {
	case "application/java-archive", "application/jar", "application/vnd.android.package-archive":
		return familyZip
	case "application/x-java-applet": // compiled Java; as a declared type it is used for scripts
		return familyProgram
	}
	return familyOfType(t)
}

func familyOfApplication(minor string) family {
	switch minor {
	case "pdf", "x-pdf":
		return familyPDF
	case "zip", "x-zip-compressed", "epub+zip", "x-zip":
		return familyZip
	case "x-ole-storage", "vnd.ms-outlook":
		return familyOLE
	case "msword", "vnd.ms-excel", "vnd.ms-powerpoint", "vnd.ms-word", "excel", "x-msexcel", "mspowerpoint":
		return familyOffice
	case "json", "xml", "javascript", "x-javascript", "rtf", "xhtml+xml", "atom+xml", "x-ndjson":
		return familyText
	case "gzip", "x-gzip", "x-7z-compressed", "x-rar-compressed", "vnd.rar", "x-tar", "x-bzip2", "x-bzip", "x-xz", "vnd.ms-cab-compressed", "zstd", "lzip":
		return familyArchive
	case "vnd.microsoft.portable-executable", "x-msdownload", "x-dosexec", "x-executable", "x-elf", "x-sharedlib", "x-object",
		"x-mach-binary", "x-msdos-program", "x-ms-installer", "x-ms-shortcut", "hta", "java-archive", "jar",
		"vnd.android.package-archive", "x-iso9660-image", "x-apple-diskimage", "vnd.debian.binary-package", "x-rpm", "vnd.ms-htmlhelp":
		return familyProgram
	}
	switch {
	case strings.HasPrefix(minor, "vnd.openxmlformats-officedocument."), strings.HasPrefix(minor, "vnd.oasis.opendocument."),
		strings.HasPrefix(minor, "vnd.ms-word"), strings.HasPrefix(minor, "vnd.ms-excel"), strings.HasPrefix(minor, "vnd.ms-powerpoint"):
		return familyOffice
	case strings.HasSuffix(minor, "+xml"), strings.HasSuffix(minor, "+json"):
		return familyText
	}
	return ""
}

// familyOfExtension sorts a file name extension, given in lower case.
func familyOfExtension(ext string) family {
	switch ext {
	case "txt", "log", "csv", "htm", "html", "xhtml", "xml", "json", "ics", "vcf", "rtf", "md", "svg", "css":
		return familyText
	case "jpg", "jpeg", "jpe", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "ico", "emf", "wmf", "psd":
		return familyImage
	case "mp3", "wav", "ogg", "m4a", "flac", "amr", "mid", "wma":
		return familyMedia
	case "mp4", "mov", "avi", "mkv", "mpg", "mpeg", "wmv", "3gp", "webm":
		return familyMedia
	case "pdf":
		return familyPDF
	case "zip", "epub":
		return familyZip
	case "doc", "dot", "docx", "docm", "xls", "xlt", "xlsx", "xlsm", "xlsb", "ppt", "pps", "pptx", "pptm", "odt", "ods", "odp":
		return familyOffice
	case "gz", "tgz", "7z", "rar", "tar", "bz2", "xz", "cab":
		return familyArchive
	case "exe", "scr", "com", "pif", "bat", "cmd", "cpl", "dll", "msi", "msp", "mst", "jar", "js", "jse", "vbs", "vbe", "wsf", "wsh", "wsc", "hta",
		"ps1", "psm1", "lnk", "scf", "url", "reg", "inf", "iso", "img", "vhd", "vhdx", "one", "chm", "hlp", "rdp", "gadget", "xll", "msc",
		"application", "appref-ms", "settingcontent-ms", "library-ms", "search-ms", "apk", "appx", "msix", "dmg", "deb", "rpm":
		return familyProgram
	}
	return ""
}
