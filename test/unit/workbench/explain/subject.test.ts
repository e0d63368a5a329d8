import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compileWithStatements } from '../../../../src/signature/compile-program.ts'
import { findSubject } from '../../../../src/workbench/explain/subject.ts'
import { Workspace } from '../../../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())

const text =
  '#: sid=5\n#+ c1\ntcp * = c1 : a\n\nssh * s:SUCCESS : b\ncount x by client within 1h where hits > 3 : c\n'
const loaded = () => compileWithStatements([{ name: 'x.sig', text }])
const path = join(workspace.folder, 'x.sig')
writeFileSync(path, text)

const descriptionOf = (wanted: string) => findSubject(wanted, loaded).statement.ast.description

describe('findSubject', () => {
  it('finds a signature by its sid', () => {
    expect(descriptionOf('5')).toBe('a')
    expect(() => descriptionOf('6')).toThrow('no signature has sid 6')
  })

  it('finds a signature by its line, or one above it', () => {
    expect(descriptionOf(`${path}:5`)).toBe('b')
    expect(descriptionOf(`${path}:3`)).toBe('a')
    expect(descriptionOf(`${path}:1`)).toBe('a')
    expect(() => descriptionOf(`${path}:9`)).toThrow('no statement at or below')
    expect(() => descriptionOf('gone.sig:1')).toThrow('no such file')
  })

  it('shows what is wrong with a statement that is broken, and takes no other', () => {
    const broken = join(workspace.folder, 'broken.sig')
    writeFileSync(broken, 'tcp * = c1 : a\n#: sid=7\ntcp * = x1 : b\n#: sid=x\ntcp * = c2 : c\n')
    expect(() => descriptionOf(`${broken}:3`)).toThrow(/broken\.sig:3 is not sound\n.*:3:9: error S005/)
    expect(() => descriptionOf(`${broken}:2`)).toThrow('S005')
    expect(() => descriptionOf(`${broken}:3`)).not.toThrow('S022')
    expect(descriptionOf(`${broken}:1`)).toBe('a')
  })

  it('takes a statement, with a description or without', () => {
    expect(descriptionOf('tcp * = c1 s2 : mine')).toBe('mine')
    expect(descriptionOf('tcp * = c1 s2')).toBe('as typed')
    expect(descriptionOf('ssh * c:PASSWORD s:FAILURE')).toBe('as typed')
    expect(() => descriptionOf('tcp * = x1')).toThrow('S005')
    expect(() => descriptionOf('')).toThrow('the signature is empty')
  })

  it('refuses campaigns', () => {
    expect(() => descriptionOf(`${path}:6`)).toThrow('is a campaign')
  })
})
