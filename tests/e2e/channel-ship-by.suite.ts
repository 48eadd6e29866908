import { expect, test, type Locator, type Page } from '@playwright/test'
import { shipByOf } from '#core/order/ship-by.ts'
import type { ShopCalendar } from '#core/order/shop-calendar.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import { readStore } from '#tests/support/stored.ts'

interface Subject {
  page: Page
  /** Name of a shop that has orders to ship. */
  shop: string
  database: string
}

interface StoredConnection {
  id: string
  name: string
  calendar?: ShopCalendar
}

interface StoredOrder {
  connectionId: string
  stage: string
  number: string
  placedAt: number
  shipBy: number
}

const DAY = 86_400_000
/** Where a day begins first on earth. */
const ZONE = 'Pacific/Kiritimati'

/** Ten days from yesterday on are closed. */
function holidays(now: number): Buffer {
  const compact = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT'],
    ...[`DTSTART;VALUE=DATE:${compact(now - DAY)}`, `DTEND;VALUE=DATE:${compact(now + 9 * DAY)}`],
    ...['SUMMARY:Harvest holi', ' days', 'END:VEVENT', 'BEGIN:VEVENT', 'DTSTART:20260101T080000Z'],
    ...['SUMMARY:A meeting', 'END:VEVENT', 'END:VCALENDAR'],
  ]
  return Buffer.from(lines.join('\r\n'))
}

/** By when a shop's orders have to leave, set at its card. */
export function describeShipBy(subject: () => Subject): void {
  test('zone, cut-off and holidays of a shop move its open orders, and its clock says so', async () => {
    const { page, shop, database } = subject()
    await openPage(page, '/channels')
    const card = page.getByRole('article', { name: shop })
    await card.getByRole('button', { name: /Ships within/ }).click()
    const form = card.getByRole('form', { name: 'Ship by' })
    await form.getByLabel('Handling time').selectOption({ label: 'Ships the same day' })
    await form.getByLabel('Time zone').fill('Nowhere/At all')
    await expect(form.getByRole('alert')).toHaveText('Choose a time zone of the list')
    await form.getByLabel('Time zone').fill(ZONE)
    await form.getByLabel('Cut-off').fill('15:00')
    const preview = form.getByTestId('ship-by-preview')
    await expect(preview).toHaveText(/^Orders placed now are due .*15:00 GMT\+14$/)
    const before = await preview.innerText()
    await importHolidays(form)
    await expect(page.getByText('10 closed days added · 1 event left out').first()).toBeVisible()
    await expect(form.getByText('Harvest holidays').first()).toBeVisible()
    await expect(preview).not.toHaveText(before)
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(form).toBeHidden()
    await expect(
      card.getByRole('button', { name: `Ships the same day, cut-off 15:00 ${ZONE}` }),
    ).toBeVisible()
    await expectMoved(page, shop, database)
    await openPage(page, '/orders/to_ship')
    await expect(page.getByTitle(/15:00 GMT\+14 at the shop/).first()).toBeVisible()
  })
}

async function importHolidays(form: Locator): Promise<void> {
  const file = { name: 'holidays.ics', mimeType: 'text/calendar', buffer: holidays(Date.now()) }
  await form.locator('input[type="file"]').setInputFiles(file)
}

/** What is stored is what the rule comes to. */
async function expectMoved(page: Page, shop: string, database: string): Promise<void> {
  const connections = await readStore<StoredConnection>(page, database, 'connections')
  const { id, calendar } = connections.find(({ name }) => name === shop)!
  expect(calendar?.closedDays).toHaveLength(10)
  const orders = await readStore<StoredOrder>(page, database, 'orders')
  const open = orders.filter((order) => order.connectionId === id && order.stage === 'to_ship')
  expect(open.length).toBeGreaterThan(0)
  for (const { number, placedAt, shipBy } of open)
    expect([number, shipBy]).toEqual([number, shipByOf(placedAt, { handlingDays: 0, calendar })])
}
