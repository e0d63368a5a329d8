#: sid=7 class=ssh.auth.failure severity=5
tcp 22 = s12 c@1 s28 + c52 : password refused

tcp 22  s12 c012 s29 : SSH - not in canonical form

#: sid=9000003 class=actor.human severity=3
ssh * +1s..10m c:PASSWORD : SSH - typed
#: sid=9000004 class=actor.automated severity=3
ssh * +..1100ms c:PASSWORD : SSH - sent
#: sid=9000005 class=actr.human severity=3
ssh * +1s..10m c:INFO_RESPONSE : SSH - typed, too
