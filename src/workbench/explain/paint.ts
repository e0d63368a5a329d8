// Colours for a terminal, by ECMA-48's SGR sequences; for everything else the text as it is.

export interface Paint {
  good(text: string): string
  bad(text: string): string
  dim(text: string): string
  strong(text: string): string
}

const plain = (text: string) => text

export const PLAIN: Paint = { good: plain, bad: plain, dim: plain, strong: plain }

const sgr = (code: number) => (text: string) => (text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`)

export const COLOURED: Paint = { good: sgr(32), bad: sgr(31), dim: sgr(2), strong: sgr(1) }
