package words

// smtpVerbs are the commands of RFC 5321, of its extensions, and of servers.
var smtpVerbs = [...]entry{
	{"HELO", text{"names the client", "identifica al cliente"}},                                                          // RFC 5321 4.1.1.1
	{"EHLO", text{"names the client and asks for extensions", "identifica al cliente y pide las extensiones"}},           // RFC 5321 4.1.1.1
	{"LHLO", text{"names the client (LMTP)", "identifica al cliente (LMTP)"}},                                            // RFC 2033 4.1
	{"MAIL", text{"begins a message and names its sender", "comienza un mensaje e indica su remitente"}},                 // RFC 5321 4.1.1.2
	{"RCPT", text{"names a recipient", "indica un destinatario"}},                                                        // RFC 5321 4.1.1.3
	{"DATA", text{"announces the message", "anuncia el mensaje"}},                                                        // RFC 5321 4.1.1.4
	{"BDAT", text{"sends a chunk of the message", "envía un fragmento del mensaje"}},                                     // RFC 3030 2
	{"RSET", text{"gives up the open message", "abandona el mensaje abierto"}},                                           // RFC 5321 4.1.1.5
	{"VRFY", text{"asks whether a user exists", "pregunta si existe un usuario"}},                                        // RFC 5321 4.1.1.6
	{"EXPN", text{"asks for the members of a list", "pide los miembros de una lista"}},                                   // RFC 5321 4.1.1.7
	{"HELP", text{"asks for help", "pide ayuda"}},                                                                        // RFC 5321 4.1.1.8
	{"NOOP", text{"asks for nothing", "no pide nada"}},                                                                   // RFC 5321 4.1.1.9
	{"QUIT", text{"ends the session", "termina la sesión"}},                                                              // RFC 5321 4.1.1.10
	{"SEND", text{"begins a message for a user's terminal", "comienza un mensaje para el terminal de un usuario"}},       // RFC 821 3.4
	{"SOML", text{"begins a message for a terminal or mailbox", "comienza un mensaje para terminal o buzón"}},            // RFC 821 3.4
	{"SAML", text{"begins a message for terminal and mailbox", "comienza un mensaje para terminal y buzón"}},             // RFC 821 3.4
	{"TURN", text{"asks to change places", "pide intercambiar los papeles"}},                                             // RFC 821 3.8
	{"ETRN", text{"asks for waiting messages", "pide los mensajes pendientes"}},                                          // RFC 1985
	{"ATRN", text{"asks for waiting messages and changes places", "pide los mensajes pendientes e intercambia papeles"}}, // RFC 2645
	{"AUTH", text{"begins the proof of identity", "comienza la autenticación"}},                                          // RFC 4954 4
	{"STARTTLS", text{"asks for encryption", "pide cifrado"}},                                                            // RFC 3207 4
	{"BURL", text{"has the server fetch the message", "hace que el servidor obtenga el mensaje"}},                        // RFC 4468
	{"XCLIENT", text{"states another client's data (Postfix)", "declara los datos de otro cliente (Postfix)"}},
	{"XFORWARD", text{"states where the message came from (Postfix)", "declara de dónde vino el mensaje (Postfix)"}},
	{"XEXCH50", text{"sends data of Exchange", "envía datos de Exchange"}},
	{"X-EXPS", text{"proves the identity of an Exchange server", "autentica un servidor Exchange"}},
	{"X-ANONYMOUSTLS", text{"asks for encryption between Exchange servers", "pide cifrado entre servidores Exchange"}},
	{"X-LINK2STATE", text{"sends routing data of Exchange", "envía datos de rutas de Exchange"}},
}

// popVerbs are those of RFC 1939, 2449, 2595 and 5034.
var popVerbs = [...]entry{
	{"USER", text{"names the user", "indica el usuario"}},
	{"PASS", text{"sends the password", "envía la contraseña"}},
	{"APOP", text{"names the user and proves who he is", "indica el usuario y lo autentica"}},
	{"AUTH", text{"begins the proof of identity", "comienza la autenticación"}},
	{"STAT", text{"asks how much mail there is", "pregunta cuánto correo hay"}},
	{"LIST", text{"asks for the sizes of messages", "pide los tamaños de los mensajes"}},
	{"RETR", text{"fetches a message", "recoge un mensaje"}},
	{"TOP", text{"fetches the header and some lines of a message", "recoge la cabecera y unas líneas de un mensaje"}},
	{"DELE", text{"marks a message for deletion", "marca un mensaje para borrarlo"}},
	{"UIDL", text{"asks for lasting identifiers", "pide identificadores permanentes"}},
	{"NOOP", text{"asks for nothing", "no pide nada"}},
	{"RSET", text{"takes deletions back", "deshace los borrados"}},
	{"CAPA", text{"asks for extensions", "pide las extensiones"}},
	{"STLS", text{"asks for encryption", "pide cifrado"}},
	{"UTF8", text{"asks for UTF-8", "pide UTF-8"}},
	{"QUIT", text{"ends the session and deletes what is marked", "termina la sesión y borra lo marcado"}},
}

