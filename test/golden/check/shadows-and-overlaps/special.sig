#: sid=9000003 class=ssh.auth
tcp 22 = c7 s12 c12 s28 + c52 s@2 : Special
#: sid=9000004 class=ssh.auth
tcp 22 (s60 | s40) c100..200 : Another way
#: sid=9000005 class=ssh.other
tcp 20-30 < s50..70 +? c150..300 : Overlapping
