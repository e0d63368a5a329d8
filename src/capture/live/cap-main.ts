// hot path
// libpcap by npm's cap, in a process of its own that writes a pcap stream to standard output as tcpdump does:
// cap aborts its process when the device goes down, and drains the kernel's ring in one callback without
// ever yielding, so neither the sensor's life nor its signals and timers may depend on it.
//
// Arguments: device, snapshot length, bytes of the kernel's ring, filter. Gives up root once the device is open.

import { writeSync } from 'node:fs'
import { LinkType } from '../../model/frame.ts'
import { ArrivalClock } from './arrival-clock.ts'
import { capLinkType } from './cap-link.ts'
import { PcapBuffer } from './pcap-buffer.ts'

/** cap asks libpcap for so much of each packet. */
const CAPTURED_BYTES = 65_535

/** The user that owns nothing. */
const NOBODY = 65_534

const STDOUT = 1

const [, , device = '', snaplen = '', bufferBytes = '', filter = ''] = process.argv

/** Standard output is a blocking pipe: what does not fit waits, and the kernel's ring with it. */
function write(bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(STDOUT, bytes, at)
  } catch {
    // Nobody reads any more.
    process.exit(0)
  }
}

function fail(words: string): never {
  process.stderr.write(`cap: ${words}\n`)
  process.exit(1)
}

function giveUpRoot(): void {
  if (process.getuid?.() !== 0) return
  process.setgroups?.([])
  process.setgid?.(NOBODY)
  process.setuid?.(NOBODY)
}

async function capture(): Promise<void> {
  const { default: cap } = await import('cap').catch((error: unknown) => fail(String(error)))
  const clock = new ArrivalClock()
  const packet = Buffer.allocUnsafeSlow(CAPTURED_BYTES)
  let output = new PcapBuffer(LinkType.ethernet, Number(snaplen), write)
  const flush = (): void => output.flush()

  /** cap emits through the method it finds when it is made: this one, and no listeners. */
  class Tap extends cap.Cap {
    override emit(_event: string, length: number): void {
      if (output.isEmpty) setImmediate(flush)
      output.add(packet, length, clock.now())
    }
  }

  const tap = new Tap()
  let link: string
  try {
    link = tap.open(device, filter, Number(bufferBytes), packet)
    tap.setMinBytes?.(0)
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
  const linkType = capLinkType(link)
  if (linkType === undefined) fail(`${device}: Gait does not decode its link type (${link})`)
  giveUpRoot()
  output = new PcapBuffer(linkType, Number(snaplen), write)
  output.flush()
  process.stderr.write(`cap: listening on ${device}, link-type ${link}\n`)
  process.on('SIGINT', () => {
    tap.close()
    output.flush()
    process.exit(0)
  })
}

await capture()
