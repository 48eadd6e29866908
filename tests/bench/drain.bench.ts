import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build, type Rolldown } from 'vite'
import { openBenchDesk } from '#tests/bench/bench-desk.ts'
import { benchRow, type RunBench } from '#tests/bench/bench-row.ts'

/**
 * An outbox of 5,000 rows sent to a server on this machine by the engine on the real IndexedDB, beside the same 5,000 calls bare, as
 * many at once. Without main: its rate limit, good manners towards a shop, would be all that is measured.
 */

const ROWS = Number(process.env['CARAVEL_BENCH_ROWS'] ?? 5_000)

const run: RunBench = async (say) => {
  const desk = await openBenchDesk()
  const shop = await startQuickShop()
  const { page, close } = await desk.startBlank()
  try {
    await page.evaluate(await bundle())
    const measure = (name: 'drain' | 'callBare', count: number) =>
      page.evaluate<number>(`drainBench.${name}(${JSON.stringify(shop.baseUrl)}, ${count})`)
    await measure('callBare', 200)
    const bare = await measure('callBare', ROWS)
    const tenth = await measure('drain', ROWS / 10)
    const whole = await measure('drain', ROWS)
    say(
      `bare ${bare.toFixed(0)} ms, ${ROWS / 10} rows ${tenth.toFixed(0)} ms, ${ROWS} rows ${whole.toFixed(0)} ms`,
    )
    return [
      benchRow(`drain of ${ROWS} rows`, whole, 'ms', bare),
      benchRow(`a row of ${ROWS}, beside a row of ${ROWS / 10}`, whole / ROWS, 'ms', tenth / (ROWS / 10)),
    ]
  } finally {
    await close()
    await shop.stop()
    await desk.stop()
  }
}
export default run

async function bundle(): Promise<string> {
  const entry = path.join(import.meta.dirname, 'drain-in-page.ts')
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'chrome114',
      lib: { entry, formats: ['iife'], name: 'drainBench' },
    },
  })) as Rolldown.RolldownOutput[]
  // Declared with `var` inside an evaluation it would be gone with it.
  return `${built[0]?.output[0].code ?? ''};globalThis.drainBench = drainBench`
}

/** Says of every order that it has been shipped. */
async function startQuickShop(): Promise<{ baseUrl: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { orderRemoteId } = JSON.parse(body) as { orderRemoteId: string }
      response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      response.end(JSON.stringify(answerOf(orderRemoteId)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answerOf(remoteId: string) {
  const total = { minor: 2580, currency: 'EUR' }
  const order = {
    ...{
      remoteId,
      number: `A-${remoteId}`,
      status: 'shipped',
      rawStatus: 'Shipped',
      placedAt: 1,
      updatedAt: 2,
    },
    ...{ currency: 'EUR', total, buyerName: 'Erika Muster', buyerEmail: '', shipTo: null, fulfilments: [] },
    lines: [{ remoteLineId: '1', sku: 'MUG', title: 'Mug', quantity: 2, unitPrice: total }],
  }
  return { outcome: 'confirmed', fulfilmentRemoteId: '1', order }
}
