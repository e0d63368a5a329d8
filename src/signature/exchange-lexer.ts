// Cuts an exchange, as examples write it, into tokens. It never fails: what is no token is one of kind `word`.

export interface ExchangeToken {
  readonly kind:
    | 'hit'
    | 'figure'
    | 'message'
    | 'gap'
    | 'packet'
    | 'pause'
    | 'repeat'
    | 'port'
    | 'cut'
    | 'mark'
    | 'word'
    | 'end'
  readonly text: string
  /** UTF-16 offset in the exchange. */
  readonly offset: number
}

const END = '[A-Za-z0-9_.:-]+'
/** In the order in which they are tried. */
const KINDS = {
  port: 'port\\s+[0-9]+\\s*:',
  hit: `[a-z][a-z0-9_.-]*@${END}>${END}`,
  figure: '[a-z][a-z0-9_.]*=[^\\s(){}<>]*',
  gap: '!|[cs]![0-9]+',
  message: '[cs]:[A-Za-z][A-Za-z0-9_]*(?:\\(\\s*[0-9]+\\s*\\))?',
  packet: '[cs][0-9]+(?![A-Za-z0-9_/.@])',
  pause: '\\+(?:[0-9]+(?:\\.[0-9]+)?[A-Za-z]*)?',
  repeat: '\\{\\s*[0-9]+\\s*\\}',
  cut: '…|\\.\\.\\.',
  mark: '[<>()]',
  word: '[^\\s<>()]+',
} as const

const TOKEN = new RegExp(
  `\\s*(?:${Object.entries(KINDS)
    .map(([kind, pattern]) => `(?<${kind}>${pattern})`)
    .join('|')})`,
  'y',
)

/** The last token is of kind `end`. */
export function exchangeTokens(text: string): readonly ExchangeToken[] {
  const tokens: ExchangeToken[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [kind, value = ''] = Object.entries(match.groups ?? {}).find(([, one]) => one !== undefined) ?? []
    tokens.push({
      kind: kind as ExchangeToken['kind'],
      text: value,
      offset: match.index + match[0].length - value.length,
    })
  }
  tokens.push({ kind: 'end', text: '', offset: text.trimEnd().length })
  return tokens
}
