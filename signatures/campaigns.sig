# What shows only over many connections. Counted are hits of other statements, by their class.

#: sid=1000901 class=ssh.guessing severity=1 mitre=T1110.001
#+ (+1m ssh.guessing@10.0.0.1>10.0.0.9){10}
#- (+1m ssh.guessing@10.0.0.1>10.0.0.9){9}
#- (+4m ssh.guessing@10.0.0.1>10.0.0.9){10}
count ssh.guessing by client within 30m where hits >= 10 : SSH - passwords guessed by one client

#: sid=1000902 class=ssh.guessing severity=1 mitre=T1110.003
#+ ssh.guessing@10.0.0.1>10.0.0.6 +9m ssh.guessing@10.0.0.1>10.0.0.7 +9m ssh.guessing@10.0.0.1>10.0.0.8 +9m ssh.guessing@10.0.0.1>10.0.0.9
#- ssh.guessing@10.0.0.1>10.0.0.6 +9m ssh.guessing@10.0.0.1>10.0.0.7 +9m ssh.guessing@10.0.0.1>10.0.0.8
#- ssh.guessing@10.0.0.1>10.0.0.6 +9m ssh.guessing@10.0.0.1>10.0.0.7 +9m ssh.guessing@10.0.0.1>10.0.0.8 +9m ssh.guessing@10.0.0.2>10.0.0.9
count ssh.guessing by client within 1h where servers >= 4 : SSH - one client guesses at several servers

#: sid=1000903 class=ssh.guessing severity=1 mitre=T1110.001
#+ ssh.guessing@10.0.0.1>10.0.0.9 +9m ssh.guessing@10.0.0.2>10.0.0.9 +9m ssh.guessing@10.0.0.3>10.0.0.9 +9m ssh.guessing@10.0.0.4>10.0.0.9
#- ssh.guessing@10.0.0.1>10.0.0.9 +9m ssh.guessing@10.0.0.2>10.0.0.9 +2h ssh.guessing@10.0.0.3>10.0.0.9 +9m ssh.guessing@10.0.0.4>10.0.0.9
count ssh.guessing by server within 1h where clients >= 4 : SSH - several clients guess at one server

# Too slow for the others.
#: sid=1000904 class=ssh.guessing severity=1 mitre=T1110.001
#+ (+40m ssh.guessing@10.0.0.1>10.0.0.9){8}
#- (+40m ssh.guessing@10.0.0.1>10.0.0.9){7}
#- (+4h ssh.guessing@10.0.0.1>10.0.0.9){8}
count ssh.guessing by pair within 24h where hits >= 8 and duration > 1h : SSH - passwords guessed slowly

#: sid=1000905 severity=1 mitre=T1110,T1078
#+ (+1m ssh.guessing@10.0.0.1>10.0.0.9){3} +1m ssh.auth.success@10.0.0.1>10.0.0.9
#- (+1m ssh.guessing@10.0.0.1>10.0.0.9){2} +1m ssh.auth.success@10.0.0.1>10.0.0.9
#- (+1m ssh.guessing@10.0.0.1>10.0.0.9){3} +1m ssh.auth.success@10.0.0.2>10.0.0.9
count ssh.guessing then ssh.auth.success by pair within 1h where hits >= 3 : SSH - login after passwords were guessed
