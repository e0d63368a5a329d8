#: sid=9000010 class=ssh.guessing severity=1
#+ (+1m ssh.auth.failure@10.0.0.1>10.0.0.9){20}
count ssh.auth.failure by client within 30m where hits >= 20 : SSH - guessing over connections
