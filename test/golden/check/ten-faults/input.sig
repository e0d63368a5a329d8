# Ten different faults.
#: sid=9000001 class=ssh.auth.failure
tcp 22 = s12 c@1 s28 + c52 s@1 c@1 s@3 : SSH1 - invalid password attempt
#: sid=9000001
tcp 22 s12 c13 s29 : Its id belongs to the first
tcp 22 s12 x12 s28 : No packet
ssh * c:PASWORD s:FAILURE : A message that is misspelled
tcp 22 c40 s@3 : A packet that is not there
tcp 22 c10..90 s@1-100 : Sizes that contradict each other
ssh * s:SUCCESS any{0,9} s:FAILURE : Messages in an order that never comes
ssh * s:SUCCESS s27 c40 : A size that no suite gives
tcp 22 s40 (c20 | c30 s@2) s28 : A reference to another alternative
tcp * s1..700 c* : Nearly every flow
tcp 2222 s12 c28 where c.bytes > 1k and c.bytes < 500 : A condition that never holds
