/** Environments in which only some programs are to be had. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../../src/servers/find.ts'

/** A PATH with these programs of this machine, and no other. */
export function pathWith(
  dir: string,
  names: readonly string[] = ['sh', 'cat', 'cp', 'mkdir', 'rm', 'sleep'],
): string {
  const bin = join(dir, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const name of names)
    symlinkSync(findProgram(name, { env: process.env, debian: name }), join(bin, name))
  return bin
}

/** A program of a few lines of shell. */
export function addScript(bin: string, name: string, text: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
  chmodSync(join(bin, name), 0o755)
}
