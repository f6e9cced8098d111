/** HTML in which every value is escaped, unless it is HTML already. */

export interface Html {
  readonly text: string
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter)

const textOf = (value: Html | string | number): string =>
  typeof value === 'object' ? value.text : escaped(String(value))

/** A template whose values are text, or made by this. */
export function html(parts: TemplateStringsArray, ...values: readonly (Html | string | number)[]): Html {
  return { text: parts.reduce((text, part, i) => text + textOf(values[i - 1] ?? '') + part) }
}

/** Our own files, that are what they say. */
html.trusted = (text: string): Html => ({ text })

export const join = (all: readonly Html[]): Html => ({ text: all.map(({ text }) => text).join('\n') })

export const nothing: Html = { text: '' }
