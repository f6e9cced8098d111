/** Places in the feed of changes, as text that clients keep: `12.ring_3_0abc` follows that change of publish 12. */
import { AppError } from '../errors.ts'
import type { ChangeCursor } from '../ports.ts'

/** Without a ring: after all of the publish. */
export interface FeedPlace {
  readonly version: number
  readonly ring?: string
}

export const placeText = ({ version, ring }: FeedPlace): string =>
  ring === undefined ? `${version}~` : `${version}.${ring}`

const shape = /^(0|[1-9]\d{0,14})(?:~|\.([A-Za-z0-9_-]{1,64}))$/

/** Throws `invalid_input` for what is none of ours. */
export function readPlace(text: string): FeedPlace {
  const [, version, ring] = shape.exec(text) ?? []
  if (version === undefined)
    throw new AppError(
      'invalid_input',
      'The place in the feed is not one of ours: pass on the cursor of the last item, or leave it out to begin at the beginning',
    )
  return { version: Number(version), ...(ring !== undefined && { ring }) }
}

export const changesAfter = ({ version, ring }: FeedPlace): ChangeCursor =>
  ring === undefined ? { version: version + 1, ring: '' } : { version, ring }
