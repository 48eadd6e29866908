import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import { runCommand } from '../../scripts/demo-desk.ts'
import { listRows, openPage } from '#tests/support/desk-walk.ts'
import { launchApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

test('activity, quarantine and outbox of the demo', async () => {
  const { page, close } = await launchApp({ args: ['--demo'] })
  try {
    await page.getByRole('link', { name: /Activity|操作记录/ }).click({ timeout: 30_000 })
    await expect(page.getByRole('grid').getByRole('row').nth(2)).toBeVisible({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Check journal' }).click()
    await expect(page.getByText(/The journal is whole/).first()).toBeVisible()
    await page.getByRole('grid').getByRole('row').nth(1).click()
    await expect(page.getByText('Hash').first()).toBeVisible()
    await page.evaluate(() => (location.hash = '#/quarantine'))
    await expect(page.getByText('Everything could be read')).toBeVisible()
    await page.evaluate(() => (location.hash = '#/outbox'))
    await expect(page.getByRole('heading', { name: 'Outbox' })).toBeVisible()
  } finally {
    await close()
  }
})

test('the journal, as far as it is shown, goes into a file that the person names', async () => {
  test.setTimeout(90_000)
  const folder = await mkdtemp(path.join(tmpdir(), 'caravel-csv-'))
  const place = path.join(folder, 'journal.csv')
  const { app, page, close } = await launchApp({ args: ['--demo'] })
  const answerSave = (answer: { canceled: boolean; filePath?: string }) =>
    app.evaluate(({ dialog }, given) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve(given) })
    }, answer)
  const lines = async () => (await readFile(place, 'utf8')).trimEnd().split('\r\n')
  try {
    await expect(page.getByTestId('queue-all')).toContainText('400', { timeout: 60_000 })
    await runCommand(app, 'view.english')
    await openPage(page, '/activity')
    await expect(listRows(page).nth(2)).toBeVisible()
    const save = page.getByRole('button', { name: 'Export CSV' })
    await answerSave({ canceled: true })
    await save.click()
    await expect(save).toBeEnabled()
    await expect(readFile(place)).rejects.toThrow()

    await answerSave({ canceled: false, filePath: place })
    await save.click()
    await expect(page.getByText(/entries exported/).first()).toBeVisible({ timeout: 20_000 })
    const entries = await readStore<{ seq: number; hash: string }>(page, 'caravel-demo', 'activity')
    const all = await lines()
    expect(all).toHaveLength(entries.length + 1)
    const newest = entries.toSorted((a, b) => b.seq - a.seq)[0]
    // Newest first, with the link of its chain, so that the file can be held against the journal.
    expect(all[1]).toMatch(new RegExp(`^${newest?.seq},`))
    expect(all[1]?.endsWith(newest?.hash ?? 'no hash')).toBe(true)
    // Nothing in it is taken for a formula by a spreadsheet.
    expect(all.filter((line) => /(^|,)"?[=+@]/.test(line))).toEqual([])

    await page.getByPlaceholder('Search the journal').fill('MG-20')
    await expect(listRows(page).first()).toBeVisible()
    await save.click()
    await expect.poll(async () => (await lines()).length).toBeLessThan(all.length)
    expect((await lines()).slice(1).every((line) => line.includes('MG-20'))).toBe(true)
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
})
