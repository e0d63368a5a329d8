# SSH carried inside TLS (stunnel, socat, openssl s_client, a CONNECT proxy with TLS). What SSH says in the clear shows
# through as the sizes of records: short version lines both ways, both KEXINIT of about a kilobyte, a key exchange,
# then the even turns of authentication. TLS adds 22 bytes (1.3), 29 (1.2 with GCM) or up to 69 (CBC with a long MAC).

#: sid=1000321 class=tunnel.ssh severity=2 limit=1 mitre=T1572 confidence=0.85
#+ < c517 s1460 s600 c80 c45 s45 s1102 c1460 c1230 s600 c38 c70 s70 c90 s74
#+ file:captures/ssh-in-stunnel.pcap
#- < c517 s1460 s1460 s700 c80 s300 c400 s1460 s1460 s1460 c400 s1460
tcp * < c150..900 any{1,8} c40..130 any{0,3} (s400..1460 any? c900..1460 | c900..1460 any? s400..1460) any? (c1150..1300 | c70..160) s200..1460 any{0,2} (c30..130 any?)? (c50..260 s50..330){2} : SSH inside TLS
