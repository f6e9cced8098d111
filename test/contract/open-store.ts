import type { Intake, LinkStore } from '../../graph/ports.ts'

/** An empty store of its own for every call; disposing of it leaves nothing behind. */
export type OpenStore = () => Promise<LinkStore & Intake>
