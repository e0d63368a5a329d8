# Authentication over SSH 2, told from the lengths of encrypted messages (RFC 4252, RFC 4256). They hold for every
# cipher, MAC and program: a message's name is computed from the handshake of its own connection.

# --- Outcomes: one hit for each credential. `none` is no credential.

#: sid=1000501 class=ssh.auth.failure severity=2 mitre=T1110 confidence=0.97
#: tell=method,think_ms,latency_ms,login_length
#+ s:FAILURE +2s c:PASSWORD s:FAILURE & 1000511
#+ 2x s:FAILURE (+2s c:PASSWORD s:IGNORE s:FAILURE){2} & 1000511
#+ +2s c:PASSWORD s:DISCONNECT & 1000511
#- +2s c:PASSWORD s:SUCCESS & 1000506 1000511
#- c:NONE s:FAILURE
ssh * c:PASSWORD (c:IGNORE | s:IGNORE | s:BANNER | s:EXT_INFO){0,5} (s:FAILURE | s:DISCONNECT) : SSH - password refused

#: sid=1000502 class=ssh.auth.failure severity=2 mitre=T1110 confidence=0.97 tell=method,think_ms,latency_ms
#+ c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +3s c:INFO_RESPONSE s:FAILURE & 1000511
#- c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +3s c:INFO_RESPONSE s:SUCCESS & 1000506 1000511
ssh * c:INFO_RESPONSE (c:IGNORE | s:IGNORE | s:BANNER){0,5} (s:FAILURE | s:DISCONNECT) : SSH - answer to a prompt refused

#: sid=1000503 class=ssh.auth.failure severity=3 confidence=0.95 tell=method,latency_ms
#+ 3x (c:PUBLICKEY_QUERY s:FAILURE){2} c:PUBLICKEY s:FAILURE
#- c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:SUCCESS & 1000506
ssh * (c:PUBLICKEY_QUERY | c:PUBLICKEY) (c:IGNORE | s:IGNORE | s:BANNER | s:EXT_INFO){0,5} (s:FAILURE | s:DISCONNECT) : SSH - public key refused

#: sid=1000504 class=ssh.auth.failure severity=3 confidence=0.8 tell=method
#+ c:KEYBOARD_INTERACTIVE s:FAILURE
#- c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +3s c:INFO_RESPONSE s:SUCCESS & 1000506 1000511
ssh * c:KEYBOARD_INTERACTIVE (c:IGNORE | s:IGNORE | s:BANNER | s:EXT_INFO){0,5} (s:FAILURE | s:DISCONNECT) : SSH - keyboard-interactive refused

# Some servers hang up instead of refusing the last attempt.
#: sid=1000505 class=ssh.auth.failure severity=2 mitre=T1110 confidence=0.8 tell=method,think_ms
#+ s:FAILURE +2s c:PASSWORD > & 1000511 1000515
#- s:FAILURE +2s c:PASSWORD & 1000511
#- s:FAILURE +2s c:PASSWORD s:FAILURE > & 1000501 1000511
ssh * (c:PASSWORD | c:INFO_RESPONSE | c:PUBLICKEY_QUERY | c:PUBLICKEY) (c* | s:IGNORE | s:BANNER){0,5} > : SSH - connection ended without an answer to a credential

#: sid=1000506 class=ssh.auth.success severity=3 confidence=0.97 tell=method,think_ms,latency_ms,login_length
#+ s:FAILURE +2s c:PASSWORD s:SUCCESS & 1000511
#- s:FAILURE +2s c:PASSWORD s:FAILURE & 1000501 1000511
ssh * s:SUCCESS : SSH - login

#: sid=1000507 severity=1 confidence=0.9
#+ c:NONE s:BANNER s:SUCCESS & 1000506
#- c:NONE s:FAILURE +2s c:PASSWORD s:SUCCESS & 1000506 1000511
ssh * c:NONE (s:IGNORE | s:BANNER | s:EXT_INFO){0,3} s:SUCCESS : SSH - login without any credential

