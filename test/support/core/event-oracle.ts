/** What explanations count, made again from the events in the plainest way. */
import type { StoredEvent } from '../../../graph/model.ts'

export function eventOracle(events: readonly StoredEvent[]) {
  const evident = events.filter(({ type }) => !['login_failed', 'report', 'chargeback'].includes(type))
  const usesOf = (key: string, account?: string) =>
    evident.filter(
      (event) =>
        (account === undefined || event.account === account) &&
        event.identifiers.some(({ kind, ref }) => `${kind}:${ref}` === key),
    )
  const accountsOn = (key: string) => new Set(usesOf(key).map(({ account }) => account))
  const allOf = (kind: string, account?: string) =>
    new Set(
      evident
        .filter((event) => account === undefined || event.account === account)
        .flatMap(({ identifiers }) =>
          identifiers.flatMap((one) => (one.kind === kind ? [`${kind}:${one.ref}`] : [])),
        ),
    )
  const pairsOn = (key: string) => {
    const users = [...accountsOn(key)]
    return users.flatMap((a, i) => users.slice(i + 1).map((b) => [a, b] as const))
  }
  /** Pairs that use it and, of those, pairs that also share something of one of the other kinds. */
  const richness = (key: string, otherKinds: readonly string[]) => {
    const pairs = pairsOn(key)
    const others = otherKinds.flatMap((kind) => [...allOf(kind)]).map(accountsOn)
    const rich = pairs.filter(([a, b]) => others.some((users) => users.has(a) && users.has(b)))
    return { pairs: pairs.length, rich: rich.length }
  }
  return {
    accountsOn,
    allOf,
    /** What projection/publicness.ts says it measures; `otherKinds` are all linking kinds of other families. */
    publicness(key: string, otherKinds: readonly string[]): number {
      const [kind = ''] = key.split(':')
      const measured = [...allOf(kind)].filter((one) => accountsOn(one).size >= 3)
      const sums = measured.map((one) => richness(one, otherKinds))
      const usual =
        sums.reduce((sum, { rich }) => sum + rich, 0) / sums.reduce((sum, { pairs }) => sum + pairs, 0)
      if (!measured.includes(key) || usual === 0) return 1
      const { pairs, rich } = richness(key, otherKinds)
      return Math.min(2, Math.max(0.2, (3 * usual + rich) / ((3 + pairs) * usual)))
    },
    gapMs(key: string, a: string, b: string): number {
      const [timesA, timesB] = [a, b].map((who) => usesOf(key, who).map(({ at }) => at)) as [
        number[],
        number[],
      ]
      const latestFirst = Math.max(Math.min(...timesA), Math.min(...timesB))
      const earliestLast = Math.min(Math.max(...timesA), Math.max(...timesB))
      return Math.max(0, latestFirst - earliestLast)
    },
    firstUse: (key: string, account: string): number => Math.min(...usesOf(key, account).map(({ at }) => at)),
    /** Sums over the identifiers of a kind. */
    spread(kind: string) {
      const sizes = [...allOf(kind)].map((key) => accountsOn(key).size)
      return {
        identifiers: sizes.length,
        uses: sizes.reduce((sum, k) => sum + k, 0),
        ordered: sizes.reduce((sum, k) => sum + k * (k - 1), 0),
      }
    },
  }
}

/** P(X >= count) of a Poisson count, term by term. */
export function poissonTailPlainly(mean: number, count: number): number {
  let [term, below] = [Math.exp(-mean), 0]
  for (let n = 0; n < count; n++) {
    below += term
    term *= mean / (n + 1)
  }
  return 1 - below
}
