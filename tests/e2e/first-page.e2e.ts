import { expect, test } from '#tests/support/app-test.ts'
import { resize } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { overflow, untranslated } from '#tests/e2e/screen-checks.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import { launchApp } from '#tests/support/launch-app.ts'

/** What somebody sees who starts the app for the first time. */

for (const language of ['en-US', 'zh-CN'] as const) {
  test(`the first page, ${language}`, async () => {
    const first = await launchApp({ args: [`--lang=${language}`] })
    try {
      const { page: own } = first
      const english = language === 'en-US'
      await expect(own.locator('html')).toHaveAttribute('lang', english ? 'en' : 'zh-CN')
      await expect(own.getByRole('heading', { level: 1 })).toBeVisible()
      for (const colorScheme of ['light', 'dark'] as const) {
        await own.emulateMedia({ colorScheme })
        await expect(own.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
        expect(await axeViolations(own)).toEqual([])
      }
      expect(await untranslated(own)).toEqual([])
      for (const width of [1280, 1920]) {
        await resize(first, width, 800)
        expect(await overflow(own)).toEqual({})
      }
      // First use of a page: what it is for, and the one thing to do.
      await own.getByRole('button').first().click()
      await own.getByRole('complementary').getByRole('button').last().click()
      await expect(own.getByText(english ? 'No shop is connected' : '尚未连接店铺').first()).toBeVisible()
      await openPage(own, '/orders/to_ship')
      await expect(own.locator('main').getByRole('button')).toHaveText([
        english ? 'Connect a shop' : '连接店铺',
      ])
      expect(await axeViolations(own)).toEqual([])
      expect(await untranslated(own)).toEqual([])
    } finally {
      await first.close()
    }
  })
}
