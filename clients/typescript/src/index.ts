export type * from './api.ts'
export {
  type Client,
  type ClientOptions,
  createClient,
  type Fallback,
  type Input,
  type Operation,
  type Reply,
  type RiskAnswer,
} from './client.ts'
export { type ErrorCode, RingleaderError } from './errors.ts'
