import { oneEventLaws } from '../contract/one-event.ts'

oneEventLaws({ accounts: 2_000, events: 10 })
