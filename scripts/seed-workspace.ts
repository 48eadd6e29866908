import path from 'node:path'
import { parseArgs } from 'node:util'
import { writeSeededWorkspace } from './seed/write-seeded-workspace.ts'

// npm run seed -- [--orders 500000] [--products 100000] --out FILE [--seed 1] [--passphrase WORDS] [--now ISO]: a workspace
// of that size, made up, as a file to import. The same arguments make the same records.

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '500000' },
    products: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    passphrase: { type: 'string', default: 'seeded workspace' },
    now: { type: 'string' },
    out: { type: 'string' },
  },
})
const orders = Number(values.orders)
const products = Number(values.products)
const now = values.now === undefined ? Date.now() : Date.parse(values.now)
const sound = Number.isInteger(orders) && orders > 0 && Number.isInteger(products) && products > 0
if (values.out === undefined || !sound || Number.isNaN(now)) {
  console.error('Usage: npm run seed -- [--orders 500000] [--products 100000] --out FILE')
  process.exit(1)
}

const from = Date.now()
const place = path.resolve(values.out)
const seed = Number(values.seed)
const { bytes } = await writeSeededWorkspace({
  orders,
  products,
  now,
  seed,
  place,
  passphrase: values.passphrase,
})
console.log(`${orders} orders and ${products} products in ${Math.round((Date.now() - from) / 1000)} s`)
console.log(`${place}, ${(bytes / 2 ** 20).toFixed(0)} MB, passphrase: ${values.passphrase}`)
