# Mistakes in the extended language; the last statement loads.
ssh * c:PASWORD any{0,4} s:FAILURE : unknown message
ssh * c:password s:FAILURE : lower case
tcp 22 c:PASSWORD s12 : message without ssh
tcp 22 <auth c12 : phase without ssh
ssh * <sesion c* s:DATA : unknown phase
ssh * c:ssh(20..10) : range turned round
tcp 2299-2200 c12 any : ports turned round
tcp 22 c12{5,2} s28 : repeat turned round
tcp 22 (c12 |) s28 : empty alternative
tcp 22 (c12 | (c20 s28) : unclosed
tcp 22 c12 ) s28 : closed too often
tcp 22 s12 +2..30s c12 : time without a unit
tcp 22 s12 +2s c12 : time that is no range
tcp 22 s12 + (+? c12 | c20) : two pauses
tcp 22 c12? s28{,3} : nothing must come
tcp 22 (c12 s12{100}){100} : too many steps
tcp 22 c12 where : no condition
tcp 22 c12 where s.byte > 1M and c.bytes > 1K : unknown figure and unit
tcp 22 c12 where failures > 3 : figure of SSH
tcp 22 c12 where (c.bytes > 1 or s.bytes : half a comparison
tcp 22 c12 where c.bytes == 1 : other languages' equality
ssh 22,2200-2299 <auth (c:PASSWORD | c:INFO_RESPONSE) +..2s s:FAILURE where failures >= 3 : good
