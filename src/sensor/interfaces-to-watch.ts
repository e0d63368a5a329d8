// The interfaces that a sensor can watch, for the command line, which knows no stage.

import { type InterfaceFacts, listInterfaces } from '../capture/live/interfaces.ts'

export function interfacesToWatch(): readonly InterfaceFacts[] {
  return listInterfaces()
}
