/** Reads heads of requests that are as plain as clients send them thousands of times on one connection. */

export interface PlainHeaders {
  readonly authorization: string | undefined
  readonly traceparent: string | undefined
}

/** Longer heads are Node's to read or refuse. */
export const plainHeadBytesMax = 8_192

const headerLine = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*([ -~]*)$/
/** Those that say how bodies, connections or protocols go on. */
const notPlain: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'trailer',
  'te',
  'expect',
  'upgrade',
  'keep-alive',
  'proxy-connection',
])
const once: ReadonlySet<string> = new Set(['host', 'authorization', 'traceparent', 'connection'])

/** `undefined` where HTTP has anything to decide about them: that is Node's to read. */
export function readPlainHeaders(block: string): PlainHeaders | undefined {
  const seen = new Map<string, string>()
  for (const line of block.split('\r\n')) {
    const [, name = '', value = ''] = headerLine.exec(line) ?? []
    const header = name.toLowerCase()
    if (header === '' || notPlain.has(header) || (once.has(header) && seen.has(header))) return undefined
    seen.set(header, value.trim())
  }
  const staysOpen = (seen.get('connection') ?? 'keep-alive').toLowerCase() === 'keep-alive'
  if (!seen.has('host') || !staysOpen) return undefined
  return { authorization: seen.get('authorization'), traceparent: seen.get('traceparent') }
}

const get = /^GET ([!-~]+) HTTP\/1\.1$/

/** Of a plain GET's first line; `undefined` of any other. */
export const targetOf = (line: string): string | undefined => get.exec(line)?.[1]
