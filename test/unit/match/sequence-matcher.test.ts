import { describe, expect, it } from 'vitest'
import { DEFAULT_SEQUENCE_BUDGET, Stream } from '../../../src/match/sequence-flows.ts'
import { FIRST_RECORD } from '../../../src/model/flow-record.ts'
import { SequenceElement } from '../../../src/model/sequence-element.ts'
import { SequenceRun, SSH_22, TCP_22 } from '../../support/sequence-run.ts'
import { parseSequence, where } from '../../support/sequence-text.ts'

function factsOf(sequence: string) {
  return sequence.startsWith('ssh') ? SSH_22 : TCP_22
}

/** Hits of the stream, the flow's end not seen. */
function hits(sequence: string, stream: string, facts = factsOf(sequence)): readonly string[] {
  return new SequenceRun([parseSequence(sequence)]).play(stream, facts).summary
}

describe('a sequence', () => {
  it('hits at the element that completes it', () => {
    const run = new SequenceRun([parseSequence('tcp * c1 s2 c3')])
    expect(run.play('c9 c1 s2').summary).toEqual([])
    expect(run.play('c3').summary).toEqual(['0: 2-4'])
  })

  it.each([
    ['an optional element', 'tcp * c1 s2? c3', 'c1 c3 c1 s2 c3', ['0: 1-2', '0: 3-5']],
    ['any element', 'tcp * c1 any c3', 'c1 s7 c3', ['0: 1-3']],
    ['a bounded repeat', 'tcp * c1 s2{2,3} c3', 'c1 s2 c3 c1 s2 s2 c3 c1 s2 s2 s2 s2 c3', ['0: 4-7']],
    ['an endless repeat', 'tcp * c1 s2{2,} c3', 'c1 s2 s2 s2 s2 s2 c3', ['0: 1-7']],
    ['alternatives', 'tcp * (c1 | s2 s3) c4', 'c1 c4 s2 s3 c4 s3 c4', ['0: 1-2', '0: 3-5']],
    ['a repeated group', 'tcp * (+ c* s*){2}', '+c1 s1 +c2 s2', ['0: 1-4']],
    ['one element', 'tcp * c1..3', 'c2 c4 c3', ['0: 1-1', '0: 3-3']],
  ])('takes %s', (_, sequence, stream, expected) => {
    expect(hits(sequence, stream)).toEqual(expected)
  })

  it('is known as soon as it is complete: what is optional at its end adds nothing', () => {
    expect(hits('tcp * c1 s2{0,3}', 'c1 s2 s2')).toEqual(['0: 1-1'])
  })

  it('takes the earliest of several starts that one element completes', () => {
    expect(hits('tcp * c1 any{0,4} s2', 'c1 c1 c1 s2 s2')).toEqual(['0: 1-4'])
  })

  it('does not overlap itself', () => {
    expect(hits('tcp * c1 c1', 'c1 c1 c1 c1 c1')).toEqual(['0: 1-2', '0: 3-4'])
  })

  it('does not match across a gap, nor begin before it', () => {
    expect(hits('tcp * c1 s2 s3', 'c1 ! s2 s3 c1 s2 ! s3 c1 s2 s3')).toEqual(['0: 7-9'])
  })

  it.each([
    ['the server port', 'tcp 23,80-90 c1 s2'],
    ['the protocol', 'udp * c1 s2'],
    ['the stream', 'ssh * c1 s2'],
  ])('holds for %s that it names', (_, sequence) => {
    expect(hits(sequence, 'c1 s2', TCP_22)).toEqual([])
  })

  it('holds for all its ports, whichever end is the client', () => {
    for (const serverPort of [22, 2200, 2299])
      expect(hits('tcp 22,2200-2299 c1', 'c1', { ...TCP_22, serverPort, clientIsB: true })).toEqual([
        '0: 1-1',
      ])
  })

  it('reads messages by name and by payload', () => {
    const failed = 'ssh * c:PASSWORD any{0,4} s:FAILURE'
    expect(hits(failed, 'c52:NONE c148:PASSWORD s36:BANNER s52:FAILURE')).toEqual(['0: 2-4'])
    expect(hits('ssh * c:ssh(10) s@1', 'c36~9..16 s36')).toEqual(['0: 1-2'])
    expect(hits('ssh * c:ssh(10..12)', 'c36~4..9 c36~12..19 c36')).toEqual(['0: 2-2'])
  })

  it('keeps the streams of a flow apart', () => {
    const run = new SequenceRun([parseSequence('tcp * c1 s2'), parseSequence('ssh * c1 s2')]).open(0)
    const e = new SequenceElement()
    const feed = (stream: Stream, ordinal: number, direction: 0 | 1, size: number) => {
      Object.assign(e, { ordinal, direction, size, delay: 1 })
      run.matcher.element(FIRST_RECORD, stream, e)
    }
    feed(Stream.packets, 1, 0, 1)
    feed(Stream.messages, 5, 1, 2)
    feed(Stream.messages, 6, 0, 1)
    feed(Stream.packets, 2, 1, 9)
    feed(Stream.messages, 7, 1, 2)
    expect(run.summary).toEqual(['1: 6-7'])
  })

  it('tells which streams nobody is about', () => {
    const { matcher } = new SequenceRun([parseSequence('udp * c1')])
    expect([matcher.isEmpty(Stream.packets), matcher.isEmpty(Stream.messages)]).toEqual([false, true])
    expect(new SequenceRun([parseSequence('ssh *')]).matcher.isEmpty(Stream.messages)).toBe(false)
  })
})

