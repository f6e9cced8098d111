/** More figures of the screens (figures.ts): what would be, who of a ring uses a hub, which credentials changed, how far from home. */
import type { Figure } from './figures.ts'

const compareRoute = '/v1/compare?a={a}&b={stranger}&foretell=true'
const withoutRoute = '/v1/rings/{ring}/without?identifier={kind}:{ref}&foretell=true'

export const foretold: readonly Figure[] = [
  ['same actor: who joins which ring as what', compareRoute, '/sayings/*/foretold/accounts/*/sentence'],
  ['same actor: the ring', compareRoute, '/sayings/*/foretold/accounts/*/after/ring/id'],
  ['same actor: as', compareRoute, '/sayings/*/foretold/accounts/*/after/ring/role'],
  ['same actor: from', compareRoute, '/sayings/*/foretold/accounts/*/before/risk'],
  ['same actor: to', compareRoute, '/sayings/*/foretold/accounts/*/after/risk'],
  ['nobody else moves', compareRoute, '/sayings/*/foretold/others'],
  ['what each verdict would do, with figures', compareRoute, '/sayings/*/foretold/sentence'],
  ['without them: rings that are left', withoutRoute, '/foretold/rings/*/accounts'],
  ['without them: risk of each', withoutRoute, '/foretold/rings/*/risk'],
  ['without them: risk drops from', withoutRoute, '/foretold/risk/before'],
  ['without them: risk drops to', withoutRoute, '/foretold/risk/after'],
  ['without them: sentence', withoutRoute, '/foretold/sentence'],
]

const inRing = '/v1/identifiers/{hubKind}/{hubRef}?ring={hubbed}'

export const hub: readonly Figure[] = [
  ['hairlines to members here', '/v1/rings/{hubbed}/graph', '/hubs/*/users/*/account'],
  ['hairlines, by tie', '/v1/rings/{hubbed}/graph', '/hubs/*/users/*/tie'],
  ['identifier: members of a ring on it', inRing, '/users/*/account'],
  ['identifier: members, by tie', inRing, '/users/*/tie'],
  ['identifier: how many members', inRing, '/inRing/members'],
]

const story = '/v1/takeovers/{takeover}'

export const changes: readonly Figure[] = [
  ['e-mail changed, password changed', story, '/takeover/stories/*/changed/*/parts/*'],
  ['e-mail changed, password changed: words', story, '/takeover/stories/*/changed/*/sentence'],
  ['passwords to reset', story, '/takeover/revoke/passwords'],
  ['e-mails to set back', story, '/takeover/revoke/emails'],
  ['of how many it is not known what changed', story, '/takeover/revoke/unsaid'],
  ['a victim: password', story, '/takeover/stories/*/revoke/password'],
  ['entered from', story, '/takeover/stories/*/entry/mask'],
  ['entered from, kilometres from home', story, '/takeover/stories/*/entry/kmFromHome'],
  ['entered from: words', story, '/takeover/stories/*/entry/sentence'],
  ['lanes: which credentials', '/v1/rings/{takeover}/timeline', '/lanes/*/marks/*/changed/*'],
]
