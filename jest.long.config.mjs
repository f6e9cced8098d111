/** Long suites, run by hand: `npm run test:long`. */
import config from './jest.config.mjs'

export default {
  ...config,
  testMatch: ['<rootDir>/test/**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 1_800_000,
  // Each holds whole worlds.
  maxWorkers: 1,
}
