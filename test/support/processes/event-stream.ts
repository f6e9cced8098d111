/** Reads server-sent events as a browser does (WHATWG HTML, 9.2). */
export interface HeardEvent {
  readonly id: string
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface EventReader extends AsyncDisposable {
  readonly status: number
  /** The next event; `undefined` when the stream ended. */
  next(): Promise<HeardEvent | undefined>
  /** Comments heard so far. */
  comments(): number
}

export async function readEvents(
  url: URL | string,
  headers: Readonly<Record<string, string>>,
): Promise<EventReader> {
  const leaving = new AbortController()
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  })
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let [text, comments] = ['', 0]

  async function block(): Promise<string | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const found = text.slice(0, end)
        text = text.slice(end + 2)
        return found
      }
      const { value } = (await chunks?.read().catch(() => undefined)) ?? {}
      if (value === undefined) return undefined
      text += value
    }
  }

  return {
    status: response.status,
    comments: () => comments,
    async next() {
      for (let found = await block(); found !== undefined; found = await block()) {
        if (found.startsWith(':')) comments += 1
        const fields = new Map(found.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
        const data = fields.get('data')
        if (data !== undefined)
          return {
            id: fields.get('id') ?? '',
            type: fields.get('event') ?? '',
            data: JSON.parse(data) as HeardEvent['data'],
          }
      }
      return undefined
    },
    async [Symbol.asyncDispose]() {
      leaving.abort()
      await chunks?.cancel().catch(() => {})
    },
  }
}
