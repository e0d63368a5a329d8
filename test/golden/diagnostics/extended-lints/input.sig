tcp * = c1{2} s20..20 : `=` without use
tcp 22 c28? s12 any c5 : optional beginning
tcp 22 s12 any c5 s28? c1{2,4} : ends that add nothing
tcp * (c* s*){5} : too broad
ssh * any : every message
udp 53 < +1s.. c40 any : pause that cannot be
tcp 22 any (c0 | s5/0 | c5/9) s1 : packets in groups
tcp * any c5 where 1 < 2 : no figure
tcp 22 = c12 s20 : one
tcp 22-22 c12..12 s20/0 : one
tcp 80,22 +? c1 +1s..1m s2 : two
tcp 22,80-80 +? c1 +1000ms..60s s2 : another name
