# Single keys inside TLS. A record of one byte has 23 bytes in TLS 1.3 (RFC 8446 §5.2: header 5, the byte, its
# type, tag 16), 30 in TLS 1.2 with AES-GCM (RFC 5288: explicit nonce 8), 22 with ChaCha20-Poly1305 (RFC 7905).
# Nothing but a terminal sends single bytes and gets single bytes back. `=`: each size is exact.

#: sid=1000301 class=tunnel.shell also=actor.human severity=1
#+ s120 +2s c23 s23 (c23 s23){3} c24 s120
#- (c23 s23){3}
#- + c24 s24 (c24 s24){2}
tcp * = + c23 s23 c23 s23 c23 s23 : Shell in TLS 1.3: text typed at the client, character by character

#: sid=1000302 class=tunnel.shell also=actor.human severity=1
#+ + s23 c23 (s23 c23){2}
#+ 4x file:captures/tls-reverse-shell.pcap
#- (s23 c23){3}
#- + s24 c24 (s24 c24){2}
tcp * = + s23 c23 s23 c23 s23 c23 : Reverse shell in TLS 1.3: text typed at the server's end, character by character

#: sid=1000303 class=tunnel.shell also=actor.human severity=1
#+ + c30 s30 (c30 s30){2}
#- (c30 s30){3}
#- + c24 s24 (c24 s24){2}
tcp * = + c30 s30 c30 s30 c30 s30 : Shell in TLS 1.2 (AES-GCM): text typed at the client, character by character

#: sid=1000304 class=tunnel.shell also=actor.human severity=1
#+ + s30 c30 (s30 c30){2}
#- (s30 c30){3}
#- + s24 c24 (s24 c24){2}
tcp * = + s30 c30 s30 c30 s30 c30 : Reverse shell in TLS 1.2 (AES-GCM): text typed at the server's end, character by character

#: sid=1000305 class=tunnel.shell also=actor.human severity=1
#+ + c22 s22 (c22 s22){2}
#- (c22 s22){3}
#- + c24 s24 (c24 s24){2}
tcp * = + c22 s22 c22 s22 c22 s22 : Shell in TLS 1.2 (ChaCha20): text typed at the client, character by character

#: sid=1000306 class=tunnel.shell also=actor.human severity=1
#+ + s22 c22 (s22 c22){2}
#- (s22 c22){3}
#- + s24 c24 (s24 c24){2}
tcp * = + s22 c22 s22 c22 s22 c22 : Reverse shell in TLS 1.2 (ChaCha20): text typed at the server's end, character by character

# Lines instead of keys: each comes back as an echo that is as long (CR LF may make it longer by a byte), then output.
#: sid=1000307 class=tunnel.shell also=actor.human severity=1 limit=1
#+ speaks.tls=1 (+3s s30 c31 c200){3}
#- (+3s s30 c31 c200){3} & 1000113
#- speaks.tls=1 (s30 c31 c200){3}
tcp * (+ s23..90 c@1/2 c*{1,}){3} where speaks.tls = 1 : Reverse shell in TLS: lines typed at the server's end

#: sid=1000308 class=tunnel.shell also=actor.human severity=1 limit=1
#+ speaks.tls=1 (+3s c30 s31 s200){3}
#- (+3s c30 s31 s200){3}
#- speaks.tls=1 (+3s c30 s200){3}
tcp * (+ c23..90 s@1/2 s*{1,}){3} where speaks.tls = 1 : Shell in TLS: lines typed at the client
