/** One regression tree on gradients and curvatures (Chen & Guestrin 2016, "XGBoost", equations 5 to 7). */

export interface TreeOptions {
  readonly depthMax: number
  /** Least rows in a leaf. Not least curvature, of which a hundred positives among thousands have too little. */
  readonly rowsMin: number
  /** Added to the curvature of a leaf, so that small leaves say little. */
  readonly shrinkage: number
}

export type Tree =
  | { readonly value: number }
  /** Rows whose bin is at most `bin` go left. */
  | { readonly column: number; readonly bin: number; readonly left: Tree; readonly right: Tree }

export interface Slopes {
  readonly gradients: Float64Array
  readonly curvatures: Float64Array
}

const binsMax = 64

/** Sums of doubles differ by so much in another order. */
const gainMin = 1e-9

export function growTree(
  columns: readonly Uint8Array[],
  slopes: Slopes,
  { rows, ...options }: TreeOptions & { readonly rows: Int32Array },
): Tree {
  const split = options.depthMax === 0 ? undefined : bestSplit(columns, slopes, { rows, ...options })
  if (!split) return { value: leafValue(slopes, rows, options.shrinkage) }
  const { column, bin } = split
  const isLeft = (row: number): boolean => (columns[column]?.[row] ?? 0) <= bin
  const grow = (side: Int32Array): Tree =>
    growTree(columns, slopes, { ...options, depthMax: options.depthMax - 1, rows: side })
  return { column, bin, left: grow(rows.filter(isLeft)), right: grow(rows.filter((row) => !isLeft(row))) }
}

export function treeValue(tree: Tree, binAt: (column: number) => number): number {
  let at = tree
  while ('column' in at) at = binAt(at.column) <= at.bin ? at.left : at.right
  return at.value
}

function leafValue({ gradients, curvatures }: Slopes, rows: Int32Array, shrinkage: number): number {
  let [gradient, curvature] = [0, 0]
  for (const row of rows) {
    gradient += gradients[row] ?? 0
    curvature += curvatures[row] ?? 0
  }
  return -gradient / (curvature + shrinkage)
}

interface Split {
  readonly column: number
  readonly bin: number
  readonly gain: number
}

/** Ties go to the first column and the lowest bin. */
function bestSplit(
  columns: readonly Uint8Array[],
  slopes: Slopes,
  options: Omit<TreeOptions, 'depthMax'> & { readonly rows: Int32Array },
): Split | undefined {
  let best: Split | undefined
  columns.forEach((bins, column) => {
    const found = bestBin(bins, slopes, options)
    if (found && found.gain > (best?.gain ?? gainMin)) best = { column, ...found }
  })
  return best
}

function bestBin(
  bins: Uint8Array,
  slopes: Slopes,
  { rows, rowsMin, shrinkage }: Omit<TreeOptions, 'depthMax'> & { readonly rows: Int32Array },
): Omit<Split, 'column'> | undefined {
  const { gradients, curvatures, counts, highest } = histogram(bins, slopes, rows)
  const gradient = sum(gradients)
  const curvature = sum(curvatures)
  const worth = (g: number, h: number): number => g ** 2 / (h + shrinkage)
  const whole = worth(gradient, curvature)
  const left = { gradient: 0, curvature: 0, count: 0 }
  let best: Omit<Split, 'column'> | undefined
  for (let bin = 0; bin < highest; bin += 1) {
    left.gradient += gradients[bin] ?? 0
    left.curvature += curvatures[bin] ?? 0
    left.count += counts[bin] ?? 0
    if (left.count < rowsMin || rows.length - left.count < rowsMin) continue
    const right = worth(gradient - left.gradient, curvature - left.curvature)
    const gain = worth(left.gradient, left.curvature) + right - whole
    if (gain > (best?.gain ?? gainMin)) best = { bin, gain }
  }
  return best
}

function histogram(bins: Uint8Array, slopes: Slopes, rows: Int32Array) {
  const gradients = new Float64Array(binsMax)
  const curvatures = new Float64Array(binsMax)
  const counts = new Int32Array(binsMax)
  let highest = 0
  for (const row of rows) {
    const bin = bins[row] ?? 0
    gradients[bin]! += slopes.gradients[row] ?? 0
    curvatures[bin]! += slopes.curvatures[row] ?? 0
    counts[bin]! += 1
    if (bin > highest) highest = bin
  }
  return { gradients, curvatures, counts, highest }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
