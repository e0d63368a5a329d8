import { describe, expect, it } from 'vitest'
import { findGroup, findUser } from '../../../../src/sensor/control/account.ts'

describe('findUser', () => {
  it('finds users by name and by number', () => {
    expect(findUser('root')).toEqual({ name: 'root', uid: 0, gid: 0 })
    expect(findUser('0')).toEqual({ name: 'root', uid: 0, gid: 0 })
  })

  it('takes a number that has no name', () => {
    expect(findUser('3999999999')).toEqual({ name: undefined, uid: 3_999_999_999, gid: undefined })
  })

  it.each(['nosuchuser', '', '-1', '4294967295', '1.5', ':'])('refuses %j', (user) => {
    expect(() => findUser(user)).toThrow(`there is no user ${user}`)
  })
})

describe('findGroup', () => {
  it('finds groups by name and by number', () => {
    expect(findGroup('root')).toBe(0)
    expect(findGroup('3999999999')).toBe(3_999_999_999)
  })

  it('refuses others', () => {
    expect(() => findGroup('nosuchgroup')).toThrow('there is no group nosuchgroup')
  })
})
