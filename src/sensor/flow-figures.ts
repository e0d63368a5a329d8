// The running figures of flows, for the conditions of signatures: those that records hold, and those of SSH.

import { word } from '../core/bytes.ts'
import { SSH, TLS } from '../exchange/app-protocol.ts'
import type { SshConversations } from '../exchange/ssh/ssh-conversations.ts'
import { FIGURE_NAMES, FIGURES, type FlowFigureSource, type SshFigureName } from '../model/figures.ts'
import {
  appOf,
  CLIENT_IS_B,
  ELEMENT_TIME,
  ELEMENTS,
  type FlowRecords,
  PAYLOAD,
  realOf,
  START_TIME,
  STATE,
  volumeOf,
} from '../model/flow-record.ts'
import type { FlowClock } from '../model/flow-sink.ts'

const FLOW_FIGURES = Object.keys(FIGURES).length

export class FlowFigures implements FlowFigureSource {
  readonly #records: FlowRecords
  readonly #clock: FlowClock
  readonly #ssh: SshConversations

  constructor(records: FlowRecords, clock: FlowClock, ssh: SshConversations) {
    this.#records = records
    this.#clock = clock
    this.#ssh = ssh
  }

  value(flow: number, figure: number): number {
    const { words, reals } = this.#records
    const client = word(words, flow + STATE) & CLIENT_IS_B
    switch (figure) {
      case 0:
        return (this.#clock.time[0] ?? 0) - realOf(reals, flow, START_TIME)
      case 1:
        return (this.#clock.time[0] ?? 0) - realOf(reals, flow, ELEMENT_TIME)
      case 2:
        return word(words, flow + ELEMENTS)
      case 3:
        return volumeOf(words, flow + PAYLOAD + client)
      case 4:
        return volumeOf(words, flow + PAYLOAD + (client ^ 1))
      case 5:
        return this.#speaks(flow, TLS)
      case 6:
        return this.#speaks(flow, SSH)
      case 7:
        return this.#ssh.of(flow)?.figures?.messages ?? 0
      default:
        return this.#sshValue(flow, figure)
    }
  }

  hasSsh(flow: number): boolean {
    return this.#ssh.of(flow)?.figures !== undefined
  }

  #speaks(flow: number, protocol: number): number {
    return appOf(this.#records.words, flow) === protocol ? 1 : 0
  }

  #sshValue(flow: number, figure: number): number {
    const figures = this.#ssh.of(flow)?.figures
    const name = FIGURE_NAMES[figure]
    return figures === undefined || figure < FLOW_FIGURES ? 0 : figures.value(name as SshFigureName)
  }
}
