import type { Session } from 'electron'
import { isHome } from '#main/app/navigation.ts'

/**
 * The one thing our page may ask for: that its database is not thrown away when the disk fills up. Electron's type does
 * not list it, Chromium asks for it by this name.
 */
const GRANTED: string = 'persistent-storage'

/** Pages get no other permission: not camera, place, notifications, clipboard, devices, nor anything to come. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) =>
    callback(permission === GRANTED && isHome(requestingUrl)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === GRANTED && isHome(origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
  // Without it a page could start a screen capture through the system's own picker.
  session.setDisplayMediaRequestHandler(null)
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault()
    callback(null)
  })
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault()
    callback('')
  })
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault()
    callback()
  })
  session.on('will-download', (event) => event.preventDefault())
}
