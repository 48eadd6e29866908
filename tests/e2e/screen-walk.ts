import { expect, type Page } from '@playwright/test'
import { runCommand } from '../../scripts/demo-desk.ts'
import { listRows, openPage, panel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/** Number of the first order of a queue. */
export async function firstNumber(page: Page, queue: string): Promise<string> {
  await openPage(page, `/orders/${queue}`)
  await expect(page.getByTestId(`queue-${queue}`)).toHaveAttribute('aria-current', 'page')
  await expect(panel(page)).toBeHidden()
  await expect(listRows(page).first()).toBeVisible()
  return /[A-Z]{2}-\d{5}/.exec(await listRows(page).first().innerText())?.[0] ?? ''
}

/** Language and theme as a person sets them. */
export async function setLook(
  { app, page }: Pick<LaunchedApp, 'app' | 'page'>,
  language: 'english' | 'chinese',
  theme: 'light' | 'dark',
): Promise<void> {
  await runCommand(app, `view.${language}`)
  await runCommand(app, `view.${theme}`)
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'english' ? 'en' : 'zh-CN')
  await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
}
