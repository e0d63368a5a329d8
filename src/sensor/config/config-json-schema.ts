// The JSON Schema of gait.yaml, for editors that complete and check as one types.

import { z } from 'zod'
import { CONFIG_SCHEMA } from './config-schema.ts'

/** Draft 7: what editors know best. */
export function configJsonSchema(): object {
  return z.toJSONSchema(CONFIG_SCHEMA, { io: 'input', target: 'draft-7' })
}
