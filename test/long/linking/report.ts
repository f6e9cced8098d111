/** Figures as a small table on the console. */
import { type Column, table } from '../../../src/cli/table.ts'
import { seeds } from './orders.ts'

export function report<Row>(title: string, rows: readonly Row[], columns: readonly Column<Row>[]): void {
  console.info(`${title}; seeds ${seeds.join(' ')}\n${table(rows, columns, (text) => text)}`)
}

export const right = <Row>(title: string, text: (row: Row) => string): Column<Row> => ({
  title,
  text,
  align: 'right',
})

export const figure = (value: number, digits = 3): string => value.toFixed(digits)

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
