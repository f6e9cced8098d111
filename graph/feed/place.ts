/**
 * Places in the feed, as text that clients keep: `12.ring_3_0abc` is that change of publish 12, `12~4` comes after all
 * changes of publish 12 and after the note that is the fourth of all.
 */
import { AppError } from '../errors.ts'
import type { ChangeCursor } from '../ports.ts'

export type FeedPlace =
  | { readonly version: number; readonly ring: string }
  | { readonly version: number; readonly note: number }

export const beginning: FeedPlace = { version: 0, note: 0 }

export const placeText = (place: FeedPlace): string =>
  'ring' in place ? `${place.version}.${place.ring}` : `${place.version}~${place.note}`

const shape = /^(0|[1-9]\d{0,14})(?:~(0|[1-9]\d{0,14})|\.([A-Za-z0-9_-]{1,64}))$/

/** Throws `invalid_input` for what is none of ours. */
export function readPlace(text: string): FeedPlace {
  const [, version, note, ring] = shape.exec(text) ?? []
  if (version === undefined)
    throw new AppError(
      'invalid_input',
      'The place in the feed is not one of ours: pass on the cursor of the last item, or leave it out to begin at the beginning',
    )
  return ring === undefined
    ? { version: Number(version), note: Number(note) }
    : { version: Number(version), ring }
}

export const changesAfter = (place: FeedPlace): ChangeCursor =>
  'ring' in place ? place : { version: place.version + 1, ring: '' }

/** Notes are numbered through, so that those after a note need no publish. */
export const notesAfter = (place: FeedPlace): { note: number } | { version: number } =>
  'ring' in place ? { version: place.version } : { note: place.note }
