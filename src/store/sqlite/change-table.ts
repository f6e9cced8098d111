/** The newest changes of the state, each with what it joined. */
import type { DatabaseSync } from 'node:sqlite'
import type { Joined } from './state-writer.ts'

/** Changes that are known. Whoever is further behind reads the whole state. */
const changesKept = 4_096

export const nothingJoined: Joined = { accounts: [], identifiers: [], news: [] }

export function changeTable(db: DatabaseSync) {
  const put = db.prepare(
    'INSERT OR REPLACE INTO state_change (number, accounts, identifiers, news) VALUES (?, ?, ?, ?)',
  )
  const drop = db.prepare('DELETE FROM state_change WHERE number <= ?')
  const after = db.prepare(
    'SELECT number, accounts, identifiers, coalesce(news, identifiers) AS news FROM state_change WHERE number > ? ORDER BY number',
  )
  return {
    put(number: number, { accounts, identifiers, news }: Joined): void {
      put.run(number, JSON.stringify(accounts), JSON.stringify(identifiers), JSON.stringify(news))
      drop.run(number - changesKept)
    },

    /** Row ids, each once; `undefined` when some of the changes are not known any more. */
    since(number: number, now: number): Joined | undefined {
      const rows = after.all(number) as unknown as ChangeRow[]
      if (rows.length !== now - number) return undefined
      const idsOf = (column: keyof Joined): readonly number[] => [
        ...new Set(rows.flatMap((row) => JSON.parse(row[column]) as number[])),
      ]
      return { accounts: idsOf('accounts'), identifiers: idsOf('identifiers'), news: idsOf('news') }
    },

    /** Row ids are given anew when the state is made again. */
    clear: () => db.exec('DELETE FROM state_change'),
  }
}

interface ChangeRow {
  readonly number: number
  readonly accounts: string
  readonly identifiers: string
  readonly news: string
}
