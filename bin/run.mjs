/** Runs a developer's tool under Node 24: `node bin/run.mjs check`, as package.json's scripts do. */
import { join } from 'node:path'
import { become, fail, install, root } from './bootstrap.mjs'

const jest = ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js')]

const tools = {
  test: [...jest],
  // Whole worlds of some hundred thousand accounts.
  'test:long': ['--max-old-space-size=14000', ...jest, '--config', join(root, 'jest.long.config.mjs')],
  check: [join(root, 'tools/check.mjs')],
  build: [join(root, 'tools/build.mjs')],
  kernel: [join(root, 'tools/build-kernel.mjs')],
  'client-types': [join(root, 'tools/client-types.mjs')],
  bench: [join(root, 'test/bench/main.ts')],
  format: [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--write', '.'],
}

const [name = '', ...args] = process.argv.slice(2)
const tool = tools[name] ?? fail(`There is no tool ${name}: ${Object.keys(tools).join(', ')}`)
install('full')
become([...tool, ...args], { cwd: root })
