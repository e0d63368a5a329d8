#: sid=9000001 rev=2 class=manual.char severity=3
tcp * = + c1 s1 c1 s1 c1 s1 c1 s1 : Text typed by a person, character by character

#: sid=9000002 class=manual.char
tcp 23 = s10 + c1 c1 c1 c1 c1 c1 : Password typed by a person

# Never here: the port.
tcp 2323 = + c1 s1 : Elsewhere
