const KEY = 'caravel-run'

/** Names this run of the app: the same over reloads of the window, another after the app was closed. */
export function appRun(): string {
  const known = sessionStorage.getItem(KEY)
  if (known !== null) return known
  const made = crypto.randomUUID()
  sessionStorage.setItem(KEY, made)
  return made
}
