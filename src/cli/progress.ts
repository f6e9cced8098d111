/** One line that is rewritten on a terminal, and a line now and then in a log. */
import type { Terminal } from './terminal.ts'

export interface Progress extends Disposable {
  /** `of` is 0 where the end is not known. */
  update(done: number, of: number, what?: string): void
}

const redrawMs = 100
const logMs = 10_000

export function progressLine(
  { isInteractive, note }: Pick<Terminal, 'isInteractive' | 'note'>,
  label: string,
): Progress {
  const startedAt = performance.now()
  let shownAt = startedAt
  let isShown = false

  function show(text: string): void {
    if (isInteractive) process.stderr.write(`\r\u001b[2K${text}`)
    else note(text)
    isShown = true
  }

  return {
    update(done, of, what = '') {
      const now = performance.now()
      if (now - shownAt < (isInteractive ? redrawMs : logMs)) return
      shownAt = now
      const seconds = (now - startedAt) / 1_000
      show(
        `  ${label} ${what} ${amount(done, of)} ${remaining(done, of, seconds)}`
          .replaceAll(/ +/g, ' ')
          .trimEnd(),
      )
    },
    [Symbol.dispose]() {
      if (isInteractive && isShown) process.stderr.write('\r\u001b[2K')
    },
  }
}

function amount(done: number, of: number): string {
  if (of <= 0) return done > 0 ? done.toLocaleString('en') : ''
  return `${Math.min(100, Math.floor((done / of) * 100))} %`
}

function remaining(done: number, of: number, seconds: number): string {
  if (of <= 0 || done <= 0 || seconds < 2) return `${seconds.toFixed(0)} s`
  return `${seconds.toFixed(0)} s, about ${Math.ceil((seconds / done) * (of - done))} s to go`
}
