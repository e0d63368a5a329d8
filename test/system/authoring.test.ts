// The manual for authors: its commands run, its signatures are sound.

import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/signature/compile-program.ts'
import { GOLDEN, runShell } from '../support/gait.ts'
import { fencesOf, readDocument } from '../unit/docs/markdown.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-authoring-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const [name, golden] of [
  ['login.pcap', 'telnet-by-hand'],
  ['mail.pcap', 'smtp-by-hand'],
  ['names.pcap', 'dns-lookups'],
  ['scan.pcap', 'port-scan'],
] as const)
  copyFileSync(join(GOLDEN, golden, 'input.pcap'), join(folder, name))
// A checkout with signatures and captures, and another of its base.
const SHIPPED = join(import.meta.dirname, '../../signatures')
for (const checkout of [folder, join(folder, 'base')])
  cpSync(join(SHIPPED, 'telnet.sig'), join(checkout, 'signatures/telnet.sig'))
cpSync(join(SHIPPED, 'telnet.sig'), join(folder, 'mine.sig'))
cpSync(join(folder, 'scan.pcap'), join(folder, 'captures/scan.pcap'))

const fences = fencesOf(readDocument('docs/authoring.md'))
const commands = fences
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n').filter((line) => line !== ''))

describe('docs/authoring.md', () => {
  it.each(commands)('%s', (command) => {
    expect(runShell(command, folder)).toMatchObject({ code: 0, stderr: '' })
  })

  it('shows what the first command prints', () => {
    const shown = fences.find(({ language }) => language === 'sig')?.text
    expect(runShell(commands[0] ?? '', folder).stdout).toBe(shown)
  })

  it('has sound signatures', () => {
    for (const { language, text } of fences) {
      if (language !== 'sig') continue
      const { diagnostics } = compileProgram([{ name: 'authoring.md', text }], { examples: true })
      expect(diagnostics.map(({ message }) => message)).toEqual([])
    }
  })
})
