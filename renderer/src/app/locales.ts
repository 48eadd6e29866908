import enActivity from '#locales/en/activity.json'
import enApp from '#locales/en/app.json'
import enBulk from '#locales/en/bulk.json'
import enChannels from '#locales/en/channels.json'
import enCommands from '#locales/en/commands.json'
import enConflicts from '#locales/en/conflicts.json'
import enCustoms from '#locales/en/customs.json'
import enDestinations from '#locales/en/destinations.json'
import enInsights from '#locales/en/insights.json'
import enIssues from '#locales/en/issues.json'
import enListings from '#locales/en/listings.json'
import enOffline from '#locales/en/offline.json'
import enOrders from '#locales/en/orders.json'
import enOutbox from '#locales/en/outbox.json'
import enPapers from '#locales/en/papers.json'
import enQuarantine from '#locales/en/quarantine.json'
import enSearch from '#locales/en/search.json'
import enSettings from '#locales/en/settings.json'
import enStorage from '#locales/en/storage.json'
import enTaxIds from '#locales/en/tax-ids.json'
import enUnits from '#locales/en/units.json'
import zhActivity from '#locales/zh-CN/activity.json'
import zhApp from '#locales/zh-CN/app.json'
import zhBulk from '#locales/zh-CN/bulk.json'
import zhChannels from '#locales/zh-CN/channels.json'
import zhCommands from '#locales/zh-CN/commands.json'
import zhConflicts from '#locales/zh-CN/conflicts.json'
import zhCustoms from '#locales/zh-CN/customs.json'
import zhDestinations from '#locales/zh-CN/destinations.json'
import zhInsights from '#locales/zh-CN/insights.json'
import zhIssues from '#locales/zh-CN/issues.json'
import zhListings from '#locales/zh-CN/listings.json'
import zhOffline from '#locales/zh-CN/offline.json'
import zhOrders from '#locales/zh-CN/orders.json'
import zhOutbox from '#locales/zh-CN/outbox.json'
import zhPapers from '#locales/zh-CN/papers.json'
import zhQuarantine from '#locales/zh-CN/quarantine.json'
import zhSearch from '#locales/zh-CN/search.json'
import zhSettings from '#locales/zh-CN/settings.json'
import zhStorage from '#locales/zh-CN/storage.json'
import zhTaxIds from '#locales/zh-CN/tax-ids.json'
import zhUnits from '#locales/zh-CN/units.json'

/** English is the source: its shape types every key. Both languages are bundled, so a switch needs no reload. */
export const english = {
  activity: enActivity,
  app: enApp,
  bulk: enBulk,
  channels: enChannels,
  commands: enCommands,
  conflicts: enConflicts,
  customs: enCustoms,
  destinations: enDestinations,
  insights: enInsights,
  issues: enIssues,
  listings: enListings,
  offline: enOffline,
  orders: enOrders,
  outbox: enOutbox,
  papers: enPapers,
  quarantine: enQuarantine,
  search: enSearch,
  settings: enSettings,
  storage: enStorage,
  'tax-ids': enTaxIds,
  units: enUnits,
}

export const chinese = {
  activity: zhActivity,
  app: zhApp,
  bulk: zhBulk,
  channels: zhChannels,
  commands: zhCommands,
  conflicts: zhConflicts,
  customs: zhCustoms,
  destinations: zhDestinations,
  insights: zhInsights,
  issues: zhIssues,
  listings: zhListings,
  offline: zhOffline,
  orders: zhOrders,
  outbox: zhOutbox,
  papers: zhPapers,
  quarantine: zhQuarantine,
  search: zhSearch,
  settings: zhSettings,
  storage: zhStorage,
  'tax-ids': zhTaxIds,
  units: zhUnits,
}

export type Language = 'en' | 'zh-CN'
