// Finds campaigns that count hits of a class which no statement has that is loaded with them.

import type { Diagnostic } from '../model/diagnostic.ts'
import { diagnose } from './codes.ts'
import { nearestWord } from './nearest-word.ts'
import { patternSpan } from './pattern-span.ts'
import type { LocatedStatement } from './statement.ts'
import { guessOf } from './syntax-problem.ts'

export function findUnknownClasses(statements: readonly LocatedStatement[]): readonly Diagnostic[] {
  const given = new Set(statements.flatMap(classesOf))
  return statements.flatMap((statement) => {
    const { ast, source } = statement
    if (ast.kind !== 'campaign') return []
    const counted = ast.then === undefined ? [ast.of] : [ast.of, ast.then]
    return counted
      .filter((name) => !given.has(name))
      .map((name) => {
        const guess = guessOf(nearestWord(name, [...given]))
        const message = `nothing that is loaded has the class \`${name}\`: this campaign never hits${guess}`
        return diagnose('S056', message, source, patternSpan(statement))
      })
  })
}

function classesOf({ metadata }: LocatedStatement): readonly string[] {
  return metadata.class === undefined ? metadata.details.also : [metadata.class, ...metadata.details.also]
}
