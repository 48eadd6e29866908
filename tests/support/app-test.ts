import { test as base } from '@playwright/test'
import { openPages } from '#tests/support/launch-app.ts'

export { expect } from '@playwright/test'

/** How much of a window is printed. */
const LONGEST = 4_000

/** Playwright's own, and a test that fails says what the windows showed: the report of a run elsewhere is all there is of it. */
export const test = base.extend<{ saidOnFailure: undefined }>({
  saidOnFailure: [
    async ({}, use, info) => {
      await use(undefined)
      if (info.status === info.expectedStatus) return
      for (const page of openPages()) {
        const shown = await page
          .evaluate(() => `${location.hash}\n${document.body.innerText}`)
          .catch((error: unknown) => String(error))
        info.errors.push({ message: `The window showed ${shown.slice(0, LONGEST)}` })
      }
    },
    { auto: true },
  ],
})
