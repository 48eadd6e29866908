/**
 * Where the app's pages live. IndexedDB belongs to an origin: another value here is another, empty database.
 * Pinned by a test; never changes.
 */
export const APP_SCHEME = 'app'
export const APP_HOST = 'caravel'
export const APP_ORIGIN = 'app://caravel'
