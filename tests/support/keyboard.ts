import { expect, type Page } from '@playwright/test'

/** What has the focus: by role and name or field, and whether a person can see that it has. */
export interface Focus {
  tag: string
  role: string
  field: string
  text: string
  visible: boolean
}

export function readFocus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const at = document.activeElement ?? document.body
    const drawn = (element: Element): boolean => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      const outline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
      // Tailwind always writes five shadows; those of no size are transparent.
      const ring = boxShadow
        .split(/,(?![^(]*\))/)
        .some((one) => !/ 0px 0px 0px 0px/.test(one) && one !== 'none')
      // A region that scrolls shows a line along its top edge.
      const line = getComputedStyle(element, '::before')
      const lined =
        line.position === 'sticky' && Number.parseFloat(line.height) > 0 && line.content !== 'none'
      return outline || ring || lined
    }
    const pointed = document.getElementById(at.getAttribute('aria-activedescendant') ?? '')
    // A lone combobox in a window of its own shows its cursor and the chosen option.
    const combobox = at.getAttribute('role') === 'combobox' && pointed !== null
    return {
      tag: at.tagName.toLowerCase(),
      role: at.getAttribute('role') ?? '',
      field: at.getAttribute('data-field') ?? '',
      text: (at.getAttribute('aria-label') ?? (at as HTMLElement).innerText).slice(0, 60),
      visible: drawn(at) || combobox || (pointed !== null && drawn(pointed)),
    }
  })
}

/** The focus is on something (never on the bare page), and it shows. */
export async function expectFocus(page: Page, where: Partial<Focus> = {}): Promise<void> {
  await expect
    .poll(async () => {
      const focus = await readFocus(page)
      return focus.tag === 'body' ? { ...focus, visible: false } : focus
    })
    .toMatchObject({ visible: true, ...where })
}

/** Presses keys one after the other; a blank separates them (`g o`). */
export async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key)
}
