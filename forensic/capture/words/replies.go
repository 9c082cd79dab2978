package words

// meaning is a reply code.
type meaning struct {
	code int
	text text
}

// inContext is a reply code as the answer to one verb.
type inContext struct {
	code int
	verb string
	text text
}

// classes are the first digits (RFC 5321 4.2.1); the first one is of RFC 821 and not used.
var classes = [...]text{
	{"taken, and waiting for a go-ahead", "aceptado, a la espera de confirmación"},
	{"done", "hecho"},
	{"go on", "continúe"},
	{"not possible for now: try again later", "no es posible por ahora: inténtelo más tarde"},
	{"refused for good", "rechazado de forma permanente"},
}

// subjects are the second digits (RFC 5321 4.2.1).
var subjects = [...]text{
	{"about syntax", "sobre la sintaxis"},
	{"information", "información"},
	{"about the connection", "sobre la conexión"},
	{},
	{},
	{"about the mail system", "sobre el sistema de correo"},
}

// general are the codes without regard to the command.
var general = [...]meaning{
	{211, text{"state of the system, or help", "estado del sistema, o ayuda"}},                                                            // RFC 5321 4.2.3
	{214, text{"help for a person", "ayuda para una persona"}},                                                                            // RFC 5321 4.2.3
	{220, text{"the service is ready", "el servicio está listo"}},                                                                         // RFC 5321 4.2.3
	{221, text{"the server closes the connection", "el servidor cierra la conexión"}},                                                     // RFC 5321 4.2.3
	{235, text{"the proof of identity was accepted", "la autenticación fue aceptada"}},                                                    // RFC 4954 6
	{250, text{"done as asked", "hecho lo solicitado"}},                                                                                   // RFC 5321 4.2.3
	{251, text{"the user is not local: the message is passed on", "el usuario no es local: el mensaje se reenvía"}},                       // RFC 5321 4.2.3
	{252, text{"the user cannot be verified, but the message is taken", "no se puede verificar el usuario, pero el mensaje se acepta"}},   // RFC 5321 4.2.3
	{253, text{"messages for this node are waiting and are sent now", "hay mensajes pendientes para este nodo y se envían ahora"}},        // RFC 1985 5
	{334, text{"the server asks for the next step of the proof of identity", "el servidor pide el siguiente paso de la autenticación"}},   // RFC 4954 4
	{354, text{"send the message, and end it with a dot alone on a line", "envíe el mensaje y termínelo con un punto solo en una línea"}}, // RFC 5321 4.2.3
	{421, text{"the service is not available and closes the connection", "el servicio no está disponible y cierra la conexión"}},          // RFC 5321 4.2.3
	{422, text{"the mailbox is full (not in a standard)", "el buzón está lleno (no normalizado)"}},
	{431, text{"out of memory or disk (not in a standard)", "sin memoria o disco (no normalizado)"}},
	{432, text{"a new password is needed first", "antes hay que cambiar la contraseña"}}, // RFC 4954 6
	{441, text{"the recipient's server does not answer (not in a standard)", "el servidor del destinatario no responde (no normalizado)"}},
	{442, text{"the connection broke down (not in a standard)", "la conexión se interrumpió (no normalizado)"}},
	{446, text{"too many hops, perhaps a loop (not in a standard)", "demasiados saltos, quizá un bucle (no normalizado)"}},
	{447, text{"the message waited too long (not in a standard)", "el mensaje esperó demasiado (no normalizado)"}},
	{449, text{"error of routing (not in a standard)", "error de encaminamiento (no normalizado)"}},
	{450, text{"the mailbox is not available for now: try again later", "el buzón no está disponible por ahora: inténtelo más tarde"}},      // RFC 5321 4.2.3
	{451, text{"given up because of an error in the server: try again later", "abandonado por un error del servidor: inténtelo más tarde"}}, // RFC 5321 4.2.3
	{452, text{"not enough room in the server: try again later", "espacio insuficiente en el servidor: inténtelo más tarde"}},               // RFC 5321 4.2.3
	{453, text{"there is no mail for this client", "no hay correo para este cliente"}},                                                      // RFC 2645 5
	{454, text{"the proof of identity, or TLS, is not possible for now", "la autenticación, o TLS, no es posible por ahora"}},               // RFC 4954 6, RFC 3207 4
	{455, text{"the server cannot deal with the parameters for now", "el servidor no puede atender los parámetros por ahora"}},              // RFC 5321 4.2.3
	{458, text{"messages for this node cannot be queued", "no se pueden encolar mensajes para este nodo"}},                                  // RFC 1985 5
	{459, text{"this node is not allowed", "este nodo no está autorizado"}},                                                                 // RFC 1985 5
	{471, text{"an error of a filter (not in a standard)", "error de un filtro (no normalizado)"}},
	{500, text{"the command is not recognised", "orden no reconocida"}},                                                                // RFC 5321 4.2.3
	{501, text{"a syntax error in the parameters", "error de sintaxis en los parámetros"}},                                             // RFC 5321 4.2.3
	{502, text{"the command is known but not available here", "orden conocida pero no disponible aquí"}},                               // RFC 5321 4.2.4
	{503, text{"wrong order of commands: not possible at this point", "secuencia de órdenes incorrecta: no es posible en este punto"}}, // RFC 5321 4.2.3
	{504, text{"a parameter is not available here", "un parámetro no está disponible aquí"}},                                           // RFC 5321 4.2.3
	{510, text{"a wrong address (not in a standard)", "dirección incorrecta (no normalizado)"}},
	{511, text{"a wrong address (not in a standard)", "dirección incorrecta (no normalizado)"}},
	{512, text{"the recipient's domain was not found (not in a standard)", "no se encontró el dominio del destinatario (no normalizado)"}},
	{513, text{"a wrong kind of address (not in a standard)", "tipo de dirección incorrecto (no normalizado)"}},
	{515, text{"the recipient's mailbox cannot be used (not in a standard)", "el buzón del destinatario no es utilizable (no normalizado)"}},
	{517, text{"a problem with the sender's address (not in a standard)", "problema con la dirección del remitente (no normalizado)"}},
	{521, text{"the server takes no mail", "el servidor no acepta correo"}}, // RFC 7504 2
	{523, text{"the message is larger than the recipient's limit (not in a standard)", "el mensaje supera el límite del destinatario (no normalizado)"}},
	{525, text{"the account is not allowed (not in a standard)", "la cuenta no está autorizada (no normalizado)"}},
	{530, text{"a proof of identity, or TLS, is needed first", "antes se requiere autenticación, o TLS"}}, // RFC 4954 6, RFC 3207 4
	{531, text{"the mailbox is full (not in a standard)", "el buzón está lleno (no normalizado)"}},
	{534, text{"this mechanism is too weak", "este mecanismo es demasiado débil"}},                              // RFC 4954 6
	{535, text{"the proof of identity was refused", "la autenticación fue rechazada"}},                          // RFC 4954 6
	{538, text{"this mechanism needs an encrypted connection", "este mecanismo requiere una conexión cifrada"}}, // RFC 2554 6
	{541, text{"refused by the recipient's filter (not in a standard)", "rechazado por el filtro del destinatario (no normalizado)"}},
	{550, text{"refused: the mailbox does not exist, or a rule of the server forbids it", "rechazado: el buzón no existe, o una regla del servidor lo impide"}}, // RFC 5321 4.2.3
	{551, text{"the user is not local: try the address given", "el usuario no es local: pruebe con la dirección indicada"}},                                     // RFC 5321 4.2.3
	{552, text{"more room would be needed than is allowed", "se necesita más espacio del permitido"}},                                                           // RFC 5321 4.2.3
	{553, text{"the address is not allowed", "la dirección no está permitida"}},                                                                                 // RFC 5321 4.2.3
	{554, text{"the transaction failed", "la transacción falló"}},                                                                                               // RFC 5321 4.2.3
	{555, text{"the parameters of MAIL or RCPT are not known here", "los parámetros de MAIL o RCPT no se conocen aquí"}},                                        // RFC 5321 4.2.3
	{556, text{"the recipient's domain takes no mail", "el dominio del destinatario no acepta correo"}},                                                         // RFC 7504 3
	{557, text{"too many messages (not in a standard)", "demasiados mensajes (no normalizado)"}},
}

