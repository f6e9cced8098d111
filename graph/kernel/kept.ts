/** The one instance that a thread goes on with. */
import { type Kernel, KernelFull, newKernel, pagesMost } from './instance.ts'

/** It is kept for the next call while it is no larger: its memory grows, and never shrinks. */
const keptBytesMax = 64 * 2 ** 20

/** Runs `work` in a kernel, and `instead` where what it takes does not fit into one. */
export type WithKernel = <Result>(work: (kernel: Kernel) => Result, instead: () => Result) => Result

/** With kernels of at most `pagesMax` pages. After any error the next call gets a new one. */
export function kernelKeeper(pagesMax: number = pagesMost): WithKernel {
  let kept: Kernel | undefined
  return (work, instead) => {
    const kernel = kept ?? newKernel(pagesMax)
    kept = undefined
    try {
      const result = work(kernel)
      if (kernel.bytes() <= keptBytesMax) kept = kernel
      return result
    } catch (error) {
      if (error instanceof KernelFull) return instead()
      throw error
    }
  }
}

export const withKernel: WithKernel = kernelKeeper()
