/** The Express application: every route with its key, its problems and its log line. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { AppError } from '../../graph/errors.ts'
import { errorFields } from '../telemetry/log.ts'
import { newTraceId, traced } from '../telemetry/trace.ts'
import type { Document } from './docs/document.ts'
import { docsPage } from './docs/page.ts'
import { type Answering, beginAnswer, endAnswer, setCommonHeaders } from './edge/answer.ts'
import { toHandler } from './handle.ts'
import { openApiDocument } from './openapi.ts'
import { problemOf, sendProblem } from './problem.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'
import type { HttpServices } from './services.ts'

/** `served` are the endpoints of this process: a worker shows its health and metrics only. */
export function createApp(
  services: HttpServices,
  version: string,
  served: readonly Route[] = routes,
): Express {
  const app = express()
  app.set('case sensitive routing', true)
  app.set('strict routing', true)
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(observe(services))
  for (const one of served) {
    app[one.method](expressPath(one), named(one), toHandler(services, one))
  }
  if (served === routes) {
    serveContract(app, version)
  }
  for (const path of new Set(served.map(expressPath))) app.all(path, wrongMethod(path, served))
  app.use(nothingHere)
  app.use(failed(services))
  return app
}

/** The document and its page, made once. */
function serveContract(app: Express, version: string): void {
  const document = openApiDocument(version)
  const page = docsPage(document as unknown as Document)
  app.get('/openapi.json', (_request, response) => void response.json(document))
  app.get('/docs', (_request, response) => {
    response.setHeader('content-security-policy', page.contentSecurityPolicy)
    response.type('html').send(page.html)
  })
}

/** Express reads a colon as a parameter, so one that is part of a name is escaped. */
const expressPath = ({ path }: Route): string => path.replaceAll(':', '\\:').replaceAll(/\{(\w+)\}/g, ':$1')

/** Metrics name the route, never the address asked for: that may hold an account. */
const named =
  ({ path }: Route): RequestHandler =>
  (_request, response, next) => {
    response.locals['route'] = path
    next()
  }

const observe =
  (services: HttpServices): RequestHandler =>
  (request, response, next) => {
    const begun = beginAnswer(services, request)
    const answering = { ...begun, traceId: begun.traceId ?? newTraceId() }
    response.locals['answering'] = answering
    setCommonHeaders(response, answering)
    response.on('finish', () => {
      if (response.locals['isTold']) return
      const route = String(response.locals['route'] ?? 'none')
      endAnswer(services, answering, { method: request.method, route, status: response.statusCode })
    })
    traced(answering.traceId, next)
  }

/** RFC 9110 has a 405 say which methods there are. */
function wrongMethod(path: string, served: readonly Route[]): RequestHandler {
  const methods = served.filter((one) => expressPath(one) === path).map(({ method }) => method.toUpperCase())
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method)).join(', ')
  return (_request, response) => {
    response.setHeader('allow', allow)
    throw new AppError('method_not_allowed', `This path takes ${allow}: see /openapi.json`)
  }
}

const nothingHere: RequestHandler = () => {
  throw new AppError('not_found', 'There is nothing at this path: see /openapi.json')
}

const failed =
  ({ log }: HttpServices): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const { requestId, traceId } = response.locals['answering'] as Answering
    const problem = problemOf(asAppError(error), requestId)
    if (problem.status >= 500) log.error('request failed', { requestId, traceId, ...errorFields(error) })
    // The rest of a body that is too large is not read; the connection cannot be used again.
    if (problem.status === 413) response.setHeader('connection', 'close')
    sendProblem(response, problem)
  }

/** Express' own errors, such as a path that is no valid encoding, are the caller's. */
function asAppError(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0
  if (error instanceof AppError || status < 400 || status >= 500) return error
  return new AppError('invalid_input', 'The request’s path or headers are not valid HTTP')
}
