import { shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import { shopNamesOf } from '#renderer/app/shop-names.ts'
import type { ConnectionId } from '#core/shared/ids.ts'

const shop = (id: string, name: string) => ({ id: id as ConnectionId, name })

describe('the names of the shops', () => {
  it('are the same map while a pull changes other things of a shop', () => {
    const connections = shallowRef([shop('a', 'North'), shop('b', 'South')])
    const names = shopNamesOf(connections)
    const before = names.value
    connections.value = [shop('a', 'North'), shop('b', 'South')]
    expect(names.value).toBe(before)
  })

  it('change when a shop is named anew, comes or goes', () => {
    const connections = shallowRef<ReturnType<typeof shop>[] | undefined>(undefined)
    const names = shopNamesOf(connections)
    expect([...names.value]).toEqual([])
    connections.value = [shop('a', 'North'), shop('b', 'South')]
    expect([...names.value]).toEqual([
      ['a', 'North'],
      ['b', 'South'],
    ])
    connections.value = [shop('a', 'West'), shop('b', 'South')]
    expect(names.value.get('a')).toBe('West')
    connections.value = [shop('a', 'West'), shop('c', 'South')]
    expect([...names.value.keys()]).toEqual(['a', 'c'])
    connections.value = [shop('a', 'West')]
    expect([...names.value.keys()]).toEqual(['a'])
  })
})