#: sid=1000508 severity=3 confidence=0.9 tell=method
#+ c:PUBLICKEY s:PARTIAL +3s c:PASSWORD s:SUCCESS & 1000506 1000511
#- c:PUBLICKEY s:SUCCESS & 1000506
ssh * s:PARTIAL : SSH - second factor demanded

# --- Person or program. A password that nobody typed comes at once, one round trip taken off; a person reads the
# prompt and types for more than a second.

#: sid=1000511 class=actor.human severity=3 limit=1 confidence=0.9 tell=think_ms
#: fp=a program that sleeps before it answers
#+ s:FAILURE +3s c:PASSWORD s:SUCCESS & 1000506
#+ s:FAILURE (+3s c:PASSWORD s:FAILURE){2} & 1000501
#- s:FAILURE c:PASSWORD s:SUCCESS & 1000506 1000512
#- c.library=1 s:FAILURE +3s c:PASSWORD s:SUCCESS & 1000506
ssh * (+1200ms..10m-rtt c:PASSWORD | +1200ms..10m-rtt c:INFO_RESPONSE) where c.library = 0 : SSH - password typed by a person

# A second prompt may ask for nothing: clients answer it at once, whoever answered the first.
#: sid=1000512 class=actor.automated severity=3 limit=1 confidence=0.9 tell=think_ms fp=a password manager
#+ s:FAILURE c:PASSWORD s:SUCCESS & 1000506
#- s:FAILURE +3s c:PASSWORD s:SUCCESS & 1000506 1000511
#- s:INFO_REQUEST +3s c:INFO_RESPONSE s:INFO_REQUEST c:INFO_RESPONSE s:SUCCESS & 1000506 1000511
ssh * (+..1100ms-rtt c:PASSWORD | +..1100ms-rtt c:INFO_RESPONSE) where think.longest < 1200ms : SSH - password sent by a program

# The passphrase of a key, or a finger on its token: asked for when the server has accepted the key.
#: sid=1000513 class=actor.human severity=3 limit=1 confidence=0.85
#+ c:PUBLICKEY_QUERY s:PK_OK +4s c:PUBLICKEY s:SUCCESS & 1000506
#- c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:SUCCESS & 1000506
ssh * s:PK_OK +1200ms..10m-rtt c:PUBLICKEY : SSH - key unlocked by a person

# A prompt that somebody looked at for a while and left.
#: sid=1000514 class=actor.human severity=3 limit=1 confidence=0.7 fp=a program that opens a connection and hangs
#+ +3s c:PASSWORD s:FAILURE +20s > & 1000501 1000511
#- +3s c:PASSWORD s:FAILURE > & 1000501 1000511
#- c:PASSWORD s:FAILURE +20s > & 1000501 1000512 1000531
ssh * (s:FAILURE | s:INFO_REQUEST | s:PARTIAL) s*{0,2} c*{0,2} > where idle > 1200ms and idle < 10m and (passwords = 0 or think.longest > 1200ms) : SSH - prompt left by a person

#: sid=1000515 class=actor.human severity=3 limit=1 confidence=0.7 fp=a program that opens a connection and hangs
#+ s:INFO_REQUEST +5s c:DISCONNECT >
#- s:INFO_REQUEST c:DISCONNECT >
ssh * (s:FAILURE | s:INFO_REQUEST | s:PARTIAL) +1200ms..10m-rtt c* c*{0,2} > where passwords = 0 or think.longest > 1200ms : SSH - prompt left by a person

# --- The host-key question (RFC 4251 §4.1): the client has the server's key and holds its NEWKEYS back.

#: sid=1000521 class=ssh.hostkey.accepted also=actor.human severity=3 limit=1 confidence=0.9 tell=wait_ms
#+ s:KEX s:NEWKEYS +4s c:NEWKEYS c:SERVICE_REQUEST s:SERVICE_ACCEPT
#- s:KEX s:NEWKEYS c:NEWKEYS c:SERVICE_REQUEST s:SERVICE_ACCEPT
ssh * +1s..10m-rtt c:NEWKEYS : SSH - unknown host key accepted by hand