describe('a size that refers to an earlier one', () => {
  it('is that size, or so much more, give or take', () => {
    expect(hits('tcp * c* s@1+16/2', 'c10 s28')).toEqual(['0: 1-2'])
    expect(hits('tcp * c* s@1+16/2', 'c10 s29')).toEqual([])
    expect(hits('tcp * c* s@1-4', 'c10 s6')).toEqual(['0: 1-2'])
  })

  it('is that of the latest round', () => {
    expect(hits('tcp * < c*{2} s@1', 'c10 c20 s20')).toEqual(['0: 1-3'])
    expect(hits('tcp * < c*{2} s@1', 'c10 c20 s10')).toEqual([])
  })

  it('is no size when that element was not taken', () => {
    expect(hits('tcp * < (c5 | s6) s@1', 's6 s6')).toEqual([])
    expect(hits('tcp * < (c5 | s6) s@1', 'c5 s5')).toEqual(['0: 1-2'])
  })
})

describe('delays', () => {
  it('are short between packets where nothing is said, and anything before the first', () => {
    expect(hits('tcp * c1 s2', '+c1 s2')).toEqual(['0: 1-2'])
    expect(hits('tcp * c1 s2', 'c1 +s2')).toEqual([])
    expect(hits('tcp * c1 +? s2', 'c1 +s2')).toEqual(['0: 1-2'])
  })

  it('are anything between messages', () => {
    expect(hits('ssh * c1 s2', 'c1 +s2')).toEqual(['0: 1-2'])
  })

  it('are asked of the first element where it says so', () => {
    expect(hits('tcp * + c1 s2', 'c1 s2 +c1 s2')).toEqual(['0: 3-4'])
    expect(hits('tcp * +2s..30s c1 s2', '+1s_c1 s2 +2s_c1 s2')).toEqual(['0: 3-4'])
  })

  it.each([
    ['+2s..30s', [2_000_000, 30_000_000], [1_999_999, 30_000_001]],
    ['+..200ms', [0, 200_000], [200_001]],
    ['+1m..', [60_000_000, 3_600_000_000], [59_999_999]],
  ])('lie in %s, ends included', (pause, inside, outside) => {
    for (const delay of inside) expect(hits(`tcp * c1 ${pause} s2`, `c1 +${delay}us_s2`)).toEqual(['0: 1-2'])
    for (const delay of outside) expect(hits(`tcp * c1 ${pause} s2`, `c1 +${delay}us_s2`)).toEqual([])
  })

  it('leave the round trip out where the sequence says so', () => {
    const facts = { ...TCP_22, rtt: 500_000 }
    expect(hits('tcp * c1 +2s..3s-rtt s2', 'c1 +2400ms_s2', facts)).toEqual([])
    expect(hits('tcp * c1 +2s..3s-rtt s2', 'c1 +3500ms_s2', facts)).toEqual(['0: 1-2'])
    expect(hits('tcp * c1 +..1s-rtt s2', 'c1 +100ms_s2', facts)).toEqual(['0: 1-2'])
  })

  it('that are not known lie in no range', () => {
    const run = new SequenceRun([parseSequence('tcp * c1 +0s..10s s2')]).play('c1')
    run.feed(0, {
      kind: 'element',
      direction: 1,
      size: 2,
      message: 0,
      payload: undefined,
      delay: undefined,
      isPause: false,
      phases: [],
    })
    expect(run.summary).toEqual([])
  })
})

