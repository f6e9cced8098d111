/** The page's looks: one accent for ours, greys for the others, one hue for heat; light, dark and paper. */
export const style = `
:root { color-scheme: light dark;
  --ground: #ffffff; --raised: #f5f7f9; --ink: #17202a; --soft: #5a6672; --line: #dde3e8;
  --ours: #0a66b7; --ours-wash: #eaf3fb; --other: #76828e; --heat: #084a86; --on-heat: #ffffff;
  --bad: #a3420b; --good: #1d6b3f; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #12171c; --raised: #1a2128; --ink: #e8edf1; --soft: #9fabb6; --line: #2c353e;
  --ours: #63b3f5; --ours-wash: #17293a; --other: #8b97a3; --heat: #63b3f5; --on-heat: #0b1116;
  --bad: #f2a173; --good: #7fce9f; } }
@media print { :root { color-scheme: light;
  --ground: #ffffff; --raised: #ffffff; --ink: #000000; --soft: #444444; --line: #cccccc;
  --ours: #0a66b7; --ours-wash: #eef5fb; --other: #666666; --heat: #084a86; --on-heat: #ffffff;
  --bad: #8a3607; --good: #17532f; } }
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); -webkit-print-color-adjust: exact; print-color-adjust: exact;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif; }
body { margin: 0 auto; max-width: 1180px; padding: 40px 28px 72px; }
h1 { font-size: 2.1rem; line-height: 1.15; letter-spacing: -.02em; margin: 0 0 .35rem; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.5rem; letter-spacing: -.015em; margin: 3.4rem 0 .9rem; font-weight: 650; padding-top: 1.6rem;
  border-top: 2px solid var(--ink); text-transform: capitalize; }
h3 { font-size: 1.02rem; margin: 2.3rem 0 .2rem; font-weight: 650; }
p { margin: .25rem 0 .8rem; max-width: 72ch; }
.lead { color: var(--soft); font-size: 1.05rem; max-width: 64ch; }
.note { color: var(--soft); font-size: .87rem; }
nav { margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; }
a { color: var(--ours); text-underline-offset: 3px; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--ours); outline-offset: 3px; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 1px; margin: 0 0 1.2rem;
  background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
dl.facts div { background: var(--raised); padding: .75rem .95rem .7rem; }
dl.facts dt { color: var(--soft); font-size: .78rem; }
dl.facts dd { margin: .1rem 0 0; font-size: 1.42rem; font-weight: 620; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
dl.facts dd small { display: block; font-size: .76rem; font-weight: 400; letter-spacing: 0; color: var(--soft); line-height: 1.35; }
dl.facts dd small.bad { color: var(--bad); } dl.facts dd small.good { color: var(--good); }
.scroll { overflow-x: auto; margin: .5rem 0 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .86rem; }
caption { text-align: left; color: var(--soft); font-size: .87rem; padding: 0 0 .55rem; max-width: 80ch; }
th, td { padding: .38rem .55rem; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: .6rem; }
thead th { color: var(--soft); font-weight: 500; font-size: .78rem; white-space: normal; vertical-align: bottom;
  border-bottom: 1px solid var(--ink); line-height: 1.25; }
tbody th { font-weight: 400; width: 15.5rem; }
table.heated th, table.heated td { padding-left: .3rem; padding-right: .3rem; }
table.heated thead th:not(:first-child) { text-align: center; }
table.heated th:first-child { padding-left: .6rem; }
.unfair { color: var(--bad); }
tbody tr { border-bottom: 1px solid var(--line); }
tbody tr.ours { background: var(--ours-wash); } tbody tr.ours th { font-weight: 650; color: var(--ours); }
tbody tr.last-ours { border-bottom: 1px solid var(--ink); }
tbody tr:not(.judged) + tr.judged { border-top: 1px solid var(--ink); }
td b { font-weight: 650; }
td small { display: block; color: var(--soft); font-size: .72rem; line-height: 1.15; }
td.heat { background: color-mix(in oklab, var(--heat) calc(var(--v) * 88%), var(--ground)); text-align: center;
  border: 2px solid var(--ground); border-radius: 5px; min-width: 2.7rem; }
td.heat.deep { color: var(--on-heat); }
td.none { color: var(--soft); }
.bar { display: inline-block; height: .62rem; border-radius: 2px; background: var(--other); vertical-align: baseline; margin-left: .5rem; }
tr.ours .bar { background: var(--ours); }
td.barred { text-align: right; } td.barred span.cell { display: inline-grid; grid-template-columns: auto 62px; align-items: center; }
td.barred .bar { justify-self: start; }
figure { margin: .6rem 0 0; } figure svg { display: block; width: 100%; min-width: 820px; height: auto; }
svg text { fill: var(--ink); font-size: 12px; font-family: inherit; } svg .soft { fill: var(--soft); font-size: 11px; }
svg .head { font-weight: 620; } svg .ours { fill: var(--ours); font-weight: 650; }
svg .grid { stroke: var(--line); } svg .zero { stroke: var(--soft); } svg .ceiling { stroke: var(--bad); stroke-dasharray: 3 3; }
svg text.ceiling { fill: var(--bad); stroke: none; font-size: 10.5px; }
svg .span { stroke: var(--other); stroke-width: 2.5; stroke-linecap: round; opacity: .55; } svg .dot { fill: var(--other); }
svg g.ours .span { stroke: var(--ours); opacity: .6; } svg g.ours .dot { fill: var(--ours); } svg g.ours text { fill: var(--ours); font-weight: 650; }
svg .stripe { fill: var(--ours-wash); }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
@media print { body { padding: 0; max-width: none; } h2 { break-before: page; } h2:first-of-type { break-before: auto; }
  figure, table { break-inside: avoid; } nav { display: none; } .scroll { overflow: visible; } figure svg { min-width: 0; } table { font-size: .7rem; }
  th, td { padding: .22rem .3rem; } }
`
