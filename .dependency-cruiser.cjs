/** The architecture, as rules: `npm run check` fails when an import points the wrong way. */
const layers = 'src|graph|cypher|jobs|range|test|web|clients|examples'

/** Of our own folders, `from` may import only these and itself. */
const only = (from, ...to) => ({
  name: `${from}-imports-only-${to.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: `^(${layers})/`, pathNot: [from, ...to].map((folder) => `^${folder}/`) },
})

/** Only these places may import that. */
const home = (name, places, what) => ({
  name,
  severity: 'error',
  from: { pathNot: `^(${places}|test/)` },
  to: { path: what },
})

module.exports = {
  forbidden: [
    only('graph'),
    only('cypher', 'graph'),
    only('jobs', 'graph'),
    only('src', 'graph', 'cypher', 'jobs', 'range'),
    only('web', 'clients'),
    only('clients'),
    only('range', 'graph'),
    home('range-is-used-by-the-command-line', 'range/|src/cli/', '^range/'),
    home('cypher-behind-one-adapter', 'cypher/|src/store/neo4j/', '^cypher/'),
    home('neo4j-behind-one-adapter', 'src/store/neo4j/', 'node_modules/neo4j-driver/'),
    home('bullmq-behind-one-adapter', 'src/queue/', 'node_modules/(bullmq|ioredis)/'),
    home('tokens-are-read-in-one-place', 'src/oidc/', 'node_modules/jose/'),
    home('servers-are-started-by-the-command-line', 'src/cli/|src/servers/', '^src/servers/'),
    home('adapters-chosen-once', 'src/compose[./]|src/(store|queue|engine)/', '^src/(store|queue|engine)/'),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^graph/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-only-graphology',
      severity: 'error',
      from: { path: '^graph/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/graphology' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
}
