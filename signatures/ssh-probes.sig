# Connections that never become a login: what scanners and the curious do.

#: sid=1000401 severity=3
ssh * < s:VERSION s:KEXINIT? > : SSH - version line of the server read, and no more

#: sid=1000402 severity=3
ssh * < (c:VERSION s:VERSION | s:VERSION c:VERSION) (s:KEXINIT | c:KEXINIT){0,2} > : SSH - version lines or algorithms exchanged, and no more

#: sid=1000403 severity=3 limit=1
ssh * c:NONE (s:IGNORE | s:BANNER | s:EXT_INFO){0,4} s:FAILURE c:DISCONNECT? > where passwords = 0 and idle <= 1200ms : SSH - authentication methods asked for, and no more
