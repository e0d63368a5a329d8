# What an SSH session is used for, told from lengths and rhythm after SUCCESS (RFC 4254). A payload stands for a size:
# `ssh(10)` is as long as ten bytes of payload become under the connection's own cipher and MAC: one typed key.

# --- Terminals.

# Keys with the pace of hands: half of the gaps over 60 ms, the slowest tenth much slower than the quickest, and at
# least one moment of thought.
#: sid=1000601 class=ssh.shell also=actor.human severity=3 confidence=0.9 tell=c.keys
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+80ms c:ssh(10) s:ssh(10) +120ms c:ssh(10) s:ssh(10) +210ms c:ssh(10) s:ssh(10)){3} +900ms c:ssh(10) s:ssh(10) & 1000506
#+ file:captures/ssh-shell.pcap & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+120ms c:ssh(10) s:ssh(10)){12} & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+80ms c:ssh(10) s:ssh(10) +120ms c:ssh(10) s:ssh(10)){3} & 1000506
ssh * where c.keys >= 8 and c.keys.echoed * 4 >= c.keys and c.keys.p50 > 60ms and c.keys.p90 > c.keys.p10 * 1.8 and c.keys.longest > 600ms and c.keys > s.forwards * 8 : SSH - shell, typed by a person

# OpenSSH 9.5 and newer hide keys among messages every 20 ms, while somebody types and for some seconds longer.
#: sid=1000603 class=ssh.shell also=actor.human severity=3 confidence=0.85 tell=c.keys.ticks
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+20ms c:ssh(10)){45} & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+20ms c:ssh(10)){30} & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+40ms c:ssh(10)){45} & 1000506
ssh * where c.keys.ticks >= 40 : SSH - shell, typed behind keystroke obfuscation

# Where the handshake was not seen sizes alone must do: runs of messages that come back as long as they went, each run
# after a pause.
#: sid=1000605 class=ssh.shell also=actor.human severity=3 limit=1 confidence=0.5
#+ (+ c36 s36 (c36 s36){4} s200){2}
#- ssh.messages=40 (+ c36 s36 (c36 s36){4} s200){2}
#- (c36 s36 (c36 s36){4} s200){2}
tcp 22 (+ c24..120 s@1 (+? c@1 s@1){3,} any{0,}){2} where ssh.messages = 0 : SSH - shell, typed by a person, handshake not seen

# --- X11 (RFC 4254 §6.3): asked for with a cookie of 32 digits, then a channel that the server opens; the display
# introduces itself with many kilobytes.
#: sid=1000611 class=ssh.x11 severity=3 limit=1 confidence=0.95
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(75) c:CHANNEL_REQUEST s:CHANNEL_REPLY s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION s:ssh(57) c12000 s:ssh(40) c:ssh(41) s:ssh(100) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(75) c:CHANNEL_REQUEST s:CHANNEL_REPLY s:ssh(57) c12000 s:ssh(40) c:ssh(41) s:ssh(100) & 1000506
ssh * <session any{0,12} c:ssh(66..86) any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{0,4} c700..40000 any{0,3} s* c* s* : SSH - X11 forwarding in use

# --- Forwarding: channels that the client opens besides a session (-L, -D, -J), or that the server opens because the
# client asked for it (-R).
#: sid=1000621 class=ssh.forward severity=3 confidence=0.85 tell=c.forwards
#+ s:SUCCESS c:CHANNEL_OPEN(70) s:CHANNEL_CONFIRMATION c:ssh(120) s:ssh(500) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY & 1000506
ssh * where c.forwards >= 1 : SSH - port forwarded from the client's side

#: sid=1000622 class=ssh.forward severity=3 confidence=0.85 tell=s.forwards
#+ s:SUCCESS c:GLOBAL_REQUEST s:ssh(9) s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION s:ssh(120) c:ssh(500) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION & 1000506
ssh * <session c:GLOBAL_REQUEST any{0,30} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION : SSH - port forwarded from the server's side

# Keys that come down a forwarded port, and echoes that go up; or lines, each after a pause.
#: sid=1000623 class=ssh.reverse also=actor.human severity=1 limit=1 mitre=T1572 confidence=0.9 tell=s.keys
#+ s:SUCCESS c:GLOBAL_REQUEST s:ssh(9) s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION (+130ms s:ssh(10) c:ssh(10)){6} (+900ms s:ssh(10) c:ssh(10)){4} & 1000506 1000622 1000624
#- s:SUCCESS c:GLOBAL_REQUEST s:ssh(9) s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION (+30ms s:ssh(10) c:ssh(10)){10} & 1000506 1000622
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+130ms s:ssh(10) c:ssh(10)){6} (+900ms s:ssh(10) c:ssh(10)){4} & 1000506
ssh * <session c:GLOBAL_REQUEST any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{8,} where s.keys >= 8 and s.keys.echoed * 4 >= s.keys and s.keys.p50 > 60ms and s.keys.longest > 600ms : SSH - reverse shell: keys typed at the server's side

