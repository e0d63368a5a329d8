// What the words of the language mean, a phrase each. docs/signature-language.md says the same in its tables; a test
// holds the two together. Figures have theirs in model/figures.ts.

import type { MessageName } from '../../model/messages.ts'
import type { SshPhase } from '../../model/program.ts'
import type { MetadataKey } from '../../signature/metadata-keys.ts'

export const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['tcp', "a TCP flow: a packet is one segment's new payload, in the order in which the application gets it"],
  ['udp', 'a UDP flow: a packet is one datagram, also an empty one'],
  ['icmp', 'ICMP, over IPv4 and IPv6: a packet is one message, without the 8 bytes of its header'],
  ['ssh', 'any flow that speaks SSH 2: elements are its messages, not packets'],
  ['count', 'a campaign: counts the hits of a class, over many flows'],
])

export const MARKS: ReadonlyMap<string, string> = new Map([
  ['*', 'any port'],
  ['=', 'exact: the fuzzy rule does not apply to this statement'],
  ['<', "the first packet is the flow's first, and the capture holds the flow's start"],
  ['>', "the last packet is the flow's last, and the flow's end was seen"],
  ['+', 'a pause comes before: at least the threshold, 500 ms unless `--threshold` says otherwise'],
  ['+?', 'any time, long or short, comes before'],
  ['(', 'a group: several packets as if they were one'],
  [')', 'a group: several packets as if they were one'],
  ['|', 'or else: the next alternative of the group'],
])

export const WORDS: ReadonlyMap<string, string> = new Map([
  ['any', 'one packet of either side, of any size, after any time'],
  ['where', 'what must hold of the flow when the pattern is complete, or with `>` at its end'],
  ['and', 'both must hold'],
  ['or', 'one of the two must hold'],
  ['not', 'must not hold'],
  ['then', 'told when a hit of this second class comes, while the condition holds'],
  ['by', 'what is counted apart'],
  ['within', 'how long a hit counts, before it is forgotten'],
])

export const COUNTED_BY: ReadonlyMap<string, string> = new Map([
  ['client', 'hits of one client are counted together'],
  ['server', 'hits of one server are counted together'],
  ['pair', 'hits of one client at one server are counted together'],
])

export const PHASES: Readonly<Record<SshPhase, string>> = {
  newkeys: 'the first after NEWKEYS of its side',
  auth: "the client's first request for authentication",
  session: 'the first after SUCCESS',
  channel: 'the first after a channel was opened',
}

export const MESSAGE_MEANINGS: Readonly<Record<Exclude<MessageName, ''>, string>> = {
  VERSION: 'the version line (RFC 4253 §4.2)',
  KEXINIT: 'the algorithms on offer',
  KEX: 'a message of the key exchange, between KEXINIT and NEWKEYS',
  NEWKEYS: 'what follows from this side is encrypted with new keys',
  DISCONNECT: 'the end, with a reason',
  IGNORE: 'nothing: padding, or sent to hide something',
  EXT_INFO: 'extensions (RFC 8308)',
  SERVICE_REQUEST: 'the client asks for the service of authentication',
  SERVICE_ACCEPT: 'and gets it',
  NONE: 'request without a credential: which methods are there?',
  PASSWORD: 'a password',
  KEYBOARD_INTERACTIVE: 'request for prompts (RFC 4256)',
  INFO_RESPONSE: 'the answers to prompts',
  PUBLICKEY_QUERY: 'would this public key do?',
  PUBLICKEY: 'a public key, with a signature',
  BANNER: 'a text to show before authentication',
  FAILURE: 'the request is refused',
  PARTIAL: 'it is granted, but is not enough',
  SUCCESS: 'the client is logged in',
  PK_OK: 'the public key would do',
  INFO_REQUEST: 'prompts, to be answered',
  GLOBAL_REQUEST: 'a request that belongs to no channel',
  CHANNEL_OPEN: 'a channel is wanted',
  CHANNEL_CONFIRMATION: 'and is open',
  CHANNEL_REQUEST: 'something is asked of a channel: a terminal, a shell, a command',
  CHANNEL_REPLY: 'it is granted or refused',
}

export const METADATA: Readonly<Record<MetadataKey, string>> = {
  sid: 'signature id, 1 to 2147483647, unique among all files loaded',
  rev: 'revision, 1 to 2147483647: raise it when the statement changes',
  class: 'what was recognised: lower-case words joined by dots',
  also: "a class that the flow's first hit has besides; may be given again",
  severity: '1 (grave) to 255',
  limit: 'hits of one flow that are told',
  confidence: 'how sure a hit is, 0 to 1',
  mitre: 'technique ids of MITRE ATT&CK, joined by commas; may be given again',
  tell: 'figures and facts that a hit carries, joined by commas',
  reference: 'where to read on: an address, an RFC, a CVE number; may be given again',
  fp: 'what else looks like this: the rest of the line, so the last key of its line',
}

/** What `tell` may name besides figures. */
export const FACTS: ReadonlyMap<string, string> = new Map([
  ['method', "of the client's last request: `none`, `password`, `keyboard-interactive` or `publickey`"],
  ['attempts', 'passwords and answers to prompts that the client has sent'],
  ['think_ms', 'milliseconds that the client took for the last of these, less its round trip'],
  ['latency_ms', 'milliseconds that the server took for its last answer, less its round trip'],
  [
    'login_length',
    'bytes of user and password together, at least and at most, such as `15-22`; absent where the client hides it, as OpenSSH and PuTTY do',
  ],
  ['wait_ms', 'milliseconds that the client took for its NEWKEYS, less its round trip'],
  ['depth', 'SSH connections inside this one, one in the other, as far as keystrokes tell; at least 1'],
])
