/** A table as columns in order of numbers, wherever it has them: equal where tables are. */
import { columnsOf as accountColumns } from './account-writer.ts'
import { columnsOf as identifierColumns } from './identifier-writer.ts'
import type { LinkTable } from './link-table.ts'
import { ownInOrder, usesInOrder } from './uses/uses.ts'

export const inOrder = (table: LinkTable) => ({
  ...table,
  facts: accountColumns(table.facts),
  identifiers: identifierColumns(table.identifiers),
  uses: { ...usesInOrder(table.uses), own: ownInOrder(table.uses) },
})
