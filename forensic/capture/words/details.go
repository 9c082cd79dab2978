package words

// detail is subject and detail of an enhanced status code.
type detail struct {
	code string
	text text
}

// areas are the subjects of RFC 3463 3.
var areas = [...]text{
	{"not further defined", "sin más precisión"},
	{"about an address", "sobre una dirección"},
	{"about a mailbox", "sobre un buzón"},
	{"about the mail system", "sobre el sistema de correo"},
	{"about network and routing", "sobre la red y el encaminamiento"},
	{"about the protocol", "sobre el protocolo"},
	{"about the content", "sobre el contenido"},
	{"about security or policy", "sobre seguridad o normas del servidor"},
}

// details are registered with IANA: RFC 3463 3 and those named beside them.
var details = [...]detail{
	{"1.0", text{"an address, not further defined", "una dirección, sin más precisión"}},
	{"1.1", text{"no such mailbox", "el buzón no existe"}},
	{"1.2", text{"no such domain", "el dominio no existe"}},
	{"1.3", text{"the syntax of the recipient's address", "la sintaxis de la dirección del destinatario"}},
	{"1.4", text{"the recipient's address is ambiguous", "la dirección del destinatario es ambigua"}},
	{"1.5", text{"the recipient's address is valid", "la dirección del destinatario es válida"}},
	{"1.6", text{"the mailbox has moved", "el buzón se ha trasladado"}},
	{"1.7", text{"the syntax of the sender's address", "la sintaxis de la dirección del remitente"}},
	{"1.8", text{"the sender's domain", "el dominio del remitente"}},
	{"1.9", text{"passed on to a mailer that does not follow the standard", "entregado a un sistema que no sigue la norma"}}, // RFC 3886
	{"1.10", text{"the domain takes no mail (null MX)", "el dominio no acepta correo (MX nulo)"}},                            // RFC 7505
	{"2.0", text{"a mailbox, not further defined", "un buzón, sin más precisión"}},
	{"2.1", text{"the mailbox is switched off", "el buzón está desactivado"}},
	{"2.2", text{"the mailbox is full", "el buzón está lleno"}},
	{"2.3", text{"the message is longer than the mailbox allows", "el mensaje supera el límite del buzón"}},
	{"2.4", text{"a mailing list could not be resolved", "no se pudo resolver una lista de correo"}},
	{"3.0", text{"the mail system, not further defined", "el sistema de correo, sin más precisión"}},
	{"3.1", text{"the mail system is full", "el sistema de correo está lleno"}},
	{"3.2", text{"the system takes no messages", "el sistema no acepta mensajes"}},
	{"3.3", text{"the system cannot do what is needed", "el sistema no ofrece lo necesario"}},
	{"3.4", text{"the message is too large for the system", "el mensaje es demasiado grande para el sistema"}},
	{"3.5", text{"the system is set up wrongly", "el sistema está mal configurado"}},
	{"3.6", text{"the priority was changed", "se cambió la prioridad"}}, // RFC 6710
	{"4.0", text{"network or routing, not further defined", "red o encaminamiento, sin más precisión"}},
	{"4.1", text{"the host does not answer", "el servidor no responde"}},
	{"4.2", text{"a bad connection", "mala conexión"}},
	{"4.3", text{"a directory server failed", "falló un servidor de directorio"}},
	{"4.4", text{"no route", "no hay ruta"}},
	{"4.5", text{"the mail system is overloaded", "el sistema de correo está saturado"}},
	{"4.6", text{"a loop", "un bucle"}},
	{"4.7", text{"the time for delivery is over", "venció el plazo de entrega"}},
	{"5.0", text{"the protocol, not further defined", "el protocolo, sin más precisión"}},
	{"5.1", text{"an invalid command", "orden no válida"}},
	{"5.2", text{"a syntax error", "error de sintaxis"}},
	{"5.3", text{"too many recipients", "demasiados destinatarios"}},
	{"5.4", text{"invalid arguments", "argumentos no válidos"}},
	{"5.5", text{"the wrong version of the protocol", "versión incorrecta del protocolo"}},
	{"5.6", text{"the line of an answer is too long", "la línea de respuesta es demasiado larga"}}, // RFC 4954
	{"6.0", text{"the content, not further defined", "el contenido, sin más precisión"}},
	{"6.1", text{"this kind of content is not taken", "este tipo de contenido no se admite"}},
	{"6.2", text{"conversion is needed and forbidden", "la conversión es necesaria y está prohibida"}},
	{"6.3", text{"conversion is needed and not possible", "la conversión es necesaria y no es posible"}},
	{"6.4", text{"converted with losses", "convertido con pérdidas"}},
	{"6.5", text{"conversion failed", "la conversión falló"}},
	{"6.6", text{"the content cannot be got", "no se puede obtener el contenido"}},                                  // RFC 4468
	{"6.7", text{"addresses beyond ASCII are not taken", "no se admiten direcciones con caracteres no ASCII"}},      // RFC 6531
	{"6.8", text{"a reply in UTF-8 is needed and not allowed", "se requiere una respuesta en UTF-8, no permitida"}}, // RFC 6531
	{"6.9", text{"a header in UTF-8 cannot be passed on", "no se puede transferir una cabecera en UTF-8"}},          // RFC 6531
	{"7.0", text{"security or policy, not further defined", "seguridad o normas, sin más precisión"}},
	{"7.1", text{"the server does not deliver this by its rules", "las normas del servidor no permiten la entrega"}},
	{"7.2", text{"the list may not be used", "no se permite usar la lista"}},
	{"7.3", text{"security cannot be converted", "no es posible convertir la seguridad"}},
	{"7.4", text{"the security asked for is not available", "la seguridad pedida no está disponible"}},
	{"7.5", text{"a failure of cryptography", "fallo criptográfico"}},
	{"7.6", text{"the algorithm is not available", "el algoritmo no está disponible"}},
	{"7.7", text{"the integrity of the message failed", "falló la integridad del mensaje"}},
	{"7.8", text{"the name or password is wrong", "nombre o contraseña incorrectos"}},                                    // RFC 4954
	{"7.9", text{"the mechanism is too weak", "el mecanismo es demasiado débil"}},                                        // RFC 4954
	{"7.10", text{"encryption is needed", "se requiere cifrado"}},                                                        // RFC 5248
	{"7.11", text{"this mechanism needs encryption", "este mecanismo requiere cifrado"}},                                 // RFC 4954
	{"7.12", text{"a new password is needed", "se requiere una contraseña nueva"}},                                       // RFC 4954
	{"7.13", text{"the account is switched off", "la cuenta está desactivada"}},                                          // RFC 5248
	{"7.14", text{"a relation of trust is needed", "se requiere una relación de confianza"}},                             // RFC 5248
	{"7.15", text{"the priority is too low", "la prioridad es demasiado baja"}},                                          // RFC 6710
	{"7.16", text{"the message is too large for its priority", "el mensaje es demasiado grande para su prioridad"}},      // RFC 6710
	{"7.17", text{"the mailbox has another owner now", "el buzón tiene ahora otro titular"}},                             // RFC 7293
	{"7.18", text{"the domain has another owner now", "el dominio tiene ahora otro titular"}},                            // RFC 7293
	{"7.20", text{"no passing DKIM signature", "ninguna firma DKIM válida"}},                                             // RFC 7372
	{"7.21", text{"no acceptable DKIM signature", "ninguna firma DKIM aceptable"}},                                       // RFC 7372
	{"7.22", text{"no DKIM signature of the author", "ninguna firma DKIM del autor"}},                                    // RFC 7372
	{"7.23", text{"SPF failed", "SPF falló"}},                                                                            // RFC 7372
	{"7.24", text{"SPF could not be checked", "SPF no se pudo comprobar"}},                                               // RFC 7372
	{"7.25", text{"the client's address has no name", "la dirección del cliente no tiene nombre"}},                       // RFC 7372
	{"7.26", text{"several checks of the sender failed", "fallaron varias comprobaciones del remitente"}},                // RFC 7372
	{"7.27", text{"the sender's domain takes no mail (null MX)", "el dominio del remitente no acepta correo (MX nulo)"}}, // RFC 7505
	{"7.28", text{"a flood of mail", "avalancha de correo"}},
	{"7.29", text{"ARC failed", "ARC falló"}},                                                            // RFC 8617
	{"7.30", text{"REQUIRETLS is needed and not available", "se exige REQUIRETLS y no está disponible"}}, // RFC 8689
}
