/** How settings are written. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { reachOf } from '../webhooks/addresses.ts'

export const switchText = z.enum(['on', 'off']).transform((text) => text === 'on')
/** Digits only: an empty setting is a mistake, not 0. */
export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^\d+$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.number().min(least).max(most))

/** A server's address, with or without user and password in it. */
export const serverUrl = (schemes: readonly string[]) =>
  z.string().transform((text, context) => {
    const url = URL.parse(text)
    if (url && url.hostname !== '' && schemes.includes(url.protocol.slice(0, -1))) return url
    context.addIssue(`must be an address such as ${schemes[0]}://host`)
    return z.NEVER
  })

/** Names, with commas between. */
export const names = z
  .string()
  .regex(/^[A-Za-z0-9, ]*$/, { error: 'must be names with commas between' })
  .transform((text) => text.split(',').flatMap((part) => part.trim() || []))

/** Addresses and networks, with commas between. */
export const networks = z.string().transform((text, context) => {
  const named = text.split(',').flatMap((part) => part.trim() || [])
  try {
    reachOf(named)
    return named
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : '')
    return z.NEVER
  }
})

/** The file's first line. */
export const secretFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8').split('\n', 1)[0]?.trim() ?? ''
  } catch {
    context.addIssue('names a file that cannot be read')
    return z.NEVER
  }
})
