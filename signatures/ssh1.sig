# SSH protocol 1, long obsolete: whoever speaks it still is worth a look.
#
# Sizes follow from the packet format: a message of L bytes (type, data, 4 bytes of CRC) travels as
# 4 + 8 * (floor(L / 8) + 1) bytes. A bare message (SUCCESS, FAILURE, AUTH_TIS) is 12, a password as OpenSSH pads
# it to 32 bytes is 52, one that is not padded is 20, 28 or 36. They are exact, hence `=` throughout.
#
# The first two statements are those of fl0p's announcement (Bugtraq, December 2006). The others are derived from
# the format, since nobody runs SSH1 any more that we could watch.

# Both version lines and the server's keys, then the client leaves: the person said no, or the key had changed.
#: sid=1000001 class=ssh.hostkey.refused severity=2
#+ < s20 c21 s270 >
#- < s20 c21 s270
#- < s20 c21 s270 c148 >
tcp * = < s27/15 c27/15 s300/100 > : SSH1 - client chose to refuse server key

# FAILURE, AUTH_TIS, a challenge ("Password: "), typed answer, FAILURE, AUTH_TIS again, the same challenge again.
#: sid=1000002 class=ssh.auth.failure severity=2
#+ s12 c12 s28 + c52 s12 c12 s28
#+ 2x < s20 c21 s270 c156 s12 c20 (s12 c12 s28 +3s c52 s12 c12 s28 +3s c52){2} s12 >
#- s12 c12 s28 c52 s12 c12 s28 & 1000003
#- s12 c12 s28 + c52 s12
tcp * = s12 c@1 s28 + c52 s@1 c@1 s@3 : SSH1 - invalid password attempt

# The same without the pause: nobody types that fast.
#: sid=1000003 class=ssh.guessing severity=2
#+ s12 c12 s28 c52 s12 c12 s28
#- s12 c12 s28 + c52 s12 c12 s28 & 1000002
tcp * = s12 c@1 s28 c52 s@1 c@1 s@3 : SSH1 - invalid password attempt by a program

# Plain password authentication: the answer of 12 bytes to the first password was FAILURE, for a second one is
# typed. The last attempt before the client gives up is not seen by this: SUCCESS has the same size.
#: sid=1000004 class=ssh.auth.failure severity=2
#+ s12 +2s c52 s12 +3s c52 s12
#- s12 +2s c52 s12 c148 s12
#- s12 c52 s12 c52 s12
tcp * = s12 + c52 s@1 + c@2 : SSH1 - invalid password, typed

# From the start: both version lines, keys, session key, SUCCESS, user name, FAILURE (a password is wanted), then
# two passwords without a pause, padded or not, each refused.
#: sid=1000005 class=ssh.guessing severity=2
#+ < s20 c21 s270 c156 s12 c28 s12 c52 s12 c52 s12
#+ < s20 c21 s270 c156 s12 c28 s12 c20 s12 c28 s12
#- < s20 c21 s270 c156 s12 c28 s12 +2s c52 s12 +2s c52 s12 & 1000004
tcp * = < s27/15 c27/15 s330/130 c220/70 s12 c28/8 s@5 c36/16 s@5 c36/16 s@5 : SSH1 - passwords tried by a program

# Typed password, SUCCESS, then a terminal is asked for (its modes make that message long), granted, and a shell.
#: sid=1000006 class=ssh.auth.success severity=3
#+ s12 +3s c52 s12 c220 s12 c12 s60
#- s12 +3s c52 s12 c12 s28
#- s12 c52 s12 c220 s12 c12
tcp * = s12 + c52 s@1 c200/100 s@1 c@1 : SSH1 - password accepted, shell with a terminal

# FAILURE, AUTH_RSA with a modulus of 1024 to 2048 bits, a challenge of the same size, the 16-byte answer, SUCCESS,
# then the terminal and the shell as above.
#: sid=1000007 class=ssh.auth.success severity=3
#+ s12 c140 s140 c28 s12 c220 s12 c12 s60
#- s12 c140 s12 c28 s12 c220 s12 c12
tcp * = s12 c204/64 s@2 c28 s@1 c200/100 s@1 c@1 : SSH1 - RSA key accepted, shell with a terminal
