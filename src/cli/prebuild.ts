// A step of `npm run build`: compiles the shipped signatures, so that a replay need not. Not a command.

import { writeFileSync } from 'node:fs'
import { assert } from '../core/assert.ts'
import { compileProgram } from '../signature/compile-program.ts'
import { loadSignatures } from '../signature/load-signatures.ts'
import { formatPrebuilt } from '../signature/prebuilt-program.ts'
import { PREBUILT, SHIPPED } from './load-program.ts'

const files = loadSignatures([SHIPPED])
const { program, diagnostics } = compileProgram(files)
assert(diagnostics.length === 0, 'the shipped signatures are sound')
writeFileSync(PREBUILT, formatPrebuilt(files, program))
