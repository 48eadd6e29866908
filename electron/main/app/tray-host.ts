import { execFile } from 'node:child_process'

/**
 * Whether this desktop has a place for tray icons. Windows and macOS always do; on Linux it is a program that shows them
 * (StatusNotifierItem), which bare window managers and GNOME without its extension lack. An icon nobody shows would make a
 * hidden window unreachable, so no answer is a no.
 */
export function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  return platform === 'linux' ? askWatcher() : Promise.resolve(true)
}

const ASK = [
  '--session',
  '--print-reply=literal',
  '--reply-timeout=1000',
  '--dest=org.kde.StatusNotifierWatcher',
  '/StatusNotifierWatcher',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.kde.StatusNotifierWatcher',
  'string:IsStatusNotifierHostRegistered',
]

function askWatcher(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('dbus-send', ASK, { timeout: 3_000 }, (error, stdout) => {
      resolve(error === null && /boolean true/.test(stdout))
    })
  })
}
