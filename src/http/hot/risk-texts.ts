/** Answers about risk as text, for a process that gives a million of them a second. */
import type { LiveLinks } from '../../live/live-links.ts'
import type { IdSpans } from '../../snapshot/find.ts'
import type { AccountRisk, Snapshot } from '../../snapshot/snapshot.ts'
import { riskView } from '../../views/risk.ts'
import { bytesWriter } from './bytes-writer.ts'

export interface RiskTexts {
  /** An account's `riskView` as JSON. */
  of(account: string): string
  /** The answer to a batch; spans are of ids that are plain ASCII, in which JSON escapes nothing. */
  batchOf(ids: IdSpans | readonly string[], metaJson: string): string | Uint8Array
}

/** What is behind the name in a view's JSON; its bytes too where it is the same for many accounts. */
interface Rest {
  readonly text: string
  readonly bytes?: Uint8Array
}

/**
 * Of one snapshot. All unknown accounts are answered alike but for their name, and so are all known ones that are in
 * no ring: that part is written once. What happened since is looked up first.
 */
export function riskTexts(
  snapshot: Snapshot | undefined,
  live: Pick<LiveLinks, 'of' | 'isEmpty'>,
): RiskTexts {
  let ofUnknown: Rest | undefined
  let ofRingless: Rest | undefined

  function restOf(account: string, found: AccountRisk | undefined): Rest {
    const provisional = found?.ring ? undefined : live.of(account)
    if (found?.ring || provisional)
      return { text: afterName(riskView(snapshot, account, { found, provisional })) }
    if (found) return (ofRingless ??= keptRest(riskView(snapshot, account)))
    return (ofUnknown ??= keptRest(riskView(snapshot, account)))
  }

  /** What is known without the name, where nobody came since. */
  const alike = (found: AccountRisk | undefined): Rest | undefined => {
    if (found?.ring) return undefined
    return found ? ofRingless : ofUnknown
  }

  function ofSpans(ids: IdSpans, metaJson: string): Uint8Array {
    const found = snapshot?.risks(ids)
    const isQuiet = live.isEmpty()
    const sent = Buffer.from(ids.bytes.buffer, ids.bytes.byteOffset, ids.bytes.length)
    const answer = bytesWriter((ids.count + 2) * bytesExpected)
    answer.text('{"items":[')
    for (let i = 0; i < ids.count; i++) {
      const [start, end] = [ids.starts[i] ?? 0, ids.ends[i] ?? 0]
      const own = found?.[i]
      const { text, bytes } = (isQuiet && alike(own)) || restOf(sent.toString('latin1', start, end), own)
      answer.bytes(i === 0 ? untilFirstName : untilNextName)
      answer.part(sent, start, end)
      answer.bytes(endOfName)
      if (bytes) answer.bytes(bytes)
      else answer.text(text)
    }
    answer.text(`],"meta":${metaJson}}`)
    return answer.written()
  }

  const of = (account: string): string => untilName(account) + restOf(account, snapshot?.risk(account)).text

  return {
    of,
    batchOf: (ids, metaJson) =>
      'bytes' in ids ? ofSpans(ids, metaJson) : `{"items":[${ids.map(of).join(',')}],"meta":${metaJson}}`,
  }
}

/** Of one answer; more are made room for. */
const bytesExpected = 256

const untilName = (account: string): string => `{"account":${JSON.stringify(account)}`

const afterName = (view: ReturnType<typeof riskView>): string =>
  JSON.stringify(view).slice(untilName(view.account).length)

function keptRest(view: ReturnType<typeof riskView>): Rest {
  const text = afterName(view)
  return { text, bytes: Buffer.from(text) }
}

const untilFirstName = Buffer.from('{"account":"')
const untilNextName = Buffer.from(',{"account":"')
const endOfName = Buffer.from('"')
