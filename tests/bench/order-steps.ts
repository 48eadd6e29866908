import type { Page } from '@playwright/test'

/** What is done on the screen, and until when it is timed: until the rows of the answer are painted. All of it runs in the page. */

export interface Step {
  /** `hash`: goes to an address; `scroll`: to a share of the list's height; `type`: into the search box. */
  act: 'hash' | 'scroll' | 'type'
  value: string
  /** What the first row has to contain; '' when any new rows will do. */
  shows?: string
}

/** Milliseconds from the act to the frame that shows its rows; null when they did not come within 20 s. */
export function timeStep(page: Page, step: Step): Promise<number | null> {
  return page.evaluate(runStep, step)
}

async function runStep({ act, value, shows = '' }: Step): Promise<number | null> {
  const grid = () => document.querySelector<HTMLElement>('main [role="grid"]')
  const visible = (): string => {
    const box = grid()?.getBoundingClientRect()
    const rows = document.querySelectorAll<HTMLElement>('main [role="grid"] [role="row"][aria-rowindex]')
    if (box === undefined) return ''
    const inside = Array.from(rows).filter((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return row.ariaRowIndex !== '1' && top >= box.top && bottom <= box.bottom
    })
    const texts = inside.map((row) => `${row.ariaRowIndex ?? ''} ${row.textContent}`)
    // A place whose row is on its way has no number yet.
    return texts.length > 0 && texts.every((text) => /[A-Z]{2}-\d{6}/.test(text)) ? texts.join('\n') : ''
  }
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const before = visible()
  const from = performance.now()
  if (act === 'hash') location.hash = value
  if (act === 'scroll') {
    const list = grid()
    list?.scrollTo(0, (list.scrollHeight - list.clientHeight) * Number(value))
  }
  if (act === 'type') {
    const box = document.querySelector<HTMLInputElement>('input[placeholder*="Search" i]')
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, value)
    box?.dispatchEvent(new Event('input', { bubbles: true }))
  }
  while (performance.now() - from < 20_000) {
    await frame()
    const now = visible()
    if (now === '' || now === before || !now.includes(shows)) continue
    const at = performance.now()
    await frame()
    return at - from
  }
  return null
}

/** Where there is a box. */
export async function emptySearch(page: Page): Promise<void> {
  const box = page.locator('main input[placeholder*="Search" i]').first()
  if ((await box.count()) > 0 && (await box.inputValue()) !== '') await box.fill('')
}

/** Back to the top of a list whose rows are there. */
export async function settle(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash)
  const rows = page.locator('main [role="grid"] [role="row"][aria-rowindex]:not([aria-rowindex="1"])')
  await rows.first().waitFor({ timeout: 120_000 })
  await page.evaluate(() => document.querySelector('main [role="grid"]')?.scrollTo(0, 0))
  await page.waitForTimeout(300)
}
