#: sid=9000001 class=ssh.auth
tcp * = s12 c@1 s28 : General
#: sid=9000002 class=ssh.auth
tcp 22 (s40 | s60) c100..200 : One way
