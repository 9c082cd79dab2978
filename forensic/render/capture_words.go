package render

import (
	"encoding/base64"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// phrases are the words of the view of a dialogue in one language.
type phrases struct {
	connection, message, client, server, packets, bytes, frames, lines             string
	noTCP, snapped, backwards, comment, frame                                      string
	lineEnds, passedOver, standing, closed, broken, open, byClient, byServer       string
	noUser, accepted, refused, missing, at, findings, none, noConnections, notMail string
	moreCommands, moreLines, more, inWords, noReply, octets, complete, incomplete  string
	presentOnly, gravest, saved, lineEndsDiffer, added, removed, changed           string
	stages                                                                         map[dialog.Stage]string
	statuses                                                                       map[dialog.Status]string
	startTLS                                                                       map[dialog.StartTLS]string
	verdicts                                                                       map[capture.Verdict]string
}

var english = phrases{
	connection: "Connection", message: "Message", client: "client", server: "server", packets: "packets", bytes: "bytes", frames: "frames", lines: "lines",
	noTCP: "frames without TCP", snapped: "frames cut short", backwards: "frames earlier than the one before", comment: "comment", frame: "frame",
	lineEnds:   "line ends assumed: the transcript does not show them, digests take CRLF",
	passedOver: "lines passed over, which neither end said",
	standing:   "Stands", closed: "closed", broken: "broken off (RST)", open: "left open", byClient: "by the client", byServer: "by the server",
	noUser: "no name", accepted: "accepted", refused: "not accepted", missing: "Missing", at: "at", findings: "Findings", none: "none",
	noConnections: "no TCP connection", notMail: "other connections hold no mail",
	moreCommands: "more commands", moreLines: "more lines", more: "more", inWords: "answer, decoded", noReply: "(no reply was captured)",
	octets: "Octets", complete: "complete", incomplete: "not complete", presentOnly: "(of what was captured)", gravest: "gravest",
	saved: "Saved", lineEndsDiffer: "line ends differ and were not compared", added: "added", removed: "not there any more", changed: "changed",
	stages: map[dialog.Stage]string{
		dialog.Connected: "connected, nothing was said", dialog.Greeted: "the server has greeted", dialog.Refused: "the server has refused the client",
		dialog.Introduced: "the client has named itself", dialog.Authenticating: "in the middle of the proof of identity: the server waits for an answer",
		dialog.Authenticated: "the client has proved who it is", dialog.MailOpen: "a sender was named, no recipient yet", dialog.RecipientsOpen: "sender and recipients were named, the message was not sent",
		dialog.Transferring: "in the middle of a message", dialog.Transferred: "the message was sent and not answered", dialog.Encrypted: "encrypted: what follows cannot be read",
		dialog.Selected: "a mailbox is open", dialog.Finished: "finished",
	},
	statuses: map[dialog.Status]string{
		dialog.Accepted: "accepted", dialog.Rejected: "rejected", dialog.Reset: "given up (reset)", dialog.Aborted: "broken off (aborted)", dialog.Incomplete: "outcome not captured (incomplete)",
		dialog.Retrieved: "retrieved", dialog.Appended: "appended",
	},
	startTLS: map[dialog.StartTLS]string{dialog.OfferedTLS: "offered, not used", dialog.AcceptedTLS: "accepted", dialog.RejectedTLS: "refused", dialog.NoTLS: ""},
	verdicts: map[capture.Verdict]string{
		capture.SameOctets: "the same octets", capture.SameButLineEnds: "the same octets but for line ends or empty lines at the end", capture.SameButAdditions: "every octet of the wire is there in order; header fields were added", capture.SameBody: "the same body, another header",
		capture.OtherBody: "the same Message-ID, but the body differs from line",
	},
}

var spanish = phrases{
	connection: "Conexión", message: "Mensaje", client: "cliente", server: "servidor", packets: "paquetes", bytes: "bytes", frames: "tramas", lines: "líneas",
	noTCP: "tramas sin TCP", snapped: "tramas acortadas", backwards: "tramas anteriores a la precedente", comment: "comentario", frame: "trama",
	lineEnds:   "finales de línea supuestos: la transcripción no los muestra, los resúmenes toman CRLF",
	passedOver: "líneas pasadas por alto, que no dijo ninguno de los extremos",
	standing:   "Estado", closed: "cerrada", broken: "interrumpida (RST)", open: "quedó abierta", byClient: "por el cliente", byServer: "por el servidor",
	noUser: "sin nombre", accepted: "aceptado", refused: "no aceptado", missing: "Falta", at: "en", findings: "Hallazgos", none: "ninguno",
	noConnections: "ninguna conexión TCP", notMail: "conexiones más no contienen correo",
	moreCommands: "órdenes más", moreLines: "líneas más", more: "más", inWords: "respuesta, descodificada", noReply: "(no se capturó respuesta)",
	octets: "Octetos", complete: "completo", incomplete: "incompleto", presentOnly: "(de lo capturado)", gravest: "el más grave",
	saved: "Guardado", lineEndsDiffer: "los finales de línea difieren y no se compararon", added: "añadidos", removed: "ya no están", changed: "cambiados",
	stages: map[dialog.Stage]string{
		dialog.Connected: "conectado, no se dijo nada", dialog.Greeted: "el servidor ha saludado", dialog.Refused: "el servidor ha rechazado al cliente",
		dialog.Introduced: "el cliente se ha identificado", dialog.Authenticating: "en mitad de la autenticación: el servidor espera una respuesta",
		dialog.Authenticated: "el cliente se ha autenticado", dialog.MailOpen: "se indicó el remitente, aún no el destinatario", dialog.RecipientsOpen: "se indicaron remitente y destinatarios, el mensaje no se envió",
		dialog.Transferring: "en mitad de un mensaje", dialog.Transferred: "el mensaje se envió y no hubo respuesta", dialog.Encrypted: "cifrado: lo que sigue no se puede leer",
		dialog.Selected: "hay un buzón abierto", dialog.Finished: "terminado",
	},
	statuses: map[dialog.Status]string{
		dialog.Accepted: "aceptado", dialog.Rejected: "rechazado", dialog.Reset: "abandonado (reset)", dialog.Aborted: "interrumpido (aborted)", dialog.Incomplete: "resultado no capturado (incomplete)",
		dialog.Retrieved: "recogido", dialog.Appended: "guardado en el buzón",
	},
	startTLS: map[dialog.StartTLS]string{dialog.OfferedTLS: "ofrecido, no usado", dialog.AcceptedTLS: "aceptado", dialog.RejectedTLS: "rechazado", dialog.NoTLS: ""},
	verdicts: map[capture.Verdict]string{
		capture.SameOctets: "los mismos octetos", capture.SameButLineEnds: "los mismos octetos salvo fines de línea o líneas vacías al final", capture.SameButAdditions: "todos los octetos de la red están en orden; se añadieron campos de cabecera", capture.SameBody: "el mismo cuerpo, otra cabecera",
		capture.OtherBody: "el mismo Message-ID, pero el cuerpo difiere desde la línea",
	},
}

// decodedPrompt is what a challenge asks for in base64: "Username:".
func decodedPrompt(r *capture.Reply) string {
	if r.Code == nil || *r.Code != 334 || len(r.Text) > 200 {
		return ""
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(r.Text, "= "))
	if err != nil {
		return ""
	}
	for _, c := range b {
		if c < 0x20 || c > 0x7E {
			return ""
		}
	}
	return string(b)
}
