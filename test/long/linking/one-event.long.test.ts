/** Some six events an account, and three that come later: `ONE_EVENT_ACCOUNTS=50000` for another size. */
import { oneEventLaws } from '../../contract/one-event.ts'

oneEventLaws({ accounts: Number(process.env['ONE_EVENT_ACCOUNTS'] ?? 200_000), tempo: 0.28, events: 3 })
