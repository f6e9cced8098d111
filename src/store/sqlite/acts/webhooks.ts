/** Receivers of changes in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { DeadMessage, Webhook, WebhookProgress } from '../../../../graph/webhooks.ts'
import { transaction } from '../database.ts'

export function webhookReader(db: DatabaseSync) {
  const all = db.prepare('SELECT body FROM webhook ORDER BY id')
  const progress = db.prepare('SELECT progress AS body FROM webhook WHERE progress IS NOT NULL ORDER BY id')
  const dead = db.prepare(
    'SELECT body FROM dead_message WHERE (?1 IS NULL OR webhook = ?1) AND (?2 IS NULL OR again = ?2) ORDER BY at, id LIMIT ?3',
  )
  return {
    webhooks: (): readonly Webhook[] => all.all().map((row) => bodyOf<Webhook>(row)),
    progress: (): readonly WebhookProgress[] => progress.all().map((row) => bodyOf<WebhookProgress>(row)),
    dead({ webhook, again, limit }: { webhook?: string; again?: boolean; limit: number }) {
      const rows = dead.all(webhook ?? null, again === undefined ? null : Number(again), limit)
      return rows.map((row) => bodyOf<DeadMessage>(row))
    },
  }
}

export function webhookWriter(db: DatabaseSync) {
  return {
    save(webhook: Webhook): void {
      db.prepare(
        'INSERT INTO webhook (id, body) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET body = ?2',
      ).run(webhook.id, JSON.stringify(webhook))
    },
    delete: (id: string): boolean =>
      transaction(db, () => {
        db.prepare('DELETE FROM dead_message WHERE webhook = ?').run(id)
        return db.prepare('DELETE FROM webhook WHERE id = ?').run(id).changes === 1
      }),
    note(progress: WebhookProgress): void {
      db.prepare('UPDATE webhook SET progress = ? WHERE id = ?').run(
        JSON.stringify(progress),
        progress.webhook,
      )
    },
    bury(message: DeadMessage): void {
      const { id, webhook, at, again } = message
      db.prepare('INSERT OR REPLACE INTO dead_message VALUES (?, ?, ?, ?, ?)').run(
        id,
        webhook,
        at,
        Number(again),
        JSON.stringify(message),
      )
    },
    drop(ids: readonly string[]): number {
      const drop = db.prepare('DELETE FROM dead_message WHERE id = ?')
      return transaction(db, () => ids.reduce((dropped, id) => dropped + Number(drop.run(id).changes), 0))
    },
    expire: (before: number): number =>
      Number(db.prepare('DELETE FROM dead_message WHERE at < ?').run(before).changes),
  }
}

const bodyOf = <T>(row: object): T => JSON.parse(String((row as { body: unknown }).body)) as T