// imapVerbs are those of RFC 9051 and common extensions.
var imapVerbs = [...]entry{
	{"CAPABILITY", text{"asks for extensions", "pide las extensiones"}},
	{"NOOP", text{"asks for news", "pide novedades"}},
	{"LOGOUT", text{"ends the session", "termina la sesión"}},
	{"STARTTLS", text{"asks for encryption", "pide cifrado"}},
	{"AUTHENTICATE", text{"begins the proof of identity", "comienza la autenticación"}},
	{"LOGIN", text{"sends name and password", "envía nombre y contraseña"}},
	{"SELECT", text{"opens a mailbox", "abre un buzón"}},
	{"EXAMINE", text{"opens a mailbox for reading", "abre un buzón para lectura"}},
	{"CREATE", text{"makes a mailbox", "crea un buzón"}},
	{"DELETE", text{"deletes a mailbox", "borra un buzón"}},
	{"RENAME", text{"renames a mailbox", "cambia el nombre de un buzón"}},
	{"SUBSCRIBE", text{"subscribes to a mailbox", "se suscribe a un buzón"}},
	{"UNSUBSCRIBE", text{"ends a subscription", "anula una suscripción"}},
	{"LIST", text{"asks for mailboxes", "pide los buzones"}},
	{"LSUB", text{"asks for subscribed mailboxes", "pide los buzones suscritos"}},
	{"STATUS", text{"asks for the state of a mailbox", "pide el estado de un buzón"}},
	{"APPEND", text{"puts a message into a mailbox", "guarda un mensaje en un buzón"}},
	{"CHECK", text{"asks for a checkpoint", "pide un punto de control"}},
	{"CLOSE", text{"closes the mailbox and deletes what is marked", "cierra el buzón y borra lo marcado"}},
	{"UNSELECT", text{"closes the mailbox", "cierra el buzón"}},
	{"EXPUNGE", text{"deletes what is marked", "borra lo marcado"}},
	{"SEARCH", text{"searches messages", "busca mensajes"}},
	{"FETCH", text{"fetches messages or parts of them", "recoge mensajes o partes de ellos"}},
	{"STORE", text{"changes flags", "cambia marcas"}},
	{"COPY", text{"copies messages", "copia mensajes"}},
	{"MOVE", text{"moves messages", "mueve mensajes"}},
	{"IDLE", text{"waits for news", "espera novedades"}},
	{"NAMESPACE", text{"asks for name spaces", "pide los espacios de nombres"}},
	{"ID", text{"names the program", "identifica el programa"}},
	{"ENABLE", text{"switches extensions on", "activa extensiones"}},
	{"COMPRESS", text{"asks for compression", "pide compresión"}},
}

// extensions are keywords of EHLO, registered with IANA or in use.
var extensions = [...]entry{
	{"SIZE", text{"largest message, in octets", "mensaje máximo, en octetos"}},                                   // RFC 1870
	{"8BITMIME", text{"octets above 127 in messages", "octetos mayores de 127 en los mensajes"}},                 // RFC 6152
	{"PIPELINING", text{"commands may come in groups", "las órdenes pueden ir agrupadas"}},                       // RFC 2920
	{"CHUNKING", text{"messages in chunks (BDAT)", "mensajes por fragmentos (BDAT)"}},                            // RFC 3030
	{"BINARYMIME", text{"messages with any octets", "mensajes con cualquier octeto"}},                            // RFC 3030
	{"AUTH", text{"proof of identity by these mechanisms", "autenticación por estos mecanismos"}},                // RFC 4954
	{"STARTTLS", text{"encryption", "cifrado"}},                                                                  // RFC 3207
	{"DSN", text{"reports about delivery", "notificaciones de entrega"}},                                         // RFC 3461
	{"ENHANCEDSTATUSCODES", text{"replies with codes of RFC 3463", "respuestas con códigos de RFC 3463"}},        // RFC 2034
	{"SMTPUTF8", text{"addresses in UTF-8", "direcciones en UTF-8"}},                                             // RFC 6531
	{"ETRN", text{"waiting messages can be asked for", "se pueden pedir los mensajes pendientes"}},               // RFC 1985
	{"ATRN", text{"waiting messages on demand", "mensajes pendientes bajo demanda"}},                             // RFC 2645
	{"DELIVERBY", text{"a limit of time for delivery", "plazo máximo de entrega"}},                               // RFC 2852
	{"FUTURERELEASE", text{"delivery at a later time", "entrega en fecha posterior"}},                            // RFC 4865
	{"REQUIRETLS", text{"encryption on the whole way", "cifrado en todo el recorrido"}},                          // RFC 8689
	{"MT-PRIORITY", text{"priorities", "prioridades"}},                                                           // RFC 6710
	{"LIMITS", text{"limits of the server", "límites del servidor"}},                                             // RFC 9422
	{"BURL", text{"messages by reference", "mensajes por referencia"}},                                           // RFC 4468
	{"CHECKPOINT", text{"interrupted transfers can go on", "las transferencias interrumpidas pueden continuar"}}, // RFC 1845
	{"HELP", text{"help", "ayuda"}},
	{"VRFY", text{"asking for users", "consulta de usuarios"}},
	{"EXPN", text{"asking for lists", "consulta de listas"}},
	{"XCLIENT", text{"data of another client (Postfix)", "datos de otro cliente (Postfix)"}},
	{"XFORWARD", text{"origin of messages (Postfix)", "origen de los mensajes (Postfix)"}},
}
