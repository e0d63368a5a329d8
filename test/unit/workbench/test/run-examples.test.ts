import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import { compileWithStatements } from '../../../../src/signature/compile-program.ts'
import { formatTests } from '../../../../src/workbench/test/format-tests.ts'
import { formatJunit } from '../../../../src/workbench/test/junit.ts'
import { type HitCounter, runExamples } from '../../../../src/workbench/test/run-examples.ts'
import { failuresOf, summarise } from '../../../../src/workbench/test/test-summary.ts'
import { THRESHOLD } from '../exchanges.ts'

const noCaptures: HitCounter = async (path) => {
  throw new OperatorError('input', `cannot read ${path}: no such file or folder`)
}

function run(text: string, countHits = noCaptures) {
  return runExamples(compileWithStatements([{ name: 'some/test.sig', text }]), THRESHOLD, countHits)
}

/** What is wrong with the examples of a file, in order. */
async function failures(text: string, countHits = noCaptures): Promise<readonly string[]> {
  return (await run(text, countHits)).flatMap(({ examples }) => examples.flatMap(failuresOf))
}

describe('runExamples', () => {
  it('finds nothing wrong where all is as it is said to be', async () => {
    expect(await failures('#+ c1 s2\n#+ 2x (c1 s2){2}\n#- c1 s3\ntcp * = c1 s2 : a')).toEqual([])
  })

  it('says how often a signature hits and should', async () => {
    expect(await failures('#+ c1 s3\n#+ 3x c1 s2\n#- c1 s2\ntcp * = c1 s2 : a')).toEqual([
      'must hit once, hits never',
      'must hit 3 times, hits once',
      'must not hit, but hits once',
    ])
  })

  it('says which others hit as well, unless the example does', async () => {
    const other = '#: sid=2\ntcp * = c1 : b'
    expect(await failures(`#: sid=1\n#+ c1 s2\n#- c1\ntcp * = c1 s2 : a\n${other}`)).toEqual([
      '2 hits as well, once: b',
      '2 hits as well, once: b',
    ])
    expect(await failures(`#: sid=1\n#+ c1 s2 & 2\ntcp * = c1 s2 : a\n${other}`)).toEqual([])
  })

  it('says which of the others that an example names do not hit, if they are loaded', async () => {
    const other = '#: sid=2\ntcp * = c3 : b'
    expect(await failures(`#+ c1 s2 & 2 3\ntcp * = c1 s2 : a\n${other}`)).toEqual([
      '2 is named behind `&` and does not hit',
    ])
  })

  it('has captures counted once, from the folder of the file', async () => {
    const asked: string[] = []
    const count: HitCounter = async (path) => {
      asked.push(path)
      return new Map([[1, 2]])
    }
    const text = '#: sid=1\n#+ 2x file:a/b.pcap\n#- file:a/b.pcap\ntcp * = c1 s2 : a'
    expect(await failures(text, count)).toEqual(['must not hit, but hits twice'])
    expect(asked).toEqual(['some/a/b.pcap'])
  })

  it('says that a capture cannot be read', async () => {
    expect(await failures('#+ file:b.pcap\ntcp * = c1 s2 : a')).toEqual([
      'cannot read some/b.pcap: no such file or folder',
    ])
  })

  it('sends exchanges to the port that the statement names', async () => {
    expect(await failures('#+ c1\n#- port 24: c1\ntcp 23,25 c1 : a\n#+ c2\nudp 53 = c2 : b')).toEqual([])
    expect(await failures('#+ c56\nicmp * = c56 : a')).toEqual([])
  })
})

describe('its results', async () => {
  const results = await run(readFileSync('test/golden/test/input.sig', 'utf8'))

  it('come to a summary', () => {
    expect(summarise(results)).toEqual({
      signatures: 7,
      examples: 13,
      failed: 7,
      withoutMatch: [9000006],
      withoutMiss: [9000002, 9000006],
    })
  })

  it('are shown as a table and the failures', async () => {
    await expect(`${formatTests(results, false).join('\n')}\n`).toMatchFileSnapshot(
      '../../../golden/test/expected.txt',
    )
  })

  it('are told to build servers', async () => {
    await expect(formatJunit(results)).toMatchFileSnapshot('../../../golden/test/expected.xml')
  })
})

it('says what is missing where all must have examples', async () => {
  const results = await run('#: sid=1\n#+ c1 s2\ntcp * = c1 s2 : a')
  expect(formatTests(results, false).at(-1)).toBe('1 signature, 1 example: all passed')
  expect(formatTests(results, true).slice(-2)).toEqual([
    'without an example that must not: 1',
    '1 signature, 1 example: all passed, some are missing',
  ])
  expect(formatTests([], false)).toEqual(['0 signatures, 0 examples: nothing was tested'])
})
