import type { Page } from '@playwright/test'

/** Text that is the key of a text, with or without its file; also where only a screen reader meets it. */
export function untranslated(on: Page): Promise<string[]> {
  return on.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) found.push(walker.currentNode.textContent ?? '')
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '')
    const key = /^(?:[a-z-]+:[a-z.-]+|[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)+)$/
    return found.map((text) => text.trim()).filter((text) => key.test(text) || text.includes('{{'))
  })
}

/** How far the page or its main region reach beyond their own width, in pixels. */
export function overflow(on: Page): Promise<Record<string, number>> {
  return on.evaluate(() => {
    const places = {
      body: document.body,
      root: document.documentElement,
      main: document.querySelector('main'),
      queues: document.querySelector('main nav'),
      grid: document.querySelector('main [role="grid"]'),
      panel: document.querySelector('aside > div'),
    }
    return Object.fromEntries(
      Object.entries(places)
        .filter((entry): entry is [string, HTMLElement] => entry[1] !== null)
        .map(([name, element]) => [name, element.scrollWidth - element.clientWidth] as const)
        .filter(([, pixels]) => pixels > 0),
    )
  })
}
