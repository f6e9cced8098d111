/** Every statement there is. The only place that tests and the adapter look for them. */
export { models } from './models.ts'
export { people } from './people.ts'
export { rings } from './rings.ts'
export { type Migration, migrations, server } from './server.ts'
export * from './state.ts'
export type { Statement, Value } from './statement.ts'
export { tripwires } from './tripwires.ts'
export { webhooks } from './webhooks.ts'
