import { expect, test } from '@jest/globals'
import { AppError } from '../../graph/errors.ts'
import { describeConfig, readConfig, wantsColour } from '../../src/config.ts'

const failureOf = (environment: NodeJS.ProcessEnv): AppError => {
  try {
    readConfig({}, environment)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was accepted')
}

test('every setting has a default', () => {
  expect(readConfig({}, {})).toEqual({
    dataDir: '.ringleader',
    host: '127.0.0.1',
    port: 7373,
    masks: true,
    detectAfterMs: 2_000,
    detectEveryMs: 3_600_000,
    logLevel: 'info',
  })
})

test('the environment sets each, and what the command line says wins', () => {
  const environment = {
    RINGLEADER_DATA: '/data',
    RINGLEADER_HOST: '::1',
    RINGLEADER_PORT: '0',
    RINGLEADER_KEY_FILE: '/key',
    RINGLEADER_POLICY: '/policy.yaml',
    RINGLEADER_FACETS: '/facets',
    RINGLEADER_MASKS: 'off',
    RINGLEADER_DETECT_AFTER_MS: '100',
    RINGLEADER_DETECT_EVERY_MS: '1000',
    RINGLEADER_LOG: 'debug',
    HOME: '/root',
  }

  expect(readConfig({ dataDir: '/mine', host: undefined }, environment)).toEqual({
    dataDir: '/mine',
    host: '::1',
    port: 0,
    keyFile: '/key',
    policyFile: '/policy.yaml',
    facetsDir: '/facets',
    masks: false,
    detectAfterMs: 100,
    detectEveryMs: 1_000,
    logLevel: 'debug',
  })
})

test('all mistakes are told at once, each by its setting', () => {
  const wrong = {
    RINGLEADER_PORT: '70000',
    RINGLEADER_MASKS: 'yes',
    RINGLEADER_DETECT_AFTER_MS: '99',
    RINGLEADER_DETECT_EVERY_MS: 'often',
    RINGLEADER_LOG: 'loud',
    RINGLEADER_KEYFILE: '/key',
    RINGLEADER_DATA: '',
  }

  const { code, message, issues } = failureOf(wrong)

  expect(code).toBe('config_invalid')
  expect(issues.map(({ pointer }) => pointer).toSorted()).toEqual(Object.keys(wrong).toSorted())
  for (const name of Object.keys(wrong)) expect(message).toContain(name)
})

test.each([
  ['empty', ''],
  ['blank', ' '],
  ['hexadecimal', '0x10'],
  ['a fraction', '80.5'],
  ['negative', '-1'],
])('a port that is %s is refused, not read as some number', (_, text) => {
  expect(failureOf({ RINGLEADER_PORT: text }).issues.map(({ pointer }) => pointer)).toEqual([
    'RINGLEADER_PORT',
  ])
})

test('it can be printed, wrong ones too, each with its meaning', () => {
  const lines = describeConfig({ RINGLEADER_PORT: '80', RINGLEADER_LOG: 'loud' })

  expect(lines.find(({ name }) => name === 'RINGLEADER_PORT')).toMatchObject({
    value: '80',
    from: 'environment',
  })
  expect(lines.find(({ name }) => name === 'RINGLEADER_LOG')?.value).toContain('wrong')
  expect(lines.find(({ name }) => name === 'RINGLEADER_DATA')).toMatchObject({
    value: '.ringleader',
    from: 'default',
  })
  expect(lines.every(({ meaning }) => meaning !== '')).toBe(true)
})

test('colour is for terminals whose owner did not refuse it', () => {
  expect(wantsColour(true, {})).toBe(true)
  expect(wantsColour(false, {})).toBe(false)
  expect(wantsColour(true, { NO_COLOR: '1' })).toBe(false)
  expect(wantsColour(true, { NO_COLOR: '' })).toBe(true)
  expect(wantsColour(true, { TERM: 'dumb' })).toBe(false)
})
