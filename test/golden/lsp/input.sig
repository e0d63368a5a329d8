# Passwords over SSH.
#: sid=9000001 class=ssh.auth.failure severity=2
#+ s:FAILURE +2s c:PASSWORD s:FAILURE
ssh * c:PASSWORD any{0,4} s:FAILURE : SSH - password refused

#: sid=9000002 class=ssh.echo
ssh * c:ssh(10)   s@1 c@1 s@1+16 : SSH - a key, its echo
