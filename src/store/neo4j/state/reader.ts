/** Reads the state: whole scans for detection and digests, points for explanations. */
import { people, state } from '../../../../cypher/catalogue.ts'
import type { AccountState, Assertion, IdentifierKey, IdentifierState } from '../../../../graph/model.ts'
import type { ChangedState, IdentifierUsers, StateDigest, StateProgress } from '../../../../graph/ports.ts'
import { digestState } from '../../digest.ts'
import type { Bolt, Run } from '../bolt.ts'
import { keyOf } from '../labels.ts'
import { chunksOf } from './lanes.ts'
import { accountOf, identifierOfRow, userOf } from './rows.ts'

const accountsPerPage = 500
const identifiersPerPage = 5_000
/** Pages read at once, ahead of who asks for them. */
const pagesAhead = 3

export function stateReader({ read }: Pick<Bolt, 'read'>) {
  return {
    scanAccounts: () => scanAccounts(read),
    scanIdentifiers: () => scanIdentifiers(read),

    async accounts(ids: readonly string[]): Promise<readonly AccountState[]> {
      const known = new Map<string, AccountState>()
      for (const some of chunksOf([...new Set(ids)], accountsPerPage))
        for (const account of await accountsOf(read, some)) known.set(account.account, account)
      return ids.flatMap((id) => known.get(id) ?? [])
    },

    async users(
      keys: readonly IdentifierKey[],
      { usesMax }: { usesMax: number },
    ): Promise<readonly IdentifierUsers[]> {
      const names = keys.map(keyOf)
      const rows = await read(state.users, { keys: [...new Set(names)], usesMax })
      const known = new Map(rows.map((row) => [row.key, row]))
      return names.flatMap((name) => {
        const row = known.get(name)
        if (!row) return []
        return { identifier: identifierOfRow(row), accounts: row.accounts, uses: row.uses.map(userOf) }
      })
    },

    async sealedValue(key: IdentifierKey) {
      const [row] = await read(state.sealedValue, { key: keyOf(key) })
      return row && { ...(row.sealed !== null && { sealed: row.sealed }) }
    },

    async digest(): Promise<StateDigest> {
      const asserted = await read(people.assertions, {})
      const assertions = asserted.map(({ body }) => JSON.parse(body) as Assertion)
      return digestState(scanAccounts(read), scanIdentifiers(read), assertions)
    },

    progress: () => progressOf(read),

    changedSince: (changes: number, told: 'joined' | 'news' = 'joined') =>
      changedSince(read, { changes, told }),
  }
}

async function changedSince(
  read: Run,
  { changes, told }: { changes: number; told: 'joined' | 'news' },
): Promise<ChangedState | undefined> {
  const now = await progressOf(read)
  const span = { after: changes, upTo: now.changes, newsOnly: told === 'news' }
  const rows = await read(state.changesSince, span)
  if (rows.length !== now.changes - changes) return undefined
  const ids = [...new Set(rows.flatMap(({ accounts }) => accounts))]
  const keys = [...new Set(rows.flatMap(({ identifiers }) => identifiers))]
  const [accounts, identifiers] = await Promise.all([
    someAtOnce(chunksOf(ids, accountsPerPage), (some) => accountsOf(read, some)),
    someAtOnce(chunksOf(keys, identifiersPerPage), (some) => read(state.identifiers, { keys: some })),
  ])
  return { ...now, accounts, identifiers: identifiers.map(identifierOfRow) }
}

async function progressOf(read: Run): Promise<StateProgress> {
  const [row] = await read(state.progress, {})
  const newestAt = row?.newestAt ?? undefined
  return { changes: row?.changes ?? 0, ...(newestAt !== undefined && { newestAt }) }
}

const accountsOf = async (read: Run, ids: readonly string[]): Promise<readonly AccountState[]> =>
  (await read(state.accounts, { ids })).map(accountOf)

/** All rows in order, a few pages read at once: the server finds one while another is parsed here. */
async function someAtOnce<Page, Row>(
  pages: Iterable<Page>,
  rowsOf: (page: Page) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const together of chunksOf([...pages], pagesAhead))
    for (const found of await Promise.all(together.map(rowsOf))) rows.push(...found)
  return rows
}

/** Ids come from the index alone, page after page; what hangs on them is read for several pages at once. */
async function* scanAccounts(read: Run): AsyncGenerator<readonly AccountState[]> {
  const pages: Promise<readonly AccountState[]>[] = []
  for (let after = '', isMore = true; isMore || pages.length > 0; ) {
    if (isMore && pages.length < pagesAhead) {
      const rows = await read(state.accountIds, { after, limit: accountsPerPage })
      isMore = rows.length === accountsPerPage
      after = rows.at(-1)?.id ?? after
      const ids = rows.map(({ id }) => id)
      if (ids.length > 0) pages.push(settled(accountsOf(read, ids)))
      continue
    }
    const page = await pages.shift()
    if (page) yield page
  }
}

/** The next page is read while this one is used. */
async function* scanIdentifiers(read: Run): AsyncGenerator<readonly IdentifierState[]> {
  const pageAfter = (after: string) =>
    settled(read(state.identifiersAfter, { after, limit: identifiersPerPage }))
  for (let page = pageAfter(''); ; ) {
    const rows = await page
    const last = rows.at(-1)
    if (!last) return
    page = pageAfter(last.key)
    yield rows.map(identifierOfRow)
  }
}

/** Whoever stops asking half way must not leave a failure that nobody hears. */
function settled<T>(page: Promise<T>): Promise<T> {
  page.catch(() => {})
  return page
}
