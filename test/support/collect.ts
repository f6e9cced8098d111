/** All of a scan, its batches joined. */
export async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const rows: T[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

/** All pages, each asked for with the last row of the page before. A store that never ends fails here, not by hanging. */
export async function allPages<T>(
  pageAfter: (last: T | undefined) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const rows: T[] = []
  for (let pages = 0; pages < 200; pages++) {
    const page = await pageAfter(rows.at(-1))
    if (page.length === 0) return rows
    rows.push(...page)
  }
  throw new Error('There is always one more page')
}
