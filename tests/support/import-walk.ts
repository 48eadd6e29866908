import { expect, type Page } from '@playwright/test'
import { openPage } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/** The system's dialog answers with the file. */
export async function answerOpenDialog({ app }: Pick<LaunchedApp, 'app'>, place: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, {
      showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [filePath] }),
    })
  }, place)
}

export function imports(page: Page) {
  return page.getByRole('group', { name: 'Import' })
}

/** Chooses the file (by `verb`, a button of the section) and unlocks it; the section then says what it holds. */
export async function unlockFile(
  caravel: Pick<LaunchedApp, 'app' | 'page'>,
  { place, passphrase, verb = 'Choose file…' }: { place: string; passphrase: string; verb?: string },
): Promise<void> {
  const { page } = caravel
  await answerOpenDialog(caravel, place)
  const first = page.getByRole('button', { name: 'Import a workspace' })
  await expect(first.or(page.getByRole('navigation').first()).first()).toBeVisible()
  if (await first.isVisible()) await first.click()
  else await openPage(page, '/settings/storage')
  await imports(page).getByRole('button', { name: verb }).click()
  await page.locator('[name="import-passphrase"]').fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(imports(page).getByRole('button', { name: 'Replace' })).toBeVisible({ timeout: 30_000 })
}

/** The import begins; the page loads anew when it is through. */
export async function beginReplace(page: Page): Promise<void> {
  await imports(page).getByRole('button', { name: 'Replace' }).click()
  await imports(page).getByRole('group').getByRole('button', { name: 'Replace' }).click()
}
