import { describe, expect, it, vi } from 'vitest'
import { CommandRegistry, type Command } from '#renderer/app/commands.ts'
import { acceleratorOf } from '#renderer/app/menus.ts'

const command = (more: Partial<Command> = {}): Command => ({
  id: 'app.search',
  group: 'app',
  run: vi.fn(),
  ...more,
})

describe('the command registry', () => {
  it('runs what is registered and can run now', () => {
    const registry = new CommandRegistry()
    const free = command()
    const barred = command({ id: 'app.sync', when: () => false })
    registry.register([free, barred])
    expect(registry.run('app.search')).toBe(true)
    expect(registry.run('app.sync')).toBe(false)
    expect(registry.run('app.unknown')).toBe(false)
    expect(free.run).toHaveBeenCalledOnce()
    expect(barred.run).not.toHaveBeenCalled()
    expect(registry.available()).toEqual([free])
    expect(registry.all()).toEqual([free, barred])
  })

  it('gives back what a page stood in front of', () => {
    const registry = new CommandRegistry()
    const general = command()
    const ofPage = command()
    registry.register([general])
    const leave = registry.register([ofPage])
    registry.run('app.search')
    expect(ofPage.run).toHaveBeenCalledOnce()
    leave()
    registry.run('app.search')
    expect(general.run).toHaveBeenCalledOnce()
  })

  it('leaves alone what somebody else has registered meanwhile', () => {
    const registry = new CommandRegistry()
    const leaveFirst = registry.register([command()])
    const second = command()
    registry.register([second])
    leaveFirst()
    expect(registry.all()).toEqual([second])
  })
})

describe('system accelerators', () => {
  it('are made of chords with mod only', () => {
    expect(acceleratorOf('mod+k')).toBe('CmdOrCtrl+K')
    expect(acceleratorOf('mod+shift+s')).toBe('CmdOrCtrl+Shift+S')
    expect(acceleratorOf('p')).toBeNull()
    expect(acceleratorOf('g o')).toBeNull()
    expect(acceleratorOf(undefined)).toBeNull()
  })
})
