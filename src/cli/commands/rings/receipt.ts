/** `ringleader receipt`: what a decision was taken on, and whether that was altered since. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { AppError } from '../../../../graph/errors.ts'
import type { ReadingStore } from '../../../../graph/ports.ts'
import { openReadingStore } from '../../../compose.ts'
import { differences, type Receipt, receiptFaults } from '../../../receipts/receipt.ts'
import { type CheckedReceipt, readReceipt, storedReceipt } from '../../../receipts/verify.ts'
import { receiptCheckView } from '../../../views/audit.ts'
import { type CommonOptions, configFrom, examples, withCommon } from '../../options.ts'
import { terminal } from '../../terminal.ts'

interface ExportOptions extends CommonOptions {
  readonly out?: string
}
interface VerifyOptions extends CommonOptions {
  readonly hash?: string
  readonly stored?: boolean
}

export function receiptCommand(program: Command): void {
  const receipt = program
    .command('receipt')
    .description('What a decision was taken on, and whether that was altered since.')
  withCommon(receipt.command('export'))
    .description('Write the receipt of a decision, to be kept and checked elsewhere.')
    .argument('<decision>', 'as decisions RING lists it with --json')
    .option('--out <file>', 'where to; else to the standard output')
    .addHelpText(
      'after',
      examples([
        ['receipt export dec_0mb2c3d4e --out receipt.json', 'ring, members, figures, explanation, run'],
      ]),
    )
    .action(exportReceipt)
  withCommon(receipt.command('verify'))
    .description('Recompute the hashes of a receipt, and say what differs.')
    .argument('<file|decision>', 'a file, which needs no store; or a decision, whose audit is looked at too')
    .option('--hash <hash>', 'the hash that it must have, as the audit tells it', hashOf)
    .option('--stored', 'hold a file to the receipt that the store has, place by place')
    .addHelpText(
      'after',
      `${examples([
        ['receipt verify receipt.json --hash 9f2c...', 'on any machine'],
        ['receipt verify dec_0mb2c3d4e', 'what the store has, and whether the audit names it'],
        ['receipt verify receipt.json --stored', 'where the file and the store differ'],
      ])}\nExit codes: 0 as it was sealed, 1 it was altered, 2 there is no such receipt.\n`,
    )
    .action(verify)
}

function hashOf(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text
  throw new AppError('invalid_input', '--hash must be 64 hexadecimal digits, as the audit tells them')
}

async function exportReceipt(id: string, { out, ...options }: ExportOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const { receipt } = await receiptIn(store, id)
  if (out === undefined) return terminal.json(receipt)
  writeFileSync(out, `${JSON.stringify(receipt)}\n`)
  if (options.json) terminal.json({ decision: id, file: out, hash: receipt.hash })
  else terminal.print(`${out} holds the receipt ${receipt.hash}`)
}

async function receiptIn(store: ReadingStore, id: string): Promise<CheckedReceipt> {
  const decision = (await store.decisions({})).find((one) => one.id === id)
  if (decision) return await storedReceipt(store, decision)
  throw new AppError(
    'not_found',
    `There is neither a file nor a decision ${id}: see ringleader decisions RING`,
  )
}

async function verify(what: string, options: VerifyOptions): Promise<void> {
  const checked = existsSync(what) ? await fileReceipt(what, options) : await inStore(what, options)
  const found = receiptCheckView(checked)
  if (!found.isWhole) process.exitCode = 1
  if (options.json) return terminal.json(found)
  const named = found.row ? `, and row ${found.row.seq} of the audit names it` : ''
  if (found.isWhole) return terminal.print(`${found.hash} is as it was sealed${named}`)
  for (const { pointer, why } of found.differs)
    terminal.note(`${terminal.styles.red('error')} ${pointer || '/'}: ${why}`)
}

async function inStore(id: string, { hash, ...options }: VerifyOptions): Promise<CheckedReceipt> {
  await using store = await openReadingStore(configFrom(options))
  const checked = await receiptIn(store, id)
  return {
    ...checked,
    differs: [...checked.differs, ...receiptFaults(checked.receipt, hash).filter(isOther)],
  }
}

const isOther = ({ pointer }: { readonly pointer: string }): boolean => pointer === '/hash'

/** Whether a file is what it says, which needs no store. */
async function fileReceipt(
  file: string,
  { hash, stored, ...options }: VerifyOptions,
): Promise<CheckedReceipt> {
  const receipt = readReceipt(readFileSync(file, 'utf8'))
  const differs = receiptFaults(receipt, hash)
  if (!stored) return { receipt, differs }
  await using store = await openReadingStore(configFrom(options))
  const other = await receiptIn(store, decisionOf(receipt))
  const unlike = differences(receipt, other.receipt, 'it is not what the store has')
  return { ...other, receipt, differs: [...differs, ...unlike] }
}

function decisionOf({ parts: { decision } }: Receipt): string {
  const id = typeof decision === 'object' && decision && 'id' in decision ? decision.id : undefined
  if (typeof id === 'string') return id
  throw new AppError('invalid_input', 'The receipt does not say which decision it is of')
}
