import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { PDFDocument } from 'pdf-lib'
import { code128Widths } from '#core/documents/tracking-bars.ts'
import { openDemoDesk } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { firstOrder, makeLabel, openOrder, openPage, panel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readZplGraphics } from '#tests/support/zpl-graphics.ts'

/** Papers of an order on the screen, in a language of their own; its label on a printer that takes ZPL. */

test.describe.configure({ mode: 'serial' })

let profile: string
let caravel: LaunchedApp
let page: Page
let printer: Server
const received: Buffer[] = []

test.beforeAll(async () => {
  test.setTimeout(120_000)
  printer = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', (chunk) => received.push(chunk))
    socket.on('end', () => socket.end())
  })
  await new Promise<void>((done) => printer.listen(0, '127.0.0.1', done))
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-papers-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
})
test.afterAll(async () => {
  await caravel.close()
  printer.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

test('a paper is shown beside its data before it is printed, in its own language', async () => {
  await openOrder(page, await firstOrder(page, 'to_ship'))
  await page.getByTestId('paper-packing-slip').press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Paper', { exact: true })).toBeFocused()
  const paper = dialog.getByRole('img', { name: /page 1 of/ })
  await expect(paper).toContainText('PACKING SLIP', { ignoreCase: true })
  await dialog.getByLabel('Its language').selectOption('Chinese')
  await expect(paper).toContainText('装箱单')
  await dialog.getByLabel('Size').selectOption('Letter')
  await expect(paper).toHaveAttribute('viewBox', '0 0 215.9 279.4')
  await dialog.getByRole('button', { name: 'Smaller' }).click()
  await expect(dialog.getByText('75 %')).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByLabel('Paper', { exact: true }).selectOption('Label')
  await expect(paper).toContainText('DRAFT')
  await dialog.getByLabel('Paper', { exact: true }).selectOption('Proforma invoice')
  await expect(paper).toContainText('发票')
  const place = path.join(profile, 'labels')
  await dialog.getByTestId('print-paper').press('Enter')
  const printed = () =>
    existsSync(place) ? readdirSync(place).filter((name) => name.startsWith('Proforma')) : []
  await expect.poll(printed).toHaveLength(1)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(panel(page).getByText(/Proforma invoice .* sent to the printer/)).toBeVisible()
})

test('papers of many orders come in documents, and what was left out is named', async () => {
  await openPage(page, '/orders/to_ship')
  await page.locator('[role=grid]').focus()
  await page.keyboard.press('Control+a')
  await page.getByTestId('bulk-papers').press('Enter')
  const dialog = page.getByTestId('bulk-dialog')
  await expect(dialog.getByLabel('Paper', { exact: true })).toBeFocused()
  const first = dialog.getByTestId('papers-preview')
  await expect(first).toContainText('The first 20 papers')
  await expect(first.getByRole('img').first()).toContainText('PACKING SLIP')
  await dialog.getByLabel('Paper', { exact: true }).selectOption('Pick list')
  await dialog.getByLabel('Its language').selectOption('German')
  await expect(first).toContainText('The first list, of 40 orders')
  await expect(first.getByRole('img').first()).toContainText('Fach')
  await expect(first.getByRole('img').first()).toContainText('A-01')
  await page.getByTestId('bulk-run').press('Enter')
  const strip = page.getByTestId('papers-strip')
  await expect(strip).toContainText(/Pick list: \d+ orders printed/, { timeout: 30_000 })
  const place = path.join(profile, 'labels')
  const lists = readdirSync(place).filter((name) => name.startsWith('Pick list'))
  expect(lists.length).toBeGreaterThan(2)
  await page.getByTestId('bulk-papers').press('Enter')
  await dialog.getByLabel('Paper', { exact: true }).selectOption('Hand-over list')
  await page.getByTestId('bulk-run').press('Enter')
  await expect(strip).toContainText('There is no label for this order', { timeout: 30_000 })
  expect(await axeViolations(page)).toEqual([])
  await strip.getByRole('button', { name: 'Close' }).press('Enter')
  await expect(strip).toBeHidden()
  await page.keyboard.press('Escape')
})

test('a label goes to a printer for ZPL at 300 dpi, its bars in whole dots', async () => {
  await openPage(page, '/settings/printer')
  await page.getByLabel('Labels go to').selectOption('A network printer, raw')
  await page.getByLabel('Address').fill('127.0.0.1')
  await page.getByLabel('Port').fill(String((printer.address() as AddressInfo).port))
  await page.getByLabel('Printer takes').selectOption('ZPL, 300 dpi')
  await page.getByRole('button', { name: 'Save printer' }).click()
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible()
  await openOrder(page, await firstOrder(page, 'to_ship'))
  const number = await makeLabel(page, 400)
  await page.getByTestId('print-label').click()
  const text = () => Buffer.concat(received).toString('latin1')
  await expect.poll(text, { timeout: 20_000 }).toContain('^XZ')
  const [label] = readZplGraphics(text(), inflateSync)
  expect(label).toMatchObject({ width: 1182, height: 1772 })
  const bars = code128Widths(number)
    .map((modules, index) => (index % 2 === 0 ? '1' : '0').repeat(modules * 4))
    .join('')
  expect(label!.rows.filter((row) => row.includes(bars)).length).toBeGreaterThan(170)
})

test('a carrier’s label is cut out of its sheet, looked at and kept', async () => {
  const document = await PDFDocument.create()
  const sheet = document.addPage([595.28, 841.89])
  sheet.drawRectangle({ x: 20, y: 450, width: 250, height: 370 })
  const pdf = Buffer.from(await document.save())
  await openOrder(page, await firstOrder(page, 'to_ship'))
  await page.getByTestId('carrier-label').press('Enter')
  const dialog = page.getByRole('dialog')
  const file = dialog.locator('input[type=file]')
  await file.setInputFiles({ name: 'label.pdf', mimeType: 'application/pdf', buffer: pdf })
  await expect(dialog.getByRole('alert')).toContainText('below 95 %')
  await dialog.getByLabel('Where it is').selectOption('A4, top left')
  await dialog.getByLabel('Size').selectOption('A6')
  const shown = dialog.getByRole('img', { name: 'label.pdf' })
  await expect(shown).toHaveAttribute('height', String(Math.ceil((148 / 25.4) * 300)))
  await dialog.getByLabel('Tracking number').fill('1Z999AA10123456784')
  await dialog.getByLabel('Service').fill('UPS Saver')
  expect(await axeViolations(page)).toEqual([])
  await page.getByTestId('keep-carrier-label').press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByTestId('tracking-number')).toHaveText('1Z999AA10123456784')
  await page.getByTestId('show-label').press('Enter')
  await expect(dialog.getByRole('img')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a carrier’s own ZPL is shown as what it is and printed byte for byte', async () => {
  const zpl = Buffer.from('^XA^PW812^LL1218^FO50,50^A0N,30,30^FDM\xfcller^FS^XZ\n', 'latin1')
  await openOrder(page, await firstOrder(page, 'to_ship'))
  await page.getByTestId('carrier-label').press('Enter')
  const dialog = page.getByRole('dialog')
  const file = dialog.locator('input[type=file]')
  await file.setInputFiles({ name: 'label.zpl', mimeType: 'text/plain', buffer: zpl })
  await expect(dialog.getByText('812 × 1,218 dots')).toBeVisible()
  await dialog.getByLabel('Tracking number').fill('1Z999AA10123456785')
  await dialog.getByLabel('Service').fill('UPS Saver')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  received.length = 0
  await page.getByTestId('print-label').click()
  await expect.poll(() => Buffer.concat(received).equals(zpl), { timeout: 20_000 }).toBe(true)
})
