/** One text for one JSON value, whatever the order of its keys. Nesting is bounded by the caller's schema. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of Object.keys(fields).sort())
    text += `${text === '' ? '{' : ','}${quoted(key)}:${canonicalJson(fields[key])}`
  return text === '' ? '{}' : `${text}}`
}

/** Most texts have nothing to escape, which is seen faster than they are written again. */
const plain = /^[\w .:@+-]*$/

const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text))
