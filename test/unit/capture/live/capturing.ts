// A live capture under test: what it handed on, and what it told.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CaptureSpec } from '../../../../src/capture/live/capture-plan.ts'
import { chooseMethod } from '../../../../src/capture/live/choose-method.ts'
import type { CaptureLauncher } from '../../../../src/capture/live/launcher.ts'
import { createLiveCapture } from '../../../../src/capture/live/live-capture.ts'
import type { CaptureMethod, LiveCapture } from '../../../../src/model/live.ts'
import { OURS } from '../../../support/veth.ts'

export interface Seen {
  /** First payload byte. */
  readonly number: number | undefined
  readonly tsMicros: number
  /** Wall clock, ms, when it was handed on. */
  readonly at: number
}

export interface Capturing {
  readonly capture: LiveCapture
  readonly frames: Seen[]
  /** Kinds of events, in order. */
  readonly kinds: string[]
  readonly messages: string[]
}

/** Of packets that Veth.send() sends. */
export function specFor(
  device: string,
  method: 'auto' | CaptureMethod = 'auto',
  program?: string,
): CaptureSpec {
  // Of which cap makes no more than some hundred slots.
  const ring = { snaplen: 262_144, bufferBytes: 64 * 1024 * 1024 }
  return { ...ring, ...chooseMethod(method, program), device, filter: OURS, promiscuous: true }
}

export function capturing(spec: CaptureSpec, launcher: CaptureLauncher): Capturing {
  const frames: Seen[] = []
  const kinds: string[] = []
  const messages: string[] = []
  const capture = createLiveCapture(
    { ...spec, source: 0, launcher },
    {
      frame: ({ data, start, time }) =>
        frames.push({ number: data[start + 14], tsMicros: time[0]!, at: Date.now() }),
    },
    {
      captureEvent: (_level, kind, message) => {
        kinds.push(kind)
        messages.push(message)
      },
    },
  )
  return { capture, frames, kinds, messages }
}

/** A folder for what a test file writes. */
export function scratch(): { readonly folder: string; readonly file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'gait-'))
  chmodSync(folder, 0o755)
  return { folder, file: join(folder, 'sent.pcap'), remove: () => rmSync(folder, { recursive: true }) }
}
