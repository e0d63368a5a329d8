# Text protocols spoken by a person: SMTP, FTP, POP3, IMAP, HTTP, Redis through netcat or telnet in line mode.
# A program answers the server at once; a person thinks, types and presses Enter, so that a pause comes before
# every line. Lines have 2 to 78 bytes. All are tied to the flow's start: one hit a flow.
# A script that sleeps between lines looks the same; so does a program more than half a second away from the sensor.

# Server greets, then three lines, each after a pause and each answered (netcat, or telnet in line mode).
#: sid=1000201 class=manual.line also=actor.human severity=3
#+ < s42 +3s c20 s35 +4s c31 s8 +6s c25 s8
#- < s42 c20 s35 c31 s8 c25 s8
#- s42 +3s c20 s35 +4s c31 s8 +6s c25 s8
tcp * < s70/60 + c40/38 s* + c40/38 s* + c40/38 s* : Text protocol spoken by a person, line by line

# The same where line and line end travel apart (netcat -C writes them with two calls, and Nagle holds the second).
#: sid=1000202 class=manual.line also=actor.human severity=3
#+ < s42 +3s c18 c2 s35 +4s c29 c2 s8
#+ file:captures/smtp-by-hand.pcap
#- < s42 c18 c2 s35 c29 c2 s8
#- < s42 +3s c18 s35 +4s c29 s8
tcp * = < s70/60 + c40/38 c2 s* + c40/38 c2 : Text protocol spoken by a person, line by line, line ends apart

# The client begins, and the server is silent until an empty line (HTTP): two lines, their ends apart.
#: sid=1000203 class=manual.line also=actor.human severity=3
#+ < +2s c14 c2 +5s c16 c2 s300
#- < c14 c2 c16 c2 s300
#- < +2s c78 +5s c16 c2 s300
tcp * = < + c40/38 c2 + c40/38 c2 : Request typed by a person, line by line, line ends apart

# HTTP with line and end together: a short request line, a pause, another line or the empty one. A browser that
# opens a connection early sends a whole request after the pause.
#: sid=1000204 class=manual.line also=actor.human severity=3
#+ < +4s c16 +7s c2 s512
#- < c78 s512
#- port 8080: < +4s c16 +7s c2 s512
tcp 80 = < + c40/38 + c40/38 : HTTP request typed by a person, line by line

# Redis: typed lines are inline commands; the shortest command of a program (RESP) has 14 bytes.
#: sid=1000205 class=manual.line also=actor.human severity=3
#+ < +3s c6 s7 +5s c11 s5
#- < c27 s5 c31 s7
#- < +3s c27 s5 +3s c31 s7
tcp 6379 = < + c8/5 s* + c8/5 s* : Redis commands typed by a person, line by line
