/** The kernel's code, compiled once, and instances of it with memory of their own. */
import { wasmBase64 } from './wasm.ts'

/** What is used of WebAssembly, whose types come with those of browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => WasmMemory
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: object }
}

interface WasmMemory {
  /** Another one after memory has grown. */
  readonly buffer: ArrayBuffer
}

/** Exports of assembly/partition.ts; pointers in bytes. */
interface PartitionExports {
  openGraph(accounts: number, edges: number): void
  lesserAccounts(): number
  greaterAccounts(): number
  weights(): number
  buildRows(): void
  findComponents(gammaMicro: number): number
  placesLeft(): number
  highHashes(): number
  lowHashes(): number
  partition(
    gammaMicro: number,
    roundsMax: number,
    startsMax: number,
    startsInVain: number,
    visitsMax: number,
  ): void
  labels(): number
}

/** Exports of assembly/project.ts. */
interface ProjectExports {
  openUses(accounts: number, identifiers: number, count: number): void
  openDays(from: number, sliced: number, days: number): void
  openThrough(through: number): void
  useStarts(): number
  useAccounts(): number
  birthDays(): number
  dayStarts(): number
  days(): number
  throughStarts(): number
  through(): number
  checkColumns(): void
  openGrounds(count: number): void
  groundCaps(): number
  halfLivesMs(): number
  oldestAt(): number
  families(): number
  roomFor(first: number, end: number, accountsMax: number): number
  roomForSignups(first: number, end: number): number
  openEntities(members: number): void
  addKind(ground: number, first: number, end: number, accountsMax: number): void
  addSignupsOf(ground: number, accountsMax: number): void
  memberCount(): number
  memberUses(): number
  firstAt(): number
  lastAt(): number
  closeEntities(): number
  entityStarts(): number
  entityIdentifiers(): number
  entityGrounds(): number
  richPairs(): number
  openFigures(): void
  entityNats(): number
  wholeHalves(): number
  partHalves(): number
  coarseDoubt(): number
  fineDoubt(): number
  findLinks(evidenceMin: number): number
  openWeak(first: number, end: number): number
  sharedIdentifiers(): number
  togetherMost(): number
  openWorth(rows: number): void
  worthRows(): number
  worth(): number
  strengthen(cap: number): void
  listLinks(): void
  linkLesser(): number
  linkGreater(): number
  linkEvidence(): number
  linkWeights(): number
}

type Exports = PartitionExports & ProjectExports

export interface Kernel extends Exports {
  /** What stands at a pointer, until memory grows. */
  view(pointer: number, length: number): Int32Array
  doubles(pointer: number, length: number): Float64Array
  bytes(): number
}

/** What does not fit into the memory that one instance can address. */
export class KernelFull extends RangeError {
  override readonly name = 'KernelFull'
}

/** A page is 64 KiB; 32-bit addresses reach no further. */
export const pagesMost = 65_536

export const linksOutOfOrder = (): RangeError =>
  new RangeError('Pairs are of two accounts each, a < b, ascending by a and then by b, each once')

export const weightOutOfRange = (): RangeError =>
  new RangeError('A weight is a whole number of millionths from 1 to 1,000,000')

const reasons: Readonly<Record<number, () => RangeError>> = {
  1: () => new KernelFull('What is asked for does not fit into the memory of one kernel'),
  2: linksOutOfOrder,
  3: weightOutOfRange,
  4: () => new RangeError('A component of more than 2,097,152 accounts is too large'),
  5: () =>
    new RangeError(
      'Uses are of accounts that are known, and where they start ascends from 0 to how many there are',
    ),
  6: () => new KernelFull('Days or evidence lie beyond what the kernel counts in 32 bits'),
}

let code: object | undefined

export function newKernel(pagesMax: number = pagesMost): Kernel {
  code ??= new WebAssembly.Module(Buffer.from(wasmBase64, 'base64'))
  const memory = new WebAssembly.Memory({ initial: 1, maximum: pagesMax })
  const instance = new WebAssembly.Instance(code, {
    env: { memory },
    refusal: {
      refuse(reason: number): never {
        throw reasons[reason]?.() ?? new RangeError(`The kernel refused, for reason ${reason}`)
      },
    },
  })
  return {
    // What the compiled sources export; wasm.ts is checked to be made of them.
    ...(instance.exports as Exports),
    view: (pointer, length) => new Int32Array(memory.buffer, pointer, length),
    doubles: (pointer, length) => new Float64Array(memory.buffer, pointer, length),
    bytes: () => memory.buffer.byteLength,
  }
}
