/**
 * Numbers of names in their order, which shift as names come and go, and slots, which stay: what is stored by slots is not written
 * anew because somebody is new.
 */
import type { Merged } from './merge-sorted.ts'

export interface Slots {
  /** By number. */
  readonly slotOf: Int32Array
  /** By slot; -1 of those that are gone. */
  readonly numberOf: Int32Array
  /** How many were ever given out, by all tables that came of one another: none gets a slot that means another elsewhere. */
  readonly given: { count: number }
}

export function slotsOf(count: number): Slots {
  const same = new Int32Array(count)
  for (let number = 0; number < count; number++) same[number] = number
  return { slotOf: same, numberOf: same, given: { count } }
}

/** A view where slots are numbers. */
export function numbersIn({ slotOf, numberOf }: Slots, slots: Int32Array): Int32Array {
  if (slotOf === numberOf) return slots
  const numbers = new Int32Array(slots.length)
  for (let i = 0; i < slots.length; i++) numbers[i] = numberOf[slots[i] ?? -1] ?? -1
  return numbers
}

/** Those that are new get slots of their own. */
export function slotsAfter(known: Slots, { now, before }: Pick<Merged, 'now' | 'before'>): Slots {
  if (now === before) return known
  const { given } = known
  const slotOf = new Int32Array(before.length)
  for (let number = 0; number < slotOf.length; number++) {
    const was = before[number] ?? -1
    slotOf[number] = was < 0 ? given.count++ : (known.slotOf[was] ?? -1)
  }
  const numberOf = new Int32Array(given.count).fill(-1)
  for (let number = 0; number < slotOf.length; number++) numberOf[slotOf[number] ?? -1] = number
  return { slotOf, numberOf, given }
}
