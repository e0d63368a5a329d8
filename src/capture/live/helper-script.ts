// Where the programs are that run in a process of their own: beside this file once built, and in the bundle
// of the command line when this runs from source.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDERS = ['./', '../../../dist/cli/']

/** @returns the path of a script that Node runs as it is */
export function helperScript(name: 'keeper-main' | 'cap-main'): string {
  const paths = FOLDERS.map((folder) => fileURLToPath(new URL(`${folder}${name}.js`, import.meta.url)))
  return paths.find((path) => existsSync(path)) ?? `${name}.js`
}
