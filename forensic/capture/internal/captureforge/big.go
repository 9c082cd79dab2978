package captureforge

import (
	"bytes"
	"io"
	"math/rand/v2"
)

// Big writes a capture of so many large messages, one in each connection.
func Big(w io.Writer, mails, size int, seed uint64) error {
	f := &forge{rng: rand.New(rand.NewPCG(seed, 7))}
	line := []byte("VGhpcyBpcyBhIGxpbmUgb2YgYmFzZTY0LCBhcyBsb25nIGFzIHN1Y2ggbGluZXMgdXN1YWxseSBh\r\n")
	body := bytes.Repeat(line, size/len(line)+1)
	first := true
	for range mails {
		c := f.newConv(25)
		c.mss = 1460
		c.greet()
		c.envelope(1)
		head := append(f.text(c.from, c.to, 0), "Content-Transfer-Encoding: base64\r\n\r\n"...)
		c.data(append(bytes.TrimSuffix(head, []byte("\r\n")), body...), 250)
		c.quit()
		if err := c.write(w, first); err != nil {
			return err
		}
		first = false
	}
	return nil
}

// Many writes a capture of so many short sessions of about 35 packets.
func Many(w io.Writer, sessions int, seed uint64) error {
	f := &forge{rng: rand.New(rand.NewPCG(seed, 8))}
	first := true
	for range sessions {
		c := f.newConv(25)
		c.greet("PIPELINING", "8BITMIME", "SIZE 10000000")
		c.envelope(2)
		c.data(f.text(c.from, c.to, 25), 250)
		c.quit()
		for len(c.segs) < 35 {
			c.put(true, ack, nil)
		}
		if err := c.write(w, first); err != nil {
			return err
		}
		first = false
	}
	return nil
}

// write writes the segments of a conversation; the file's header goes in front of the
// first one.
func (c *conv) write(w io.Writer, first bool) error {
	b := pcapFile(c.framed(), nil)
	if !first {
		b = b[24:]
	}
	_, err := w.Write(b)
	return err
}
