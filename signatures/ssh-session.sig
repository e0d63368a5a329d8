# What an SSH session is used for, told from lengths and rhythm after SUCCESS (RFC 4254). A payload stands for a size:
# `ssh(10)` is as long as ten bytes of payload become under the connection's own cipher and MAC: one typed key.

# --- Terminals.

# Keys with the pace of hands: half of the gaps over 60 ms, the slowest tenth much slower than the quickest, and at
# least one moment of thought.
#: sid=1000601 class=ssh.shell also=actor.human severity=3 confidence=0.9 tell=c.keys
ssh * where c.keys >= 8 and c.keys.echoed * 4 >= c.keys and c.keys.p50 > 60ms and c.keys.p90 > c.keys.p10 * 1.8 and c.keys.longest > 600ms and c.keys > s.forwards * 8 : SSH - shell, typed by a person

# OpenSSH 9.5 and newer hide keys among messages every 20 ms, while somebody types and for some seconds longer.
#: sid=1000603 class=ssh.shell also=actor.human severity=3 confidence=0.85 tell=c.keys.ticks
ssh * where c.keys.ticks >= 40 : SSH - shell, typed behind keystroke obfuscation

# Where the handshake was not seen sizes alone must do: runs of messages that come back as long as they went, each run
# after a pause.
#: sid=1000605 class=ssh.shell also=actor.human severity=3 limit=1 confidence=0.5
tcp 22 (+ c24..120 s@1 (+? c@1 s@1){3,} any{0,}){2} where ssh.messages = 0 : SSH - shell, typed by a person, handshake not seen

# --- X11 (RFC 4254 §6.3): asked for with a cookie of 32 digits, then a channel that the server opens; the display
# introduces itself with many kilobytes.
#: sid=1000611 class=ssh.x11 severity=3 limit=1 confidence=0.95
ssh * <session any{0,12} c:ssh(66..86) any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{0,4} c700..40000 any{0,3} s* c* s* : SSH - X11 forwarding in use

# --- Forwarding: channels that the client opens besides a session (-L, -D, -J), or that the server opens because the
# client asked for it (-R).
#: sid=1000621 class=ssh.forward severity=3 confidence=0.85 tell=c.forwards
ssh * where c.forwards >= 1 : SSH - port forwarded from the client's side

#: sid=1000622 class=ssh.forward severity=3 confidence=0.85 tell=s.forwards
ssh * <session c:GLOBAL_REQUEST any{0,30} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION : SSH - port forwarded from the server's side

# Keys that come down a forwarded port, and echoes that go up; or lines, each after a pause.
#: sid=1000623 class=ssh.reverse also=actor.human severity=1 limit=1 mitre=T1572 confidence=0.9 tell=s.keys
ssh * <session c:GLOBAL_REQUEST any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{8,} where s.keys >= 8 and s.keys.echoed * 4 >= s.keys and s.keys.p50 > 60ms and s.keys.longest > 600ms : SSH - reverse shell: keys typed at the server's side

#: sid=1000624 class=ssh.reverse also=actor.human severity=1 mitre=T1572 limit=1 confidence=0.8
ssh * <session c:GLOBAL_REQUEST any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{0,} (+700ms..10m s:ssh(10..100) c*{1,9}){3} where s.bulk = 0 : SSH - reverse shell: lines typed at the server's side

# An SSH connection inside this one: version lines, then both sides' KEXINIT, then the key exchange, in a channel.
#: sid=1000631 class=ssh.nested severity=3 limit=1 confidence=0.9 tell=depth
ssh * <session any{0,} (c:ssh(20..110) s:ssh(20..110)? | s:ssh(20..110) c:ssh(20..110)?) (c700..3000 s700..3000 | s700..3000 c700..3000) (c:ssh(40..110) | s:ssh(40..110) | c1000..1800 | s1000..1800) : SSH - SSH inside this connection

# --- Copies. SFTP: subsystem, INIT, VERSION; a message of the client longer than any path is a WRITE, one of the server
# after a READ (12 bytes longer than READDIR) is DATA.
#: sid=1000641 class=ssh.upload severity=3 limit=1 confidence=0.9 tell=bytes
ssh * c:ssh(27) any{0,5} c:ssh(18) any{0,3} s:ssh(60..900) any{0,} c300..100000 (c* | s:ssh(9)){0,} s:ssh(28..48) where c.forwards = 0 and s.forwards = 0 : SFTP - file written

