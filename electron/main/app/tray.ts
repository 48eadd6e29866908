import { Menu, nativeImage, Tray } from 'electron'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { ParsedInput } from '#main/ipc/handle.ts'

type TrayWish = ParsedInput<'app.set-tray'>

export interface TrayPorts {
  iconFile: string
  platform: NodeJS.Platform
  hasHost: (platform: NodeJS.Platform) => Promise<boolean>
  showWindow: () => void
  syncNow: () => void
  quit: () => void
}

export interface TrayKeeper {
  /** Puts the icon up or takes it away, as the desk's settings say; tells whether this desktop can show one at all. */
  apply(wish: TrayWish): Promise<Result<ChannelOutput<'app.set-tray'>>>
  /** True while a closed window is to be hidden: there is an icon that brings it back, and nobody wants to quit. */
  keepsWindow(): boolean
  /** From now on a window that closes is gone. */
  noteQuit(): void
}

/** The icon that stays while the window is hidden. A second start shows the window too (single-instance.ts). */
export function createTrayKeeper(ports: TrayPorts): TrayKeeper {
  let tray: Tray | null = null
  let quitting = false
  let wishes = 0

  function remove(): void {
    tray?.destroy()
    tray = null
  }

  function put({ labels }: TrayWish): void {
    tray ??= makeTray(ports)
    tray.setToolTip(labels.title)
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: labels.show, click: ports.showWindow },
        { label: labels.sync, click: ports.syncNow },
        { type: 'separator' },
        { label: labels.quit, click: ports.quit },
      ]),
    )
  }

  return {
    async apply(wish) {
      const wished = ++wishes
      const available = await ports.hasHost(ports.platform)
      // Answers of the desktop may come in another order than the wishes did.
      if (wished === wishes) {
        if (wish.keep && available && !quitting) put(wish)
        else remove()
      }
      return ok({ available })
    },
    keepsWindow: () => tray !== null && !quitting,
    noteQuit: () => {
      quitting = true
    },
  }
}

function makeTray({ iconFile, platform, showWindow }: TrayPorts): Tray {
  const icon = nativeImage.createFromPath(iconFile)
  const tray = new Tray(platform === 'darwin' ? icon.resize({ width: 18, height: 18 }) : icon)
  tray.on('click', showWindow)
  return tray
}
