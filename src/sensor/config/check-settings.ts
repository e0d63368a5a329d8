// What must hold between settings, once each is right by itself.

import type { SettingKey, Settings } from './config-schema.ts'
import type { Finding } from './explain-issues.ts'

/** Findings about the settings that have to change. */
export function checkSettings(settings: Settings): readonly Finding[] {
  return [...checkInterfaces(settings), ...checkCapture(settings), ...checkDaemon(settings)]
}

function checkInterfaces({ interfaces }: Settings): readonly Finding[] {
  if (interfaces.length === 0)
    return [at(['interfaces'], 'found no interface, expected one at least, such as `eth0`')]
  const twice = interfaces.findIndex((name, i) => interfaces.indexOf(name) < i)
  if (twice >= 0)
    return [at(['interfaces', twice], `found \`${interfaces[twice]}\` twice, expected each interface once`)]
  if (interfaces.length > 1 && interfaces.includes('any'))
    return [
      at(
        ['interfaces', interfaces.indexOf('any')],
        'found `any` beside other interfaces, expected it alone: it has their packets, too',
      ),
    ]
  return []
}

function checkCapture(settings: Settings): readonly Finding[] {
  if (settings.capture !== 'cap' || settings['capture-program'] === undefined) return []
  return [
    at(['capture-program'], 'found a program with the capture `cap`, expected `pipe` or `auto` as capture'),
  ]
}

/** A daemon has no terminal: what went there would be lost in silence. */
function checkDaemon({ daemon, outputs, 'log-file': logFile }: Settings): readonly Finding[] {
  if (!daemon) return []
  const findings: Finding[] = []
  const expected = 'expected a file, a socket or a receiver as `outputs`'
  if (outputs.some(({ type }) => type === 'stdout'))
    findings.push(at(['daemon'], `found a daemon with events on standard output, ${expected}`))
  if (logFile === undefined)
    findings.push(at(['daemon'], 'found a daemon with its log on standard error, expected a `log-file`'))
  return findings
}

function at(path: readonly [SettingKey, ...(readonly PropertyKey[])], message: string): Finding {
  return { path, isKey: false, message }
}