describe('anchors', () => {
  it('`<` wants the first element of a flow whose start was seen', () => {
    expect(hits('tcp * < c1 s2', 'c1 s2')).toEqual(['0: 1-2'])
    expect(hits('tcp * < c1 s2', 'c9 c1 s2')).toEqual([])
    expect(hits('tcp * < c1 s2', '! c1 s2')).toEqual([])
    expect(hits('tcp * < c1 s2', 'c1 s2', { ...TCP_22, startSeen: false })).toEqual([])
  })

  it('a phase wants its first message', () => {
    expect(hits('ssh * <auth c:NONE s:FAILURE', 'c:NONE s:FAILURE <auth>c:NONE s:FAILURE')).toEqual([
      '0: 3-4',
    ])
    expect(hits('ssh * <auth c:NONE', '<session>c:NONE <newkeys>c:NONE')).toEqual([])
  })

  it('`>` wants the last element of a flow whose end was seen', () => {
    const run = new SequenceRun([parseSequence('tcp * c1 s2{1,3} >')])
    expect(run.play('c1 s2 s2').summary).toEqual([])
    expect(run.close(0).summary).toEqual(['0: 1-3'])
    expect(run.open(0).play('c1 s2 c3').close(0).summary).toEqual([])
    expect(run.open(0).play('c1 s2 !').close(0).summary).toEqual([])
  })

  it('`>` takes the earliest of several starts', () => {
    expect(new SequenceRun([parseSequence('tcp * any{1,} s2 >')]).play('c1 c1 s2').close(0).summary).toEqual([
      '0: 1-3',
    ])
  })
})

describe('conditions', () => {
  const GUESSING = parseSequence('ssh * c:PASSWORD any{0,2} s:FAILURE', { where: where('failures >= 3') })

  it('must hold at the element that completes the pattern', () => {
    const run = new SequenceRun([GUESSING]).play('c:PASSWORD', SSH_22)
    run.figures.set('failures', 2)
    expect(run.play('s:FAILURE').summary).toEqual([])
    run.figures.set('failures', 3)
    expect(run.play('s:BANNER c:PASSWORD s:FAILURE').summary).toEqual(['0: 4-5'])
  })

  it('let a pattern go on that can be completed later', () => {
    const run = new SequenceRun([GUESSING]).play('c:PASSWORD s:FAILURE', SSH_22)
    run.figures.set('failures', 3)
    expect(run.play('s:FAILURE').summary).toEqual(['0: 1-3'])
  })

  it('are looked at when the flow ends, with `>`', () => {
    const run = new SequenceRun([parseSequence('tcp * c1 >', { where: where('failures >= 3') })]).play('c1')
    run.figures.set('failures', 3)
    expect(run.close(0).summary).toEqual(['0: 1-1'])
  })

  it('that stand alone hit once a flow, when they first hold', () => {
    const run = new SequenceRun([parseSequence('tcp 22', { where: where('s.bytes > 5') })]).play('c1 s5')
    run.figures.set('s.bytes', 6)
    expect(run.play('c1 s1').summary).toEqual(['0: 3-3'])
    run.figures.set('s.bytes', 0)
    run.play('c1').figures.set('s.bytes', 6)
    expect(run.play('c1').summary).toEqual(['0: 3-3'])
  })

  it('that stand alone hold for the ports that they name', () => {
    const always = { where: where('failures >= 0') }
    const run = new SequenceRun([
      parseSequence('tcp 23', always),
      parseSequence('tcp 20-22', always),
      parseSequence('tcp *', always),
      parseSequence('udp *', always),
    ])
    expect(run.play('c1').summary).toEqual(['2: 1-1', '1: 1-1'])
  })
})

