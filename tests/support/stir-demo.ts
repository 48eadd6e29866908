import type { Page } from '@playwright/test'
import type { DemoStir } from '#core/contracts/demo.ts'

/** Somebody at a demo shop does something; the shop is named as on the screen. */
export async function stirDemo(page: Page, shop: string, wish: Omit<DemoStir, 'shop'>): Promise<void> {
  const reply = await page.evaluate(
    ([name, what]) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open('caravel-demo')
        opening.onerror = () => reject(new Error('no demo database'))
        opening.onsuccess = () => {
          const db = opening.result
          const reading = db.transaction('connections').objectStore('connections').getAll()
          reading.onsuccess = () => {
            db.close()
            const found = (reading.result as { id: never; name: string }[]).find((one) => one.name === name)
            if (found === undefined) reject(new Error(`no shop ${name}`))
            else resolve(window.host['demo.stir']({ shop: found.id, ...what }))
          }
        }
      }),
    [shop, wish] as const,
  )
  if (!(reply as { ok: boolean }).ok) throw new Error(`not stirred: ${JSON.stringify(reply)}`)
}
