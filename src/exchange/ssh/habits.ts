// How clients go about authentication, by the software they name. Only where lengths leave a doubt is this asked.

import type { ClientHabits } from './auth-requests.ts'

const BEGIN_WITH_NONE =
  /^(OpenSSH|PuTTY|WinSCP|dropbear|AsyncSSH|libssh[_-]|Go|JSCH|SSHJ|ssh2js|TinySSH|Twisted)/i
/** Libraries: who speaks with their name is a program, though a person may sit before it. */
const LIBRARIES =
  /^(AsyncSSH|paramiko|libssh2?[_-]|Go|JSCH|APACHE-SSHD|SSHJ|Ruby|Net::SSH|ssh2js|Twisted|Erlang|russh|Renci|phpseclib|HSS)/i
const BEGIN_OTHERWISE = /^paramiko/i

/**
 * @param software - '' when it is not known: then what most programs do
 * @param asksExtInfo - the client's KEXINIT names `ext-info-c`
 */
export function habitsOf(software: string, asksExtInfo: boolean): ClientHabits {
  return {
    isModern: asksExtInfo,
    hidesPasswords: /^OpenSSH/.test(software),
    pairsPasswords: /^(PuTTY|WinSCP)/.test(software),
    beginsWithNone:
      software === '' || BEGIN_WITH_NONE.test(software)
        ? true
        : BEGIN_OTHERWISE.test(software)
          ? false
          : undefined,
  }
}

/** True when a client names a library that programs use. */
export function isLibrary(software: string): boolean {
  return LIBRARIES.test(software)
}
