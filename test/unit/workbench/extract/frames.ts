// Frames for tests of extracts.

import type { FollowedFrame } from '../../../../src/model/followed-flow.ts'
import { ethernet, frame, type Layer } from '../../../support/packet.ts'

/** A frame as it is followed; anything but a link is put into Ethernet. */
export function followed(layer: Layer, ordinal = 0, keep?: number): FollowedFrame {
  const links = ['ethernet', 'sll', 'sll2', 'null', 'loop']
  const made = frame(links.includes(layer.kind) ? layer : ethernet(layer))
  const data = made.data.slice(made.start, keep === undefined ? made.end : made.start + keep)
  return { data, wireLength: made.wireLength, link: made.link, time: ordinal * 1000, ordinal }
}
