import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pseudonymsOfBatch } from '../../src/secrets/batch.ts'

/** Says which of how many it was, so that two answers differ. */
function counted() {
  const asked: string[] = []
  return {
    asked,
    pseudonym: (domain: string, text: string): string =>
      `${domain}/${text}/${asked.push(`${domain}/${text}`)}`,
  }
}

const asks = fc.array(
  fc.tuple(fc.constantFrom('ip', 'device', 'session'), fc.constantFrom('a', 'b', '', '__proto__')),
)

test('each text of a domain is hashed once a batch, and always answered alike', () => {
  fc.assert(
    fc.property(asks, (all) => {
      const secrets = counted()
      const { pseudonym } = pseudonymsOfBatch(secrets)

      const answers = all.map(([domain, text]) => pseudonym(domain, text))

      expect(secrets.asked).toEqual([...new Set(all.map(([domain, text]) => `${domain}/${text}`))])
      answers.forEach((answer, i) => {
        const [domain = '', text = ''] = all[i] ?? []
        expect(answer).toMatch(new RegExp(`^${domain}/${text}/\\d+$`))
        expect(pseudonym(domain, text)).toBe(answer)
      })
    }),
  )
})

test('the next batch knows nothing of it, and events are not remembered', () => {
  const secrets = counted()

  for (const batch of [pseudonymsOfBatch(secrets), pseudonymsOfBatch(secrets)]) batch.pseudonym('ip', 'a')
  const { pseudonym } = pseudonymsOfBatch(secrets)
  for (const domain of ['event', 'event', 'content', 'content']) pseudonym(domain, 'e1')

  expect(secrets.asked).toEqual(['ip/a', 'ip/a', 'event/e1', 'event/e1', 'content/e1', 'content/e1'])
})
