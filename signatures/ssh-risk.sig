# Facts of an SSH handshake that are worth a look, whatever happens then.

#: sid=1000411 severity=2 reference=RFC4253
#+ version=1 < s:VERSION c:VERSION
#- < s:VERSION c:VERSION
ssh * where version = 1 : SSH - protocol 1 spoken

#: sid=1000412 severity=3 reference=RFC9142
#+ weak.kex=1 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
ssh * where weak.kex = 1 : SSH - weak key exchange negotiated

#: sid=1000413 severity=3 reference=RFC8332
#+ weak.hostkey=1 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
ssh * where weak.hostkey = 1 : SSH - weak host-key algorithm negotiated

#: sid=1000414 severity=3 reference=RFC8758
#+ weak.cipher=1 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
ssh * where weak.cipher = 1 : SSH - weak cipher negotiated

#: sid=1000415 severity=3
#+ weak.mac=1 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
ssh * where weak.mac = 1 : SSH - weak MAC negotiated

#: sid=1000416 severity=3 reference=CVE-2023-48795
#+ terrapin=1 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
ssh * where terrapin = 1 : SSH - exposed to prefix truncation (Terrapin)

#: sid=1000417 severity=3
#+ s.openssh=7.4 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
#- s.openssh=8 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
#- s.openssh=0 < s:VERSION c:VERSION c:KEXINIT s:KEXINIT
ssh * where s.openssh > 0 and s.openssh < 8 : SSH - obsolete server software
