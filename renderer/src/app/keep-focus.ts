import { onScopeDispose } from 'vue'
import { afterFrame } from '#renderer/ui/after-frame.ts'

/** The list of notices (reka-ui); it takes the focus itself when the notice that had it closes. */
const NOTICES = '[data-slot="viewport"]'

function focusPage(main: HTMLElement | null): void {
  const place = main?.querySelector<HTMLElement>('[role="grid"]') ?? main
  place?.focus({ preventScroll: true })
}

/** Unless the page has given it to something by then. */
function takeFocus(main: HTMLElement | null): void {
  if (document.activeElement === document.body) focusPage(main)
}

/**
 * Keeps the keyboard on the page: when what has the focus goes away (a form closes, a button is done with, a panel shuts),
 * the focus goes to the nearest place around it that is still there, else to the list of the page. From a notice that
 * closes it goes back to where it was before.
 */
export function useKeptFocus(): void {
  let around: HTMLElement[] = []

  function remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || target.closest(NOTICES)) return
    around = []
    for (let at: HTMLElement | null = target; at; at = at.parentElement) around.push(at)
  }

  function recover(changes: readonly MutationRecord[]): void {
    const [last] = around
    const now = document.activeElement ?? document.body
    const leftNotices =
      now.matches(NOTICES) && changes.some((one) => one.target === now && one.removedNodes.length > 0)
    const lost = now === document.body && last?.isConnected === false
    if (!lost && !leftNotices) return
    const near = around.find((one) => one.isConnected && (one === last || one.hasAttribute('tabindex')))
    const main = document.querySelector<HTMLElement>('main')
    if (near && near !== main) near.focus({ preventScroll: true })
    // To take the focus at once, the browser would lay out the next page while it is being made.
    else if (hasLeft(main)) afterFrame(() => takeFocus(main))
    else focusPage(main)
  }

  /** Whether what had the focus went with the whole page. */
  function hasLeft(main: HTMLElement | null): boolean {
    const page = main === null ? undefined : around[around.indexOf(main) - 1]
    return page?.isConnected === false
  }

  const watcher = new MutationObserver(recover)
  watcher.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', remember)
  onScopeDispose(() => {
    watcher.disconnect()
    document.removeEventListener('focusin', remember)
  })
}
