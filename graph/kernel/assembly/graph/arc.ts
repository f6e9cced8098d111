/** One end of an edge: whereto and how heavy, side by side, because both are always read together. */
@unmanaged
export class Arc<W> {
  target: i32
  weight: W
}

export function arcBytes<W>(): usize {
  return offsetof<Arc<W>>()
}

export function arcAt<W>(arcs: usize, index: i32): usize {
  return arcs + usize(index) * offsetof<Arc<W>>()
}

export function targetOf<W>(arc: usize): i32 {
  return changetype<Arc<W>>(arc).target
}

export function weightOf<W>(arc: usize): W {
  return changetype<Arc<W>>(arc).weight
}

export function putArc<W>(arcs: usize, index: i32, target: i32, weight: W): void {
  const arc = changetype<Arc<W>>(arcAt<W>(arcs, index))
  arc.target = target
  arc.weight = weight
}
