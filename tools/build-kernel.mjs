/** `npm run kernel`: compiles graph/kernel/assembly and writes graph/kernel/wasm.ts, so that nobody who runs it needs a compiler. */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'graph/kernel/wasm.ts')

const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--use', 'abort=']

/** What graph/kernel/wasm.ts has to be; the same sources give the same bytes on every machine. */
export async function kernelModule() {
  let wasm
  let messages = ''
  const { error } = await asc.main(['graph/kernel/assembly/index.ts', '-o', 'kernel.wasm', ...options], {
    readFile: (name, base) => {
      try {
        return readFileSync(join(root, base ?? '', name), 'utf8')
      } catch {
        return null
      }
    },
    writeFile: (_, contents) => {
      wasm = contents
    },
    listFiles: () => [],
    stderr: {
      write: (text) => {
        messages += text
      },
    },
  })
  if (error) throw new Error(`${error.message}\n${messages}`)
  const base64 = Buffer.from(wasm).toString('base64')
  return `/** Made by \`npm run kernel\` out of assembly/; \`npm run check\` sees that it is. */\nexport const wasmBase64 =\n  '${base64}'\n`
}

export const kernelModuleNow = () => readFileSync(target, 'utf8')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(target, await kernelModule())
  process.stdout.write(`wrote ${target}\n`)
}
