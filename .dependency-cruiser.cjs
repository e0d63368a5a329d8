// Who may import whom: see docs/ARCHITECTURE.md. Stages talk through model/ and are joined in sensor/.
const stages = 'capture|decode|filter|flow|exchange|match|output|signature'
const npm = (name, homes) => ({
  name: `${name}-has-a-home`,
  severity: 'error',
  from: { path: '^src/', pathNot: homes.map((home) => `^src/${home}/`) },
  to: { path: `node_modules/${name}/` },
})

module.exports = {
  forbidden: [
    {
      name: 'stages-are-strangers',
      severity: 'error',
      from: { path: `^src/(${stages})/` },
      to: { path: `^src/(${stages}|sensor|workbench|cli)/`, pathNot: '^src/$1/' },
    },
    {
      name: 'core-stands-alone',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(?!core/)' },
    },
    {
      name: 'model-knows-core-only',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/(?!core/|model/)' },
    },
    {
      name: 'sensor-knows-no-cli',
      severity: 'error',
      from: { path: '^src/sensor/' },
      to: { path: '^src/(cli|workbench)/' },
    },
    {
      name: 'workbench-runs-nothing',
      severity: 'error',
      from: { path: '^src/workbench/' },
      to: { path: '^src/(cli|sensor)/' },
    },
    {
      name: 'cli-uses-the-front-doors',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(capture|decode|filter|flow|exchange|match)/' },
    },
    npm('nearley', ['signature', 'filter']),
    npm('moo', ['signature', 'filter']),
    npm('yargs', ['cli']),
    npm('fzstd', ['capture']),
    npm('cap', ['capture/live']),
    npm('pino', ['sensor', 'cli', 'output']),
    npm('zod', ['sensor', 'workbench']),
    npm('yaml', ['sensor', 'workbench']),
    npm('prom-client', ['sensor']),
    npm('vscode-languageserver', ['cli']),
    npm('vscode-languageserver-textdocument', ['cli']),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
