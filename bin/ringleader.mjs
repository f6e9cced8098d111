#!/usr/bin/env node
/** The command `ringleader`: the sources in a checkout, the built files in an installed package. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { become, install, root } from './bootstrap.mjs'

install('runtime')
const source = join(root, 'src', 'main.ts')
// npm runs scripts in the package's folder; relative paths mean the folder the user stands in.
const cwd = process.env.INIT_CWD ?? process.cwd()
become([existsSync(source) ? source : join(root, 'dist', 'src', 'main.js'), ...process.argv.slice(2)], {
  cwd,
})
