/** A strict reader of the little HTML that the board is made of: every element closed, in order. */

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

const isVoid = new Set(['meta', 'line', 'circle', 'rect'])

/** Throws where an element is left open, closed twice, or where text holds a bare sign. */
export function elementsOf(html: string): readonly Element[] {
  const elements: Element[] = []
  const open: string[] = []
  const body = html.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '')
  const token = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<]*")?)*)\s*\/?>|([^<]+)/gy
  for (let at = 0; at < body.length; at = token.lastIndex) {
    token.lastIndex = at
    const match = token.exec(body)
    if (!match) throw new Error(`No HTML: ${body.slice(at, at + 60)}`)
    const [, slash, name = '', attributes = '', text] = match
    if (text !== undefined) {
      if (/&(?!(amp|lt|gt|quot);)|>/.test(text)) throw new Error(`A bare sign: ${text}`)
    } else if (slash) {
      if (open.pop() !== name) throw new Error(`${name} is closed and was not open`)
    } else {
      if (!isVoid.has(name)) open.push(name)
      elements.push({ name, attributes: attributesOf(attributes) })
    }
  }
  if (open.length > 0) throw new Error(`Left open: ${open.join(' ')}`)
  return elements
}

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([a-zA-Z][a-zA-Z0-9-]*)="([^"]*)"/g)].map(([, name, value]) => [
      name ?? '',
      value ?? '',
    ]),
  )
