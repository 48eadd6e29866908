import { expect, test } from '@playwright/test'
import { NORTH, SOUTH, type ChannelDesk } from '#tests/e2e/channel-desk.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import { readStore } from '#tests/support/stored.ts'

/** A shop that no longer lets this desk in: its changes wait, and leave once after the sign-in. */
export function describeSignIn(desk: () => ChannelDesk): void {
  test('signed out for good: the shop asks, its change waits, the other shop goes on', async () => {
    const first = desk().code(0)
    await desk().parts.peer.changePassword('a-new-password')
    await desk().parts.peer.expireSessions()
    await desk().handOverAt(NORTH, first)
    await expect(desk().pill()).toContainText(`${NORTH} asks you to sign in`, { timeout: 20_000 })
    await openPage(desk().page, '/outbox')
    await expect(desk().outboxRow(first)).toContainText('Waits for sign-in')
    await openPage(desk().page, '/channels')
    await expect(desk().card(NORTH).getByText('Sign in again').first()).toBeVisible()
    await expect(desk().card(NORTH)).toContainText('User or password is wrong')
    await expect(desk().card(NORTH)).toContainText('1 change')

    const [fresh] = await desk().parts.peer.seedOrders(1, { countries: ['UA'] })
    await desk().syncNow(SOUTH)
    expect(await desk().numbersOf(SOUTH)).toContain(fresh?.code)
    expect(await desk().numbersOf(NORTH)).not.toContain(fresh?.code)
    await expect(desk().card(SOUTH).getByText('Up to date')).toBeVisible()
    expect((await desk().parts.peer.readOrder(first)).fulfillments).toEqual([])

    // The change is still there after a restart.
    await desk().restart()
    await openPage(desk().page, '/outbox')
    await expect(desk().outboxRow(first)).toContainText('Waits for sign-in')
  })

  test('signed in again: what waited leaves, once', async () => {
    const first = desk().code(0)
    await openPage(desk().page, '/channels')
    await desk().card(NORTH).getByRole('button', { name: 'Sign in again' }).click()
    await expect(desk().field('Password')).toBeFocused()
    await desk().field('Password').fill('still-not-it')
    await desk().page.getByRole('button', { name: 'Test and sign in' }).click()
    await expect(desk().field('Password')).toHaveAccessibleDescription(/User or password is wrong/, {
      timeout: 20_000,
    })
    await desk().field('Password').fill(desk().parts.peer.adminPassword)
    await desk().page.getByRole('button', { name: 'Test and sign in' }).click()
    await expect(desk().page.getByText('is connected').first()).toBeVisible({ timeout: 20_000 })
    await expect(desk().pill()).toHaveText('Online', { timeout: 30_000 })
    await expect.poll(() => readStore(desk().page, 'caravel', 'outbox')).toEqual([])
    await desk().expectShippedOnce(first)
    expect(desk().parts.north.effects('AddFulfillment')).toBe(1)
  })

  test('a wrong new password does not replace the one that works', async () => {
    await openPage(desk().page, '/channels')
    await desk().card(NORTH).getByRole('button', { name: 'Change sign-in' }).click()
    await desk().field('Password').fill('a-typing-error')
    await desk().page.getByRole('button', { name: 'Test and sign in' }).click()
    await expect(desk().field('Password')).toHaveAccessibleDescription(/User or password is wrong/, {
      timeout: 20_000,
    })
    await desk().page.getByRole('complementary').getByRole('button', { name: 'Cancel' }).click()
    // Its session is gone, so the next call has to sign in with what is kept.
    await desk().parts.peer.expireSessions()
    await desk().syncNow(NORTH)
    await expect(desk().card(NORTH).getByText('Up to date')).toBeVisible()
  })
}
