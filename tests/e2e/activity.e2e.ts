import { expect, test } from '@playwright/test'
import { launchApp } from '#tests/support/launch-app.ts'

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
