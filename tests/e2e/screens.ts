import { expect } from '@playwright/test'
import { runCommand } from '../../scripts/demo-desk.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

export interface Screen {
  name: string
  open: () => Promise<void>
  close?: () => Promise<void>
}

const firstRow = 'main [role="grid"] [aria-rowindex="2"]'
const SECTIONS = ['sender', 'printer', 'numbers', 'rates', 'look', 'vault', 'storage', 'about']

/** Every screen there is: what a new page or dialog has to be added to. */
export function screensOf({ app, page }: Pick<LaunchedApp, 'app' | 'page'>): Screen[] {
  const at = (hash: string, ready: () => Promise<void>) => async () => {
    await openPage(page, hash)
    await ready()
  }
  const shows = (selector: string) => () => expect(page.locator(selector).first()).toBeVisible()
  const overlay = (name: string, command: string, ready = '[role="dialog"]'): Screen => ({
    name,
    open: async () => {
      await openPage(page, '/orders/to_ship')
      await runCommand(app, command)
      await shows(ready)()
    },
    close: async () => {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    },
  })

  return [
    { name: 'orders', open: at('/orders/to_ship', shows(firstRow)) },
    {
      name: 'orders, blocked, with the panel',
      open: async () => {
        await openPage(page, '/orders/blocked')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).not.toBeEmpty()
        await expect(page.getByRole('complementary').getByRole('heading', { level: 3 }).first()).toBeVisible()
      },
    },
    {
      name: 'orders, one on the full page',
      open: async () => {
        await openPage(page, '/orders/blocked')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).not.toBeEmpty()
        await page.keyboard.press('f')
        await expect(page).toHaveURL(/full/)
        await expect(page.getByRole('heading', { level: 3 }).first()).toBeVisible()
      },
    },
    {
      name: 'orders, narrowed, with some selected',
      open: async () => {
        await openPage(page, '/orders/all?country=DE,FR')
        await shows('main p[role="status"]')()
        await page.locator(firstRow).first().locator('input').check()
        await expect(page.getByRole('toolbar').first()).toBeVisible()
      },
      close: () => page.locator(firstRow).first().locator('input').uncheck(),
    },
    {
      name: 'search, while typing',
      open: async () => {
        await openPage(page, '/orders/to_ship')
        await shows(firstRow)()
        await page.keyboard.press('/')
        await page.keyboard.type('mug')
        await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
      },
      close: async () => {
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
      },
    },
    {
      name: 'outbox, with a row open',
      open: async () => {
        await openPage(page, '/outbox')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible()
      },
    },
    {
      name: 'outbox, with rows selected',
      open: async () => {
        await openPage(page, '/outbox')
        await page.locator(firstRow).first().locator('input').check()
        await expect(page.getByRole('toolbar')).toBeVisible()
      },
      close: () => page.locator(firstRow).first().locator('input').uncheck(),
    },
    { name: 'activity', open: at('/activity', shows(firstRow)) },
    {
      name: 'activity, with the panel',
      open: async () => {
        await openPage(page, '/activity')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible()
      },
    },
    {
      name: 'quarantine, with the panel',
      open: async () => {
        await openPage(page, '/quarantine')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').locator('pre')).toBeVisible()
      },
    },
    { name: 'listings', open: at('/listings/all', shows(firstRow)) },
    {
      name: 'listings, with the panel',
      open: async () => {
        await openPage(page, '/listings/all')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').getByRole('table')).toBeVisible()
      },
    },
    {
      name: 'conflicts, with one open',
      open: async () => {
        await openPage(page, '/conflicts')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').getByRole('table').first()).toBeVisible()
      },
    },
    { name: 'channels', open: at('/channels', shows('main article')) },
    {
      name: 'channels, with the form',
      open: at('/channels?connect=1', shows('aside form')),
    },
    { name: 'insights', open: at('/insights', shows('[data-testid="insights"] canvas')) },
    { name: 'customs', open: at('/customs', shows(firstRow)) },
    {
      name: 'customs, with the panel',
      open: async () => {
        await openPage(page, '/customs')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').locator('form, input').first()).toBeVisible()
      },
    },
    { name: 'findings', open: at('/customs/findings', shows(firstRow)) },
    {
      name: 'findings, with the panel',
      open: async () => {
        await openPage(page, '/customs/findings')
        await page.locator(firstRow).first().click()
        await expect(page.getByRole('complementary').locator('form').first()).toBeVisible()
      },
    },
    { name: 'defaults', open: at('/customs/defaults', shows('main form')) },
    { name: 'destinations', open: at('/customs/destinations', shows(firstRow)) },
    {
      name: 'destinations, with the panel',
      open: at('/customs/destinations?country=NO', shows('aside article')),
    },
    { name: 'tax ids', open: at('/customs/tax-ids', shows('main [role="search"]')) },
    ...SECTIONS.map((section) => ({
      name: `settings: ${section}`,
      open: at(`/settings/${section}`, shows('main section h2')),
    })),
    overlay('palette', 'app.palette'),
    overlay('sheet of keys', 'app.shortcuts'),
    overlay('going offline on purpose', 'app.offline', '[data-testid="offline-safety"]'),
  ]
}
