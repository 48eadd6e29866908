/** Runs once what has changed is drawn, when the browser has nothing half done to lay out first. A hidden window has no frames. */
export function afterFrame(run: () => void): void {
  if (document.hidden) setTimeout(run)
  else requestAnimationFrame(() => setTimeout(run))
}
