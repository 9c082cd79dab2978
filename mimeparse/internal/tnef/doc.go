// Package tnef answers: what does a winmail.dat hold?
//
// That is a stream in the Transport Neutral Encapsulation Format of Outlook and Exchange
// (MS-OXTNEF): the files inside, the message they belong to, and what the stream says about both.
//
// Every span is an offset pair into the slice given to [Parse]; nothing is
// copied out of it but decoded text. A damaged stream gives what can be read
// and a list of defects:
//
//	tnef.truncated                  the stream ends inside an attribute
//	tnef.unread                     bytes that belong to no attribute
//	tnef.checksum                   an attribute's checksum is wrong
//	tnef.attribute-level            an attribute stands at the wrong level
//	tnef.attribute-type             an attribute has another type than specified
//	tnef.attribute-repeated         an attribute that may stand once stands again
//	tnef.attribute-size             an attribute's data has the wrong size
//	tnef.version                    a version other than 1.0
//	tnef.attachment-implied         attachment data before attAttachRendData
//	tnef.attachment-data-repeated   one attachment, more than one content
//	tnef.property-type              a property type that MS-OXTNEF does not know
//	tnef.property-truncated         a property list ends inside a property
//	tnef.property-count             a single-valued property with 0 or many values
//	tnef.property-trailing          bytes behind the last property of a list
//	tnef.recipient-trailing         bytes behind the last row of a recipient table
//	tnef.string-nul                 text behind the NUL that ends a string
//	tnef.text-undecodable           bytes that the code page does not define
//	tnef.codepage-absent            8-bit text and no code page to read it by
//	tnef.time-range                 a date that does not exist
//	tnef.time-weekday               a date with the weekday of another
//	tnef.object-short               an object too short for its interface GUID
//	tnef.embedded-not-tnef          an embedded message without TNEF signature
//	tnef.limit-attributes           more attributes than [Limits] allows
//	tnef.limit-attachments          more attachments
//	tnef.limit-properties           more properties
//	tnef.limit-recipients           more recipients
//	tnef.limit-depth                messages nested more deeply
//	tnef.rtf-size                   [DecompressRTF]: other sizes than stated
//	tnef.rtf-truncated              [DecompressRTF]: no end mark
//	tnef.rtf-crc                    [DecompressRTF]: wrong checksum
//	tnef.rtf-limit                  [DecompressRTF]: cut at the caller's limit
package tnef