// special are codes whose meaning depends on the command (RFC 5321 4.3.2).
var special = [...]inContext{
	{220, "CONNECT", text{"the server greets and is ready", "el servidor saluda y está listo"}},
	{220, "STARTTLS", text{"the server is ready for TLS", "el servidor está listo para TLS"}}, // RFC 3207 4
	{220, "XCLIENT", text{"taken: the session begins anew", "aceptado: la sesión comienza de nuevo"}},
	{250, "HELO", text{"the server takes the name of the client", "el servidor acepta el nombre del cliente"}},
	{250, "EHLO", text{"the server takes the name of the client and lists its extensions", "el servidor acepta el nombre del cliente y enumera sus extensiones"}},
	{250, "LHLO", text{"the server takes the name of the client and lists its extensions", "el servidor acepta el nombre del cliente y enumera sus extensiones"}},
	{250, "MAIL", text{"the sender is accepted", "remitente aceptado"}},
	{250, "SEND", text{"the sender is accepted", "remitente aceptado"}},
	{250, "SOML", text{"the sender is accepted", "remitente aceptado"}},
	{250, "SAML", text{"the sender is accepted", "remitente aceptado"}},
	{250, "RCPT", text{"the recipient is accepted", "destinatario aceptado"}},
	{250, ".", text{"the message is accepted: the server is responsible for it now", "mensaje aceptado: el servidor se hace responsable de él"}}, // RFC 5321 4.2.5
	{250, "BDAT", text{"the chunk is accepted", "fragmento aceptado"}},
	{250, "RSET", text{"the open transaction is given up", "se abandona la transacción abierta"}},
	{250, "NOOP", text{"nothing was asked and nothing done", "no se pidió nada y nada se hizo"}},
	{250, "VRFY", text{"the user exists", "el usuario existe"}},
	{250, "EXPN", text{"the list exists", "la lista existe"}},
	{251, "VRFY", text{"the user is not local: messages are passed on", "el usuario no es local: los mensajes se reenvían"}},
	{252, "VRFY", text{"the server does not say whether the user exists", "el servidor no dice si el usuario existe"}},
	{421, "CONNECT", text{"the service is not available", "el servicio no está disponible"}},
	{450, "RCPT", text{"the recipient is not taken for now: try again later", "el destinatario no se acepta por ahora: inténtelo más tarde"}},
	{452, "RCPT", text{"too many recipients, or no room: try the rest later", "demasiados destinatarios, o falta de espacio: intente el resto más tarde"}}, // RFC 5321 4.5.3.1.10
	{452, ".", text{"no room for the message: try again later", "sin espacio para el mensaje: inténtelo más tarde"}},
	{454, "STARTTLS", text{"TLS is not possible for now", "TLS no es posible por ahora"}},
	{454, "AUTH", text{"the identity cannot be checked for now", "la autenticación no es posible por ahora"}},
	{500, "EHLO", text{"the server knows no extensions: the client goes on with HELO", "el servidor no conoce extensiones: el cliente sigue con HELO"}}, // RFC 1869 4.5
	{502, "EHLO", text{"the server has no extensions: the client goes on with HELO", "el servidor no tiene extensiones: el cliente sigue con HELO"}},
	{503, "AUTH", text{"AUTH is not possible at this point: EHLO has to come first, and it is possible once only", "AUTH no es posible en este punto: antes debe ir EHLO, y solo se admite una vez"}}, // RFC 4954 4
	{503, "MAIL", text{"wrong order: a transaction is open, or the client has not named itself", "secuencia incorrecta: hay una transacción abierta, o el cliente no se ha identificado"}},
	{503, "RCPT", text{"wrong order: there is no sender yet", "secuencia incorrecta: aún no hay remitente"}},
	{503, "DATA", text{"wrong order: there is no accepted recipient", "secuencia incorrecta: no hay destinatario aceptado"}},
	{504, "AUTH", text{"this mechanism is not known here", "este mecanismo no se conoce aquí"}},
	{521, "CONNECT", text{"this host takes no mail", "este servidor no acepta correo"}}, // RFC 7504 2
	{550, "MAIL", text{"the sender is refused", "remitente rechazado"}},
	{550, "RCPT", text{"the recipient is refused: there is no such mailbox, or a rule forbids it", "destinatario rechazado: el buzón no existe, o una regla lo impide"}},
	{550, ".", text{"the message is refused by a rule of the server", "el mensaje es rechazado por una regla del servidor"}},
	{552, "MAIL", text{"the announced size is too large", "el tamaño anunciado es demasiado grande"}}, // RFC 1870 6.1
	{552, "RCPT", text{"the recipient's mailbox is full, or there are too many recipients", "el buzón del destinatario está lleno, o hay demasiados destinatarios"}},
	{552, ".", text{"the message is too large", "el mensaje es demasiado grande"}},
	{553, "MAIL", text{"the sender's address is not allowed", "la dirección del remitente no está permitida"}},
	{553, "RCPT", text{"an address is not allowed: the recipient's, or the sender's for this recipient", "una dirección no está permitida: la del destinatario, o la del remitente para este destinatario"}},
	{554, "CONNECT", text{"there is no mail service here for this client", "aquí no hay servicio de correo para este cliente"}}, // RFC 5321 3.1
	{554, "DATA", text{"there are no valid recipients", "no hay destinatarios válidos"}},
	{554, ".", text{"the message is refused", "mensaje rechazado"}},
}
