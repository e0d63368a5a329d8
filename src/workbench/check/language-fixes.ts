// What would mend a diagnostic of the language, where that is certain.

import type { Diagnostic, Fix, Span } from '../../model/diagnostic.ts'
import { formatItem } from '../../signature/format-items.ts'
import { isMetadataKey, METADATA_ORDER } from '../../signature/metadata-keys.ts'
import { nearestWord } from '../../signature/nearest-word.ts'
import { isOptional } from '../../signature/read-items.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { removeStatement } from './statement-lines.ts'

/** @param statement - in which the diagnostic stands; undefined where there is no sound one */
export function languageFix(
  { code, source, span, fix }: Diagnostic,
  statement: LocatedStatement | undefined,
  nextSid: () => number | undefined,
): Fix | undefined {
  if (fix !== undefined) return fix
  const text = source.text.slice(span.start, span.end)
  const replace = (title: string, by: string, place: Span = span): Fix => {
    return { title, edits: [{ source, span: place, text: by }] }
  }
  switch (code) {
    case 'S021': {
      const key = text.slice(0, text.indexOf('='))
      const nearest = nearestWord(key, METADATA_ORDER)
      if (nearest === undefined || isMetadataKey(key)) return undefined
      return replace(`write \`${nearest}\``, nearest, { start: span.start, end: span.start + key.length })
    }
    case 'S023':
      return replace('remove the second', '', withSpaceBefore(source.text, span))
    case 'S025': {
      const sid = nextSid()
      return sid === undefined ? undefined : replace(`write \`sid=${sid}\``, `sid=${sid}`)
    }
    case 'S030':
      return statement && { title: 'remove the statement', edits: removeStatement(statement) }
    case 'S034': {
      const [, head = '', bytes = 0, distance = 0] = /^(.*?)(\d+)\/(\d+)$/.exec(text) ?? []
      const high = Number(bytes) + Number(distance)
      if (high % 2 !== 0) return undefined
      return replace(`write \`${head}${high / 2}/${high / 2}\``, `${head}${high / 2}/${high / 2}`)
    }
    case 'S035': {
      const plain = text.replace(/\/0+$/, '')
      return replace(`write \`${plain}\``, plain)
    }
    case 'S037':
      return statement && fixEnd(statement, span)
    case 'S038':
      return statement && fixBeginning(statement, span)
    case 'S039':
      return replace('remove `=`', '', withSpaceBefore(source.text, span))
    default:
      return undefined
  }
}

function fixEnd({ ast, itemSpans, source }: LocatedStatement, span: Span): Fix | undefined {
  const item =
    ast.kind === 'sequence' ? ast.items[itemSpans.findIndex(({ start }) => start === span.start)] : undefined
  if (item === undefined) return undefined
  if (isOptional(item))
    return { title: 'remove it', edits: [{ source, span: withSpaceBefore(source.text, span), text: '' }] }
  const text = formatItem({ ...item, high: item.low })
  return { title: `write \`${text}\``, edits: [{ source, span, text }] }
}

/** Packets are counted from the beginning: where a reference counts on, nothing is certain. */
function fixBeginning({ ast, source }: LocatedStatement, span: Span): Fix | undefined {
  if (ast.kind !== 'sequence' || JSON.stringify(ast.items).includes('"packet"')) return undefined
  const end = span.end + (/^[ \t]*/.exec(source.text.slice(span.end))?.[0].length ?? 0)
  return { title: 'remove it', edits: [{ source, span: { start: span.start, end }, text: '' }] }
}

function withSpaceBefore(text: string, { start, end }: Span): Span {
  let from = start
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from--
  return { start: from, end }
}
