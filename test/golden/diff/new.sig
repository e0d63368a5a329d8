#: sid=9000001 rev=3 class=manual.char severity=2
tcp * = + c1 s1 c1 s1 c1 s1 : Text typed by a person, character by character

#: sid=9000003 class=manual.lines
tcp * = < s70/60 + c40/38 c2 s* + c40/38 c2 : Text protocol spoken by a person, line by line, line ends apart
