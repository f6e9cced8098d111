/** An event as JSON beside what a log has to know of it: whoever stores it need not read it. */
import type { StoredEvent } from '../graph/model.ts'

export interface EventText extends Pick<StoredEvent, 'id' | 'content' | 'tables'> {
  readonly body: string
}

export const eventText = (event: StoredEvent): EventText => ({
  id: event.id,
  content: event.content,
  tables: event.tables,
  body: JSON.stringify(event),
})

export const eventOf = ({ body }: EventText): StoredEvent => JSON.parse(body) as StoredEvent