#: sid=1000624 class=ssh.reverse also=actor.human severity=1 limit=1 mitre=T1572 confidence=0.8
#+ s:SUCCESS c:GLOBAL_REQUEST s:ssh(9) s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION (+3s s:ssh(20) c:ssh(20) c:ssh(200)){3} & 1000506 1000622
#- s:SUCCESS c:GLOBAL_REQUEST s:ssh(9) s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION (+3s s:ssh(20) c:ssh(20) c:ssh(200)){2} & 1000506 1000622
#- s:SUCCESS c:GLOBAL_REQUEST s:ssh(9) s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION (s:ssh(20) c:ssh(20) c:ssh(200)){3} & 1000506 1000622
ssh * <session c:GLOBAL_REQUEST any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{0,} (+700ms..10m s:ssh(10..100) c*{1,9}){3} where s.bulk = 0 : SSH - reverse shell: lines typed at the server's side

# An SSH connection inside this one: version lines, then both sides' KEXINIT, then the key exchange, in a channel.
#: sid=1000631 class=ssh.nested severity=3 limit=1 confidence=0.9 tell=depth
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY c:ssh(50) s:ssh(50) c1500 s1100 c1250 s600 & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY c:ssh(50) s:ssh(50) c1500 c1250 s600 & 1000506
ssh * <session any{0,} (c:ssh(20..110) s:ssh(20..110)? | s:ssh(20..110) c:ssh(20..110)?) (c700..3000 s700..3000 | s700..3000 c700..3000) (c:ssh(40..110) | s:ssh(40..110) | c1000..1800 | s1000..1800) : SSH - SSH inside this connection

# --- Copies. SFTP: subsystem, INIT, VERSION; a message of the client longer than any path is a WRITE, one of the server
# after a READ (12 bytes longer than READDIR) is DATA.
#: sid=1000641 class=ssh.upload severity=3 limit=1 confidence=0.9 tell=bytes
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(27) s:CHANNEL_REPLY c:ssh(18) s:ssh(150) c:ssh(60) s:ssh(30) c32800 s:ssh(9) c32800 s:ssh(37) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(27) s:CHANNEL_REPLY c:ssh(18) s:ssh(150) c:ssh(60) s:ssh(30) c:ssh(38) s32800 s32800 & 1000506 1000642
ssh * c:ssh(27) any{0,5} c:ssh(18) any{0,3} s:ssh(60..900) any{0,} c300..100000 (c* | s:ssh(9)){0,} s:ssh(28..48) where c.forwards = 0 and s.forwards = 0 : SFTP - file written

#: sid=1000642 class=ssh.download severity=3 limit=1 confidence=0.9 tell=bytes
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(27) s:CHANNEL_REPLY c:ssh(18) s:ssh(150) c:ssh(60) s:ssh(30) c:ssh(38) s32800 s32800 & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(27) s:CHANNEL_REPLY c:ssh(18) s:ssh(150) c:ssh(60) s:ssh(200) c:ssh(38) s:ssh(90) & 1000506
ssh * c:ssh(27) any{0,5} c:ssh(18) any{0,3} s:ssh(60..900) any{0,} c:ssh(30..60) (c:ssh(30..60) | s:ssh(9)){0,} s300..100000 where c.forwards = 0 and s.forwards = 0 : SFTP - file read

# scp as rcp spoke: a line with mode, size and name, acknowledged with a byte, then the file.
#: sid=1000643 class=ssh.upload severity=3 limit=1 confidence=0.85 tell=bytes
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s:ssh(10) +20ms c:ssh(40) s:ssh(10) c32800 & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s:ssh(10) +2s c:ssh(40) s:ssh(10) c32800 & 1000506
ssh * <session any{0,14} c:CHANNEL_REQUEST any{0,5} s:ssh(10) +..300ms-rtt c:ssh(20..110) s:ssh(10) c100..100000 : scp - file sent

#: sid=1000644 class=ssh.download severity=3 limit=1 confidence=0.85 tell=bytes
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY +20ms c:ssh(10) s:ssh(40) +20ms c:ssh(10) s32800 & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY +2s c:ssh(10) s:ssh(40) +20ms c:ssh(10) s32800 & 1000506
ssh * <session any{0,14} c:CHANNEL_REQUEST any{0,5} +..300ms-rtt c:ssh(10) s:ssh(20..110) +..300ms-rtt c:ssh(10) s300..100000 : scp - file received

