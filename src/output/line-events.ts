// A replay's events as lines. Unlike the sensor's outputs this waits for a slow reader and throws when the device
// refuses: nothing but the reader decides how fast a replay is, and there is no use in going on without one.

import type { EventSink } from '../model/event.ts'
import type { LineSink } from './line-sink.ts'

export function createLineEvents(sink: LineSink): EventSink {
  return { event: ({ line }) => sink.line(line) }
}
