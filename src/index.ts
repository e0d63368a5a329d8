// The public API: what a program needs that runs Gait itself. Everything else may change without notice.
//
// Captures: loadSignatures, compileProgram, replay with a ReportSink. Frames of your own (a device, a queue):
// a Reporter and a Pipeline, to which each Frame is handed.

export type { Diagnostic, Severity, SourceText, Span } from './model/diagnostic.ts'
export type { CaptureProblem } from './model/frame.ts'
export { Frame, LinkType } from './model/frame.ts'
export type { OperatorErrorCode } from './model/operator-error.ts'
export { OperatorError } from './model/operator-error.ts'
export type { Program, ProgramElement, ProgramSignature } from './model/program.ts'
export type {
  Endpoint,
  FlowEnd,
  FlowFacts,
  Hit,
  ReportSink,
  RunTotals,
  SshReport,
  Volume,
} from './model/report.ts'
export { formatElements } from './output/raw-signature.ts'
export type { PipelineOptions } from './sensor/pipeline.ts'
export { Pipeline } from './sensor/pipeline.ts'
export type { Progress, ReplayListener, ReplayOptions } from './sensor/replay.ts'
export { replay } from './sensor/replay.ts'
export type { FlowInterest } from './sensor/reporter.ts'
export { Reporter } from './sensor/reporter.ts'
export type { Compilation, CompileOptions } from './signature/compile-program.ts'
export { compileProgram } from './signature/compile-program.ts'
export { formatDiagnostic } from './signature/format-diagnostic.ts'
export { loadSignatures } from './signature/load-signatures.ts'
