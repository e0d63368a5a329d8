// Lines from a byte stream, none longer than a limit, so that whoever sends cannot make us keep what it sends.

/** The sender sent more than the limit without a line end. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong'
}

const NEWLINE = 0x0a

/**
 * Lines without their ends, as UTF-8. What follows the last line end is dropped: a line is whole or it is none.
 *
 * @throws LineTooLong when `limit` bytes have come without a line end
 */
export async function* readLines(source: AsyncIterable<Buffer>, limit: number): AsyncGenerator<string> {
  let parts: Buffer[] = []
  let held = 0
  for await (const chunk of source) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      parts.push(chunk.subarray(from, end))
      if (held + end - from > limit) throw new LineTooLong(`a line is longer than ${limit} bytes`)
      yield Buffer.concat(parts).toString('utf8')
      parts = []
      held = 0
      from = end + 1
    }
    parts.push(chunk.subarray(from))
    held += chunk.length - from
    if (held > limit) throw new LineTooLong(`a line is longer than ${limit} bytes`)
  }
}