#: sid=1000523 class=ssh.hostkey.refused severity=2 limit=1 confidence=0.8
#+ < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS +30ms >
#- c.hostkeys=1 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS +30ms > & 1000524
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS c:NEWKEYS >
ssh * s:KEX (s:NEWKEYS | s:EXT_INFO){0,3} > where c.hostkeys > 1 : SSH - client left at the host-key question

#: sid=1000525 class=actor.human severity=3 limit=1 confidence=0.7
#+ < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS +7s > & 1000523
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS +30ms > & 1000523
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS +2m > & 1000523
ssh * s:KEX (s:NEWKEYS | s:EXT_INFO){0,3} > where c.hostkeys > 1 and idle > 1s and idle < 50s : SSH - host key refused by a person

#: sid=1000524 severity=3 limit=1 confidence=0.8
#+ c.hostkeys=1 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS >
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS > & 1000523
ssh * s:KEX (s:NEWKEYS | s:EXT_INFO){0,3} > where c.hostkeys <= 1 : SSH - host key fetched (key scan)

# --- Guessing: a password that nobody typed is refused. One is enough, since most tools try one a connection.

#: sid=1000531 class=ssh.guessing severity=2 limit=1 mitre=T1110.001 confidence=0.7 tell=attempts
#: fp=a script with a password that is out of date
#+ s:FAILURE c:PASSWORD s:FAILURE & 1000501 1000512
#- s:FAILURE c:PASSWORD s:SUCCESS & 1000506 1000512
#- s:FAILURE +3s c:PASSWORD s:FAILURE & 1000501 1000511
ssh * (+..1100ms-rtt c:PASSWORD | +..1100ms-rtt c:INFO_RESPONSE) (c* | s:IGNORE | s:BANNER | s:EXT_INFO){0,5} (s:FAILURE | s:DISCONNECT) where wait < 1s : SSH - password of a program refused

# Slow programs, told by the library that they name, or by a pace that no hand keeps.
#: sid=1000533 class=ssh.guessing severity=2 limit=1 mitre=T1110.001 confidence=0.7 tell=attempts
#+ c.library=1 s:FAILURE +2s c:PASSWORD s:FAILURE & 1000501
#+ s:FAILURE (+2s c:PASSWORD s:FAILURE){3} & 1000501 1000511
#- s:FAILURE +2s c:PASSWORD s:FAILURE +5s c:PASSWORD s:FAILURE +3s c:PASSWORD s:FAILURE & 1000501 1000511
ssh * (c:PASSWORD | c:INFO_RESPONSE) (c* | s:IGNORE | s:BANNER | s:EXT_INFO){0,5} (s:FAILURE | s:DISCONNECT) where think > 1100ms and (c.library = 1 or passwords >= 3 and think.longest < think.shortest * 1.05) : SSH - password of a slow program refused

#: sid=1000532 class=ssh.guessing severity=2 limit=1 mitre=T1110.001 confidence=0.6 tell=attempts
#+ s:FAILURE c:PASSWORD > & 1000505 1000512
#- s:FAILURE +3s c:PASSWORD > & 1000505 1000511 1000515
#- s:FAILURE c:PASSWORD s:FAILURE > & 1000501 1000512 1000531
ssh * (+..1100ms-rtt c:PASSWORD | +..1100ms-rtt c:INFO_RESPONSE) (c* | s:IGNORE | s:BANNER){0,5} > where wait < 1s : SSH - connection ended without an answer to a program's password

#: sid=1000534 severity=1 limit=1 mitre=T1110,T1078 confidence=0.8
#+ s:FAILURE (c:PASSWORD s:FAILURE){3} c:PASSWORD s:SUCCESS & 1000501 1000506 1000512 1000531
#- s:FAILURE (c:PASSWORD s:FAILURE){2} c:PASSWORD s:SUCCESS & 1000501 1000506 1000512 1000531
#- s:FAILURE (+3s c:PASSWORD s:FAILURE){3} +3s c:PASSWORD s:SUCCESS & 1000501 1000506 1000511 1000533
ssh * s:SUCCESS where failures >= 3 and passwords >= 4 and think.longest < 1200ms and wait < 1s : SSH - login after a program guessed passwords in the same connection
