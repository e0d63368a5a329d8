# Connections that never become a login: what scanners and the curious do.

#: sid=1000401 severity=3
#+ < s:VERSION >
#+ < s:VERSION s:KEXINIT +2s >
#- < s:VERSION c:VERSION > & 1000402
#- < s:VERSION
ssh * < s:VERSION s:KEXINIT? > : SSH - version line of the server read, and no more

#: sid=1000402 severity=3
#+ < s:VERSION c:VERSION s:KEXINIT >
#+ < c:VERSION s:VERSION >
#- < s:VERSION > & 1000401
#- < s:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS > & 1000523
ssh * < (c:VERSION s:VERSION | s:VERSION c:VERSION) (s:KEXINIT | c:KEXINIT){0,2} > : SSH - version lines or algorithms exchanged, and no more

#: sid=1000403 severity=3 limit=1
#+ c:NONE s:FAILURE c:DISCONNECT >
#- c:NONE s:FAILURE +5s > & 1000514
#- c:NONE s:FAILURE c:PASSWORD s:FAILURE > & 1000501 1000512 1000531
ssh * c:NONE (s:IGNORE | s:BANNER | s:EXT_INFO){0,4} s:FAILURE c:DISCONNECT? > where passwords = 0 and idle <= 1200ms : SSH - authentication methods asked for, and no more