#: sid=1000642 class=ssh.download severity=3 limit=1 confidence=0.9 tell=bytes
ssh * c:ssh(27) any{0,5} c:ssh(18) any{0,3} s:ssh(60..900) any{0,} c:ssh(30..60) (c:ssh(30..60) | s:ssh(9)){0,} s300..100000 where c.forwards = 0 and s.forwards = 0 : SFTP - file read

# scp as rcp spoke: a line with mode, size and name, acknowledged with a byte, then the file.
#: sid=1000643 class=ssh.upload severity=3 limit=1 confidence=0.85 tell=bytes
ssh * <session any{0,14} c:CHANNEL_REQUEST any{0,5} s:ssh(10) +..300ms-rtt c:ssh(20..110) s:ssh(10) c100..100000 : scp - file sent

#: sid=1000644 class=ssh.download severity=3 limit=1 confidence=0.85 tell=bytes
ssh * <session any{0,14} c:CHANNEL_REQUEST any{0,5} +..300ms-rtt c:ssh(10) s:ssh(20..110) +..300ms-rtt c:ssh(10) s300..100000 : scp - file received

# Anything else that moves much one way, with nobody typing: rsync, tar, a file piped through.
#: sid=1000645 class=ssh.upload severity=3 confidence=0.75 tell=bytes
ssh * where c.bulk > 100k and c.bulk > s.bulk * 4 and (c.forwards + s.forwards = 0 or compressed = 1) and c.keys.longest < 600ms : SSH - much data sent

#: sid=1000646 class=ssh.download severity=3 confidence=0.75 tell=bytes
ssh * where s.bulk > 100k and s.bulk > c.bulk * 4 and (c.forwards + s.forwards = 0 or compressed = 1) and c.keys.longest < 600ms : SSH - much data received

# --- Commands without a terminal.
#: sid=1000651 class=ssh.exec severity=3 limit=1 confidence=0.8
ssh * <session any{0,16} c:CHANNEL_CONFIRMATION? c:CHANNEL_REQUEST{1,2} (s* | c*) any{0,} > where (c.keys < 8 or c.keys.echoed * 4 < c.keys) and c.forwards = 0 and s.forwards = 0 : SSH - command run

# --- People who do not type into a shell.

# The display of X11 speaks when somebody presses a key or moves the mouse, not because the program asked.
#: sid=1000612 class=actor.human severity=3 limit=1 confidence=0.75
ssh * <session any{0,12} c:ssh(66..86) any{0,} s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION any{0,4} c700..40000 any{0,} (+500ms..10m c24..160 any{0,}){3} : SSH - keys or mouse of a person over X11

# An SFTP prompt: requests after pauses. Keep-alives have another answer.
#: sid=1000647 class=actor.human severity=3 limit=1 confidence=0.75
ssh * c:ssh(27) any{0,5} c:ssh(18) any{0,3} s:ssh(60..900) any{0,} (+1500ms..10m c:ssh(20..120) s:ssh(20..140) any{0,}){3} where c.forwards = 0 and s.forwards = 0 : SFTP - commands typed by a person

# Lines typed into what a forwarded port leads to: each after a pause, and not a keep-alive, whose answer is bare.
#: sid=1000625 class=actor.human severity=3 limit=1 confidence=0.6 fp=a program that polls through the tunnel
ssh * (+1500ms..10m c:ssh(11..160) (c* | s:ssh(13..40000)) any{0,}){4} where c.forwards >= 1 and s.bulk < 200k : SSH - lines of a person through a forwarded port

# Keys that come like clockwork.
#: sid=1000606 class=actor.automated severity=3 confidence=0.8 tell=c.keys
ssh * where c.keys >= 20 and c.keys.echoed * 2 >= c.keys and c.keys.p90 < c.keys.p10 * 1.5 and c.keys.p50 > 30ms and c.keys.ticks < 40 : SSH - terminal driven by a program
