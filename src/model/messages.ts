// Names of SSH messages as signatures write them (`s:FAILURE`), those of the RFCs without the prefix SSH_MSG_ or
// SSH_MSG_USERAUTH_. Requests of the client for authentication are named by their method. A message that is
// encrypted has its name from its length and its place in the dialogue.

export const MESSAGES = [
  '',
  // In the clear (RFC 4253).
  'VERSION',
  'KEXINIT',
  'KEX',
  'NEWKEYS',
  // Transport (RFC 4253 §11, RFC 8308).
  'DISCONNECT',
  'IGNORE',
  'EXT_INFO',
  'SERVICE_REQUEST',
  'SERVICE_ACCEPT',
  // Authentication, client (RFC 4252, RFC 4256).
  'NONE',
  'PASSWORD',
  'KEYBOARD_INTERACTIVE',
  'INFO_RESPONSE',
  'PUBLICKEY_QUERY',
  'PUBLICKEY',
  // Authentication, server.
  'BANNER',
  'FAILURE',
  'PARTIAL',
  'SUCCESS',
  'PK_OK',
  'INFO_REQUEST',
  // Connection (RFC 4254), as far as lengths tell.
  'GLOBAL_REQUEST',
  'CHANNEL_OPEN',
  'CHANNEL_CONFIRMATION',
  'CHANNEL_REQUEST',
  'CHANNEL_REPLY',
] as const

export type MessageName = (typeof MESSAGES)[number]

/** Index of a name. */
export const Message = Object.fromEntries(MESSAGES.map((name, i) => [name, i])) as Readonly<
  Record<MessageName, number>
>

/** Who sends a message, where only one side does. */
export const SENDERS: ReadonlyMap<MessageName, 'client' | 'server'> = new Map([
  ...names('client', 'SERVICE_REQUEST', 'NONE', 'PASSWORD', 'KEYBOARD_INTERACTIVE', 'INFO_RESPONSE'),
  ...names('client', 'PUBLICKEY_QUERY', 'PUBLICKEY', 'CHANNEL_REQUEST'),
  ...names('server', 'SERVICE_ACCEPT', 'BANNER', 'FAILURE', 'PARTIAL', 'SUCCESS', 'PK_OK'),
  ...names('server', 'INFO_REQUEST', 'CHANNEL_REPLY'),
])

function names<S extends 'client' | 'server'>(
  sender: S,
  ...messages: readonly MessageName[]
): readonly (readonly [MessageName, S])[] {
  return messages.map((name) => [name, sender])
}
