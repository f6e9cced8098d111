import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** From package.json, which lies above the sources and above the built files alike. */
export const version = readVersion([join(import.meta.dirname, '..'), join(import.meta.dirname, '../..')])

function readVersion(folders: readonly string[]): string {
  for (const folder of folders) {
    try {
      const { name, version: found } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      ) as Record<string, string>
      if (name === 'ringleader' && found) return found
    } catch {
      // Not here; the next folder up may hold it.
    }
  }
  return '0.0.0'
}
