// The map of docs/architecture.md as rules: who may import whom. tests/architecture proves every rule.

/** Folders of core/ in the order of the ladder; a folder imports only itself and ranks above it. */
const LADDER = [
  ['shared'],
  ['money'],
  ['address', 'sync'],
  ['catalog'],
  ['customs', 'pricing'],
  ['listing'],
  ['order'],
  ['inventory'],
  ['shipping'],
  ['documents'],
  ['contracts'],
  ['connectors'],
]

const ladderRules = LADDER.flatMap((rank, index) =>
  rank.map((folder) => {
    const allowed = [...LADDER.slice(0, index).flat(), folder]
    return {
      name: `core-ladder-${folder}`,
      severity: 'error',
      comment: `core/${folder} imports only ${allowed.join(', ')}`,
      from: { path: `^core/${folder}/`, pathNot: '\\.test\\.ts$' },
      to: { path: '^core/', pathNot: `^core/(${allowed.join('|')})/` },
    }
  }),
)

/** npm packages that only one room may use. */
const OWNED_PACKAGES = {
  'currency.js': '^core/money/',
  '@noble/hashes': '^core/shared/sha256\\.ts$',
  '@cfworker/json-schema': '^core/connectors/amazon/',
  'decimal.js': '^core/money/',
  'libphonenumber-js': '^core/address/',
  'pinyin-pro': '^core/address/latin/',
  'temporal-polyfill': '^core/shared/zone-days\\.ts$',
  pdfkit: '^core/documents/',
  'pdf-lib': '^core/documents/',
  '@hyzyla/pdfium': '^electron/main/printing/',
  'bwip-js': '^core/documents/',
  fontkit: '^core/documents/',
  'bidi-js': '^core/documents/',
  zod: '^core/contracts/zod\\.ts$',
  axios: '^electron/main/http/',
  electron: '^electron/',
  dexie: '^renderer/src/data/',
}

const ownedRules = Object.entries(OWNED_PACKAGES).map(([name, owner]) => ({
  name: `owned-${name.replace(/[^a-z]/g, '-')}`,
  severity: 'error',
  comment: `${name} is used only by ${owner}`,
  from: { path: '^(core|electron|renderer)/', pathNot: [owner, '\\.test\\.ts$'] },
  to: { path: `node_modules/${name.replace('.', '\\.')}/` },
}))

const VUE_SIDE =
  '(node_modules/(vue|vue-router|pinia|@vue/[^/]+|@nuxt/ui|i18next-vue)/|^renderer/src/(app|features|ui)/)'

module.exports = {
  forbidden: [
    ...ladderRules,
    ...ownedRules,
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core has no Node and no other room',
      from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(electron|renderer|tests|scripts)/' },
    },
    {
      name: 'core-no-node',
      severity: 'error',
      from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'connector-alone',
      severity: 'error',
      comment: 'a connector imports the kit, never another connector',
      from: { path: '^core/connectors/([^/_][^/]*)/' },
      to: { path: '^core/connectors/[^_/][^/]*/', pathNot: '^core/connectors/$1/' },
    },
    {
      name: 'kit-knows-no-connector',
      severity: 'error',
      from: { path: '^core/connectors/_kit/' },
      to: { path: '^core/connectors/(?!_kit/)' },
    },
    {
      name: 'runtime-without-electron',
      severity: 'error',
      comment: 'the connector runtime takes its executor and credentials as parameters',
      from: { path: '^electron/main/(connectors|http)/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'main-not-renderer',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|tests|scripts)/' },
    },
    {
      name: 'preload-only-contracts',
      severity: 'error',
      from: { path: '^electron/preload/' },
      to: { path: '^(electron/main|core/(?!contracts/|shared/))' },
    },
    {
      name: 'renderer-not-main',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|tests|scripts)/' },
    },
    {
      name: 'renderer-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-vue-below-the-screen',
      severity: 'error',
      comment: 'data, sync, use cases, worker and platform run without Vue',
      from: { path: '^renderer/src/(data|sync|usecases|worker|platform)/' },
      to: { path: VUE_SIDE },
    },
    {
      name: 'data-is-below',
      severity: 'error',
      from: { path: '^renderer/src/data/' },
      to: { path: '^renderer/src/(sync|usecases|worker)/' },
    },
    {
      name: 'sync-not-usecases',
      severity: 'error',
      from: { path: '^renderer/src/sync/' },
      to: { path: '^renderer/src/(usecases|worker)/' },
    },
    {
      name: 'features-alone',
      severity: 'error',
      comment: 'a feature never imports a sibling',
      from: { path: '^renderer/src/features/([^/]+)/' },
      to: { path: '^renderer/src/features/', pathNot: '^renderer/src/features/$1/' },
    },
    {
      name: 'ui-has-no-stores',
      severity: 'error',
      from: { path: '^renderer/src/ui/' },
      to: { path: '(node_modules/pinia/|^renderer/src/(app|data|sync|usecases|features|worker)/)' },
    },
    {
      name: 'features-not-sync',
      severity: 'error',
      comment: 'screens reach the engine through platform and use cases',
      from: { path: '^renderer/src/features/' },
      to: { path: '^renderer/src/(sync|worker)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'the stand-in for Dexie follows the circle of its classes: tables make collections, collections know their table',
      from: { pathNot: '^tests/support/memory-database/' },
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'the Vendure peer has packages of its own, installed on demand',
      from: { pathNot: '^tests/peers/vendure/server\\.cjs$' },
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw|nodeWorker|asset)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|release|node_modules/\\.cache)/|peers/vendure/node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.vue', '.json', '.d.ts'],
    },
  },
}
