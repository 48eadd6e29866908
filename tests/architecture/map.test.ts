import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, copyFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[]
  options: Record<string, unknown>
}

/** For every rule: a file, and the one import that the rule must refuse. */
const INJECTIONS: Record<string, [file: string, imports: string]> = {
  'core-ladder-shared': ['core/shared/bad.ts', '../money/target.ts'],
  'core-ladder-money': ['core/money/bad.ts', '../address/target.ts'],
  'core-ladder-address': ['core/address/bad.ts', '../sync/target.ts'],
  'core-ladder-sync': ['core/sync/bad.ts', '../address/target.ts'],
  'core-ladder-catalog': ['core/catalog/bad.ts', '../customs/target.ts'],
  'core-ladder-customs': ['core/customs/bad.ts', '../pricing/target.ts'],
  'core-ladder-pricing': ['core/pricing/bad.ts', '../customs/target.ts'],
  'core-ladder-listing': ['core/listing/bad.ts', '../order/target.ts'],
  'core-ladder-order': ['core/order/bad.ts', '../shipping/target.ts'],
  'core-ladder-inventory': ['core/inventory/bad.ts', '../shipping/target.ts'],
  'core-ladder-shipping': ['core/shipping/bad.ts', '../documents/target.ts'],
  'core-ladder-documents': ['core/documents/bad.ts', '../contracts/target.ts'],
  'core-ladder-contracts': ['core/contracts/bad.ts', '../connectors/target.ts'],
  'core-ladder-connectors': ['core/connectors/bad.ts', '../elsewhere/target.ts'],
  'owned-currency-js': ['core/order/bad.ts', 'currency.js'],
  'owned--noble-hashes': ['core/customs/bad.ts', '@noble/hashes/sha2.js'],
  'owned--cfworker-json-schema': ['core/listing/bad.ts', '@cfworker/json-schema'],
  'owned-decimal-js': ['core/customs/bad.ts', 'decimal.js'],
  'owned-libphonenumber-js': ['core/order/bad.ts', 'libphonenumber-js'],
  'owned-pinyin-pro': ['core/order/bad.ts', 'pinyin-pro'],
  'owned-temporal-polyfill': ['core/order/bad.ts', 'temporal-polyfill/fns/ZonedDateTime'],
  'owned-pdfkit': ['core/shipping/bad.ts', 'pdfkit'],
  'owned-pdf-lib': ['electron/main/printing/bad.ts', 'pdf-lib'],
  'owned--hyzyla-pdfium': ['core/documents/bad.ts', '@hyzyla/pdfium'],
  'owned-bidi-js': ['core/shipping/bad.ts', 'bidi-js'],
  'owned-bwip-js': ['electron/main/bad.ts', 'bwip-js'],
  'owned-fontkit': ['electron/main/bad.ts', 'fontkit'],
  'owned-zod': ['core/contracts/bad.ts', 'zod'],
  'owned-axios': ['electron/main/app/bad.ts', 'axios'],
  'owned-electron': ['renderer/src/app/bad.ts', 'electron'],
  'owned-dexie': ['renderer/src/usecases/bad.ts', 'dexie'],
  'core-is-pure': ['core/order/bad.ts', '../../electron/main/target.ts'],
  'core-no-node': ['core/order/bad.ts', 'node:fs'],
  'connector-alone': ['core/connectors/one/bad.ts', '../two/target.ts'],
  'kit-knows-no-connector': ['core/connectors/_kit/bad.ts', '../two/target.ts'],
  'runtime-without-electron': ['electron/main/connectors/bad.ts', 'electron'],
  'main-not-renderer': ['electron/main/bad.ts', '../../renderer/src/data/target.ts'],
  'preload-only-contracts': ['electron/preload/bad.ts', '../main/target.ts'],
  'renderer-not-main': ['renderer/src/app/bad.ts', '../../../electron/main/target.ts'],
  'renderer-no-node': ['renderer/src/app/bad.ts', 'node:fs'],
  'no-vue-below-the-screen': ['renderer/src/sync/bad.ts', 'vue'],
  'data-is-below': ['renderer/src/data/bad.ts', '../usecases/target.ts'],
  'sync-not-usecases': ['renderer/src/sync/bad.ts', '../usecases/target.ts'],
  'features-alone': ['renderer/src/features/orders/bad.ts', '../channels/target.ts'],
  'ui-has-no-stores': ['renderer/src/ui/bad.ts', 'pinia'],
  'features-not-sync': ['renderer/src/features/orders/bad.ts', '../../sync/target.ts'],
  'no-circular': ['core/shared/bad.ts', './circle.ts'],
  'not-to-unresolvable': ['core/shared/bad.ts', './nowhere.ts'],
}

describe('the map', () => {
  let base: string
  const start = process.cwd()

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'caravel-map-'))
    symlinkSync(join(root, 'node_modules'), join(base, 'node_modules'))
    copyFileSync(join(root, 'package.json'), join(base, 'package.json'))
    process.chdir(base)
  })

  afterAll(() => {
    process.chdir(start)
    rmSync(base, { recursive: true, force: true })
  })

  it('has an injection for every rule', () => {
    expect(Object.keys(INJECTIONS).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort())
  })

  it.each(Object.entries(INJECTIONS))('%s refuses its bad import', async (rule, [file, imports]) => {
    const written = inject(base, file, imports)
    const violations = await violationsOf(base, file)
    for (const path of written) rmSync(path)
    expect(violations).toContain(rule)
  })

  it('accepts a good import', async () => {
    const written = inject(base, 'core/order/good.ts', '../money/target.ts')
    const violations = await violationsOf(base, 'core/order/good.ts')
    for (const path of written) rmSync(path)
    expect(violations).toEqual([])
  })
})

function inject(base: string, file: string, imports: string): string[] {
  const path = join(base, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `import * as bad from '${imports}'\nexport default bad\n`)
  if (!imports.startsWith('.') || imports.includes('nowhere')) return [path]
  const target = resolve(dirname(path), imports)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(
    target,
    imports.includes('circle') ? "export * from './bad.ts'\n" : 'export const target = 1\n',
  )
  return [path, target]
}

async function violationsOf(base: string, file: string): Promise<string[]> {
  const { output } = await cruise([file], {
    ...config.options,
    baseDir: base,
    validate: true,
    ruleSet: { forbidden: config.forbidden } as unknown as IFlattenedRuleSet,
  })
  return (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name)
}
