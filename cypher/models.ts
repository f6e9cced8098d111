/** Statements on models of judging that a deployment made its own. */
import type { Properties } from './state.ts'
import { type None, statement } from './statement.ts'

interface Head {
  readonly id: string
  readonly madeAt: number
  readonly report: string
}

export const models = {
  save: statement<{ id: string; properties: Properties }>('models/save'),
  all: statement<None, Head>('models/all'),
  choose: statement<{ id: string; properties: Properties }>('models/choose'),
  choices: statement<None, { id: string; models: string | null; author: string; at: number }>(
    'models/choices',
  ),
  inForce: statement<None, Head & { body: string }>('models/in-force'),
}
