import { expect, it } from 'vitest'
import { type CaptureSpec, dialectOf, planCapture } from '../../../../src/capture/live/capture-plan.ts'
import { findProgram } from '../../../../src/capture/live/find-program.ts'
import { hasTool } from '../../../support/tools.ts'

const spec: CaptureSpec = {
  device: 'eth0',
  method: 'pipe',
  program: '/opt/tcpdump',
  filter: undefined,
  snaplen: 2000,
  promiscuous: true,
  bufferBytes: 64 * 1024 * 1024,
}

it('lets a tcpdump that cannot be told write out each packet', () => {
  const argv = ['/opt/tcpdump', '-U', '-i', 'eth0', '-s', '2000', '-B', '65536', '-w', '-']
  const command = { argv, flushed: false }
  expect(planCapture(spec)).toEqual({ preferred: command, plain: command })
})

it.skipIf(!hasTool('tcpdump'))('lets a tcpdump of today collect packets', () => {
  const program = findProgram('tcpdump')!
  const { preferred, plain } = planCapture({ ...spec, program })
  expect(plain.argv).toContain('-U')
  expect(preferred.flushed).toBe(true)
  expect(preferred.argv).not.toContain('-U')
  if (findProgram('stdbuf') !== undefined) expect(preferred.argv[0]).toMatch(/stdbuf$/)
})

it('passes on filter and modesty', () => {
  const chosen = { ...spec, filter: '-x or tcp', promiscuous: false }
  expect(planCapture(chosen).plain.argv.slice(-5)).toEqual(['-p', '-w', '-', '--', '-x or tcp'])
  const { argv } = planCapture({ ...chosen, program: 'dumpcap' }).plain
  expect(argv).toEqual('dumpcap -q -P -i eth0 -s 2000 -B 64 -p -f'.split(' ').concat('-x or tcp', '-w', '-'))
})

it('asks for no ring that libpcap would refuse', () => {
  const huge = { ...spec, bufferBytes: 2 ** 40 }
  expect(planCapture(huge).plain.argv).toContain(String((2 ** 31 - 2 ** 20) / 1024))
  expect(planCapture({ ...huge, bufferBytes: 1 }).plain.argv.join(' ')).toContain('-B 1 ')
})

it('runs cap by Node', () => {
  const { argv } = planCapture({ ...spec, method: 'cap', program: undefined, filter: 'tcp' }).plain
  expect(argv[0]).toBe(process.execPath)
  expect(argv.slice(2)).toEqual(['eth0', '2000', '67108864', 'tcp'])
})

it('knows whose words a program speaks', () => {
  expect(dialectOf({ method: 'cap', program: undefined })).toBe('cap')
  expect(dialectOf({ method: 'pipe', program: '/usr/bin/dumpcap' })).toBe('dumpcap')
  expect(dialectOf({ method: 'pipe', program: '/usr/bin/tcpdump' })).toBe('tcpdump')
})
