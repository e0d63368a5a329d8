// The SSH handshakes of a capture, told by the whole program in this process.

import type { SshReport } from '../../src/model/report.ts'
import { replay } from '../../src/sensor/replay.ts'
import { compileProgram } from '../../src/signature/compile-program.ts'

export async function reportsOf(capture: string): Promise<readonly SshReport[]> {
  const reports: SshReport[] = []
  await replay(
    {
      inputs: [capture],
      recursive: false,
      merge: false,
      program: compileProgram([]).program,
      thresholdMs: 500,
      checksums: false,
      filter: undefined,
      flows: 'none',
      recordedElements: 1,
      appProtocols: true,
      maxFlows: 10_000,
    },
    () => ({ hit() {}, flowEnd() {}, totals() {}, ssh: (report) => reports.push(report) }),
    { trouble() {}, breathe() {}, stopped: false, stop: new Promise(() => {}) },
  )
  return reports
}
