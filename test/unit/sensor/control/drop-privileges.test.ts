import { afterAll, describe, expect, it } from 'vitest'
import { Scratch } from '../../../support/scratch.ts'

const scratch = new Scratch()
const isRoot = process.getuid?.() === 0
if (!isRoot) console.warn('skipped: tests that give up root, which need root')
afterAll(() => scratch.remove())

/** What a process of its own becomes, or why it does not. */
function drop(user: string | undefined, group: string | undefined, allowRoot = false, before = ''): unknown {
  const { stdout, stderr } = scratch.run(`
    import { readFileSync } from 'node:fs'
    import { dropPrivileges, checkPrivileges } from 'SRC/sensor/control/drop-privileges.ts'
    const names = [${JSON.stringify(user)}, ${JSON.stringify(group)}, ${allowRoot}]
    ${before}
    try {
      const outcome = dropPrivileges(...names)
      const status = readFileSync('/proc/self/status', 'latin1')
      const field = (name) => new RegExp('^' + name + ':\\\\s*(.*)$', 'm').exec(status)[1].trim().split(/\\s+/).join(' ')
      console.log(JSON.stringify({ ...outcome, kernel: [field('Uid'), field('Gid'), field('CapEff')] }))
    } catch ({ code, message }) {
      console.log(JSON.stringify({ code, message }))
    }`)
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const NO_CAPABILITIES = '0000000000000000'

describe.skipIf(!isRoot)('dropPrivileges as root', () => {
  it('becomes a user with its own group, for good', () => {
    expect(drop('nobody', undefined)).toEqual({
      dropped: true,
      uid: 65534,
      gid: 65534,
      groups: [65534],
      kernel: ['65534 65534 65534 65534', '65534 65534 65534 65534', NO_CAPABILITIES],
    })
  })

  it('takes another group, and numbers that have no name', () => {
    expect(drop('nobody', 'daemon')).toMatchObject({ uid: 65534, gid: 1, groups: [1] })
    expect(drop('54321', '54322')).toMatchObject({
      uid: 54321,
      gid: 54322,
      groups: [54322],
      kernel: ['54321 54321 54321 54321', '54322 54322 54322 54322', NO_CAPABILITIES],
    })
    expect(drop('54321', undefined)).toEqual({
      code: 'input',
      message: 'user 54321 has no name and so no group',
    })
  })

  it('gives up the groups that root was in', () => {
    expect(drop('nobody', undefined, false, 'process.setgroups([0, 1, 2, 3])')).toMatchObject({
      groups: [65534],
    })
  })

  it('leaves nothing half done where it fails', () => {
    expect(drop('nosuchuser', undefined)).toEqual({ code: 'input', message: 'there is no user nosuchuser' })
    expect(drop('nobody', 'nosuchgroup')).toEqual({
      code: 'input',
      message: 'there is no group nosuchgroup',
    })
  })

  it('refuses to stay root unless told to', () => {
    const refusal = { code: 'usage', message: 'refusing to keep running as root' }
    expect(drop(undefined, undefined)).toEqual(refusal)
    expect(drop('root', undefined)).toEqual(refusal)
    expect(drop('0', 'nogroup')).toEqual(refusal)
    expect(drop(undefined, undefined, true)).toMatchObject({ dropped: false, uid: 0 })
    expect(drop('root', undefined, true)).toMatchObject({ uid: 0, gid: 0 })
    expect(drop(undefined, 'daemon', true)).toMatchObject({ uid: 0, gid: 1, groups: [1] })
  })

  it('says so beforehand without doing anything', () => {
    const before = (call: string) =>
      `try { ${call} } catch ({ message }) { console.log(JSON.stringify(message + ' ' + process.getuid())); process.exit() }`
    expect(drop(undefined, undefined, false, before('checkPrivileges(...names)'))).toBe(
      'refusing to keep running as root 0',
    )
    expect(
      drop(
        'nobody',
        undefined,
        false,
        'checkPrivileges(...names); console.assert(process.getuid() === 0 && process.getegid() === 0)',
      ),
    ).toMatchObject({ dropped: true })
  })

  it('cannot do it without the capability, and says so', () => {
    // Real uid root, effective uid another: the kernel has taken the capabilities away.
    expect(drop('nobody', undefined, false, 'process.seteuid(1)')).toMatchObject({
      code: 'permission',
      message: expect.stringContaining('cannot give up root'),
    })
  })
})

describe.skipIf(!isRoot)('dropPrivileges as somebody else', () => {
  const asNobody = 'process.setgroups([65534]); process.setgid(65534); process.setuid(65534)'

  it('has nothing to do for the user and the groups that it has', () => {
    const same = { dropped: false, uid: 65534, gid: 65534, groups: [65534] }
    expect(drop(undefined, undefined, false, asNobody)).toMatchObject(same)
    expect(drop('nobody', 'nogroup', false, asNobody)).toMatchObject(same)
  })

  it('cannot become another', () => {
    expect(drop('daemon', undefined, false, asNobody)).toEqual({
      code: 'permission',
      message: 'cannot become user daemon: only root can',
    })
    expect(drop(undefined, 'daemon', false, asNobody)).toEqual({
      code: 'permission',
      message: 'cannot become group daemon: only root can',
    })
    expect(drop('root', undefined, true, asNobody)).toMatchObject({ code: 'permission' })
  })
})
