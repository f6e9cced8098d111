/** Whether the process in this container is ready: `node healthcheck.mjs PORT`. The image has no curl. */
const [port = '7373'] = process.argv.slice(2)
const timeoutMs = 4_000

try {
  const { ok, status } = await fetch(`http://127.0.0.1:${port}/readyz`, {
    signal: AbortSignal.timeout(timeoutMs),
  })
  process.stdout.write(`${status}\n`)
  process.exitCode = ok ? 0 : 1
} catch (error) {
  process.stdout.write(`${error.cause?.code ?? error.name}\n`)
  process.exitCode = 1
}
