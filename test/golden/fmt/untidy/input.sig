   # Comments stay,   as they are.


#:severity=2   class=ssh.auth.failure sid=09000001 fp=somebody   who forgot
# between, too
#:  mitre=T1110 mitre=T1110,T1078   reference=https://www.rfc-editor.org/rfc/rfc4252  reference=RFC4253
#+   2x  <  s12   c12
tcp  022=s012   c@1 s28+c52:Password   refused
tcp 22 ( s12|s14 ){ ,4} c12   where   ( c.bytes>1k )and s.bytes<5  : Extended
ssh *<auth(any{0,3}+1s..60s-rtt c:PASSWORD s:FAILURE){2}:SSH - twice

#: a comment of its own
udp 53 <c50/30 s100/90>:DNS


#: limit=3


   # the end   