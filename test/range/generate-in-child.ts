/** Generates a world of so many accounts into nowhere and prints its counts; run with little memory. */
import { generateWorld } from '../../range/world.ts'

const nowhere = async () => {}
const counts = await generateWorld(
  { world: 'town', seed: 1, accounts: Number(process.argv[2]) },
  { events: nowhere, labels: nowhere, truth: nowhere },
)
process.stdout.write(JSON.stringify(counts))
