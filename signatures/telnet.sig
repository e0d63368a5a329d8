# Telnet in character mode, and whatever else sends each key and has it echoed: one byte there, one byte back
# (RFC 857, RFC 1184). A person starts after a pause; a program sends whole lines (or bytes without a pause).

# A pause, then four keys, each echoed before the next. At least four in a row: the arrow keys, Backspace (three
# bytes back) and Enter (two) break the run.
#: sid=1000101 class=manual.char also=actor.human severity=3
#+ s10 +2s c1 s1 c1 s1 c1 s1 c1 s1
#+ 4x file:captures/telnet-by-hand.pcap & 1000102
#- (c1 s1){4}
#- + c1 s1 c1 s1 c1 s3 c1 s1
tcp * = + c1 s1 c1 s1 c1 s1 c1 s1 : Text typed by a person, character by character (telnet)

# "Password: " is 10 bytes with every login we know; then six keys that are not echoed.
#: sid=1000102 class=manual.char also=actor.human severity=3
#+ s10 +2s c1 c1{7} c2
#- s10 c1{8} c2
#- s11 +2s c1 c1{7} c2
tcp * = s10 + c1 c1 c1 c1 c1 c1 : Password typed by a person, character by character (telnet)

# The same the other way round: the keys come from the server, the echo from the client. Somebody connected out
# and let himself be controlled.
#: sid=1000103 class=manual.char also=actor.human severity=1
#+ + s1 c1 s1 c1 s1 c1 s1 c1 & 1000114
#+ 2x file:captures/reverse-shell.pcap & 1000114
#- + c1 s1 c1 s1 c1 s1 c1 s1 & 1000101
#- (s1 c1){4}
tcp * = + s1 c1 s1 c1 s1 c1 s1 c1 : Reverse shell: text typed at the server's end, character by character

# A shell in the clear whose keyboard is at the server's end: lines, each echoed (CR LF may make the echo longer by a
# byte) and followed by output; or keys.
#: sid=1000113 class=actor.human severity=1 limit=1 mitre=T1059
#+ (+3s s5 c6 c200){3}
#- speaks.ssh=1 (+3s s5 c6 c200){3}
#- (s5 c6 c200){3}
#- (+3s s5 c20 c200){3}
tcp * (+ s1..80 c@1/2 c*{1,}){3} where speaks.tls = 0 and speaks.ssh = 0 : Reverse shell in the clear: lines typed at the server's end

#: sid=1000114 class=actor.human severity=1 limit=1 mitre=T1059
#+ + s1 c1 s1 c1 s1 c1 s1
#- (s1 c1){4}
tcp * = + s1 c1 s1 c1 s1 c1 s1 : Reverse shell in the clear: keys typed at the server's end
