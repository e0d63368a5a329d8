// Logins as they are seen between clients and servers: stories (test/support/ssh-story.ts) that are read as they are
// told, whatever the suite.

export const OPENSSH = 'OpenSSH_9.2p1'
export const PUTTY = 'PuTTY_Release_0.78'
export const DROPBEAR = 'dropbear_2022.83'
export const LIBSSH = 'libssh_0.10.6'
export const LIBSSH2 = 'libssh2_1.10.0'
export const PARAMIKO = 'paramiko_2.12.0'
export const ASYNCSSH = 'AsyncSSH_2.10.1'

export const HELLO = 'c:SERVICE_REQUEST s:SERVICE_ACCEPT'
export const BEGIN = `${HELLO} c:NONE s:FAILURE`

export interface Ends {
  readonly client?: string
  readonly server?: string
  /** Neither side asks for EXT_INFO. */
  readonly isOld?: boolean
}

/** Stories that are read as they were told, whatever the suite. */
export const STORIES: readonly [string, string, Ends?][] = [
  ['a password typed right', `${BEGIN} +2s c:PASSWORD s:SUCCESS`],
  [
    'passwords typed wrong',
    `${BEGIN} +2s c:PASSWORD +2s s:FAILURE +4s c:PASSWORD +2s s:FAILURE +3s c:PASSWORD s:SUCCESS`,
  ],
  ['a password that a program knows', `${BEGIN} c:PASSWORD s:SUCCESS`],
  [
    'passwords that a program tries',
    `${BEGIN} c:PASSWORD s:FAILURE c:PASSWORD(55) s:FAILURE`,
    { client: LIBSSH },
  ],
  ['a password without `none`', `${HELLO} c:PASSWORD s:FAILURE`, { client: PARAMIKO }],
  [
    'hidden ones without `none`',
    `${HELLO} c:PASSWORD s:FAILURE c:PASSWORD s:SUCCESS`,
    { client: 'OpenSSH_7.1' },
  ],
  ['`none` accepted', `${HELLO} c:NONE s:SUCCESS`],
  ['`none` alone', `${HELLO} c:NONE s:FAILURE`],
  ['a key', `${BEGIN} c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:SUCCESS`],
  ['an RSA key', `${BEGIN} c:PUBLICKEY_QUERY(340) s:PK_OK(300) c:PUBLICKEY(620) s:SUCCESS`],
  ['a key of PuTTY', `${BEGIN} c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:SUCCESS`, { client: PUTTY }],
  ['a key that nobody asked about', `${HELLO} c:PUBLICKEY(620) s:SUCCESS`, { client: PARAMIKO }],
  [
    'keys refused, then a password',
    `${BEGIN} c:PUBLICKEY_QUERY s:FAILURE c:PUBLICKEY_QUERY(340) s:FAILURE +2s c:PASSWORD s:SUCCESS`,
  ],
  [
    'a key, then a password',
    `${BEGIN} c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:PARTIAL(14) +2s c:PASSWORD s:FAILURE(14) +2s c:PASSWORD s:SUCCESS`,
  ],
  [
    'a key, then a prompt',
    `${BEGIN} c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:PARTIAL(31) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +3s c:INFO_RESPONSE s:SUCCESS`,
  ],
  [
    'a prompt',
    `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s c:INFO_RESPONSE s:SUCCESS`,
  ],
  [
    'a prompt of PAM, and one that asks for nothing',
    `${BEGIN} c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s c:INFO_RESPONSE s:INFO_REQUEST(17) c:INFO_RESPONSE(5) s:SUCCESS`,
  ],
  [
    'prompts answered wrong',
    `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s c:INFO_RESPONSE +2s s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s c:INFO_RESPONSE s:SUCCESS`,
  ],
  [
    'a prompt as long as FAILURE',
    `${HELLO} c:NONE s:FAILURE(24) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST(24) +2s c:INFO_RESPONSE s:SUCCESS`,
  ],
  [
    'one answered wrong',
    `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST(45) +2s c:INFO_RESPONSE +2s s:FAILURE(45)`,
  ],
  [
    'one where FAILURE is as short as a prompt that asks for nothing',
    `${HELLO} c:NONE s:FAILURE(15) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s c:INFO_RESPONSE s:INFO_REQUEST(17) c:INFO_RESPONSE(5) s:SUCCESS`,
  ],
  [
    'the same answered wrong',
    `${HELLO} c:NONE s:FAILURE(15) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s c:INFO_RESPONSE s:FAILURE(15)`,
  ],
  [
    'prompts before any FAILURE',
    `${HELLO} c:KEYBOARD_INTERACTIVE s:INFO_REQUEST c:INFO_RESPONSE s:INFO_REQUEST(40) c:INFO_RESPONSE s:SUCCESS`,
    { client: PARAMIKO },
  ],
  [
    'a prompt for a program',
    `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST c:INFO_RESPONSE s:FAILURE(45)`,
    { client: LIBSSH },
  ],
  [
    'a prompt without `none`',
    `${HELLO} c:KEYBOARD_INTERACTIVE s:INFO_REQUEST c:INFO_RESPONSE s:SUCCESS`,
    { client: PARAMIKO },
  ],
  ['EXT_INFO of the server first', `s:EXT_INFO ${BEGIN} +2s c:PASSWORD s:SUCCESS`],
  [
    'a long banner alone',
    `${HELLO} c:NONE s:BANNER(200) s:FAILURE +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:SUCCESS`,
  ],
  [
    'a long banner with FAILURE',
    `${HELLO} c:NONE s:BANNER(400)&FAILURE +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:SUCCESS`,
  ],
  [
    'Dropbear’s least packet',
    `${BEGIN} +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:SUCCESS`,
    { server: DROPBEAR },
  ],
  [
    'too many failures',
    `${BEGIN} +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:DISCONNECT`,
  ],
  ['a server that hangs up', `${BEGIN} +2s c:PASSWORD s:FAILURE +2s c:PASSWORD`],
  ['a client that leaves at a prompt', `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST`],
  ['a client that says goodbye', `${BEGIN} c:DISCONNECT(13)`],
  ['nothing but the service', HELLO],
]
