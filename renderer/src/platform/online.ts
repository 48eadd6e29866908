import type { Host } from '#core/contracts/host.ts'

/**
 * Hints that the network may have changed, from the browser and from main (wake-up). A hint is a reason to try
 * now, never a truth: what is shown as online comes from calls that went through (`settings/connectivity`).
 */
export function onNetworkHint(host: Pick<Host, 'on'>, listener: (online: boolean) => void): () => void {
  const online = () => listener(true)
  const offline = () => listener(false)
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)
  const stopHost = host.on('network-hint', (hint) => listener(hint.online))
  return () => {
    window.removeEventListener('online', online)
    window.removeEventListener('offline', offline)
    stopHost()
  }
}
