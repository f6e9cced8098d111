/** What a command may print with: results on stdout, everything else on stderr. */
import { bold, cyan, dim, green, red, yellow } from 'yoctocolors'
import { wantsColour } from '../config.ts'

const styles = { bold, cyan, dim, green, red, yellow }
type Styles = Readonly<Record<keyof typeof styles, (text: string) => string>>

const plain = (text: string): string => text
const noStyles: Styles = { bold: plain, cyan: plain, dim: plain, green: plain, red: plain, yellow: plain }

export interface Terminal {
  /** A result, for people. */
  print(text: string): void
  /** A result, for programs: one JSON object a line. */
  json(value: unknown): void
  /** What is going on. */
  note(text: string): void
  readonly styles: Styles
  readonly isInteractive: boolean
}

export const terminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  styles: wantsColour(process.stdout.isTTY) ? styles : noStyles,
  isInteractive: process.stderr.isTTY,
}
