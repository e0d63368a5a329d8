// The sensor on a real interface, between a real sshd and real clients: alerts come at once, a replay of the same
// packets says the same, signals and reloads do what they should, trouble with the interface passes.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type EveEvent, eventsOf, parseEve, secondsOf } from '../support/gait.ts'
import { eventually, LabSensor, LiveLab, lacksForLab } from '../support/live-lab.ts'

const lack = lacksForLab('ip', 'sshd', 'ssh-keygen', 'sshpass', 'tcpdump')

const METHODS = ['pipe', 'cap'] as const
const SOURCE_FIELDS = /^(?:flow_id|pcap_filename|in_iface|timestamp|start|end|time|first|last|\w+_ms)$/

describe.skipIf(lack !== undefined)('a sensor on a cable', { timeout: 60_000 }, () => {
  let lab: LiveLab
  const sensors: LabSensor[] = []
  beforeAll(async () => {
    lab = new LiveLab()
    await lab.startSshd()
  })
  afterEach(async () => {
    for (const sensor of sensors.splice(0)) if (sensor.child.exitCode === null) await sensor.end('SIGKILL')
  })
  afterAll(() => lab.remove())

  async function watch(...options: readonly string[]): Promise<LabSensor> {
    const sensor = new LabSensor(lab, ...options)
    sensors.push(sensor)
    await sensor.says('started')
    return sensor
  }

  const events = (name: string): readonly EveEvent[] => parseEve(lab.read(name))
  const failures = (name: string) =>
    events(name).filter(({ event_type, gait }) => event_type === 'alert' && gait.class === 'ssh.auth.failure')

  /**
   * Events of flows with alerts: others may have begun before one of the captures. Without ids, names of the source,
   * and stamps: two captures stamp a packet some microseconds apart.
   */
  const told = (all: readonly EveEvent[]) =>
    all
      .filter(({ community_id: id }) => all.some((event) => event.alert && event.community_id === id))
      .map((event) => JSON.stringify(event, (key, value) => (SOURCE_FIELDS.test(key) ? undefined : value)))
      .sort()

  it.each(METHODS)('tells each failed login within a second of its packet (%s)', async (method) => {
    const file = `alerts-${method}.json`
    await watch('--capture', method, '-o', lab.file(file))
    for (const attempt of [1, 2, 3]) {
      await lab.tryWrongPassword(`guess-${attempt}`)
      const alert = await eventually('an alert', () => failures(file)[attempt - 1])
      // The stamp is the packet's; the event has been read back from the file by now.
      expect(Date.now() / 1000 - secondsOf(alert.timestamp)).toBeLessThan(1.5)
    }
    expect(failures(file)).toHaveLength(3)
  })

  it('says what a replay of the same packets says', async () => {
    const pcap = lab.file('same.pcap')
    const dump = lab.onServer('tcpdump', '-i', lab.device, '-U', '-w', pcap)
    let said = ''
    dump.stderr?.on('data', (text) => {
      said += text
    })
    await eventually('tcpdump', () => (said.includes('listening') ? true : undefined))
    const sensor = await watch('--capture', 'pipe', '-o', lab.file('same.json'))
    await lab.tryWrongPassword('wrong')
    await lab.tryWrongPassword('as wrong')
    await eventually('the alerts', () => failures('same.json')[1])
    // tcpdump leaves what is still in the ring when it is interrupted.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await sensor.end()
    dump.kill('SIGINT')
    await eventually('the capture', () => dump.exitCode ?? undefined)
    expect(told(events('same.json'))).toEqual(told(eventsOf([pcap])))
    expect(failures('same.json')).toHaveLength(2)
  })

  it('ends in order at SIGTERM: open flows are told, and totals', async () => {
    const sensor = await watch('-o', lab.file('end.json'))
    const client = lab.onClient('bash', '-c', 'exec 3<>/dev/tcp/10.97.0.1/22; sleep 30')
    const active = () => JSON.parse(sensor.ask('flows', '--format', 'json').stdout).result.active
    await eventually('an open flow', () => (active() > 0 ? true : undefined))
    const began = Date.now()
    expect(await sensor.end()).toBe(0)
    expect(Date.now() - began).toBeLessThan(5000)
    client.kill()
    const types = events('end.json').map(({ event_type }) => event_type)
    expect(types).toContain('flow')
    expect(types.at(-1)).toBe('stats')
    expect(sensor.log).toContain(`${types.length} events written, 0 dropped, 0 unconfirmed`)
  })

  it('loads signatures anew at SIGUSR2, and keeps the old ones when the new are bad', async () => {
    const file = lab.file('mine.sig', '#: sid=9000001\ntcp 22 = < c* : Somebody spoke first\n')
    const sensor = await watch('-s', file, '-o', lab.file('reload.json'))
    lab.file('mine.sig', 'tcp 22 = s* : \ntcp banana\n')
    sensor.signal('SIGUSR2')
    await sensor.says('reload-refused')
    lab.file('mine.sig', '#: sid=9000002\ntcp 22 = < c* : Changed\n')
    const answer = sensor.ask('reload')
    expect(answer.code).toBe(0)
    expect(answer.stdout).toContain('9000002')
    await lab.tryWrongPassword('x')
    const isChanged = ({ alert }: EveEvent) => alert?.signature_id === 9_000_002
    await eventually('an alert of the new signature', () => events('reload.json').find(isChanged))
    const engine = events('reload.json').filter(({ event_type }) => event_type === 'engine')
    expect(engine).toHaveLength(1)
    expect(engine[0]?.gait).toMatchObject({
      reload: { added: [9_000_002], removed: [9_000_001], changed: [] },
    })
  })

  it('goes on after its interface went down, went away and came back', async () => {
    const sensor = await watch('--capture', 'pipe', '-o', lab.file('flap.json'))
    lab.setLink('down')
    await sensor.says('device-lost')
    lab.setLink('up')
    await sensor.says('device-back')
    lab.unplug()
    await sensor.says('device-lost', 2)
    lab.plug()
    await sensor.says('device-back', 2, 20_000)
    await lab.tryWrongPassword('x')
    await eventually('an alert', () => failures('flap.json')[0])
    expect(await sensor.end()).toBe(0)
  })

  it('goes on without root, also when its tcpdump is killed', async () => {
    const { chmodSync, chownSync, readFileSync } = await import('node:fs')
    chmodSync(lab.folder, 0o777)
    const sensor = await watch('--capture', 'pipe', '--user', 'nobody', '-o', lab.file('nobody.json'))
    const pid = sensor.child.pid ?? 0
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m)
    chownSync(lab.folder, 0, 0)
    lab.killOnServer('tcpdump')
    await sensor.says('capture-restarted')
    await lab.tryWrongPassword('x')
    await eventually('an alert', () => failures('nobody.json')[0])
    expect(await sensor.end()).toBe(0)
  })

  it('opens its file anew at SIGHUP, tells totals at SIGUSR1, and answers when asked', async () => {
    const sensor = await watch('-o', lab.file('old.json'))
    const { renameSync } = await import('node:fs')
    renameSync(lab.file('old.json'), lab.file('older.json'))
    sensor.signal('SIGHUP')
    await sensor.says('reopened')
    sensor.signal('SIGUSR1')
    await eventually('a stats event', () =>
      events('old.json').find(({ event_type }) => event_type === 'stats'),
    )
    expect(lab.read('older.json')).toBe('')
    const { code, stdout } = sensor.ask('status')
    expect(code).toBe(0)
    expect(stdout).toContain(lab.device)
    expect(sensor.ask('log-level', 'debug').code).toBe(0)
    expect(sensor.ask('flows', '--top', '3').code).toBe(0)
  })
})
