// From gait.yaml and flags to what the sensor is to do. Flags win over the file, setting by setting: a list that is
// given as flags replaces the file's. All that is wrong is said at once. Reads one file, and nothing else of the
// system: whether paths, users and interfaces exist is left to those who use them.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { SourceText } from '../../model/diagnostic.ts'
import { OperatorError } from '../../model/operator-error.ts'
import type { OutputOptions } from '../../model/output-options.ts'
import { checkSettings } from './check-settings.ts'
import { parseConfigDocument } from './config-document.ts'
import { ConfigError, type ConfigProblem } from './config-problem.ts'
import { CONFIG_SCHEMA, type SettingKey, type Settings } from './config-schema.ts'
import { explainIssues, type Finding } from './explain-issues.ts'
import type { SensorConfig } from './sensor-config.ts'

export const DEFAULT_CONFIG_FILE = '/etc/gait/gait.yaml'
const DEFAULT_PID_FILE = '/run/gait/gait.pid'
const NO_FILE: SourceText = { name: '', text: '' }

/** Values of settings as the command line has them: texts, numbers, booleans and lists of texts. */
export type Flags = Readonly<Partial<Record<SettingKey, unknown>>>

/** The default file, if there is one. */
export function findConfigFile(): string | undefined {
  return existsSync(DEFAULT_CONFIG_FILE) ? DEFAULT_CONFIG_FILE : undefined
}

/**
 * @param path - the configuration file; undefined: flags and defaults only
 * @throws ConfigError with all that is wrong; OperatorError `input` when the file cannot be read
 */
export function loadConfig(path: string | undefined, given: Flags): SensorConfig {
  const flags = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const document = parseConfigDocument(path === undefined ? NO_FILE : readConfigFile(path))
  const values = document.values ?? {}
  refuse([
    ...document.problems,
    ...findingsIn(values).map(document.problemOf),
    ...findingsIn(flags).map(problemOfFlag),
  ])
  const settings = CONFIG_SCHEMA.parse({ ...values, ...flags })
  // What is set nowhere is to be a flag, if there is no better place for it.
  const isOfFile = ([key = '']: Finding['path']) => Object.hasOwn(values, key) && !Object.hasOwn(flags, key)
  refuse(
    checkSettings(settings).map((finding) =>
      isOfFile(finding.path) ? document.problemOf(finding) : problemOfFlag(finding),
    ),
  )
  const folder = dirname(resolve(path ?? '.'))
  return compileConfig(settings, path, (key) => (Object.hasOwn(flags, key) ? process.cwd() : folder))
}

function findingsIn(values: unknown): readonly Finding[] {
  const { error } = CONFIG_SCHEMA.safeParse(values, { reportInput: true })
  return error === undefined ? [] : explainIssues(error.issues)
}

function problemOfFlag({ path, message }: Finding): ConfigProblem {
  return { kind: 'flag', flag: String(path[0]), message }
}

/** @throws ConfigError if there is any problem: those of the file by place, then those of flags */
function refuse(problems: readonly ConfigProblem[]): void {
  const placeOf = (problem: ConfigProblem) =>
    problem.kind === 'file' ? problem.span.start : Number.MAX_VALUE
  if (problems.length > 0) throw new ConfigError(problems.toSorted((a, b) => placeOf(a) - placeOf(b)))
}

function readConfigFile(path: string): SourceText {
  try {
    return {
      name: path,
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path)),
    }
  } catch (cause) {
    throw new OperatorError('input', `cannot read the configuration ${path}: ${reason(cause)}`, undefined, {
      cause,
    })
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not text in UTF-8'
  return error instanceof Error ? error.message : String(error)
}

/** @param folderOf - where the relative paths of a setting begin: the file's folder, or of flags the current one */
function compileConfig(
  settings: Settings,
  file: string | undefined,
  folderOf: (key: SettingKey) => string,
): SensorConfig {
  const path = (key: SettingKey, name: string) => resolve(folderOf(key), name)
  const paths = (key: 'signatures' | 'add-signatures') => settings[key].map((name) => path(key, name))
  const optionalPath = (key: 'control' | 'pid-file' | 'log-file') => {
    const name = settings[key]
    return name === undefined ? undefined : path(key, name)
  }
  const program = settings['capture-program']
  return {
    file: file === undefined ? undefined : resolve(file),
    interfaces: settings.interfaces,
    capture: settings.capture,
    captureProgram: program?.includes('/') ? path('capture-program', program) : program,
    filter: settings.filter,
    snaplenBytes: settings.snaplen,
    promiscuous: settings.promiscuous,
    bufferBytes: settings.buffer,
    signatures: paths('signatures'),
    addSignatures: paths('add-signatures'),
    watchSignatures: settings['watch-signatures'],
    exact: settings.exact,
    thresholdMs: settings.threshold,
    checksums: settings.checksums,
    maxFlows: settings['max-flows'],
    flows: settings.flows,
    elements: settings.elements,
    sshMemoryBytes: settings['ssh-memory'],
    matchMemoryBytes: settings['match-memory'],
    shed: settings.shed,
    outputs: settings.outputs.map((output) => placeOutput(output, folderOf('outputs'))),
    rateLimit: settings['rate-limit'],
    suppress: settings.suppress,
    statsIntervalSeconds: settings['stats-interval'],
    metrics: settings.metrics,
    control: optionalPath('control'),
    user: settings.user,
    group: settings.group,
    allowRoot: settings['allow-root'],
    daemon: settings.daemon,
    pidFile: optionalPath('pid-file') ?? (settings.daemon ? DEFAULT_PID_FILE : undefined),
    logLevel: settings['log-level'],
    logFile: optionalPath('log-file'),
  }
}

function placeOutput(output: OutputOptions, folder: string): OutputOptions {
  return output.type === 'file' || output.type === 'unix'
    ? { ...output, path: resolve(folder, output.path) }
    : output
}
