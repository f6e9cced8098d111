import type { Intake, LinkStore } from '../../graph/ports.ts'

export type ContractStore = LinkStore & Intake

/** An empty store for every call. One at a time: a database may have room for one. */
export type OpenStore = () => Promise<ContractStore>

export async function inNewStore<T>(open: OpenStore, work: (store: ContractStore) => Promise<T>): Promise<T> {
  await using store = await open()
  return await work(store)
}
