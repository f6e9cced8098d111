/** Ranking figures. Equal scores are one step, so that no order among them helps or harms. */

interface Ranked {
  readonly scores: ArrayLike<number>
  /** 0 or 1, one a score. */
  readonly answers: ArrayLike<number>
}

/** Mean precision at each answer found, best scores first; the share of answers is what chance reaches. */
export function averagePrecision({ scores, answers }: Ranked): number {
  let [seen, right, area] = [0, 0, 0]
  for (const step of stepsOf({ scores, answers })) {
    seen += step.count
    right += step.right
    area += step.right * (right / seen)
  }
  return right === 0 ? 0 : area / right
}

/** Chance that an answer scores above another row, ties half. */
export function areaUnderCurve({ scores, answers }: Ranked): number {
  let [wrong, right, area] = [0, 0, 0]
  for (const step of stepsOf({ scores, answers })) {
    const other = step.count - step.right
    area += other * (right + step.right / 2)
    right += step.right
    wrong += other
  }
  return right === 0 || wrong === 0 ? 0.5 : area / (right * wrong)
}

function* stepsOf({ scores, answers }: Ranked): Generator<{ count: number; right: number }> {
  const order = Array.from({ length: scores.length }, (_, row) => row)
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  for (let at = 0; at < order.length; ) {
    const score = scores[order[at] ?? 0]
    const from = at
    let right = 0
    for (; at < order.length && scores[order[at] ?? 0] === score; at += 1)
      right += answers[order[at] ?? 0] ?? 0
    yield { count: at - from, right }
  }
}
