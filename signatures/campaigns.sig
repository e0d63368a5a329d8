# What shows only over many connections. Counted are hits of other statements, by their class.

#: sid=1000901 class=ssh.guessing severity=1 mitre=T1110.001
count ssh.guessing by client within 30m where hits >= 10 : SSH - passwords guessed by one client

#: sid=1000902 class=ssh.guessing severity=1 mitre=T1110.003
count ssh.guessing by client within 1h where servers >= 4 : SSH - one client guesses at several servers

#: sid=1000903 class=ssh.guessing severity=1 mitre=T1110.001
count ssh.guessing by server within 1h where clients >= 4 : SSH - several clients guess at one server

# Too slow for the others.
#: sid=1000904 class=ssh.guessing severity=1 mitre=T1110.001
count ssh.guessing by pair within 24h where hits >= 8 and duration > 1h : SSH - passwords guessed slowly

#: sid=1000905 severity=1 mitre=T1110,T1078
count ssh.guessing then ssh.auth.success by pair within 1h where hits >= 3 : SSH - login after passwords were guessed
