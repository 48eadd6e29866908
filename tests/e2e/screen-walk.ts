import { expect } from '@playwright/test'
import { runCommand } from '../../scripts/demo-desk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

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
