/** What trees are made of. */

/** A leaf is its micro-log-odds alone. */
export type TreeNode = number | TreeSplit

/** Values up to the threshold go left; `missing` says where NaN goes; `mean` is what the rows below have on average. */
export type TreeSplit = readonly [
  feature: number,
  threshold: number,
  missing: 'left' | 'right',
  left: TreeNode,
  right: TreeNode,
  mean: number,
]
