count : nothing counted
count SSH by client within 5m where hits > 5 : no class
count ssh.auth.failure within 5m where hits > 5 : by whom
count ssh.auth.failure by clint within 5m where hits > 5 : misspelled
count ssh.auth.failure by client where hits > 5 : no time
count ssh.auth.failure by client within 5 where hits > 5 : no unit
count ssh.auth.failure by client within 5m : no condition
count ssh.auth.failure by client within 5m where hitz > 5 : unknown figure
count ssh.auth.failure by client within 5m where hits >= 1 : first hit is enough
#: sid=9000001 limit=2 mitre=T1110.001,T1110.003 confidence=0.9 reference=RFC4252 fp=a script, or two
count ssh.auth.failure then ssh.auth.success by pair within 60m where hits >= 3 : good
count ssh.auth.failure then ssh.auth.success by pair within 1h where (hits >= 3) : good
