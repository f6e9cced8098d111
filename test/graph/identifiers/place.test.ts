import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { kmBetween, placeOf, placeText } from '../../../graph/identifiers/place.ts'

const latitude = fc.double({ min: -90, max: 90, noNaN: true })
const longitude = fc.double({ min: -180, max: 180, noNaN: true })

describe('a place', () => {
  test('has one text, to a tenth of a degree, and none off the globe', () => {
    expect(placeText(48.137, 11.575)).toBe('48.1,11.6')
    expect(placeText(-0.01, 0.04)).toBe('0.0,0.0')
    expect([placeText(90.1, 0), placeText(0, -180.1), placeText(Number.NaN, 0)]).toEqual(
      Array(3).fill(undefined),
    )
    fc.assert(
      fc.property(latitude, longitude, (lat, long) => {
        const text = placeText(lat, long) ?? ''
        const place = placeOf(text)
        expect(placeText(place.latitude, place.longitude)).toBe(text)
        expect(Math.abs(place.latitude - lat)).toBeLessThanOrEqual(0.0501)
        expect(Math.abs(place.longitude - long)).toBeLessThanOrEqual(0.0501)
      }),
    )
  })

  test('is as far from another as the other from it, and no farther than the other side of the earth', () => {
    const [munich, vilnius, sydney] = ['48.1,11.6', '54.7,25.3', '-33.9,151.2'].map(placeOf)
    if (!munich || !vilnius || !sydney) throw new Error('Three places are three')

    expect(Math.round(kmBetween(munich, vilnius))).toBe(1197)
    expect(Math.round(kmBetween(munich, sydney) / 100)).toBe(163)
    fc.assert(
      fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
        const [one, other] = [
          { latitude: a, longitude: b },
          { latitude: c, longitude: d },
        ]
        expect(kmBetween(one, one)).toBeCloseTo(0)
        expect(kmBetween(one, other)).toBeCloseTo(kmBetween(other, one))
        expect(kmBetween(one, other)).toBeLessThanOrEqual(Math.PI * 6_371 + 1)
      }),
    )
  })
})
