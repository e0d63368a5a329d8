// Running figures that conditions compare, and their meaning. `c` is the client, `s` the server. Times are µs here;
// signatures write `2s` or `300ms`.

export const FIGURES = {
  duration: 'time since the flow began',
  idle: 'time since the last packet with payload',
  packets: 'packets so far, of both sides',
  'c.bytes': 'payload of the client, bytes',
  's.bytes': 'payload of the server, bytes',
  'speaks.tls': '1 when the flow begins as TLS does, else 0',
  'speaks.ssh': '1 when the flow begins as SSH does, else 0',
  'ssh.messages': 'SSH messages that were told apart; 0 when the handshake was not seen',
} as const satisfies Readonly<Record<string, string>>

/** Figures that the handshake of an SSH connection gives, constant from then on. */
export const HANDSHAKE_FIGURES = {
  version: 'of the SSH protocol: 1 or 2',
  'weak.kex': '1 when the key exchange has 1024 bits or SHA-1, else 0',
  'weak.hostkey': '1 when the host key is DSA, or RSA with SHA-1, else 0',
  'weak.cipher': '1 when a cipher is CBC, RC4 or has blocks of 64 bits, else 0',
  'weak.mac': '1 when a MAC is MD5 or cut to 96 bits, else 0',
  terrapin: '1 when the connection is exposed to CVE-2023-48795 (Terrapin), else 0',
  compressed: '1 when both sides compress after SUCCESS: lengths then say less; else 0',
  'c.openssh': "the client's version of OpenSSH, such as 9.2; 0 for other software",
  's.openssh': "the server's version of OpenSSH",
  'c.library': "1 when the client's version line names a library such as libssh or paramiko, else 0",
  'c.hostkeys': 'kinds of host keys that the client asks for (Ed25519, ECDSA, RSA, DSA)',
} as const satisfies Readonly<Record<string, string>>

export type HandshakeFigureName = keyof typeof HANDSHAKE_FIGURES

/** Figures of SSH flows only, for `ssh` statements. */
export const SSH_FIGURES = {
  ...HANDSHAKE_FIGURES,
  failures: 'refused credentials',
  passwords: 'passwords and answers to prompts that the client has sent',
  think: 'time that the client took for the last of these, less its round trip',
  'think.shortest': 'the shortest of those times',
  'think.longest': 'the longest of those times',
  wait: "time from the server's last word to the client's NEWKEYS, less its round trip",
  'c.messages': 'messages of the client',
  's.messages': 'messages of the server',
  'c.data': 'bytes of the client since SUCCESS',
  's.data': 'bytes of the server since SUCCESS',
  'c.bulk': 'of these, those in messages of 1024 bytes and more',
  's.bulk': 'of these, those in messages of 1024 bytes and more',
  'c.forwards': 'channels other than sessions that the client opened and the server confirmed',
  's.forwards': 'channels that the server opened and the client confirmed',
  'c.keys': 'messages of the client that are as long as a keystroke',
  's.keys': 'messages of the server that are as long as a keystroke',
  'c.keys.inner': "of the client's keys, those as long as in an inner connection",
  's.keys.inner': "of the server's keys, those as long as in an inner connection",
  'c.keys.echoed': "of the client's keys, those that were answered with one message",
  's.keys.echoed': "of the server's keys, those that were answered with one message",
  'c.keys.p10': "gap between the client's keys that a tenth of them stay below",
  'c.keys.p50': 'the median of these gaps',
  'c.keys.p90': 'the gap that nine tenths of them stay below',
  'c.keys.longest': 'the longest of these gaps',
  'c.keys.ticks': "longest run of the client's keys 15 to 26 ms apart",
  's.keys.p10': "gap between the server's keys that a tenth of them stay below",
  's.keys.p50': 'the median of these gaps',
  's.keys.p90': 'the gap that nine tenths of them stay below',
  's.keys.longest': 'the longest of these gaps',
} as const satisfies Readonly<Record<string, string>>

export type SshFigureName = keyof typeof SSH_FIGURES

/** What a campaign counts within its time. */
export const CAMPAIGN_FIGURES = {
  hits: 'hits that were counted',
  flows: 'flows that they were in',
  clients: 'distinct clients',
  servers: 'distinct servers',
  duration: 'time from the first to the last of them',
} as const satisfies Readonly<Record<string, string>>

/** Values of FIGURES and SSH_FIGURES. */
export interface FigureSource {
  /** @param figure - its index: figureIndex() */
  value(flow: number, figure: number): number
}

/** Figures of flows. */
export interface FlowFigureSource extends FigureSource {
  /** False as long as all SSH_FIGURES of a flow are 0. */
  hasSsh(flow: number): boolean
}

/** In the order of their indexes. */
export const FIGURE_NAMES = Object.keys({ ...FIGURES, ...SSH_FIGURES })

/** Index of a name in FIGURES, then SSH_FIGURES; -1 for another. */
export function figureIndex(name: string): number {
  return FIGURE_NAMES.indexOf(name)
}
