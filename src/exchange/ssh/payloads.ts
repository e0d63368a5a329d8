// Lengths of payloads that are the same in every connection, bytes: number, strings with their lengths, numbers.

/** SERVICE_REQUEST and SERVICE_ACCEPT of `ssh-userauth` (RFC 4253 §10). */
export const SERVICE = 1 + 4 + 'ssh-userauth'.length
/** An IGNORE that holds nothing (RFC 4253 §11.2). */
export const EMPTY_IGNORE = 1 + 4
/** What requests for authentication begin with, less the user's name: number, user, service, method's length. */
export const BARE_BASE = 1 + 4 + 4 + 'ssh-connection'.length
/** What a request with a password adds, less the password (RFC 4252 §8). */
export const LEAST_PASSWORD = 4 + 'password'.length + 1 + 4
/** CHANNEL_OPEN `session` (RFC 4254 §6.1). */
export const OPEN_SESSION = 24
/** GLOBAL_REQUEST `no-more-sessions@openssh.com`. */
export const NO_MORE_SESSIONS = 34
/** What CHANNEL_DATA puts before its bytes (RFC 4254 §5.2). */
export const DATA = 9
/** A keystroke: CHANNEL_DATA of one byte. */
export const KEY = DATA + 1
