/** The arrows of docs/architecture.md: client -> http -> graphql -> service -> store | analysis | ingest. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only ${allowed.join(', ') || 'itself'}`,
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...allowed.map((each) => `^src/${each}`)] },
});

const everywhere = ['model/', 'errors\\.ts$'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/' }, to: {} },
    only('analysis-is-pure', 'analysis', []),
    {
      name: 'analysis-imports-no-package',
      severity: 'error',
      from: { path: '^src/analysis/' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    only('model-is-a-leaf', 'model', ['errors\\.ts$']),
    only('ingest', 'ingest', everywhere),
    only('store', 'store', [...everywhere, 'log\\.ts$']),
    only('service', 'service', [...everywhere, 'log\\.ts$', 'analysis/', 'store/', 'ingest/']),
    only('egress', 'egress', [...everywhere, 'service/feed-reader\\.ts$']),
    only('graphql', 'graphql', [...everywhere, 'log\\.ts$', 'service/', 'analysis/index\\.ts$']),
    only('http', 'http', [...everywhere, 'log\\.ts$', 'config\\.ts$', 'graphql/', 'service/']),
    only('cli', 'cli', [...everywhere, 'log\\.ts$', 'config\\.ts$', 'compose\\.ts$', 'service/', 'http/', 'analysis/index\\.ts$']),
    {
      name: 'services-see-the-port-not-an-engine',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/store/(neo4j|embedded)/', '^src/compose\\.ts$'] },
      to: { path: '^src/store/(neo4j|embedded)/' },
    },
    {
      name: 'config-reads-the-environment',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(main|compose|config)\\.ts$', '^src/(cli|http)/'] },
      to: { path: '^src/config\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['require', 'node', 'default'], mainFields: ['main'] },
  },
};
