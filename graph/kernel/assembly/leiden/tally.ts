/** What one community adds up to while a node looks around it. */
@unmanaged
export class Tally<W> {
  /** Weight between it and the node; zero between two nodes. */
  weight: W
  /** Gamma times its accounts: what joining it costs an account. */
  cost: W
}

export function tallyOf<W>(tallies: usize, label: i32): Tally<W> {
  return changetype<Tally<W>>(tallies + usize(label) * offsetof<Tally<W>>())
}