# Anything else that moves much one way, with nobody typing: rsync, tar, a file piped through.
#: sid=1000645 class=ssh.upload severity=3 confidence=0.75 tell=bytes
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY c32800{4} s:ssh(9) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY c32800{3} s:ssh(9) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s32800{2} c32800{4} & 1000506
ssh * where c.bulk > 100k and c.bulk > s.bulk * 4 and (c.forwards + s.forwards = 0 or compressed = 1) and c.keys.longest < 600ms : SSH - much data sent

#: sid=1000646 class=ssh.download severity=3 confidence=0.75 tell=bytes
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s32800{4} c:ssh(9) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s32800{3} c:ssh(9) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN(70) s:CHANNEL_CONFIRMATION s32800{4} & 1000506 1000621
ssh * where s.bulk > 100k and s.bulk > c.bulk * 4 and (c.forwards + s.forwards = 0 or compressed = 1) and c.keys.longest < 600ms : SSH - much data received

# --- Commands without a terminal.
#: sid=1000651 class=ssh.exec severity=3 limit=1 confidence=0.8
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:ssh(200) s:ssh(9) c:ssh(5) > & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:ssh(200) & 1000506
#- s:SUCCESS c:CHANNEL_OPEN(70) s:CHANNEL_CONFIRMATION c:ssh(120) s:ssh(500) > & 1000506 1000621
ssh * <session any{0,16} c:CHANNEL_CONFIRMATION? c:CHANNEL_REQUEST{1,2} (s* | c*) any{0,} > where (c.keys < 8 or c.keys.echoed * 4 < c.keys) and c.forwards = 0 and s.forwards = 0 : SSH - command run

# --- People who do not type into a shell.

# The display of X11 speaks when somebody presses a key or moves the mouse, not because the program asked.
#: sid=1000612 class=actor.human severity=3 limit=1 confidence=0.75
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(75) c:CHANNEL_REQUEST s:CHANNEL_REPLY s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION s:ssh(57) c12000 s:ssh(40) (+2s c:ssh(41) s:ssh(100)){3} & 1000506 1000611
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(75) c:CHANNEL_REQUEST s:CHANNEL_REPLY s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION s:ssh(57) c12000 s:ssh(40) (c:ssh(41) s:ssh(100)){3} & 1000506 1000611
ssh * <session any{0,12} c:ssh(66..86) any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{0,4} c700..40000 any{0,} (+500ms..10m c24..160 any{0,}){3} : SSH - keys or mouse of a person over X11

# An SFTP prompt: requests after pauses. Keep-alives have another answer.
#: sid=1000647 class=actor.human severity=3 limit=1 confidence=0.75
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(27) s:CHANNEL_REPLY c:ssh(18) s:ssh(150) (+3s c:ssh(40) s:ssh(60)){3} & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(27) s:CHANNEL_REPLY c:ssh(18) s:ssh(150) (c:ssh(40) s:ssh(60)){3} & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:ssh(27) s:CHANNEL_REPLY c:ssh(18) s:ssh(150) (+3s c:ssh(40) s:ssh(60)){2} & 1000506
ssh * c:ssh(27) any{0,5} c:ssh(18) any{0,3} s:ssh(60..900) any{0,} (+1500ms..10m c:ssh(20..120) s:ssh(20..140) any{0,}){3} where c.forwards = 0 and s.forwards = 0 : SFTP - commands typed by a person

# Lines typed into what a forwarded port leads to: each after a pause, and not a keep-alive, whose answer is bare.
#: sid=1000625 class=actor.human severity=3 limit=1 confidence=0.6 fp=a program that polls through the tunnel
#+ s:SUCCESS c:CHANNEL_OPEN(70) s:CHANNEL_CONFIRMATION (+3s c:ssh(30) s:ssh(50)){4} & 1000506 1000621
#- s:SUCCESS c:CHANNEL_OPEN(70) s:CHANNEL_CONFIRMATION (+3s c:ssh(30) s:ssh(5)){4} & 1000506 1000621
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+3s c:ssh(30) s:ssh(50)){4} & 1000506
ssh * (+1500ms..10m c:ssh(11..160) (c* | s:ssh(13..40000)) any{0,}){4} where c.forwards >= 1 and s.bulk < 200k : SSH - lines of a person through a forwarded port

# Keys that come like clockwork.
#: sid=1000606 class=actor.automated severity=3 confidence=0.8 tell=c.keys
#+ s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+100ms c:ssh(10) s:ssh(10)){22} & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+100ms c:ssh(10) s:ssh(10)){15} & 1000506
#- s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY (+100ms c:ssh(10) s:ssh(10) +250ms c:ssh(10) s:ssh(10)){11} & 1000506
ssh * where c.keys >= 20 and c.keys.echoed * 2 >= c.keys and c.keys.p90 < c.keys.p10 * 1.5 and c.keys.p50 > 30ms and c.keys.ticks < 40 : SSH - terminal driven by a program
