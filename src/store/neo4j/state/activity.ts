/** What an account did, as the one text its node carries: JSON, a list a type of event. */
import type { Activity, StateType } from '../../../../graph/model.ts'
import { compareText } from '../../../../graph/state/order.ts'
import { type HappeningJson, happeningLists, happeningsIn } from '../../lists.ts'
import { spanFields, spanOf } from './spans.ts'

/** Days are left out where they are those of the first and the last sight. */
type ActivityJson = readonly [StateType, number, number, readonly HappeningJson[], (readonly string[])?]

/** The same activities give the same text. `null` for none. */
export function activityText(activities: Iterable<Activity>): string | null {
  const lists = [...activities].toSorted((a, b) => compareText(a.type, b.type)).map(listOf)
  return lists.length === 0 ? null : JSON.stringify(lists)
}

function listOf(activity: Activity): ActivityJson {
  const { firstAt, lastAt, days } = spanFields(activity)
  const list = [activity.type, firstAt, lastAt, happeningLists(activity.recent)] as const
  return days ? [...list, days] : list
}

export const activitiesOf = (text: string | null): readonly Activity[] =>
  text === null
    ? []
    : (JSON.parse(text) as ActivityJson[]).map(([type, firstAt, lastAt, recent, days = null]) => ({
        type,
        ...spanOf({ firstAt, lastAt, days }),
        recent: happeningsIn(recent),
      }))
