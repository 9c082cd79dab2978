package dialog

var smtpTalks = []talkCase{}
