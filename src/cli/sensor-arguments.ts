// From parsed options to what the sensor command uses. Values are checked with those of the file (sensor/config).

import { SENSOR_OPTIONS } from './sensor-options.ts'

const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/

/** Options by their names in SENSOR_OPTIONS. */
export type SensorFlags = Readonly<Partial<Record<keyof typeof SENSOR_OPTIONS, unknown>>>

export interface SensorArguments {
  /** A path; false: no file; undefined: the default one, if there is one. */
  readonly config: string | false | undefined
  readonly testConfig: boolean
  /** Those that were given, by the names of their settings. */
  readonly flags: SensorFlags
}

/** @param raw - options by their long names, as yargs gives them */
export function readSensorArguments(raw: Readonly<Record<string, unknown>>): SensorArguments {
  const given = Object.entries(SENSOR_OPTIONS).flatMap(([name, option]) => {
    const value = raw[name]
    if (value === undefined) return []
    // Of an option that is given again the last wins, as everywhere.
    const last: unknown = Array.isArray(value) && !('array' in option) ? value.at(-1) : value
    return [[name, 'number' in option ? readNumber(last) : last] as const]
  })
  const { config, 'test-config': testConfig, ...flags } = Object.fromEntries(given) as SensorFlags
  return {
    config: config === undefined || config === false ? config : String(config),
    testConfig: testConfig === true,
    flags,
  }
}

/** The text itself when it is no number. */
function readNumber(text: unknown): unknown {
  return typeof text === 'string' && NUMBER.test(text) ? Number(text) : text
}
