import { expect, test } from '@playwright/test'
import { closeNotices } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { keepEveryLook } from '#tests/e2e/keep-pictures.ts'
import { setLook } from '#tests/e2e/screen-walk.ts'
import { firstOrder, listRows, openPage, panel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/** The five states of a list, at a desk that is without a line. */
export function describeListStates(desk: () => LaunchedApp): void {
  test.describe('the states of a list', () => {
    test.beforeAll(async () => {
      await setLook(desk(), 'english', 'light')
      await closeNotices(desk().page)
    })

    test('loading: a skeleton, while storage takes its time', async () => {
      const { page } = desk()
      await openPage(page, '/orders/shipped')
      await expect(listRows(page).nth(3)).toBeVisible()
      await page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            const opening = indexedDB.open('caravel-demo')
            opening.onsuccess = () => {
              const db = opening.result
              const store = db.transaction('orders', 'readwrite').objectStore('orders')
              const spin = (): void => {
                if ('release' in window) db.close()
                else store.get('').onsuccess = spin
              }
              store.get('').onsuccess = () => {
                spin()
                resolve()
              }
            }
          }),
      )
      await listRows(page).nth(3).click()
      const skeleton = panel(page).getByRole('status', { name: 'Loading' })
      await expect(skeleton).toBeVisible()
      await keepEveryLook(desk(), 'state loading')
      expect(await axeViolations(page)).toEqual([])
      await page.evaluate(() => Object.assign(window, { release: true }))
      await expect(panel(page).getByRole('heading', { level: 2 })).toBeVisible()
      await expect(skeleton).toBeHidden()
    })

    test('nothing yet: says so, with the next action', async () => {
      const { page } = desk()
      await openPage(page, '/orders/label_ready')
      await expect(page.getByText('No parcel waits for its carrier')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible()
      await keepEveryLook(desk(), 'state nothing yet')
      expect(await axeViolations(page)).toEqual([])
    })

    test('filtered to nothing: clear filters brings the rows back', async () => {
      const { page } = desk()
      await openPage(page, '/orders/to_ship?q=nothing-is-called-this')
      await expect(page.getByText('No order matches “nothing-is-called-this”')).toBeVisible()
      await keepEveryLook(desk(), 'state filtered to nothing')
      expect(await axeViolations(page)).toEqual([])
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await expect(listRows(page).first()).toBeVisible()
      await expect(page.getByPlaceholder('Search orders', { exact: false })).toHaveValue('')
    })

    test('stale: the lists say since when', async () => {
      const { page } = desk()
      await openPage(page, '/orders/to_ship')
      await expect(page.getByText(/Offline since .*: orders are as of then/)).toBeVisible()
      await keepEveryLook(desk(), 'state stale')
      await openPage(page, '/outbox')
      await expect(
        page.getByText(/Offline since .*: changes leave as soon as the line is back/),
      ).toBeVisible()
    })

    test('broken: code, words, and a report without the buyer', async () => {
      const { page } = desk()
      const number = await firstOrder(desk().page, 'to_ship')
      const buyer = await page.evaluate(
        (wanted) =>
          new Promise<string>((resolve) => {
            const opening = indexedDB.open('caravel-demo')
            opening.onsuccess = () => {
              const db = opening.result
              const transaction = db.transaction('orders', 'readwrite')
              const orders = transaction.objectStore('orders')
              let name = ''
              orders.getAll().onsuccess = (event) => {
                const all = (
                  event.target as IDBRequest<{ number: string; buyerName: string; lines: unknown }[]>
                ).result
                const order = all.find((one) => one.number === wanted)
                if (!order) return
                name = order.buyerName
                orders.put({ ...order, lines: 'not a list' })
              }
              transaction.oncomplete = () => {
                db.close()
                resolve(name)
              }
            }
          }),
        number,
      )
      expect(buyer).not.toBe('')
      await page.getByRole('row').filter({ hasText: number }).click()
      const alert = page.getByRole('complementary').getByRole('alert')
      await expect(alert).toContainText('The stored order is damaged')
      await expect(alert).toContainText('malformed')
      await keepEveryLook(desk(), 'state broken')
      expect(await axeViolations(page)).toEqual([])
      await alert.getByRole('button', { name: 'Copy report' }).click()
      await expect(page.getByText('Report copied').first()).toBeVisible()
      const report = await desk().app.evaluate(({ clipboard }) => clipboard.readText())
      expect(report).toContain('stored-order')
      expect(report).not.toContain(buyer)
      // One damaged order does not take the desk with it.
      await page.keyboard.press('Escape')
      await expect(listRows(page).nth(1)).toBeVisible()
    })
  })
}
