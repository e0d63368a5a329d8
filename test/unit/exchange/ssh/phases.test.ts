import { expect, it } from 'vitest'
import { SshPhases } from '../../../../src/exchange/ssh/phases.ts'
import type { MessageName } from '../../../../src/model/messages.ts'
import { SSH_PHASES } from '../../../../src/model/program.ts'

/** Each message with the phases that begin with it. */
function phasesOf(phases: SshPhases, text: string): readonly string[] {
  return text.split(' ').map((word) => {
    const [side = '', name = ''] = word.split(':')
    const bits = phases.take(side === 'c' ? 0 : 1, name as MessageName)
    return [word, ...SSH_PHASES.filter((_, i) => ((bits >> i) & 1) === 1)].join(' ')
  })
}

it('begins each phase once, and that of keys once a side', () => {
  const text = 's:NEWKEYS s:EXT_INFO s: c:NEWKEYS c:NONE c:PASSWORD s:SUCCESS c:CHANNEL_OPEN s:'
  expect(phasesOf(new SshPhases(), text)).toEqual([
    's:NEWKEYS',
    's:EXT_INFO newkeys',
    's:',
    'c:NEWKEYS',
    'c:NONE newkeys auth',
    'c:PASSWORD',
    's:SUCCESS',
    'c:CHANNEL_OPEN session',
    's:',
  ])
})

it('begins that of channels behind each confirmation', () => {
  const text = 's:CHANNEL_CONFIRMATION c: s: c:CHANNEL_CONFIRMATION s:'
  expect(phasesOf(new SshPhases(true), text)).toEqual([
    's:CHANNEL_CONFIRMATION newkeys',
    'c: newkeys channel',
    's:',
    'c:CHANNEL_CONFIRMATION',
    's: channel',
  ])
})
