/** Starts a process in a group of its own, has it end with this one, and tells its pid. */
import { spawn } from 'node:child_process'
import { endsWithUs } from '../../../src/servers/launch.ts'

const server = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
endsWithUs(server.pid ?? 0)
console.log(String(server.pid))
setInterval(() => {}, 1_000)
