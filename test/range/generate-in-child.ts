/** Generates a world (argument 2, town without) of so many accounts into nowhere; run with little memory. */
import { generateWorld } from '../../range/world.ts'

const nowhere = async () => {}
const counts = await generateWorld(
  { world: process.argv[3] ?? 'town', seed: 1, accounts: Number(process.argv[2]) },
  { events: nowhere, labels: nowhere, truth: nowhere },
)
process.stdout.write(JSON.stringify(counts))