describe('hits of a flow', () => {
  it('are counted from one', () => {
    const run = new SequenceRun([parseSequence('tcp * c1'), parseSequence('tcp * s2')]).play('c1 s2 c1')
    expect(run.hits(0).map(({ signature, count }) => [signature, count])).toEqual([
      [0, 1],
      [1, 1],
      [0, 2],
    ])
    expect(run.hitsOf(0)).toEqual([
      { signature: 0, count: 2 },
      { signature: 1, count: 1 },
    ])
  })

  it('are no more than the limit', () => {
    const run = new SequenceRun([parseSequence('tcp * c1 s2', { limit: 2 })]).play('c1 s2 c1 s2 c1 s2')
    expect(run.summary).toEqual(['0: 1-2', '0: 3-4'])
    run.release(0).open(0)
    expect(run.play('c1 s2').summary).toEqual(['0: 1-2'])
  })
})

describe('bounds', () => {
  it('keep matches that can be told apart no more once', () => {
    const few = { ...DEFAULT_SEQUENCE_BUDGET, threadsPerFlow: 2 }
    const run = new SequenceRun([parseSequence('tcp * c1 any{0,} s2')], few).play('c1 '.repeat(100))
    expect(run.play('s2').summary).toEqual(['0: 1-101'])
    expect(run.counter('match.dropped_threads')).toBe(0)
  })

  it('keep matches that may still turn out differently', () => {
    expect(hits('tcp * c* any{0,} s@1 s9', 'c5 c6 s6 s5 s9')).toEqual(['0: 1-5'])
    expect(hits('tcp * c* any{0,} s@1 s9', 'c5 c6 s6 s9')).toEqual(['0: 2-4'])
  })

  it('drop what a flow has too much of, and count it', () => {
    const few = { ...DEFAULT_SEQUENCE_BUDGET, threadsPerFlow: 3 }
    const run = new SequenceRun([parseSequence('tcp * c* any{0,} s@1')], few).play('c1 c2 c3 c4 c5 s1')
    expect(run.counter('match.dropped_threads')).toBeGreaterThan(0)
    expect(run.summary).toEqual(['0: 1-6'])
  })

  it('drop hits that there is no room to count', () => {
    const none = { ...DEFAULT_SEQUENCE_BUDGET, hitBytes: 32 }
    const run = new SequenceRun([parseSequence('tcp * c1'), parseSequence('tcp * s2')], none).play('c1 s2')
    expect(run.summary).toEqual(['0: 1-1'])
    expect(run.counter('match.dropped_hits')).toBe(1)
  })

  it('hold for all flows together', () => {
    const one = { ...DEFAULT_SEQUENCE_BUDGET, flowBytes: 0 }
    const run = new SequenceRun([parseSequence('tcp * c1 s2')], one).open(0).open(1)
    run.feed(1, { ...C1 })
    run.feed(0, { ...C1 })
    expect(run.counter('match.dropped_threads')).toBe(1)
    run.release(1)
    expect(run.play('c1 s2').summary).toEqual(['0: 2-3'])
  })

  it('keep nothing of a flow in which nothing may begin', () => {
    const run = new SequenceRun([parseSequence('tcp * c1 s2 s3')]).play('c9 s2')
    expect(run.keepsSomething(0)).toBe(false)
    expect(run.play('c1').keepsSomething(0)).toBe(true)
    expect(run.play('s2').keepsSomething(0)).toBe(true)
    expect(run.play('s2').keepsSomething(0)).toBe(false)
  })
})

const C1 = {
  kind: 'element',
  direction: 0,
  size: 1,
  message: 0,
  payload: undefined,
  delay: 1,
  isPause: false,
  phases: [],
} as const
