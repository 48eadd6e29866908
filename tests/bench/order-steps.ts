import type { Page } from '@playwright/test'

/** What is done on the screen, and until when it is timed: until the answer is painted. All of it runs in the page. */

export interface Step {
  /** `hash`: goes to an address; `scroll`: to a share of the list's height; `type`: into the search box; `key`: on what has the focus. */
  act: 'hash' | 'scroll' | 'type' | 'key'
  value: string
  /** What is looked at: rows of the list, orders under the search box, how many a tab says, charts, or the heading of a page. */
  until?: 'rows' | 'found' | 'count' | 'charts' | 'heading'
  /** What has to be in it; absent when anything new will do. */
  shows?: string
}

/** Milliseconds from the act to the frame that shows its answer; null when it did not come within 20 s. */
export function timeStep(page: Page, step: Step): Promise<number | null> {
  return page.evaluate(runStep, step)
}

async function runStep({ act, value, until = 'rows', shows = '' }: Step): Promise<number | null> {
  const grid = () => document.querySelector<HTMLElement>('main [role="grid"]')
  const textOf = (selector: string) =>
    Array.from(document.querySelectorAll(selector), (each) => each.textContent).join('\n')
  const rowsShown = (): string => {
    const box = grid()?.getBoundingClientRect()
    const rows = document.querySelectorAll<HTMLElement>('main [role="grid"] [role="row"][aria-rowindex]')
    if (box === undefined) return ''
    const inside = Array.from(rows).filter((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return row.ariaRowIndex !== '1' && top >= box.top && bottom <= box.bottom
    })
    const texts = inside.map((row) => `${row.ariaRowIndex ?? ''} ${row.textContent}`)
    // A drawing may stand for a row that is on its way: the list is there when the rows fill it.
    const px = inside.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0)
    const all = Number(grid()?.ariaRowCount ?? 0) - 1
    const full = inside.length >= all || px > box.height * 0.85
    return full && texts.every((text) => /[A-Z]{2}-\d{6}/.test(text)) ? texts.join('\n') : ''
  }
  const looks = {
    rows: rowsShown,
    found: () =>
      textOf('[data-testid="search-popup"] [role="group"][aria-labelledby$="-order"] [role="option"]'),
    count: () => textOf('[data-testid^="queue-"]'),
    charts: () => (document.querySelector('[data-testid^="chart-"] canvas') === null ? '' : 'painted'),
    heading: () => textOf('main h1, main h2'),
  }
  const look = looks[until]
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const before = look()
  const from = performance.now()
  const box = document.querySelector<HTMLInputElement>('input[role="combobox"][aria-label="Search orders"]')
  if (act === 'hash') location.hash = value
  if (act === 'scroll') {
    const list = grid()
    list?.scrollTo(0, (list.scrollHeight - list.clientHeight) * Number(value))
  }
  if (act === 'type' && box !== null) {
    box.focus()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, value)
    box.dispatchEvent(new Event('input', { bubbles: true }))
  }
  if (act === 'key')
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: value, bubbles: true, cancelable: true }),
    )
  while (performance.now() - from < 20_000) {
    await frame()
    const now = look()
    if (now === '' || now === before || !now.includes(shows)) continue
    // What is in the document now is on the screen with the next frame.
    await frame()
    return performance.now() - from
  }
  return null
}

/** As a person empties it: Escape closes what is open, and again clears. */
export async function emptySearch(page: Page): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Search orders' })
  if ((await box.inputValue()) !== '') await box.fill('')
  await box.blur()
}

/** A page that is there and at rest: a list at its top with its rows, any other with its heading. */
export async function settle(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash)
  if (hash.startsWith('#/orders')) {
    const rows = page.locator('main [role="grid"] [role="row"][aria-rowindex]:not([aria-rowindex="1"])')
    await rows.first().waitFor({ timeout: 120_000 })
    await page.evaluate(() => document.querySelector('main [role="grid"]')?.scrollTo(0, 0))
  } else {
    await page.locator('main [role="grid"]').waitFor({ state: 'detached', timeout: 20_000 })
  }
  await page.waitForTimeout(300)
}
