import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router'
import { leaveForGood } from '#renderer/app/leave-for-good.ts'

/** One page per feature, each loaded when first visited. */
const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/orders/to_ship' },
  { path: '/orders', redirect: '/orders/to_ship' },
  {
    path: '/orders/:queue',
    name: 'orders',
    component: () => import('#renderer/features/orders/OrdersPage.vue'),
  },
  { path: '/listings', redirect: '/listings/all' },
  {
    path: '/listings/:list',
    name: 'listings',
    component: () => import('#renderer/features/listings/ListingsPage.vue'),
  },
  {
    path: '/conflicts',
    name: 'conflicts',
    component: () => import('#renderer/features/conflicts/ConflictsPage.vue'),
  },
  {
    path: '/customs/:section?',
    name: 'customs',
    component: () => import('#renderer/features/customs/CustomsPage.vue'),
  },
  {
    path: '/insights',
    name: 'insights',
    component: () => import('#renderer/features/insights/InsightsPage.vue'),
  },
  {
    path: '/channels',
    name: 'channels',
    component: () => import('#renderer/features/channels/ChannelsPage.vue'),
  },
  {
    path: '/outbox',
    name: 'outbox',
    component: () => import('#renderer/features/outbox/OutboxPage.vue'),
  },
  {
    path: '/activity',
    name: 'activity',
    component: () => import('#renderer/features/activity/ActivityPage.vue'),
  },
  {
    path: '/quarantine',
    name: 'quarantine',
    component: () => import('#renderer/features/quarantine/QuarantinePage.vue'),
  },
  {
    path: '/settings/:section?',
    name: 'settings',
    component: () => import('#renderer/features/settings/SettingsPage.vue'),
  },
  { path: '/:rest(.*)*', redirect: '/orders/to_ship' },
]

export function makeRouter(): Router {
  return leaveForGood(createRouter({ history: createWebHashHistory(), routes }))
}
