import { beforeAll, describe, expect, test } from '@jest/globals'
import type { JudgingInput } from '../../../../graph/judging/features/input.ts'
import { judge } from '../../../../graph/judging/judge.ts'
import { type Adaptation, adapt, agreementMin } from '../../../../graph/judging/local/adapt.ts'
import { knownIn } from '../../../../graph/judging/local/known.ts'
import { columnsWithoutOwnLabel } from '../../../../graph/judging/local/own-labels.ts'
import { type JudgingModels, readModels } from '../../../../graph/judging/models.ts'
import { type Lesson, teach } from '../../../../graph/judging/teach.ts'
import { fitDefaults } from '../../../../graph/judging/trees/fit.ts'
import type { LabelValue } from '../../../../graph/model.ts'
import { lessonOf } from '../lessons.ts'

let home: Lesson
let shipped: JudgingModels
let adapted: Adaptation
beforeAll(async () => {
  home = await lessonOf(71, 2_000)
  const taught = await Promise.all([72, 73, 74].map((seed) => lessonOf(seed)))
  shipped = teach(taught, { fit: { ...fitDefaults, rounds: 15, depth: 3 } })
  adapted = adapt(labelled(known('fraud', 'legit')), shipped)
}, 240_000)

/** The population with these labels and no others. */
function labelled(labelOf: (account: number) => LabelValue | undefined): JudgingInput {
  const { input } = home
  const { facts: told } = input.table
  const facts = told.withRare((own, account) => {
    const label = labelOf(account)
    return { ...own, labels: label ? [{ account: told.idAt(account), label, source: 'review', at: 0 }] : [] }
  })
  return { ...input, table: { ...input.table, facts } }
}

/** Two of three of the fraud there is, and some that is none. */
const known = (fraud: LabelValue, honest: LabelValue) => (account: number) => {
  if (account % 3 === 1) return undefined
  return home.parts[account] === 'fraud' ? fraud : account % 20 === 0 ? honest : undefined
}

const biased = ({ second, ...rest }: JudgingModels, logOdds: number): JudgingModels => ({
  ...rest,
  second: { ...second, risk: { ...second.risk, base: second.risk.base + logOdds * 1e6 } },
})

const sumOf = (risk: Float64Array): number => risk.reduce((sum, own) => sum + own, 0)

describe('models made a deployment’s own', () => {
  test('are asked for in vain with few labels', () => {
    expect(() =>
      adapt(
        labelled((account) => (account < 29 ? 'fraud' : undefined)),
        shipped,
      ),
    ).toThrow(/from 30 accounts on that are labelled as fraud; there are 29/)
  })

  test('come back to how much fraud there is', () => {
    const wrong = biased(shipped, 2)
    const input = labelled(known('fraud', 'legit'))
    const fraud = home.parts.filter((part) => part === 'fraud').length

    const { models } = adapt(input, wrong)

    const offBy = (other: JudgingModels): number =>
      Math.abs(Math.log(sumOf(judge(input, other).risk) / fraud))
    expect(offBy(models)).toBeLessThan(offBy(wrong) / 2)
    expect(models.calibration).toBe('local')
  })

  test('can be written, read, and made again', () => {
    const { models } = adapted

    expect(adapt(labelled(known('fraud', 'legit')), shipped).models).toEqual(models)
    expect(readModels(JSON.parse(JSON.stringify(models)))).toEqual(models)
  })

  test('that are told the opposite say the opposite, and that they were contradicted', () => {
    const input = labelled(known('legit', 'fraud'))
    const { models, agreement } = adapt(input, shipped)
    const mean = (other: JudgingModels): number => {
      const { risk } = judge(input, other)
      const fraud = [...risk].filter((_, account) => home.parts[account] === 'fraud')
      return fraud.reduce((sum, own) => sum + own, 0) / fraud.length
    }

    expect(agreement).toBeLessThan(agreementMin)
    expect(adapted.agreement).toBeGreaterThan(agreementMin)
    expect(mean(models)).toBeLessThan(mean(shipped))
  })

  test('say of labels that were held back what is said of accounts without any', () => {
    const input = labelled(known('fraud', 'legit'))
    const heldBack = adapted.heldBack()
    const mean = (label: LabelValue): number => {
      const own = [...heldBack.values()].filter((one) => one.label === label)
      return own.reduce((sum, { local }) => sum + local, 0) / own.length
    }
    const withLabels = [...input.table.facts].filter(({ labels }) => labels.length > 0)

    expect(heldBack.size).toBe(withLabels.length)
    expect(mean('fraud')).toBeGreaterThan(2 * mean('legit'))
  })
})

test('an account is looked at as if it alone had no label', () => {
  const some = home.parts.flatMap((part, account) => (part === 'fraud' ? [account] : [])).slice(0, 4)
  const labels = (hidden?: number) => (account: number) =>
    some.includes(account) && account !== hidden ? 'fraud' : undefined

  const told = labelled(labels())
  const columns = columnsWithoutOwnLabel(told, shipped, {
    known: knownIn(told.table.facts),
    onStep: () => {},
  })

  for (const account of some) {
    const { look } = judge(labelled(labels(account)), shipped)
    for (const [name, values] of look.accounts.columns)
      expect([name, columns.column(name)[account]]).toEqual([name, values[account]])
  }
})
