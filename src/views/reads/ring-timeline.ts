import type { Lane, Mark } from '../../../graph/explain/picture/lanes.ts'
import type { RingTimeline } from '../../../graph/explain/picture/ring-timeline.ts'
import { dayMs } from '../../../graph/time.ts'
import { burstView } from '../ring-explanation.ts'
import { changedView } from '../takeover.ts'
import { iso } from '../times.ts'

export const ringTimelineView = ({ ring, bursts, days, lanes, omitted, truncated }: RingTimeline) => ({
  ring: ring.id,
  ...(ring.movedTo !== undefined && { movedTo: ring.movedTo }),
  version: ring.version,
  days: days.map(({ day, counts }) => ({ day: iso(day * dayMs).slice(0, 10), ...counts })),
  bursts: [
    ...(bursts.births ? [burstView(bursts.births, 'births')] : []),
    ...(bursts.arrivals ? [burstView(bursts.arrivals, 'arrivals')] : []),
  ],
  lanes: lanes.map(laneView),
  omitted,
  truncated,
})

const laneView = ({ member, marks, omitted }: Lane) => ({
  account: member.account,
  role: member.role,
  risk: member.risk,
  compromise: member.compromise,
  marks: marks.map(markView),
  omitted,
})

const markView = ({ at, changed, ...rest }: Mark) => ({
  at: iso(at),
  ...rest,
  ...changedView(rest.type, changed),
})
