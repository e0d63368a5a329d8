# Facts of an SSH handshake that are worth a look, whatever happens then.

#: sid=1000411 severity=2 reference=RFC4253
ssh * where version = 1 : SSH - protocol 1 spoken

#: sid=1000412 severity=3 reference=RFC9142
ssh * where weak.kex = 1 : SSH - weak key exchange negotiated

#: sid=1000413 severity=3 reference=RFC8332
ssh * where weak.hostkey = 1 : SSH - weak host-key algorithm negotiated

#: sid=1000414 severity=3 reference=RFC8758
ssh * where weak.cipher = 1 : SSH - weak cipher negotiated

#: sid=1000415 severity=3
ssh * where weak.mac = 1 : SSH - weak MAC negotiated

#: sid=1000416 severity=3 reference=CVE-2023-48795
ssh * where terrapin = 1 : SSH - exposed to prefix truncation (Terrapin)

#: sid=1000417 severity=3
ssh * where s.openssh > 0 and s.openssh < 8 : SSH - obsolete server software
