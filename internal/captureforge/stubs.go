package captureforge

func (f *forge) tcp()       {}
func (f *forge) commands()  {}
func (f *forge) pipelines() {}
func (f *forge) chunks()    {}
func (f *forge) auth()      {}
func (f *forge) tls()       {}
func (f *forge) messages()  {}
func (f *forge) smuggling() {}
func (f *forge) others()    {}
func (f *forge) pop3()      {}
func (f *forge) imap()      {}
