# Signatures whose examples go right and wrong in every way that there is.

#: sid=9000001 class=test
#+ c10 s20 c30
#+ 2x (c10 s20 c30){2}
#- c10 s20 c31
tcp * = c10 s20 c30 : Three packets

#: sid=9000002
#+ c10 s20 c30 c40
tcp * = c10 s20 : Shadows the one above

#: sid=9000003
#+ 3x c5 s5
#- c5 +2s s5
#- c5 s5 & 9000001
tcp * = c5 s5 : Says more than it does

#: sid=9000004
#+ s:FAILURE +2s c:PASSWORD s:FAILURE
#- s:FAILURE c:PASSWORD s:FAILURE
ssh * +1s.. c:PASSWORD s:FAILURE : Typed

#: sid=9000005
#+ file:gone.pcap
#- c7 & 4711
tcp * = c77 s77 : Names a capture that is <not> there

#: sid=9000006
tcp * = c78 s78 : Has none

#: sid=9000007
#+ (+1m test@10.0.0.1>10.0.0.2){3}
#- (+1m test@10.0.0.1>10.0.0.2){2}
count test by client within 1h where hits >= 3 : Many
