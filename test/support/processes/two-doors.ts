/** The same services behind two servers: as they are served, and through Express alone. */
import { connect } from 'node:net'
import { openServing, openWriting } from '../../../src/compose.ts'
import { type Config, readConfig } from '../../../src/config.ts'
import { createApp } from '../../../src/http/app.ts'
import { hotPath } from '../../../src/http/hot/path.ts'
import { makeKey } from '../../../src/http/keys.ts'
import type { Scope } from '../../../src/http/scopes.ts'
import { type Answers, type Listening, listen } from '../../../src/http/server.ts'
import type { HttpServices } from '../../../src/http/services.ts'
import { pageThread } from '../../../src/pages/page-thread.ts'
import { httpServices } from '../../../src/serve.ts'
import { snapshotHolder } from '../../../src/snapshot/holder.ts'
import { silentLog } from '../../../src/telemetry/log.ts'
import { createMetrics } from '../../../src/telemetry/metrics.ts'

export interface TwoDoors extends AsyncDisposable {
  readonly hot: URL
  readonly express: URL
  /** As they are served, but that Node reads all connections. */
  readonly parsed: URL
  readonly services: HttpServices
  /** Requests at the hot door that Express answered. */
  readonly leftToExpress: () => number
  /** Requests there that were answered without a parser. */
  readonly answeredPlain: () => number
}

export interface TwoDoorsOptions {
  readonly config: Config
  readonly now: () => number
  readonly snapshot?: Uint8Array
  /** Stands between the services and what they use. */
  readonly alter?: (services: HttpServices) => HttpServices
}

export async function twoDoors({ config, now, snapshot, alter }: TwoDoorsOptions): Promise<TwoDoors> {
  await using opened = new AsyncDisposableStack()
  const serving = opened.use(
    await openServing(config, { log: silentLog, clock: now, published: async () => {} }),
  )
  const snapshots = snapshotHolder()
  if (snapshot) await snapshots.swap(snapshot)
  const made = httpServices(serving, {
    config,
    snapshots,
    metrics: createMetrics(),
    log: silentLog,
    pages: opened.use(pageThread(config, snapshots)),
    isServing: () => true,
  })
  const services = alter?.(made) ?? made
  const express = createApp(services, '0')
  let left = 0
  let plain = 0
  const path = hotPath(services, (request, response) => {
    left += 1
    express(request, response)
  })
  const hot: Answers = {
    ...path,
    plain(target, headers) {
      const answer = path.plain(target, headers)
      if (answer !== undefined) plain += 1
      return answer
    },
  }
  const place = { host: '127.0.0.1', port: 0 }
  const doors: Listening[] = []
  for (const door of [hot, { listener: express }, { listener: path.listener }])
    doors.push(opened.use(await listen(door, place)))
  const kept = opened.move()
  return {
    hot: new URL(doors[0]?.url ?? ''),
    express: new URL(doors[1]?.url ?? ''),
    parsed: new URL(doors[2]?.url ?? ''),
    services,
    leftToExpress: () => left,
    answeredPlain: () => plain,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** Saves a key for each list of scopes; their tokens. */
export async function configWithKeys(
  overrides: Parameters<typeof readConfig>[0],
  granted: readonly (readonly Scope[])[],
): Promise<{ config: Config; tokens: readonly string[] }> {
  const config = readConfig({ port: 0, ...overrides }, {})
  const made = granted.map((scopes) => makeKey({ name: 'test', scopes, now: 0 }))
  await using writing = await openWriting(config)
  for (const { key } of made) await writing.store.saveKey(key)
  return { config, tokens: made.map(({ token }) => token) }
}

/** Every byte that is answered to what is sent on one connection, until the server closes it. */
export async function exchange(url: URL, ...pieces: readonly (Uint8Array | string)[]): Promise<string> {
  const socket = connect(Number(url.port), url.hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.setNoDelay(true).setTimeout(5_000, () => socket.destroy())
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (const piece of pieces) {
    socket.write(piece)
    // Or they would come as one.
    if (pieces.length > 1) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await closed
  return Buffer.concat(chunks).toString('latin1')
}

/** An answer's time, what is left of a rate, and the id of its request are its own. */
export const withoutOwn = (answers: string): string =>
  answers
    .replaceAll(/\r\nDate: [^\r]+/g, '')
    .replaceAll(/;r=\d+;t=1\r/g, '')
    .replaceAll(/req_[0-9a-z]{9}[0-9a-f]{16}/g, 'req')

export interface Sent {
  readonly method: string
  readonly target: string
  readonly headers: readonly string[]
  readonly body: Uint8Array
}

/** The last of a connection asks for it to be closed. */
export const wire = ({ method, target, headers, body }: Sent, isLast: boolean): Buffer =>
  Buffer.concat([
    Buffer.from(
      [
        `${method} ${target} HTTP/1.1`,
        'host: x',
        ...headers,
        ...(isLast ? ['connection: close'] : []),
        '',
        '',
      ].join('\r\n'),
    ),
    body,
  ])
