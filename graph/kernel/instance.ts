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

/** Exports of assembly/index.ts; pointers in bytes. */
interface Exports {
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

export interface Kernel extends Exports {
  /** What stands at a pointer, until memory grows. */
  view(pointer: number, length: number): Int32Array
  bytes(): number
}

/** What does not fit into the memory that one instance can address. */
export class KernelFull extends RangeError {
  override readonly name = 'KernelFull'
}

/** A page is 64 KiB; 32-bit addresses reach no further. */
export const pagesMost = 65_536

const reasons: Readonly<Record<number, () => RangeError>> = {
  1: () => new KernelFull('The graph does not fit into the memory of one kernel'),
  2: () => new RangeError('Pairs are of two accounts each, a < b, ascending by a and then by b, each once'),
  3: () => new RangeError('A weight is a whole number of millionths from 1 to 1,000,000'),
  4: () => new RangeError('A component of more than 2,097,152 accounts is too large'),
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
    bytes: () => memory.buffer.byteLength,
  }
}
