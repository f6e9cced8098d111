/** Jobs by timers in this process: one run of a name at a time; a request during a run makes one more run. */
import type { JobQueue } from '../../graph/ports.ts'

export interface InProcessOptions {
  readonly run: (job: string) => Promise<void>
  readonly onFailure: (job: string, error: unknown) => void
  /** Wait before a job that failed is tried again. */
  readonly retryMs?: number
}

export class InProcessQueue implements JobQueue {
  readonly #options: InProcessOptions
  readonly #slots = new Map<string, Slot>()
  readonly #ticks = new Map<string, NodeJS.Timeout>()
  #isClosed = false

  constructor(options: InProcessOptions) {
    this.#options = options
  }

  async request(job: string, { afterMs = 0 }: { afterMs?: number } = {}): Promise<void> {
    this.#request(job, afterMs)
  }

  async schedule(job: string, everyMs: number): Promise<void> {
    clearInterval(this.#ticks.get(job))
    const tick = setInterval(() => this.#request(job, 0), everyMs)
    this.#ticks.set(job, tick)
  }

  #request(job: string, afterMs: number): void {
    if (this.#isClosed) return
    const slot = this.#slots.get(job) ?? {
      timer: undefined,
      dueAt: Infinity,
      running: undefined,
      again: undefined,
    }
    this.#slots.set(job, slot)
    if (slot.running) {
      slot.again = Math.min(slot.again ?? Infinity, afterMs)
      return
    }
    const dueAt = performance.now() + afterMs
    if (slot.timer && slot.dueAt <= dueAt) return
    clearTimeout(slot.timer)
    slot.dueAt = dueAt
    slot.timer = setTimeout(() => {
      slot.timer = undefined
      slot.running = this.#run(job, slot)
    }, afterMs)
  }

  async idle(): Promise<void> {
    const isBusy = ({ timer, running }: Slot): boolean => timer !== undefined || running !== undefined
    while ([...this.#slots.values()].some(isBusy)) {
      await this.#runs()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    for (const tick of this.#ticks.values()) clearInterval(tick)
    for (const slot of this.#slots.values()) {
      clearTimeout(slot.timer)
      slot.timer = undefined
    }
    await this.#runs()
  }

  async #run(job: string, slot: Slot): Promise<void> {
    try {
      await this.#options.run(job)
    } catch (error) {
      this.#options.onFailure(job, error)
      slot.again = Math.min(slot.again ?? Infinity, this.#options.retryMs ?? 5_000)
    }
    const afterMs = slot.again
    slot.running = undefined
    slot.again = undefined
    if (afterMs !== undefined) this.#request(job, afterMs)
  }

  async #runs(): Promise<void> {
    await Promise.all([...this.#slots.values()].flatMap(({ running }) => running ?? []))
  }
}

interface Slot {
  timer: NodeJS.Timeout | undefined
  dueAt: number
  running: Promise<void> | undefined
  /** Wait, in milliseconds, of a run asked for during this one. */
  again: number | undefined
}
